// Lessons on kernel releases and hosts: what changed between releases of one driver, and what the host decides.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const KERNELS: readonly Lesson[] = [
  {
    id: 'noresize',
    sequence: 'kernels',
    title: 'A platform without dynamic allocation',
    about:
      'The irq domain decides whether a vector can be added to enabled MSI-X; VFIO_IRQ_INFO_NORESIZE tells it.',
    generation: 'dynamic',
    script: `
device nvme msix=4 nodyn
eventfd 10
eventfd 11
eventfd 13
set_irqs msix trigger eventfd 0 [10]`,
    steps: [
      {
        kind: 'predict',
        ask: 'The driver is that of Linux 6.12, but the irq domain cannot add a vector to enabled MSI-X, as on arm64 with a GICv3 ITS and 6.12.117. MSI-X is enabled with vector 0. A client attaches vector 3. What happens?',
        run: 'set_irqs msix trigger eventfd 3 [13]',
        choices: [
          { text: '0, and an irq is added', holds: 'not fails' },
          { text: 'ENOSPC: the host has no irq for it', holds: 'errno ENOSPC' },
          { text: 'EINVAL, and vector 0 stays attached', holds: 'errno EINVAL and attached 0' },
        ],
        explain:
          'GET_IRQ_INFO has set NORESIZE for MSI-X on this host: the range of the enabling call is fixed, as in every kernel before v6.5. The recordings of that arm64 kernel show flags 9 and EINVAL for such a call. With 7.3.4 the ITS can allocate dynamically: flags 1, and such a call adds an irq.',
        source: 'docs/facts.md N17; recording no-dynamic-arm64/linux-6.12/dynamic-single, step 4',
      },
      {
        kind: 'predict',
        ask: 'A block of two goes past the range, but its second descriptor is −1. What does the call return?',
        run: 'set_irqs msix trigger eventfd 0 [11 -1]',
        choices: [
          { text: '0: vector 1 has nothing to detach', holds: 'not fails and attached 0' },
          { text: 'EINVAL, and vector 0 keeps eventfd 10', holds: 'errno EINVAL and attached 0' },
          { text: 'EINVAL, and vector 0 is detached', holds: 'errno EINVAL and cached 0' },
        ],
        explain:
          'The driver has no range check at the start of a block. It swaps vector 0 and needs no irq for −1. Kernels before v6.5 check the range first and return EINVAL.',
        source: 'scenario S20; docs/driver.md §13',
      },
      {
        kind: 'do',
        ask: 'Attach vectors 0 and 3 on this host.',
        goal: 'attached 0 and attached 3',
        hint: 'Disable MSI-X, and enable it with a list up to vector 3.',
        solution: `
disable msix
set_irqs msix trigger eventfd 0 [10 -1 -1 13]`,
        best: 2,
        explain:
          'QEMU since 8.2 reads NORESIZE and does this where it is set, and QEMU before 8.2 does it on every host. Between the two lines no vector has a handler.',
        source: 'docs/clients.md §2 and §3',
      },
      {
        kind: 'predict',
        ask: 'The four irqs are allocated now. The guest unmasks vector 2, which has no eventfd. What does the call return?',
        run: 'set_irqs msix trigger eventfd 2 [11]',
        choices: [
          { text: 'EINVAL: NORESIZE is set', holds: 'errno EINVAL' },
          { text: '0, and no irq is added', holds: 'not fails and attached 2 and not irq-allocated' },
          { text: '0, and an irq is added', holds: 'irq-allocated' },
        ],
        explain:
          'Vector 2 is in the range of the enabling call, so its irq is cached. A client that enables the whole table once never needs a second enable on such a host; the price is one irq per entry.',
        source: 'docs/facts.md N14',
      },
    ],
  },
  {
    id: 'reset-memory',
    sequence: 'kernels',
    title: 'A reset with memory decoding disabled',
    about: 'Before a fix of 2026 a reset could leave an attached vector with an empty table entry.',
    generation: 'dynamic',
    script: `
device nvme
eventfd 100
eventfd 101
set_irqs msix trigger eventfd 0 [100 101]`,
    steps: [
      {
        kind: 'predict',
        ask: 'This is Linux 6.12.107. A client clears the memory space bit of the command register, resets the device and sets the bit again. Both vectors stay attached. The device raises vector 0. What happens to the interrupt?',
        release: '6.12.107',
        run: `
cfg_write off=4 size=2 value=4
reset
cfg_write off=4 size=2 value=6
raise 0`,
        choices: [
          { text: 'It is delivered to eventfd 100', holds: 'interrupt-delivered' },
          { text: 'It becomes pending, although vector 0 is attached', holds: 'pending 0 and attached 0' },
          { text: 'It is lost', holds: 'interrupt-lost' },
        ],
        explain:
          'NVMe clears its table in a reset. The kernel writes the table back with the command register as it is, and a device without memory decoding drops these writes. The entry stays zero and masked, and vfio still has the vector attached.',
        source: 'docs/facts.md N11; recording memory-off/linux-6.12.107/reset-memory-off, step 8',
      },
      {
        kind: 'do',
        ask: 'Get the pending interrupt delivered.',
        goal: 'delivered-on-attach and attached 0',
        hint: 'An attach writes the message of the entry.',
        solution: 'set_irqs msix trigger eventfd 0 [100]',
        best: 1,
        explain:
          'vfio_msi_set_vector_signal() writes the cached message before request_irq(), which unmasks the entry. Vector 1 still has a zero entry until it is attached again.',
        source: 'docs/driver.md §6.4; recording memory-off/linux-6.12.107/reset-memory-off, step 10',
      },
      {
        kind: 'predict',
        ask: 'The same lines on Linux 6.12.111, from the enabling call on. What happens to the interrupt?',
        release: '6.12.111',
        run: `
disable msix
set_irqs msix trigger eventfd 0 [100 101]
cfg_write off=4 size=2 value=4
reset
cfg_write off=4 size=2 value=6
raise 0`,
        choices: [
          { text: 'It is delivered to eventfd 100', holds: 'interrupt-delivered' },
          { text: 'It becomes pending', holds: 'pending 0' },
          { text: 'It is lost', holds: 'interrupt-lost' },
        ],
        explain:
          'The fix enables memory decoding around these writes and restores the command register afterwards. It is commit 231c7a57d193 of 7.3, and stable 6.1.190 and 6.12.111 have it.',
        source: 'docs/facts.md N11; recording memory-off/linux-6.12.111/reset-memory-off, step 7',
      },
      {
        kind: 'predict',
        ask: 'Linux 6.12.107 again. This time the client resets the device with memory decoding enabled. What happens to the interrupt?',
        release: '6.12.107',
        run: `
disable msix
set_irqs msix trigger eventfd 0 [100 101]
cfg_write off=4 size=2 value=6
reset
raise 0`,
        choices: [
          { text: 'It is delivered to eventfd 100', holds: 'interrupt-delivered' },
          { text: 'It becomes pending', holds: 'pending 0' },
          { text: 'It is lost', holds: 'interrupt-lost' },
        ],
        explain:
          'With memory decoding enabled all kernels agree. A device that keeps its table in a reset, such as e1000e, loses nothing in either case.',
        source: 'docs/facts.md N11; recording memory-off/linux-6.12.107/reset-memory-on, step 5',
      },
    ],
  },
  {
    id: 'releases',
    sequence: 'kernels',
    title: 'From 5.10 to 7.3',
    about: 'Releases differ at the edges: INTx, ERR, REQ and eventfds. The MSI-X driver changed in v6.5.',
    generation: 'static',
    script: `
device edu
eventfd 100
eventfd 101
set_irqs intx trigger eventfd 0 [100]
set_irqs intx unmask eventfd 0 [101]
write 101 1`,
    steps: [
      {
        kind: 'predict',
        ask: 'This is Linux 5.10.223. Eventfd 101 unmasks INTx, and the client has written 1 to it. What does a read of eventfd 101 return?',
        release: '5.10',
        run: 'read 101',
        choices: [
          { text: '8 bytes: the count is still 1', holds: 'not fails' },
          { text: 'EAGAIN: the kernel has taken the count', holds: 'errno EAGAIN' },
          { text: 'EINVAL: the eventfd belongs to vfio', holds: 'errno EINVAL' },
        ],
        explain: 'Up to 5.10 a write to this eventfd unmasks, and the kernel does not read the counter.',
        source: 'docs/facts.md N6; recording linux-5.10/intx-unmask-eventfd@e1000e, step 7',
      },
      {
        kind: 'predict',
        ask: 'Linux 6.1.192: the client writes 1 to eventfd 101 again and reads it. What does the read return?',
        release: '6.1',
        run: `
write 101 1
read 101`,
        choices: [
          { text: '8 bytes', holds: 'not fails' },
          { text: 'EAGAIN', holds: 'errno EAGAIN' },
        ],
        explain: 'Since 5.11 the kernel reads the counter when it is written, so it is 0 again.',
        source: 'docs/facts.md N6; recording intx-unmask-eventfd, step 7',
      },
      {
        kind: 'predict',
        ask: 'Linux 6.1.192 still. A client writes 16 bytes to eventfd 100. What does write() return?',
        run: 'write 100 1 size=16',
        choices: [
          { text: '8: the first 8 bytes are added', holds: 'not fails' },
          { text: 'EINVAL', holds: 'errno EINVAL' },
        ],
        explain: 'A write of more than 8 bytes adds the first 8 and returns 8. On 6.12.117 it gives EINVAL.',
        source: 'docs/facts.md N15; recording eventfd-write/linux-6.1/eventfd-write-size, step 5',
      },
      {
        kind: 'predict',
        ask: 'Linux 6.12.117. A client gives REQ the descriptor −2. On 6.1.192 the call returns 0. What does it return here?',
        release: '6.12',
        run: 'set_irqs req trigger eventfd 0 [-2]',
        choices: [
          { text: '0', holds: 'not fails' },
          { text: 'EBADF', holds: 'errno EBADF' },
          { text: 'EINVAL', holds: 'errno EINVAL' },
        ],
        explain:
          'ERR and REQ triggers are behind RCU since 6.19, and stable 6.12 and 6.17 have the change too. Of the negative descriptors it accepts only −1.',
        source: 'docs/facts.md N3; recording req-index, step 17; 98693e0897f7',
      },
      {
        kind: 'predict',
        ask: 'Linux 7.2.13. This device, edu, is not PCI Express. A client attaches an eventfd to ERR. What does the call return?',
        release: '7.2',
        run: 'set_irqs err trigger eventfd 0 [100]',
        choices: [
          { text: '0', holds: 'not fails' },
          { text: 'EINVAL: ERR has no vector', holds: 'errno EINVAL' },
          { text: 'ENOTTY', holds: 'errno ENOTTY' },
        ],
        explain: 'Up to 7.2 only PCI Express devices have an ERR index; here its count is 0.',
        source: 'docs/facts.md N2',
      },
      {
        kind: 'predict',
        ask: 'Linux 7.3.4, the same call. What does it return?',
        release: '7.3',
        run: 'set_irqs err trigger eventfd 0 [100]',
        choices: [
          { text: '0', holds: 'not fails' },
          { text: 'EINVAL', holds: 'errno EINVAL' },
        ],
        explain:
          'In 7.3 every device has ERR: a device with ERR is not necessarily PCI Express. In every recorded step the MSI and MSI-X paths of 7.3.4 are those of 6.12.117.',
        source: 'docs/facts.md N2; recording linux-7.3/err-not-express@edu, step 5',
      },
    ],
  },
];

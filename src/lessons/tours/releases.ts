// The lesson on the edges at which releases differ.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const RELEASE_EDGES: readonly Lesson[] = [
  {
    id: 'releases',
    sequence: 'kernels',
    title: 'From 5.10 to 7.3',
    about: 'Releases differ at the edges: INTx, ERR, REQ and eventfds. The MSI-X driver changed in v6.5.',
    minutes: 9,
    level: 'middle',
    requires: ['three-layers'],
    learned: [
      'Since 5.11 the kernel reads the unmask eventfd itself.',
      'Releases differ in the values that ERR, REQ and eventfds accept; the MSI-X driver changed in v6.5.',
    ],
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
          {
            text: 'EAGAIN: the kernel has taken the count',
            holds: 'errno EAGAIN',
            feedback:
              'The kernel takes the count since 5.11; 5.10 unmasks at the write and does not read the counter.',
          },
          {
            text: 'EINVAL: the eventfd belongs to vfio',
            holds: 'errno EINVAL',
            feedback:
              'vfio only waits for a write to eventfd 101, and read() by the process works as for every eventfd.',
          },
        ],
        explain: 'Up to 5.10 a write to this eventfd unmasks, and the kernel does not read the counter.',
        notes:
          'Point at the counter of eventfd 101. Ask: who else reads this eventfd? Common wrong idea: the kernel always consumes what it reacts to.',
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
          {
            text: '8 bytes',
            holds: 'not fails',
            feedback:
              'Since 5.11 the kernel reads the counter when the eventfd is written, so it is 0 again.',
          },
          { text: 'EAGAIN', holds: 'errno EAGAIN' },
        ],
        explain: 'Since 5.11 the kernel reads the counter when it is written, so it is 0 again.',
        notes:
          'Compare the counter with that of step 1. Ask: when did the kernel read it? Common wrong idea: only the driver changes between releases.',
        source: 'docs/facts.md N6; recording intx-unmask-eventfd, step 7',
      },
      {
        kind: 'predict',
        ask: 'Linux 6.1.192 still. A client writes 16 bytes to eventfd 100. What does write() return?',
        run: 'write 100 1 size=16',
        choices: [
          { text: '8: the first 8 bytes are added', holds: 'not fails' },
          {
            text: 'EINVAL',
            holds: 'errno EINVAL',
            feedback:
              '6.1 returns EINVAL for fewer than 8 bytes only; more than 8 give EINVAL in later releases.',
          },
        ],
        explain: 'A write of more than 8 bytes adds the first 8 and returns 8. On 6.12.117 it gives EINVAL.',
        notes:
          'Point at the result of write(). Ask: what would a portable program write? Common wrong idea: eventfds never change.',
        source: 'docs/facts.md N15; recording eventfd-write/linux-6.1/eventfd-write-size, step 5',
      },
      {
        kind: 'predict',
        ask: 'Linux 6.12.117. A client gives REQ the descriptor −2. On 6.1.192 the call returns 0. What does it return here?',
        release: '6.12',
        run: 'set_irqs req trigger eventfd 0 [-2]',
        choices: [
          {
            text: '0',
            holds: 'not fails',
            feedback:
              'The older code ignores a negative descriptor below −1; the code behind RCU accepts −1 only.',
          },
          {
            text: 'EBADF',
            holds: 'errno EBADF',
            feedback: 'EBADF comes from eventfd_ctx_fdget(), and a negative descriptor is not looked up.',
          },
          { text: 'EINVAL', holds: 'errno EINVAL' },
        ],
        explain:
          'ERR and REQ triggers are behind RCU since 6.19, and stable 6.12 and 6.17 have the change too. Of the negative descriptors it accepts only −1.',
        notes:
          'Point at the last function in the kernel calls. Ask: which negative descriptor still has a meaning? Common wrong idea: a stable release has no changes of behaviour.',
        source: 'docs/facts.md N3; recording req-index, step 17; 98693e0897f7',
      },
      {
        kind: 'predict',
        ask: 'Linux 7.2.13. This device, edu, is not PCI Express. A client attaches an eventfd to ERR. What does the call return?',
        release: '7.2',
        run: 'set_irqs err trigger eventfd 0 [100]',
        choices: [
          {
            text: '0',
            holds: 'not fails',
            feedback:
              'Up to 7.2 the count of ERR is 0 on a device that is not PCI Express, so no start is in range.',
          },
          { text: 'EINVAL: ERR has no vector', holds: 'errno EINVAL' },
          {
            text: 'ENOTTY',
            holds: 'errno ENOTTY',
            feedback:
              'ENOTTY comes from vfio_pci_set_irqs_ioctl(), and the shared check rejects the call before, because the count of ERR is 0.',
          },
        ],
        explain: 'Up to 7.2 only PCI Express devices have an ERR index; here its count is 0.',
        notes:
          'Point at the function that returns EINVAL. Ask: how does a client find out? Common wrong idea: a missing index gives ENOTTY.',
        source: 'docs/facts.md N2',
      },
      {
        kind: 'predict',
        ask: 'Linux 7.3.4, the same call. What does it return?',
        release: '7.3',
        run: 'set_irqs err trigger eventfd 0 [100]',
        choices: [
          { text: '0', holds: 'not fails' },
          {
            text: 'EINVAL',
            holds: 'errno EINVAL',
            feedback: 'In 7.3 ERR has a count of 1 on every device, so the shared check accepts the call.',
          },
        ],
        explain:
          'In 7.3 every device has ERR: a device with ERR is not necessarily PCI Express. In every recorded step the MSI and MSI-X paths of 7.3.4 are those of 6.12.117.',
        notes:
          'Compare with step 5. Ask: may a client conclude PCI Express from ERR? Common wrong idea: every release changes MSI-X.',
        source: 'docs/facts.md N2; recording linux-7.3/err-not-express@edu, step 5',
      },
    ],
  },
];

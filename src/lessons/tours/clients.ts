// Lessons on real clients: QEMU, crosvm, Cloud Hypervisor, openvmm.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const CLIENTS: readonly Lesson[] = [
  {
    id: 'qemu-start',
    sequence: 'clients',
    title: 'QEMU enables MSI-X before any vector is in use',
    about:
      'A guest can enable MSI-X before it unmasks a vector; VFIO needs at least one vector to enable it.',
    minutes: 6,
    level: 'middle',
    requires: ['cached'],
    learned: [
      'VFIO enables MSI-X with at least one vector; a count of 0 gives ERANGE.',
      'One descriptor of −1 enables MSI-X with one irq and no attached vector.',
    ],
    generation: 'dynamic',
    script: `
device nvme
eventfd 10
eventfd 15`,
    steps: [
      {
        kind: 'predict',
        ask: 'A client tries to enable MSI-X with zero vectors: DATA_EVENTFD, start 0, count 0. What does the call return?',
        run: 'set_irqs msix trigger eventfd 0 []',
        choices: [
          {
            text: '0: enabled, no irq',
            holds: 'not fails',
            feedback:
              'vfio_msi_enable() asks pci_alloc_irq_vectors() for 1 to 0 irqs, which is an error, and MSI-X stays disabled.',
          },
          {
            text: 'EINVAL',
            holds: 'errno EINVAL',
            feedback:
              'The shared check accepts a count of 0; pci_alloc_irq_vectors() rejects a maximum below its minimum with ERANGE.',
          },
          { text: 'ERANGE: zero vectors is an empty range', holds: 'errno ERANGE' },
        ],
        explain:
          'The driver calls pci_alloc_irq_vectors() with a minimum of 1 and a maximum of 0, and that function rejects the range.',
        notes:
          'Point at pci_alloc_irq_vectors(1, 0). Ask: what does a guest expect that enables MSI-X with every vector masked? Common wrong idea: a count of 0 always disables.',
        source: 'recording count-zero, step 2',
      },
      {
        kind: 'do',
        ask: 'QEMU 8.2 and later reach this state first: MSI-X enabled, one irq, no vector attached. Reach it.',
        goal: 'enabled and irqs 1 and cached 0',
        hint: 'Pass one vector with descriptor −1.',
        solution: 'set_irqs msix trigger eventfd 0 [-1]',
        best: 1,
        explain: 'The VFIO maintainer suggested this call in the review of the QEMU series.',
        notes:
          'Point at the state: enabled, one irq, nothing attached. Ask: what did QEMU before 8.2 attach here? Common wrong idea: −1 in an enabling call has no effect.',
        source: 'QEMU vfio_enable_msix_no_vec(), 45d85f62; qemu "[PATCH v2 0/4]", 18 September 2023',
      },
      {
        kind: 'do',
        ask: 'The guest unmasks vector 5. Attach it so that the device has two irqs in all.',
        goal: 'attached 5 and irqs 2',
        hint: 'No disable is needed.',
        solution: 'set_irqs msix trigger eventfd 5 [15]',
        best: 1,
        explain: 'Vectors 1 to 4 still have no irq, and vector 0 is unchanged.',
        notes:
          'Point at the two irqs, 0 and 5. Ask: what would Linux 6.4 need here? Common wrong idea: vectors 1 to 4 need irqs first.',
        source: 'QEMU 5ebffa4e',
      },
    ],
  },
  {
    id: 'mask-by-swap',
    sequence: 'clients',
    title: 'Masking by swapping',
    about: 'VFIO has no MASK for MSI-X, so QEMU swaps the eventfd when the guest masks a vector.',
    minutes: 4,
    level: 'middle',
    requires: ['three-layers'],
    learned: [
      'QEMU masks a vector by a swap to an eventfd that it reads itself.',
      'A swap keeps the irq and unmasks the physical entry at its end.',
    ],
    generation: 'dynamic',
    script: `
device nvme
eventfd 40
eventfd 30
set_irqs msix trigger eventfd 0 [40]`,
    steps: [
      {
        kind: 'predict',
        ask: 'Eventfd 40 leads to KVM, eventfd 30 to QEMU’s main loop. The guest masks vector 0, and QEMU swaps 40 for 30. What happens to the irq?',
        run: 'set_irqs msix trigger eventfd 0 [30]',
        choices: [
          {
            text: 'It is freed and allocated again',
            holds: 'irq-freed',
            feedback: 'free_irq() removes only the handler, and a swap in the merged driver frees no irq.',
          },
          { text: 'It is kept; only its handler changes', holds: 'attached 0 and not irq-freed' },
          {
            text: 'It becomes cached',
            holds: 'cached 0',
            feedback:
              'request_irq() installs the new handler in the same ioctl, so vector 0 is attached to eventfd 30 at its end.',
          },
        ],
        explain:
          'The driver calls free_irq() and then request_irq() on the same irq. Between the two calls the irq has no handler and free_irq() has masked the table entry. The device keeps an interrupt of that moment pending and delivers it once the new handler is installed.',
        notes:
          'Point at free_irq() and request_irq() with the same irq number. Ask: in which moment is the vector without a handler? Common wrong idea: a swap allocates.',
        source: 'QEMU vfio_msix_vector_release(); recording deassign-reassign',
      },
      {
        kind: 'predict',
        ask: 'After the swap the device raises vector 0, which the guest still has masked. Where does the interrupt go?',
        run: 'raise 0',
        choices: [
          {
            text: 'It stays pending in the device',
            holds: 'interrupt-pended',
            feedback:
              'The guest masks the entry that QEMU emulates; the physical entry is unmasked since request_irq().',
          },
          { text: 'It is delivered to eventfd 30, which QEMU reads', holds: 'interrupt-delivered' },
        ],
        explain:
          'request_irq() unmasked the physical table entry again at the end of the swap, so the device sends the interrupt. QEMU reads eventfd 30 and sets the vector’s bit in the pending bit array that it emulates for the guest.',
        notes:
          'Point at the mask bit of the physical entry. Ask: who keeps the interrupt for the guest? Common wrong idea: a masked vector of the guest is masked in the device.',
        source: 'docs/clients.md §2',
      },
    ],
  },
  {
    id: 'whole-table',
    sequence: 'clients',
    title: 'Irqs without a user',
    about: 'The enabling call decides how many irqs the host spends.',
    minutes: 5,
    level: 'middle',
    requires: ['cached'],
    learned: [
      'The enabling call decides how many irqs the host spends, and −1 gives none back.',
      'Since v6.5 a client can enable with one vector and add others as it needs them.',
    ],
    generation: 'dynamic',
    script: `
device nvme
eventfd 9
eventfd 10
eventfd 13`,
    steps: [
      {
        kind: 'predict',
        ask: 'crosvm enables all eight entries with one eventfd and seven times −1, then detaches the eventfd. How many irqs are allocated?',
        run: `
set_irqs msix trigger eventfd 0 [9 -1 -1 -1 -1 -1 -1 -1]
set_irqs msix trigger eventfd 0 [-1 -1 -1 -1 -1 -1 -1 -1]`,
        choices: [
          {
            text: 'None',
            holds: 'irqs 0',
            feedback:
              'The second ioctl detaches, and a detach keeps the irq; only disabling MSI-X frees irqs.',
          },
          {
            text: 'One',
            holds: 'irqs 1',
            feedback:
              'Entries of −1 count in an enabling call: pci_alloc_irq_vectors() allocates start + count = 8 irqs.',
          },
          { text: 'Eight', holds: 'irqs 8' },
        ],
        explain: 'The enabling call allocates start + count irqs, and the driver keeps all of them cached.',
        notes:
          'Point at the eight cached irqs. Ask: what does a host with many such guests see? Common wrong idea: a detached vector costs nothing.',
        source: 'crosvm devices/src/pci/vfio_pci.rs; scenario S11',
      },
      {
        kind: 'do',
        ask: 'Disable MSI-X and attach vectors 0 and 3 with two irqs in all.',
        goal: 'attached 0 and attached 3 and irqs 2',
        hint: 'Enable with vector 0 alone, then add vector 3.',
        solution: `
disable msix
set_irqs msix trigger eventfd 0 [10]
set_irqs msix trigger eventfd 3 [13]`,
        best: 3,
        explain: 'Since v6.5 a client can add vectors as its guest uses them.',
        notes:
          'Point at the two irqs, 0 and 3. Ask: which kernel made this possible? Common wrong idea: a client has to enable up to the highest vector.',
        source: 'commit e4163438e015',
      },
    ],
  },
];

// Scenarios of calls that clients misread (S22 to S27, S30 to S33).

import type { Told } from './scenario.ts';

/** The scenarios; index.ts sorts them. */
export const MISREAD_SCENARIOS: readonly Told[] = [
  {
    id: 'S22',
    title: 'Loopback past the allocation',
    client: 'any client',
    look: 'Drivers up to v6.4 return EINVAL; V3 and the merged driver return 0 and signal no eventfd.',
    source: '"[PATCH V3 06/10]"',
    script: `
      set_irqs msix trigger eventfd 0 [10 11]
      set_irqs msix trigger none 4 2 <`,
  },
  {
    id: 'S23',
    title: 'Disable twice, or when not enabled',
    client: 'Cloud Hypervisor',
    look: 'EINVAL when MSI-X is not enabled: a client has to remember which mode it has enabled.',
    source: 'cloud-hypervisor #449, #457, #460, #473, #505; recording disable-variants, step 2',
    script: `
      disable msix <
      set_irqs msix trigger eventfd 0 [10]
      disable msix
      disable msix`,
    compare: ['dynamic'],
  },
  {
    id: 'S24',
    title: 'The "unmap" that triggers',
    client: 'openvmm',
    look: 'TRIGGER with DATA_NONE and a count of 2 triggers two vectors. Only a count of 0 disables MSI-X.',
    source: 'openvmm PR #3778',
    script: `
      set_irqs msix trigger eventfd 0 [10 11]
      set_irqs msix trigger none 0 2 <`,
    compare: ['dynamic'],
  },
  {
    id: 'S25',
    title: 'MASK before the disable',
    client: 'Cloud Hypervisor',
    look: 'ENOTTY: the driver has no MASK for MSI-X. The disable still succeeds.',
    source: 'cloud-hypervisor #457, #473, #505; recording mask-msix',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix mask none 0 1 <
      disable msix`,
    compare: ['dynamic'],
  },
  {
    id: 'S26',
    title: 'MASK and UNMASK on MSI-X',
    client: 'libvfio-user clients',
    look: 'ENOTTY for both. libvfio-user returns 0, so two servers of one protocol differ.',
    source: 'libvfio-user lib/irq.c, #806, #807; recording mask-msix',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix mask none 0 1 <
      set_irqs msix unmask none 0 1`,
    compare: ['dynamic'],
  },
  {
    id: 'S27',
    title: 'MSI while MSI-X is enabled',
    client: 'any client',
    look: 'EINVAL: a device has one interrupt mode at a time.',
    source: 'kvmtool vfio/pci.c; recording mode-msix-msi',
    script: `
      device e1000e
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msi trigger eventfd 0 [11] <`,
    compare: ['dynamic'],
  },
  {
    id: 'S30',
    title: 'One more than the table',
    client: 'SPDK',
    look: 'EINVAL from the shared VFIO check: start + count is greater than the number of table entries.',
    source: 'SPDK #3645',
    script: 'set_irqs msix trigger eventfd 0 [10 11 12 13 14 15 16 17 18] <',
    compare: ['dynamic'],
  },
  {
    id: 'S31',
    title: '−2 on REQ',
    client: 'libvfio-user clients',
    look: '−2 does not detach: eventfd 30 is still signalled. The release decides whether −2 is rejected (6.12.117, EINVAL) or ignored (6.1.192, 0). For MSI-X, −2 detaches (S4).',
    source: 'libvfio-user PR #731; recording req-index, step 17',
    script: `
      set_irqs req trigger eventfd 0 [30]
      set_irqs req trigger eventfd 0 [-2] <
      set_irqs req trigger none 0 1
      set_irqs req trigger eventfd 0 [-1]
      set_irqs req trigger none 0 0`,
  },
  {
    id: 'S32',
    title: 'Eventfds with a count of 0',
    client: 'QEMU, before commit b0223e29afdc',
    look: 'Enabling with zero vectors returns ERANGE. With start 4, V3 and the merged driver allocate irqs for vectors 0 to 3 and attach none; drivers up to v6.4 allocate them, fail with EINVAL and free them again.',
    source: 'QEMU b0223e29afdc; recording count-zero, steps 2 and 3',
    script: `
      set_irqs msix trigger eventfd 0 []
      set_irqs msix trigger eventfd 4 [] <`,
  },
  {
    id: 'S33',
    title: 'Malformed calls',
    client: 'fuzzers',
    look: 'Two data bits or a wrong size give EINVAL from the shared VFIO check; two action bits or no action bit give ENOTTY from vfio_pci_set_irqs_ioctl().',
    source: 'drivers/vfio/vfio_main.c; recordings malformed-*',
    script: `
      set_irqs raw argsz=24 flags=0x26 index=2 start=0 count=1 i32=10
      set_irqs raw argsz=24 flags=0x34 index=2 start=0 count=1 i32=10 <
      set_irqs raw argsz=24 flags=0x4 index=2 start=0 count=1 i32=10
      set_irqs raw argsz=24 flags=0x24 index=2 start=0 count=2 i32=10
      set_irqs raw argsz=24 flags=0x21 index=2 start=1 count=0xfffffffe
      set_irqs raw argsz=24 flags=0x21 index=2 start=8 count=0`,
    compare: ['dynamic'],
  },
];

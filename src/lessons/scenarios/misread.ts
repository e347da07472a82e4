// Calls that clients misread (scenarios S22 to S27, S30 to S33).

import type { Told } from './scenario.ts';

/** See above. */
export const MISREAD_SCENARIOS: readonly Told[] = [
  {
    id: 'S22',
    title: 'Loopback past the allocation',
    client: 'anybody',
    look: 'The old driver answers EINVAL; the new ones do nothing, and say nothing.',
    source: '"[PATCH V3 06/10]"',
    script: `
      set_irqs msix trigger eventfd 0 [10 11]
      set_irqs msix trigger none 4 2 <`,
  },
  {
    id: 'S23',
    title: 'Disable twice, or when off',
    client: 'Cloud Hypervisor',
    look: 'EINVAL where nothing is on: a client has to remember what it has enabled.',
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
    title: 'The "unmap" that fires',
    client: 'openvmm',
    look: 'DATA_NONE with a count of 2 triggers two vectors; it does not disable them. Only a count of 0 disables.',
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
    look: 'ENOTTY: the kernel has no MASK for MSI-X. The disable works all the same.',
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
    look: 'ENOTTY for both. libvfio-user answers 0: two servers of one protocol disagree.',
    source: 'libvfio-user lib/irq.c, #806, #807; recording mask-msix',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix mask none 0 1 <
      set_irqs msix unmask none 0 1`,
    compare: ['dynamic'],
  },
  {
    id: 'S27',
    title: 'MSI while MSI-X is on',
    client: 'anybody',
    look: 'EINVAL: one mode at a time.',
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
    look: 'EINVAL at the first check, before any driver is asked: start + count is more than the table holds.',
    source: 'SPDK #3645',
    script: 'set_irqs msix trigger eventfd 0 [10 11 12 13 14 15 16 17 18] <',
    compare: ['dynamic'],
  },
  {
    id: 'S31',
    title: '−2 on REQ',
    client: 'libvfio-user clients',
    look: '−2 clears nothing: descriptor 30 still fires. Whether it is refused or ignored follows the kernel build, not the generation (6.12.117 refuses, 6.1.192 ignores). The opposite of S4.',
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
    client: 'QEMU, before it knew',
    look: 'No vector cannot be enabled (ERANGE). With start 4 the new drivers allocate irqs for vectors 0 to 3 and bind none; the old one allocates them and frees them again.',
    source: 'QEMU b0223e29afdc; recording count-zero, steps 2 and 3',
    script: `
      set_irqs msix trigger eventfd 0 []
      set_irqs msix trigger eventfd 4 [] <`,
  },
  {
    id: 'S33',
    title: 'Malformed calls',
    client: 'fuzzers',
    look: 'Which check answers: two data types and bad sizes are EINVAL from the ioctl itself; two actions, or none, are ENOTTY from the driver one layer further in.',
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

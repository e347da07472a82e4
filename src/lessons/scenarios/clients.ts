// Scenarios without failures: ioctls that real programs send (S1 to S13, S34, S36, S37).

import type { Told } from './scenario.ts';

/** The scenarios; index.ts sorts them. */
export const CLIENT_SCENARIOS: readonly Told[] = [
  {
    id: 'S1',
    title: 'Enable, loop back, disable',
    client: 'kernel selftest',
    look: 'Eventfd 11 counts 1, the others 0. The test closes the descriptors before the disable: the kernel keeps a reference to each eventfd, so a vector stays attached after its descriptor is closed.',
    source: 'tools/testing/selftests/vfio/vfio_pci_device_test.c',
    script: `
      set_irqs msix trigger eventfd 0 [10 11 12]
      set_irqs msix trigger none 1 1 <
      close 10
      close 11
      close 12
      disable msix`,
    compare: ['dynamic'],
  },
  {
    id: 'S2',
    title: 'Reserve all at once',
    client: 'DPDK',
    look: 'One ioctl allocates every irq, so DPDK adds no vector later. Vector 0 reports link changes, the others serve queues.',
    source: 'DPDK lib/eal/linux/eal_interrupts.c, vfio_enable_msix',
    script: `
      set_irqs msix trigger eventfd 0 [10 11 12 13] <
      disable msix`,
    compare: ['dynamic'],
  },
  {
    id: 'S3',
    title: 'The whole table at once',
    client: 'Cloud Hypervisor',
    look: 'The host spends irqs on vectors that the guest never uses: 257 irqs for a device with 257 vectors.',
    source: 'cloud-hypervisor pci/src/vfio.rs @ae44c297; #7079',
    script: 'set_irqs msix trigger eventfd 0 [10 11 12 13 14 15 16 17] <',
    compare: ['dynamic'],
  },
  {
    id: 'S4',
    title: 'Descriptor −2',
    client: 'Cloud Hypervisor, proposed',
    look: 'For MSI-X every negative descriptor means "no eventfd", so −2 detaches like −1, and the irqs of vectors 0 and 3 stay cached. ERR and REQ treat −2 differently (S31).',
    source: 'cloud-hypervisor PR #7080, commit 83825100a',
    script: `
      set_irqs msix trigger eventfd 0 [-2]
      set_irqs msix trigger eventfd 3 [13]
      set_irqs msix trigger eventfd 3 [-2] <`,
  },
  {
    id: 'S5',
    title: 'Enable one, disable, enable',
    client: 'QEMU, guest enables MSI-X before any vector',
    look: 'The enabling call needs at least one vector (S32), hence the first call. The second enable gets the same irq number again, because the kernel allocates the lowest free number.',
    source: 'QEMU b0223e29afdc; recording enable-disable-enable, step 6',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      disable msix
      set_irqs msix trigger eventfd 0 [10] <`,
    compare: ['dynamic'],
  },
  {
    id: 'S6',
    title: 'Grow by teardown',
    client: 'QEMU up to 8.1',
    look: 'QEMU detaches every attached vector to add one. An interrupt raised between the disable and the enable is lost or goes to INTx; an interrupt that is already pending survives.',
    source: 'QEMU hw/vfio/pci.c @41192db3; recording pending-across-disable, step 7',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix trigger eventfd 0 [11]
      disable msix <
      set_irqs msix trigger eventfd 0 [11 12]`,
    compare: ['static', 'dynamic'],
  },
  {
    id: 'S7',
    title: 'Grow in place',
    client: 'QEMU 8.2 and later',
    look: 'Irqs are allocated in the order 0, 5, 2. Attaching another eventfd to vector 5 keeps its irq. Drivers up to v6.4 return EINVAL, because their range ends at vector 0.',
    source: 'QEMU 45d85f62, d9e6710d, 5ebffa4e',
    script: `
      set_irqs msix trigger eventfd 0 [-1]
      set_irqs msix trigger eventfd 5 [15] <
      set_irqs msix trigger eventfd 2 [12]
      set_irqs msix trigger eventfd 5 [25]`,
  },
  {
    id: 'S8',
    title: 'The same client on a NORESIZE host',
    client: 'QEMU 8.2 and later, host without dynamic allocation',
    look: 'A client that ignores VFIO_IRQ_INFO_NORESIZE gets EINVAL from the second call.',
    source: 'include/uapi/linux/vfio.h, VFIO_IRQ_INFO_NORESIZE',
    script: `
      device nvme nodyn
      irq_info msix
      set_irqs msix trigger eventfd 0 [-1]
      set_irqs msix trigger eventfd 5 [15] <`,
  },
  {
    id: 'S9',
    title: 'Mask by swapping the trigger',
    client: 'QEMU',
    look: 'VFIO has no MASK for MSI-X, so QEMU swaps the trigger for an eventfd that it reads itself, and later back. Each swap calls free_irq() and request_irq(), with a short gap between them.',
    source: 'QEMU hw/vfio/pci.c; "[PATCH v6 0/3] add irq_update", Ben Luo, 2019',
    script: `
      set_irqs msix trigger eventfd 0 [40]
      set_irqs msix trigger eventfd 0 [30] <
      set_irqs msix trigger eventfd 0 [40]`,
    compare: ['dynamic'],
  },
  {
    id: 'S10',
    title: 'Restore after migration, with holes',
    client: 'QEMU',
    look: 'Only vectors 0 and 2 get an irq: once MSI-X is enabled, an entry of −1 allocates no irq.',
    source: 'QEMU eaadba6f',
    script: `
      set_irqs msix trigger eventfd 0 [-1]
      set_irqs msix trigger eventfd 0 [10 -1 12 -1] <`,
  },
  {
    id: 'S11',
    title: 'A full table of −1, then singles',
    client: 'crosvm',
    look: 'Eight irqs are allocated although only two vectors are attached: start + count of the first call sets the number.',
    source: 'crosvm devices/src/pci/vfio_pci.rs',
    script: `
      set_irqs msix trigger eventfd 0 [9 -1 -1 -1 -1 -1 -1 -1]
      set_irqs msix trigger eventfd 0 [-1 -1 -1 -1 -1 -1 -1 -1]
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix trigger eventfd 3 [13] <`,
    compare: ['dynamic'],
  },
  {
    id: 'S12',
    title: 'A masked start, then one vector',
    client: 'kvmtool of 2019',
    look: 'The result is that of S11. kvmtool masks a vector by removing the irqfd from KVM, which sends no VFIO ioctl. Since 2024 it attaches the whole table in one call when the guest clears the function mask.',
    source: 'kvmtool vfio/pci.c @09533d3c',
    script: `
      set_irqs msix trigger eventfd 0 [10 -1 -1 -1 -1 -1 -1 -1]
      set_irqs msix trigger eventfd 0 [-1 -1 -1 -1 -1 -1 -1 -1]
      set_irqs msix trigger eventfd 3 [13] <`,
    compare: ['dynamic'],
  },
  {
    id: 'S13',
    title: 'A second call beyond the range',
    client: 'any client',
    look: 'The feature in one call: EINVAL up to v6.4, a new irq from v6.5 on.',
    source: 'commit e4163438e015; include/uapi/linux/vfio.h',
    script: `
      set_irqs msix trigger eventfd 0 [10 11]
      set_irqs msix trigger eventfd 4 [14] <`,
  },
  {
    id: 'S34',
    title: 'One eventfd on two vectors',
    client: 'any client',
    look: 'The counter is 2. The second irq-bypass registration fails with EBUSY; the kernel logs it and goes on.',
    source: 'recording same-eventfd-twice, step 2',
    script: `
      set_irqs msix trigger eventfd 0 [10 10] <
      set_irqs msix trigger none 0 2`,
    compare: ['dynamic'],
  },
  {
    id: 'S36',
    title: '−1, then attached again',
    client: 'any client',
    look: 'Every released driver keeps the irq of vector 1: for −1, caching is older than the series. V2 as posted frees it.',
    source: 'drivers/vfio/pci/vfio_pci_intrs.c',
    script: `
      set_irqs msix trigger eventfd 0 [10 11]
      set_irqs msix trigger eventfd 1 [-1] <
      set_irqs msix trigger eventfd 1 [21]`,
    compare: ['static', 'v2', 'v3', 'dynamic'],
  },
  {
    id: 'S37',
    title: 'Loopback of some vectors',
    client: 'any client',
    look: 'Eventfds 10 and 12 count 1: with DATA_BOOL each byte selects whether its vector is triggered.',
    source: 'include/uapi/linux/vfio.h, VFIO_IRQ_SET_DATA_BOOL',
    script: `
      set_irqs msix trigger eventfd 0 [10 11 12]
      set_irqs msix trigger bool 0 [1 0 1] <`,
    compare: ['dynamic'],
  },
];

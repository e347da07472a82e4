// What real programs send when nothing goes wrong (scenarios S1 to S13, S34, S36, S37).

import type { Told } from './scenario.ts';

/** See above. */
export const CLIENT_SCENARIOS: readonly Told[] = [
  {
    id: 'S1',
    title: 'Enable, loop back, disable',
    client: 'kernel selftest',
    look: 'Eventfd 11 counts 1, the others 0. The descriptors are closed before the disable: the kernel holds a reference to the eventfd, so a binding outlives the number under which it was made.',
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
    look: 'One ioctl is one allocation, and nothing has to grow later. Vector 0 is for link changes, the others for queues.',
    source: 'DPDK lib/eal/linux/eal_interrupts.c, vfio_enable_msix',
    script: `
      set_irqs msix trigger eventfd 0 [10 11 12 13] <
      disable msix`,
    compare: ['dynamic'],
  },
  {
    id: 'S3',
    title: 'The whole table eagerly',
    client: 'Cloud Hypervisor',
    look: 'Host irqs are spent for vectors that the guest never uses; a device with 257 vectors takes 257.',
    source: 'cloud-hypervisor pci/src/vfio.rs @ae44c297; #7079',
    script: 'set_irqs msix trigger eventfd 0 [10 11 12 13 14 15 16 17] <',
    compare: ['dynamic'],
  },
  {
    id: 'S4',
    title: 'The descriptor −2 trick',
    client: 'Cloud Hypervisor, proposed',
    look: 'MSI-X takes every negative descriptor for "none", so −2 does what −1 does; the irqs of vectors 0 and 3 stay cached. ERR and REQ do not (S31).',
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
    look: 'MSI-X cannot be enabled with no vector (S32), hence the first call. The second enable gets the same irq number again: the lowest free one.',
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
    look: 'To add one vector every bound vector is taken down. Between the disable and the enable an interrupt of the device is lost or goes to INTx; one that is pending already survives.',
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
    look: 'Irqs appear in the order 0, 5, 2. Another eventfd on vector 5 keeps its irq. The old driver answers EINVAL: its range ends at vector 0.',
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
    look: 'The client has to read VFIO_IRQ_INFO_NORESIZE first, or meets EINVAL at the second call.',
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
    look: 'VFIO has no MASK for MSI-X, so QEMU moves the trigger to an eventfd that it reads itself and back. Each swap is free_irq() and request_irq(): a short gap.',
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
    look: 'Only vectors 0 and 2 get an irq: in dynamic mode a slot of −1 allocates nothing.',
    source: 'QEMU eaadba6f',
    script: `
      set_irqs msix trigger eventfd 0 [-1]
      set_irqs msix trigger eventfd 0 [10 -1 12 -1] <`,
  },
  {
    id: 'S11',
    title: 'A full table of −1, then singles',
    client: 'crosvm',
    look: 'Eight irqs although two vectors are bound: the start and count of the first call are the allocation.',
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
    client: 'kvmtool',
    look: 'As S11. kvmtool masks by taking the irqfd from KVM, which sends no ioctl.',
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
    client: 'anybody',
    look: 'The feature in one step: EINVAL up to 6.4, a new irq from 6.5 on.',
    source: 'commit e4163438e015; include/uapi/linux/vfio.h',
    script: `
      set_irqs msix trigger eventfd 0 [10 11]
      set_irqs msix trigger eventfd 4 [14] <`,
  },
  {
    id: 'S34',
    title: 'One eventfd on two vectors',
    client: 'anybody',
    look: 'The counter is 2. The second irq-bypass registration fails with EBUSY; the kernel logs it and goes on.',
    source: 'recording same-eventfd-twice, step 2',
    script: `
      set_irqs msix trigger eventfd 0 [10 10] <
      set_irqs msix trigger none 0 2`,
    compare: ['dynamic'],
  },
  {
    id: 'S36',
    title: '−1, then bound again',
    client: 'anybody',
    look: 'The irq of vector 1 is kept by every driver that was released: for −1 caching is older than the series. V2 as posted gives it back.',
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
    client: 'anybody',
    look: 'Eventfds 10 and 12 count 1: with DATA_BOOL each byte says whether its vector fires.',
    source: 'include/uapi/linux/vfio.h, VFIO_IRQ_SET_DATA_BOOL',
    script: `
      set_irqs msix trigger eventfd 0 [10 11 12]
      set_irqs msix trigger bool 0 [1 0 1] <`,
    compare: ['dynamic'],
  },
];

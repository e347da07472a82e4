// What the model does not claim, a sentence each. What is said here is seen in the code or in the recordings, and a test
// checks what can be checked.

/** The limits of the model. */
export const NOT_CLAIMED: readonly { readonly about: string; readonly text: string }[] = [
  {
    about: 'Races',
    text: 'Lines run one after the other, as igate makes SET_IRQS ioctls of one device do. Two threads at once are not modelled; locks are not waited for.',
  },
  {
    about: 'Inside an ioctl',
    text: 'Injected faults, and interrupts that the device raises while an ioctl runs, follow the kernel’s source. No recording has them.',
  },
  {
    about: 'Time',
    text: 'There is no duration of anything. Interrupts and deferred work are delivered before the next line.',
  },
  {
    about: 'Machines',
    text: 'Recorded were QEMU machines with one x86-64 CPU and emulated devices. Other architectures, several CPUs, irq affinity, CPU hotplug and the quirks of real hardware are not modelled.',
  },
  {
    about: 'Kernels',
    text: 'Recorded were the kernels in the table. V2 and V3 were put into 6.12.117; as posted, and in releases that no recording has, INTx, ERR and REQ are taken from the source of that time.',
  },
  {
    about: 'Config space and BARs',
    text: 'Of config space: the command register, the MSI and the MSI-X capability. Of BARs: the MSI-X table and its pending bits. The model says so where something else is read.',
  },
  {
    about: 'Around vfio-pci',
    text: 'DMA, IOMMU mappings, memory limits and KVM (irqfds, posted interrupts) are not modelled; of the irq bypass, which eventfd has a producer.',
  },
  {
    about: 'Clients',
    text: 'What QEMU, DPDK and others send was read in their source. Their own behaviour was not recorded.',
  },
];

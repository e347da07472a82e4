// The limits of the model. Each statement follows from the code or the recordings; a test checks those that it can.

/** The limits, by subject. */
export const NOT_CLAIMED: readonly { readonly about: string; readonly text: string }[] = [
  {
    about: 'Races',
    text: 'Lines run one after the other, as the lock igate serialises SET_IRQS ioctls of one device. Concurrent threads and waiting for locks are not modelled.',
  },
  {
    about: 'Inside an ioctl',
    text: 'Interrupts that the device raises during an ioctl follow the kernel source; no recording contains them. Failures were injected into 6.1.192, 6.12.117 and 7.3.4; under other kernels injected faults follow the source.',
  },
  {
    about: 'Time',
    text: 'Operations have no duration. Interrupts and deferred work are delivered before the next line.',
  },
  {
    about: 'Machines',
    text: 'The recordings come from QEMU machines with one x86-64 or arm64 CPU and emulated devices. Other architectures, several CPUs, irq affinity, CPU hotplug and quirks of real hardware are not modelled.',
  },
  {
    about: 'Kernels',
    text: 'The table lists the recorded kernels. V2 and V3 were recorded as patches to 6.12.117. For V2 and V3 as posted, and for other releases, INTx, ERR and REQ follow the source of that time.',
  },
  {
    about: 'Config space and BARs',
    text: 'The model covers the command register, the MSI, MSI-X and power management capabilities, function level reset, the MSI-X table and its pending bits. A read or write of another register shows that it is not modelled. One function of a device is modelled: a hot reset that another function starts is the same operation.',
  },
  {
    about: 'Around vfio-pci',
    text: 'DMA, IOMMU mappings, memory limits and KVM (irqfds, posted interrupts) are not modelled. The model contains one part of irq bypass: the producer of each eventfd.',
  },
  {
    about: 'Clients',
    text: 'The operations of QEMU, DPDK and other clients follow their source. Their behaviour was not recorded.',
  },
];

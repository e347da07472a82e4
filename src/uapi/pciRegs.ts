// Bits of PCI configuration space (include/uapi/linux/pci_regs.h), with the header's names.

/** Bytes of the header; the capabilities follow. */
export const PCI_STD_HEADER_SIZEOF = 64;

export const PCI_VENDOR_ID = 0x00;
export const PCI_COMMAND = 0x04;
export const PCI_COMMAND_IO = 0x1;
export const PCI_COMMAND_MEMORY = 0x2;
export const PCI_COMMAND_MASTER = 0x4;
export const PCI_COMMAND_INTX_DISABLE = 0x400;

export const PCI_MSI_FLAGS = 2;
export const PCI_MSI_FLAGS_ENABLE = 0x0001;
export const PCI_MSI_FLAGS_QSIZE = 0x0070;
export const PCI_MSI_FLAGS_64BIT = 0x0080;
export const PCI_MSI_FLAGS_MASKBIT = 0x0100;

export const PCI_MSI_ADDRESS_LO = 4;
export const PCI_MSI_ADDRESS_HI = 8;
/** Offset of the data register in a capability with 64-bit addresses. */
export const PCI_MSI_DATA_64 = 12;

export const PCI_MSIX_FLAGS = 2;
export const PCI_MSIX_FLAGS_ENABLE = 0x8000;
export const PCI_MSIX_FLAGS_MASKALL = 0x4000;
/** Bytes of the capability. */
export const PCI_CAP_MSIX_SIZEOF = 12;

/** Offset of the control and status register in the power management capability. */
export const PCI_PM_CTRL = 4;
export const PCI_PM_CTRL_STATE_MASK = 0x3;
/** The device keeps its state on the way from D3hot to D0. */
export const PCI_PM_CTRL_NO_SOFT_RESET = 0x8;
/** Bytes of the capability. */
export const PCI_PM_SIZEOF = 8;
/** Power states (include/linux/pci.h), also as values of the state bits. */
export const PCI_D0 = 0;
export const PCI_D3hot = 3;

/** Starts a function level reset; a bit of the PCI Express device control word. */
export const PCI_EXP_DEVCTL_BCR_FLR = 0x8000;

/** Starts a function level reset; a bit of the control byte (capability + 4) of Advanced Features. */
export const PCI_AF_CTRL_FLR = 0x01;

/** `flags` of pci_alloc_irq_vectors (include/linux/pci.h). */
export const PCI_IRQ_MSI = 1 << 1;
export const PCI_IRQ_MSIX = 1 << 2;

// Device configurations for the recorder. The recorded device is always the QEMU device at `bdf`.

/**
 * @typedef {object} Config
 * @property {'on' | 'off'} intremap  Whether the IOMMU remaps interrupts.
 * @property {string} model  The name of the device in the header.
 * @property {string[]} qemu  Arguments for QEMU that add the device.
 * @property {string} [append]  Further words of the kernel's command line.
 * @property {string} [vfioPci]  Further parameters of vfio-pci.
 */

/** The address of the recorded device. */
export const BDF = '0000:00:04.0';

/**
 * @param {string} device
 * @param {string} model
 * @param {string[]} [extra]
 * @returns {Config}
 */
const plain = (device, model, extra = []) => ({
  intremap: 'on',
  model,
  qemu: [...extra, '-device', `${device},addr=4.0`],
});

/** @param {string} properties */
const nvme = (properties) =>
  plain(`nvme,serial=x,drive=d0,${properties}`, 'QEMU NVMe Ctrl', [
    '-drive',
    'if=none,id=d0,driver=null-co,size=16M',
  ]);

const network = ['-netdev', 'hubport,hubid=0,id=n0'];
const e1000e = plain('e1000e,netdev=n0,romfile=', 'Intel 82574L (QEMU e1000e)', network);
const xhci = plain('nec-usb-xhci,msi=on,msix=on', 'NEC xHCI (QEMU nec-usb-xhci)');
const edu = plain('edu', 'QEMU edu');
const nvme8 = nvme('msix_qsize=8,max_ioqpairs=8');
const nvme2048 = nvme('msix_qsize=2048');

/** @param {Config} config @returns {Config} */
const withoutRemapping = (config) => ({ ...config, intremap: 'off' });

/** @param {Config} config @returns {Config} Two 8259 instead of the I/O APIC: an asserted pin is a level there. */
const withPic = (config) => ({ ...config, intremap: 'off', append: 'noapic' });

/** @type {Readonly<Record<string, Config>>} */
export const CONFIGS = {
  // 8 MSI-X vectors and INTx
  nvme8,
  nvme8noir: withoutRemapping(nvme8),
  nvme1: nvme('msix_qsize=1,max_ioqpairs=1'),
  nvme3: nvme('msix_qsize=3,max_ioqpairs=3'),
  nvme65: nvme('msix_qsize=65'),
  // more vectors than one x86 CPU has, so allocations fail without injection
  nvme2048,
  nvme2048noir: withoutRemapping(nvme2048),
  // 5 MSI-X vectors, 1 MSI vector and INTx
  e1000e,
  e1000enoir: withoutRemapping(e1000e),
  e1000epic: withPic(e1000e),
  // 16 MSI and 16 MSI-X vectors
  xhci,
  xhcinoir: withoutRemapping(xhci),
  // 1 MSI vector and INTx, no MSI-X
  edu,
  edupic: withPic(edu),
  // the driver masks INTx at the irq chip
  edupicnomask: { ...withPic(edu), vfioPci: 'nointxmask=1' },
  ahci: plain('ich9-ahci', 'ICH9 AHCI (QEMU)'),
  hda: plain('intel-hda', 'Intel HDA ICH6 (QEMU)'),
  megasas: plain('megasas-gen2', 'LSI MegaRAID SAS 2108 (QEMU)'),
  mptsas: plain('mptsas1068', 'LSI SAS 1068 (QEMU)'),
  pvscsi: plain('pvscsi', 'PVSCSI (QEMU)'),
  rtl8139: plain('rtl8139,netdev=n0,romfile=', 'RTL8139 (QEMU)', network),
  testdev: plain('pci-testdev', 'QEMU pci-testdev'),
  virtionet: plain(
    'virtio-net-pci,netdev=n0,romfile=,disable-legacy=on',
    'virtio-net (QEMU, modern)',
    network,
  ),
  vmxnet3: plain('vmxnet3,netdev=n0,romfile=', 'VMXNET3 (QEMU)', network),
};

/** @param {string} name @returns {Config} */
export function configOf(name) {
  const config = CONFIGS[name];
  if (config === undefined) {
    throw new Error(`configuration ${name}: expected one of ${Object.keys(CONFIGS).join(', ')}`);
  }
  return config;
}

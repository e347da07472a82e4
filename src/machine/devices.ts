// The catalogue of devices as data: their capabilities, when they can raise an interrupt and what a reset clears. Facts of
// the recorded devices are read from the recordings; see test/recordings/README.md.

import { type Device, LOSES_ALL, MSIX_VECTORS_MAX } from './device.ts';

const BDF = '0000:00:04.0';
const KEEPS_ALL = { clearsTable: false, clearsPending: false, clearsPin: false };

/** A device of the catalogue with the short name that scripts use, for instance `device nvme msix=8`. */
export interface CatalogueDevice {
  readonly name: string;
  /** One sentence about the device. */
  readonly about: string;
  readonly device: Device;
}

function nvme(vectors: number): Device {
  return {
    id: '1b36:0010',
    model: 'QEMU NVMe Ctrl',
    bdf: BDF,
    msix: { offset: 0x40, vectors },
    msi: null,
    intx: true,
    pcie: true,
    pci_2_3: true,
    nointx: false,
    reset: true,
    hotReset: false,
    functionReset: 0x88,
    afReset: null,
    power: { offset: 0x60, noSoftReset: true, silent: false },
    // a completion queue can get a vector only while MSI-X is enabled
    raise: 'with-msix',
    raiseVectors: null,
    raisePulses: false,
    onReset: LOSES_ALL,
  };
}

/** The catalogue in the order of the page. */
export const DEVICES: readonly CatalogueDevice[] = [
  { name: 'nvme', about: 'NVMe with 8 MSI-X vectors; it can raise each one.', device: nvme(8) },
  {
    name: 'e1000e',
    about: 'Network card with 5 MSI-X vectors, 1 MSI vector and a pin; it can raise in every mode.',
    device: {
      id: '8086:10d3',
      model: 'Intel 82574L (QEMU e1000e)',
      bdf: BDF,
      msix: { offset: 0xa0, vectors: 5 },
      msi: { offset: 0xd0, vectors: 1, maskable: false },
      intx: true,
      pcie: true,
      pci_2_3: true,
      nointx: false,
      reset: true,
      hotReset: false,
      functionReset: null,
      afReset: null,
      power: { offset: 0xc8, noSoftReset: false, silent: false },
      raise: 'always',
      // IVAR has three bits for the vector number
      raiseVectors: 8,
      // the recorder reads the cause register, which clears it, before it sets a cause
      raisePulses: true,
      onReset: KEEPS_ALL,
    },
  },
  {
    name: 'xhci',
    about: 'USB controller with 16 MSI-X and 16 MSI vectors; it cannot raise interrupts and has no reset.',
    device: {
      id: '1033:0194',
      model: 'NEC xHCI (QEMU nec-usb-xhci)',
      bdf: BDF,
      msix: { offset: 0x90, vectors: 16 },
      msi: { offset: 0x70, vectors: 16, maskable: false },
      intx: true,
      pcie: true,
      pci_2_3: true,
      nointx: false,
      reset: false,
      hotReset: false,
      functionReset: null,
      afReset: null,
      power: null,
      raise: 'never',
      raiseVectors: null,
      raisePulses: false,
      onReset: KEEPS_ALL,
    },
  },
  {
    name: 'edu',
    about: 'A teaching device, not PCI Express: 1 MSI vector and a pin, no MSI-X, no reset.',
    device: {
      id: '1234:11e8',
      model: 'QEMU edu',
      bdf: BDF,
      msix: null,
      msi: { offset: 0x40, vectors: 1, maskable: false },
      intx: true,
      pcie: false,
      pci_2_3: true,
      nointx: false,
      reset: false,
      hotReset: false,
      functionReset: null,
      afReset: null,
      power: null,
      raise: 'always',
      raiseVectors: null,
      raisePulses: false,
      onReset: KEEPS_ALL,
    },
  },
  {
    name: 'nvme2048',
    about: 'NVMe with the largest possible MSI-X table: 2,048 vectors, more than one CPU can serve.',
    device: nvme(MSIX_VECTORS_MAX),
  },
];

/** Returns the catalogue's device with that vendor:device id, or undefined. */
export function deviceById(id: string): Device | undefined {
  return DEVICES.find(({ device }) => device.id === id)?.device;
}

/** Returns the catalogue's device with that short name, or undefined. */
export function deviceByName(name: string): Device | undefined {
  return DEVICES.find((entry) => entry.name === name)?.device;
}

/** A device known only by its capabilities: it cannot raise interrupts, and a reset clears its table. */
export const UNKNOWN_DEVICE: Device = {
  ...nvme(1),
  functionReset: null,
  afReset: null,
  power: null,
  raise: 'never',
  msix: null,
};

// The devices that irqscope knows, as data: what their capabilities are, when they can raise an interrupt and what they
// forget in a reset. The recorded ones carry facts read off the recordings; see test/recordings/README.md.

import type { Device } from './device.ts';

const BDF = '0000:00:04.0';
const FORGETS_ALL = { clearsTable: true, clearsPending: true, clearsPin: true };
const KEEPS_ALL = { clearsTable: false, clearsPending: false, clearsPin: false };

/** A device of the catalogue with the short name that scripts use, for instance `device nvme msix=8`. */
export interface CatalogueDevice {
  readonly name: string;
  /** One sentence: what it is good for. */
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
    // a completion queue can only be given a vector while MSI-X is enabled
    raise: 'with-msix',
    raiseVectors: null,
    raisePulses: false,
    onReset: FORGETS_ALL,
  };
}

/** The catalogue, in the order in which the page lists it. */
export const DEVICES: readonly CatalogueDevice[] = [
  { name: 'nvme', about: 'NVMe with 8 MSI-X vectors; it can raise each of them.', device: nvme(8) },
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
      raise: 'always',
      // IVAR holds three bits of vector number
      raiseVectors: 8,
      // the driver reads the cause register, which clears it, before it sets the cause
      raisePulses: true,
      onReset: KEEPS_ALL,
    },
  },
  {
    name: 'xhci',
    about: 'USB controller with 16 MSI-X and 16 MSI vectors; it cannot be told to raise, and has no reset.',
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
      raise: 'always',
      raiseVectors: null,
      raisePulses: false,
      onReset: KEEPS_ALL,
    },
  },
  {
    name: 'nvme2048',
    about: 'The largest MSI-X table there can be: 2,048 vectors, more than one CPU can serve.',
    device: nvme(2048),
  },
];

/** The catalogue's device of that vendor:device id, or undefined. */
export function deviceById(id: string): Device | undefined {
  return DEVICES.find(({ device }) => device.id === id)?.device;
}

/** The catalogue's device of that short name, or undefined. */
export function deviceByName(name: string): Device | undefined {
  return DEVICES.find((entry) => entry.name === name)?.device;
}

/** A device about which nothing is known but what its capabilities say: it raises nothing, and a reset clears it. */
export const UNKNOWN_DEVICE: Device = { ...nvme(1), raise: 'never', msix: null };

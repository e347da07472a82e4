// What the device model knows about a device besides its capabilities, in words.

import type { Device } from '../../machine/device.ts';

const RAISES = {
  never: 'It cannot be told to raise an interrupt.',
  'with-msix': 'It raises interrupts while MSI-X is enabled.',
  always: 'It raises interrupts in every mode: MSI-X, MSI or the pin.',
} as const;

/** Sentences on when the device raises, what a reset clears, and which indexes it lacks. */
export function deviceFacts(device: Device): readonly string[] {
  const { onReset, reset, raise, pcie, intx, pci_2_3 } = device;
  const cleared = [
    ...(onReset.clearsTable ? ['the MSI-X table'] : []),
    ...(onReset.clearsPending ? ['pending bits'] : []),
    ...(onReset.clearsPin ? ['the pin'] : []),
  ];
  return [
    `${device.model}, ${device.id} at ${device.bdf}.`,
    RAISES[raise],
    reset
      ? `A reset clears ${cleared.length === 0 ? 'nothing of its interrupt state' : cleared.join(', ')}.`
      : 'It has no reset that works: VFIO_DEVICE_RESET gives EINVAL.',
    ...(pcie ? [] : ['It is not PCI Express: there is no ERR index.']),
    ...(intx ? [] : ['It has no interrupt pin.']),
    ...(pci_2_3 ? [] : ['Its INTx disable bit does not work: INTx is masked at the irq chip.']),
  ];
}

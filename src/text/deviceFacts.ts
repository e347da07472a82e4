// Sentences on the properties of a device besides its capabilities.

import type { Device, RaiseAbility } from '../machine/device.ts';

/** When a device raises interrupts, as the choices of a form. */
export const RAISE_WORDS: Readonly<Record<RaiseAbility, string>> = {
  never: 'never',
  'with-msix': 'only with MSI-X',
  always: 'in every mode',
};

const RAISES = {
  never: 'A script cannot make it raise an interrupt.',
  'with-msix': 'It raises interrupts while MSI-X is enabled.',
  always: 'It raises interrupts in every mode: MSI-X, MSI or the pin.',
} as const;

/** Returns sentences on when the device raises, what a reset clears, and which indexes it lacks. */
export function deviceFacts(device: Device): readonly string[] {
  const { onReset, reset, hotReset, raise, pcie, intx, pci_2_3 } = device;
  const cleared = [
    ...(onReset.clearsTable ? ['the MSI-X table'] : []),
    ...(onReset.clearsPending ? ['pending bits'] : []),
    ...(onReset.clearsPin ? ['the pin'] : []),
  ];
  return [
    `${device.model}, ${device.id} at ${device.bdf}.`,
    RAISES[raise],
    reset
      ? `A reset clears ${cleared.length === 0 ? 'no interrupt state' : cleared.join(', ')}.`
      : 'It has no working reset: VFIO_DEVICE_RESET fails with EINVAL.',
    ...(hotReset ? ['Its bus or slot can be reset (hot_reset).'] : []),
    ...(pcie ? [] : ['It is not PCI Express; kernels before 7.3 give such a device no ERR index.']),
    ...(intx ? [] : ['It has no interrupt pin.']),
    ...(pci_2_3 ? [] : ['Its INTx disable bit does not work, so INTx is masked at the irq chip.']),
  ];
}

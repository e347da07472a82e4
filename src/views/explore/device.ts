// The device of a search: an edited device as choices of the form.

import type { Device } from '../../machine/device.ts';
import { deviceByName } from '../../machine/devices.ts';
import { type SearchDevice, type SearchSetup, usedModes } from '../../session/search.ts';
import { sideSetup } from './problem.ts';

/** Returns the device of a search. */
export function searchedDevice(setup: SearchSetup): Device {
  return sideSetup(setup, setup.generation).device;
}

/** Returns the choices that make a device of a model; a fact that the model has too is left to the model. */
export function deviceChoice(
  model: string,
  { msix, msi, intx, pcie, raise }: Device,
): Pick<SearchSetup, 'device' | 'vectors' | 'msi'> {
  const known = deviceByName(model);
  const other = <T>(value: T, usual: T | undefined): T | null => (value === usual ? null : value);
  // a capability that the model lacks gets no mask bits by itself (session/scriptMachine.ts)
  const maskable = msi === null ? null : other(msi.maskable, known?.msi?.maskable ?? false);
  const device: SearchDevice = {
    model,
    intx: other(intx, known?.intx),
    pcie: other(pcie, known?.pcie),
    maskable,
    raise: other(raise, known?.raise),
  };
  return { device, vectors: msix?.vectors ?? 0, msi: msi?.vectors ?? 0 };
}

/** Returns why raised interrupts do not reach some of the chosen modes; null where nothing is to be said. */
export function raiseNote(setup: SearchSetup): string | null {
  if (!setup.parts.includes('raise')) return null;
  const { raise, intx } = searchedDevice(setup);
  const modes = usedModes(setup).map(({ mode }) => mode);
  if (raise === 'never') return 'This device cannot raise an interrupt.';
  if (raise === 'with-msix' && modes.some((mode) => mode !== 'msix')) {
    return 'This device raises interrupts only while MSI-X is enabled.';
  }
  return modes.includes('intx') && !intx
    ? 'This device has no pin, so SET_IRQS of INTx fails with EINVAL.'
    : null;
}

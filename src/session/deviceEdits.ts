// Changes of a device's capabilities, as a person makes them. A new capability lies where the model of the catalogue has it.

import type { Device } from '../machine/device.ts';
import { deviceByName } from '../machine/devices.ts';
import { specifiedDevice } from './scriptMachine.ts';

/** The numbers of MSI vectors that a device can have: none, or a power of two up to 32. */
export const MSI_SIZES: readonly number[] = [0, 1, 2, 4, 8, 16, 32];

/** Returns the device with another number of MSI-X vectors, 0 for no capability. */
export function withMsix(device: Device, model: string, msix: number): Device {
  return specifiedDevice(
    { ...device, msix: device.msix ?? modelOf(device, model).msix },
    { msix, msi: null, intx: null },
  );
}

/** Returns the device with another number of MSI vectors, one of MSI_SIZES. */
export function withMsi(device: Device, model: string, msi: number): Device {
  return specifiedDevice(
    { ...device, msi: device.msi ?? modelOf(device, model).msi },
    { msix: null, msi, intx: null },
  );
}

function modelOf(device: Device, model: string): Device {
  return deviceByName(model) ?? device;
}

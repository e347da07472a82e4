// The parts of a machine from its globals and tables. Field by field: V8 takes a hundred times longer for an object literal with a
// spread and further fields, and a search assembles a machine before every run of the model. The types demand every field.

import type { IrqDomain, PciState, Vdev } from '../machine/machine.ts';
import type { Globals } from './state.ts';

/** Returns the device with a table. */
export function pciOf(globals: Globals['pci'], entries: PciState['entries']): PciState {
  return {
    command: globals.command,
    pinAsserted: globals.pinAsserted,
    d3hot: globals.d3hot,
    msi: globals.msi,
    msixEnabled: globals.msixEnabled,
    msixFunctionMask: globals.msixFunctionMask,
    entries,
  };
}

/** Returns the irq domain with its allocated vectors. */
export function domainOf(
  globals: Globals['domain'],
  { descs, numbers, lowestFree, cpuVectorsUsed, reserved }: Omit<IrqDomain, keyof Globals['domain']>,
): IrqDomain {
  return {
    mode: globals.mode,
    initialRange: globals.initialRange,
    msiGranted: globals.msiGranted,
    descs,
    numbers,
    lowestFree,
    cpuVectorsUsed,
    reserved,
  };
}

/** Returns the state of the driver with its contexts. */
export function vdevOf(globals: Globals['vdev'], ctx: Vdev['ctx']): Vdev {
  return {
    irq_type: globals.irq_type,
    ctx,
    num_ctx: globals.num_ctx,
    intx: globals.intx,
    err_trigger: globals.err_trigger,
    req_trigger: globals.req_trigger,
    has_dyn_msix: globals.has_dyn_msix,
    virq_disabled: globals.virq_disabled,
    msi_qmax: globals.msi_qmax,
    virtualCommand: globals.virtualCommand,
    virtualMsi: globals.virtualMsi,
    savedCommand: globals.savedCommand,
    pm_save: globals.pm_save,
  };
}

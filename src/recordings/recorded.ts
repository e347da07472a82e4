// The initial machine of a recording, from its header and its initial state, never from its name. Facts that a header
// lacks (when the device raises, what a reset clears) come from the device catalogue.

import type { Generation } from '../kernel/generations/generation.ts';
import { generation } from '../kernel/generations/index.ts';
import { configurationFacts, recordedHost } from '../kernel/recordedHost.ts';
import { bootMachine } from '../machine/boot.ts';
import type { Device } from '../machine/device.ts';
import { deviceById, UNKNOWN_DEVICE } from '../machine/devices.ts';
import type { Host } from '../machine/host.ts';
import type { Machine, PciState } from '../machine/machine.ts';
import type { ObservedState } from '../session/observe.ts';
import { VFIO_PCI_ERR_IRQ_INDEX } from '../uapi/vfio.ts';
import type { RecordingHeader } from './recording.ts';

/**
 * Returns the device that a header describes. Whether an unknown device is PCI Express shows in its ERR index where the kernel
 * gives one to PCI Express devices only (docs/facts.md N2).
 */
function recordedDevice(header: RecordingHeader, initial: ObservedState, { errIndex }: Host): Device {
  const found = deviceById(header.device.id);
  const known = found ?? UNKNOWN_DEVICE;
  const hasErr = header.irqInfo.some((info) => info.index === VFIO_PCI_ERR_IRQ_INDEX);
  const { bdf, id, model, msixVectors, msiVectors, intx, reset } = header.device;
  return {
    ...known,
    bdf,
    id,
    model,
    intx,
    reset,
    pcie: found === undefined && errIndex === 'express' ? hasErr : known.pcie,
    msix: msixVectors === 0 ? null : { offset: known.msix?.offset ?? null, vectors: msixVectors },
    msi:
      msiVectors === 0
        ? null
        : {
            offset: known.msi?.offset ?? null,
            vectors: msiVectors,
            maskable: initial.msi?.mask !== undefined,
          },
  };
}

/** Returns the state of the device when the recording starts; a clean one has none. */
function initialPci(pci: PciState, { intx, msi, table }: ObservedState): PciState {
  const entries = (table ?? []).reduce((all, [vector, addressLow, addressHigh, data, masked, pending]) => {
    return all.set(vector, { addressLow, addressHigh, data, masked: masked === 1, pending: pending === 1 });
  }, pci.entries);
  if (msi === undefined) return { ...pci, pinAsserted: intx.pending, entries };
  const [addressLow, addressHigh, data] = msi.message;
  const registers = {
    enabled: msi.enabled,
    vectors: msi.vectors,
    message: { addressLow, addressHigh, data },
    mask: msi.mask ?? 0,
    pending: msi.pending ?? 0,
  };
  return { ...pci, pinAsserted: intx.pending, entries, msi: registers };
}

/** Returns the machine at the start of a recording, and the generation that its header names. */
export function recordedMachine(
  header: RecordingHeader,
  initial: ObservedState,
): { readonly generation: Generation; readonly machine: Machine } {
  const recorded = recordedHost(header);
  const facts = configurationFacts(header.config);
  const host = {
    ...recorded,
    irqRemapping: header.irqRemapping,
    // the static driver never reads the fact, so its header lacks it
    canAllocDyn: header.driver === 'static' ? recorded.canAllocDyn : header.device.dynamicMsix,
  };
  const machine = bootMachine(
    { ...recordedDevice(header, initial, recorded), ...facts.device },
    { ...host, ...facts.host },
    initial.command,
  );
  return {
    generation: generation(header.driver),
    machine: { ...machine, pci: initialPci(machine.pci, initial) },
  };
}

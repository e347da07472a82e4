// The machine on which a recording was made, from its header and its initial state: nothing is looked up by name of the
// recording. What a header cannot say (when the device raises, what a reset clears) comes from the device catalogue.

import type { Generation } from '../kernel/generations/generation.ts';
import { generation } from '../kernel/generations/index.ts';
import { configurationFacts, recordedPreset } from '../kernel/presets.ts';
import { bootMachine } from '../machine/boot.ts';
import type { Device } from '../machine/device.ts';
import { deviceById, UNKNOWN_DEVICE } from '../machine/devices.ts';
import type { Machine, PciState } from '../machine/machine.ts';
import { VFIO_PCI_ERR_IRQ_INDEX } from '../uapi/vfio.ts';
import type { ObservedState, RecordingHeader } from './recording.ts';

/** The device that a header describes. */
function recordedDevice(header: RecordingHeader, initial: ObservedState): Device {
  const known = deviceById(header.device.id) ?? UNKNOWN_DEVICE;
  const { bdf, id, model, msixVectors, msiVectors, intx, reset } = header.device;
  return {
    ...known,
    bdf,
    id,
    model,
    intx,
    reset,
    pcie: header.irqInfo.some((info) => info.index === VFIO_PCI_ERR_IRQ_INDEX),
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

/** What the device holds when the recording starts; a clean one holds nothing. */
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

/** The machine at the start of a recording, and the generation that its header names. */
export function recordedMachine(
  header: RecordingHeader,
  initial: ObservedState,
): { readonly generation: Generation; readonly machine: Machine } {
  const preset = recordedPreset(header.driver);
  const facts = configurationFacts(header.config);
  const host = {
    ...preset.host,
    irqRemapping: header.irqRemapping,
    // the static driver never looks, so its header cannot tell
    canAllocDyn: header.driver === 'static' ? preset.host.canAllocDyn : header.device.dynamicMsix,
  };
  const machine = bootMachine(
    { ...recordedDevice(header, initial), ...facts.device },
    { ...host, ...facts.host },
    initial.command,
  );
  return {
    generation: generation(header.driver),
    machine: { ...machine, pci: initialPci(machine.pci, initial) },
  };
}

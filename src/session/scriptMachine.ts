// The initial machine of a script, from its `device` line.

import { failed, ok, type Result } from '../base/result.ts';
import type { Generation } from '../kernel/generations/generation.ts';
import { generation, generationById } from '../kernel/generations/index.ts';
import { usualHost } from '../kernel/usualHost.ts';
import { OPENED_COMMAND } from '../machine/boot.ts';
import type { Device } from '../machine/device.ts';
import { DEVICES, deviceByName } from '../machine/devices.ts';
import type { Host } from '../machine/host.ts';
import type { Machine } from '../machine/machine.ts';
import type { DeviceSpec } from './script.ts';
import { type Setup, startingMachine } from './session.ts';
import { withFacts } from './setupFacts.ts';

/** The device of a script without a `device` line. */
export const DEFAULT_DEVICE = 'nvme';

/** Returns the generation and the machine of a script. `wanted` overrides the script's own generation. */
export function scriptMachine(
  spec: DeviceSpec | null,
  wanted: Generation | null,
): Result<{ readonly generation: Generation; readonly machine: Machine }> {
  const made = scriptSetup(spec, wanted);
  if (!made.ok) return made;
  return ok({ generation: made.value.generation, machine: startingMachine(made.value.setup) });
}

/** Returns the same as the setup of a session. */
export function scriptSetup(
  spec: DeviceSpec | null,
  wanted: Generation | null,
): Result<{ readonly generation: Generation; readonly setup: Setup }> {
  const name = spec?.model ?? DEFAULT_DEVICE;
  const known = deviceByName(name);
  if (known === undefined) {
    const expected = `a device: ${DEVICES.map((device) => device.name).join(', ')}`;
    return failed({ at: { path: 'device' }, expected, found: name });
  }
  const chosen = wanted ?? generationById(spec?.generation ?? '') ?? generation('dynamic');
  const host = usualHost(chosen.id);
  const device = spec === null ? known : specifiedDevice(known, spec);
  const setup: Setup = {
    deviceName: name,
    device,
    host: spec === null ? host : specifiedHost(host, spec),
    command: OPENED_COMMAND,
  };
  return ok({ generation: chosen, setup: withFacts(setup, spec?.facts ?? []) });
}

/** Returns a device with the numbers of vectors and the pin of a `device` line. */
export function specifiedDevice(
  known: Device,
  { msix, msi, intx }: Pick<DeviceSpec, 'msix' | 'msi' | 'intx'>,
): Device {
  return {
    ...known,
    ...(msix === null
      ? {}
      : { msix: msix === 0 ? null : { offset: known.msix?.offset ?? 0x40, vectors: msix } }),
    ...(msi === null
      ? {}
      : {
          msi:
            msi === 0
              ? null
              : { offset: known.msi?.offset ?? 0x50, vectors: msi, maskable: known.msi?.maskable ?? false },
        }),
    ...(intx === null ? {} : { intx }),
  };
}

function specifiedHost(host: Host, { noDyn, noRemap, irqs, cpuVectors }: DeviceSpec): Host {
  return {
    ...host,
    canAllocDyn: host.canAllocDyn && !noDyn,
    irqRemapping: host.irqRemapping && !noRemap,
    irqPool: irqs ?? host.irqPool,
    cpuVectors: cpuVectors ?? host.cpuVectors,
  };
}

// The `device` line of a session: the inverse of scriptMachine.

import { recordedPreset } from '../kernel/presets.ts';
import type { Device } from '../machine/device.ts';
import { DEVICES } from '../machine/devices.ts';
import { type DeviceSpec, type Script, unchangedDevice } from './script.ts';
import { scriptSetup } from './scriptMachine.ts';
import type { Session, Setup } from './session.ts';
import { factsBeside } from './setupFacts.ts';

/** The session as a script, without the place that is looked at. */
export function scriptOf({ setup, generation, script }: Session): Script {
  return { device: deviceSpec({ setup, generation }), lines: script };
}

/** The session as a script, with the place that is looked at: all that there is of it. */
export function wholeScript(session: Session): Script {
  return { ...scriptOf(session), cursor: session.cursor };
}

function deviceSpec({ setup, generation }: Pick<Session, 'setup' | 'generation'>): DeviceSpec {
  const { deviceName, device, host } = setup;
  const known = nearestDevice(deviceName, device);
  const usual = recordedPreset(generation).host;
  const vectors = device.msix?.vectors ?? 0;
  const messages = device.msi?.vectors ?? 0;
  const { irqPool, cpuVectors } = host;
  const spec: DeviceSpec = {
    ...unchangedDevice(known.name),
    msix: vectors === (known.device.msix?.vectors ?? 0) ? null : vectors,
    msi: messages === (known.device.msi?.vectors ?? 0) ? null : messages,
    intx: device.intx === known.device.intx ? null : device.intx,
    generation,
    noDyn: usual.canAllocDyn && !host.canAllocDyn,
    noRemap: usual.irqRemapping && !host.irqRemapping,
    irqs: irqPool === usual.irqPool || irqPool === null || irqPool > MOST ? null : irqPool,
    cpuVectors: cpuVectors === usual.cpuVectors || cpuVectors > MOST ? null : cpuVectors,
  };
  const said = scriptSetup(spec, null);
  const facts = said.ok ? factsBeside(said.value.setup, setup) : [];
  return facts.length === 0 ? spec : { ...spec, facts };
}

/** What the words `irqs=` and `cpu_vectors=` can say. */
const MOST = 65_535;

/** The catalogue's device of that name, or with that id, or the first. */
function nearestDevice(name: string, device: Device): (typeof DEVICES)[number] {
  const found =
    DEVICES.find((entry) => entry.name === name) ??
    DEVICES.find((entry) => entry.device.id === device.id) ??
    DEVICES[0];
  if (found === undefined) throw new Error('the catalogue of devices is empty');
  return found;
}

/** The session with another script in the place of its own. A script without a device stays on the session's. */
export function withScript(session: Session, { device, lines, cursor }: Script): Session {
  const made = device === null ? null : setupOfSpec(device);
  return { ...session, ...made, script: lines, cursor: cursor ?? { line: lines.length, step: null } };
}

function setupOfSpec(
  spec: DeviceSpec,
): { readonly setup: Setup; readonly generation: Session['generation'] } | null {
  const made = scriptSetup(spec, null);
  return made.ok ? { setup: made.value.setup, generation: made.value.generation.id } : null;
}

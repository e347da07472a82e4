// The `device` line of a session: the inverse of scriptMachine.

import type { NamedKernel } from '../kernel/kernels.ts';
import { usualHost } from '../kernel/usualHost.ts';
import type { Device } from '../machine/device.ts';
import { DEVICES } from '../machine/devices.ts';
import { releaseFactsOf } from '../machine/host.ts';
import { type DeviceSpec, type Script, unchangedDevice } from './script.ts';
import { scriptSetup } from './scriptMachine.ts';
import type { Session, Setup } from './session.ts';
import { type FactValue, factsBeside } from './setupFacts.ts';

/** Returns the session as a script, without the cursor. */
export function scriptOf({ setup, generation, script }: Session): Script {
  return { device: deviceSpec({ setup, generation }), lines: script };
}

/** Returns the session as a script with the cursor, complete. */
export function wholeScript(session: Session): Script {
  return { ...scriptOf(session), cursor: session.cursor };
}

function deviceSpec({ setup, generation }: Pick<Session, 'setup' | 'generation'>): DeviceSpec {
  const { deviceName, device, host } = setup;
  const known = nearestDevice(deviceName, device);
  const usual = usualHost(generation);
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

/** The values that the words `irqs=` and `cpu_vectors=` accept. */
const MOST = 65_535;

/** Returns the catalogue's device with that name or id, or the first one. */
function nearestDevice(name: string, device: Device): (typeof DEVICES)[number] {
  const found =
    DEVICES.find((entry) => entry.name === name) ??
    DEVICES.find((entry) => entry.device.id === device.id) ??
    DEVICES[0];
  if (found === undefined) throw new Error('the catalogue of devices is empty');
  return found;
}

/** Returns the `device` line with the generation and the release facts of a kernel; its facts of the machine stay. */
export function onKernel(spec: DeviceSpec, { generation, release }: NamedKernel): DeviceSpec {
  const own = release.facts;
  const usual = new Map<string, FactValue>(Object.entries(releaseFactsOf(usualHost(generation))));
  const facts = [
    ...(spec.facts ?? []).filter(({ path }) => !usual.has(path.replace(/^host\./, ''))),
    ...Object.entries(own)
      .filter(([name, value]) => usual.get(name) !== value)
      .map(([name, value]) => ({ path: `host.${name}`, value })),
  ];
  return { ...spec, generation, facts };
}

/** Replaces the session's script. A script without a device keeps the session's device. */
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

// The `device` line of a session: the inverse of scriptMachine.

import { recordedPreset } from '../kernel/presets.ts';
import { OPENED_COMMAND } from '../machine/boot.ts';
import { deviceByName } from '../machine/devices.ts';
import { type DeviceSpec, type Script, unchangedDevice } from './script.ts';
import { scriptMachine } from './scriptMachine.ts';
import { type Session, type Setup, START } from './session.ts';

/** The session as a script; without a device where the catalogue has none of that name. */
export function scriptOf({ setup, generation, script }: Session): Script {
  return { device: deviceSpec({ setup, generation }), lines: script };
}

function deviceSpec({ setup, generation }: Pick<Session, 'setup' | 'generation'>): DeviceSpec | null {
  const { deviceName, device, host } = setup;
  const known = deviceByName(deviceName);
  if (known === undefined) return null;
  const usual = recordedPreset(generation).host;
  const vectors = device.msix?.vectors ?? 0;
  const messages = device.msi?.vectors ?? 0;
  return {
    ...unchangedDevice(deviceName),
    msix: vectors === (known.msix?.vectors ?? 0) ? null : vectors,
    msi: messages === (known.msi?.vectors ?? 0) ? null : messages,
    intx: device.intx === known.intx ? null : device.intx,
    generation,
    noDyn: usual.canAllocDyn && !host.canAllocDyn,
    noRemap: usual.irqRemapping && !host.irqRemapping,
    irqs: host.irqPool === usual.irqPool ? null : host.irqPool,
    cpuVectors: host.cpuVectors === usual.cpuVectors ? null : host.cpuVectors,
  };
}

/** The session with another script in the place of its own. A script without a device stays on the session's. */
export function withScript(session: Session, { device, lines }: Script): Session {
  const made = device === null ? null : setupOfSpec(device);
  return { ...session, ...made, script: lines, cursor: { ...START, line: lines.length } };
}

function setupOfSpec(
  spec: DeviceSpec,
): { readonly setup: Setup; readonly generation: Session['generation'] } | null {
  const made = scriptMachine(spec, null);
  if (!made.ok) return null;
  const { machine, generation } = made.value;
  const setup = {
    deviceName: spec.model,
    device: machine.device,
    host: machine.host,
    command: OPENED_COMMAND,
  };
  return { setup, generation: generation.id };
}

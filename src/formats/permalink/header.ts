// The part of a link before its lines: device, host, generation, cursor and recording. The link contains only the differences
// from the catalogue and from the recorded kernel of the generation; the reader validates the merged result.

import * as v from 'valibot';
import { failed, ok, type Problem, type Result } from '../../base/result.ts';
import { usualHost } from '../../kernel/usualHost.ts';
import { OPENED_COMMAND } from '../../machine/boot.ts';
import type { Device } from '../../machine/device.ts';
import { DEVICES, deviceByName } from '../../machine/devices.ts';
import type { Session } from '../../session/session.ts';
import { commandSchema, deviceSchema, generationSchema, hostSchema, natural } from '../setupSchema.ts';

const changes = v.optional(v.record(v.string(), v.unknown()), {});

const headerSchema = v.strictObject({
  g: generationSchema,
  d: v.string(),
  base: v.optional(v.string()),
  dev: changes,
  host: changes,
  cmd: v.optional(commandSchema, OPENED_COMMAND),
  at: v.tuple([natural, v.nullable(natural)]),
  rec: v.optional(v.string()),
  /** Since version 2 (viewPart.ts). */
  view: v.optional(v.unknown()),
});

/** The part of a link before its lines. */
export interface Header {
  readonly session: Omit<Session, 'script'>;
  /** The file of the built-in recording shown with the script. */
  readonly recording: string | null;
  /** The view as JSON (viewPart.ts); undefined if the link contains none. */
  readonly view?: unknown;
}

/** Returns the header as text. */
export function printHeader({ session, recording, view }: Header): string {
  const { setup, generation, cursor } = session;
  const base = baseOf(setup.deviceName, setup.device);
  const dev = differences(base.device, setup.device);
  const host = differences(usualHost(generation), setup.host);
  return JSON.stringify({
    g: generation,
    d: setup.deviceName,
    ...(base.name === setup.deviceName ? {} : { base: base.name }),
    ...(dev === null ? {} : { dev }),
    ...(host === null ? {} : { host }),
    ...(setup.command === OPENED_COMMAND ? {} : { cmd: setup.command }),
    at: [cursor.line, cursor.step],
    ...(recording === null ? {} : { rec: recording }),
    ...(view === undefined ? {} : { view }),
  });
}

/** Reads the header. Callers check the cursor against the script. */
export function parseHeader(text: string): Result<Header> {
  const parsed = v.safeParse(headerSchema, jsonOf(text));
  if (!parsed.success) return failed(problemOf('setup', parsed.issues[0]));
  const { g, d, base, dev, host, cmd, at, rec, view } = parsed.output;
  const known = deviceByName(base ?? d);
  if (known === undefined) {
    const expected = `one of the devices ${DEVICES.map(({ name }) => name).join(', ')}`;
    return failed({ at: { path: 'setup.device' }, expected, found: JSON.stringify(base ?? d) });
  }
  const device = v.safeParse(deviceSchema, { ...known, ...dev });
  if (!device.success) return failed(problemOf('setup.device', device.issues[0]));
  const hostFacts = v.safeParse(hostSchema, { ...usualHost(g), ...host });
  if (!hostFacts.success) return failed(problemOf('setup.host', hostFacts.issues[0]));
  return ok({
    session: {
      generation: g,
      setup: { deviceName: d, device: device.output, host: hostFacts.output, command: cmd },
      cursor: { line: at[0], step: at[1] },
    },
    recording: rec ?? null,
    ...(view === undefined ? {} : { view }),
  });
}

/** Returns the nearest device of the catalogue: by name, else by id, else the first. */
function baseOf(name: string, device: Device): { readonly name: string; readonly device: Device } {
  const found =
    DEVICES.find((entry) => entry.name === name) ??
    DEVICES.find((entry) => entry.device.id === device.id) ??
    DEVICES[0];
  if (found === undefined) throw new Error('the catalogue of devices is empty');
  return found;
}

function differences(base: object, wanted: object): Record<string, unknown> | null {
  const usual = new Map<string, unknown>(Object.entries(base));
  const changed = Object.entries(wanted).filter(
    ([name, value]) => JSON.stringify(usual.get(name)) !== JSON.stringify(value),
  );
  return changed.length === 0 ? null : Object.fromEntries(changed);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function problemOf(place: string, issue: v.BaseIssue<unknown>): Problem {
  const path = v.getDotPath(issue);
  return {
    at: { path: path === null ? place : `${place}.${path}` },
    expected: issue.expected ?? issue.message,
    found: issue.received,
  };
}

// A session as JSON with one script line per line of text, so that `diff` can compare two files.

import type { Line } from '../../kernel/line.ts';
import { type ScriptLine, type TracedResult, tidyAction, tidyNote } from '../../session/script.ts';
import type { Session } from '../../session/session.ts';
import { type Json, jsonText, recordedOp } from '../recording/print.ts';
import { VERSION } from './schema.ts';

/** Returns the text of the file, with a final line break. */
export function printSession(session: Session): string {
  const printing = sessionText(session);
  for (;;) {
    const { done, value } = printing.next();
    if (done === true) return value;
  }
}

/** Lines that are written between two yields. */
const TOGETHER = 500;

/** Does the same for a long script: yields now and then the part that is done (0 to 1). */
export function* sessionText(session: Session): Generator<number, string> {
  const { setup, generation, script, cursor } = session;
  const { deviceName, device, host, command } = setup;
  const head: Readonly<Record<string, Json>> = {
    irqscope: 'session',
    version: VERSION,
    generation,
    deviceName,
    device: {
      ...device,
      msix: asJson(device.msix),
      msi: asJson(device.msi),
      power: asJson(device.power),
      onReset: { ...device.onReset },
    },
    host: { ...host },
    command,
    cursor: { ...cursor },
  };
  const fields = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${jsonText(value)},`);
  const texts: string[] = [];
  for (let at = 0; at < script.length; at += TOGETHER) {
    for (const line of script.slice(at, at + TOGETHER)) texts.push(`    ${lineText(line)}`);
    yield at / script.length;
  }
  const lines = texts.join(',\n');
  return ['{', ...fields, lines === '' ? '  "script": []' : `  "script": [\n${lines}\n  ]`, '}', ''].join(
    '\n',
  );
}

function asJson(capability: object | null): Json {
  return capability === null ? null : { ...capability };
}

function lineText({ line, note, action, disabled, traced }: ScriptLine): string {
  const { op, faults, raises = [] } = line;
  const tidy = { note: tidyNote(note), action: tidyAction(action) };
  return jsonText({
    op: exactNumbers(op),
    faults: faults.length === 0 ? undefined : faults.map((fault) => ({ ...fault })),
    raises: raises.length === 0 ? undefined : raises.map((raise) => ({ ...raise })),
    note: tidy.note === '' ? undefined : tidy.note,
    action: tidy.action === '' ? undefined : tidy.action,
    disabled: disabled ? true : undefined,
    traced: traced === undefined ? undefined : tracedJson(traced),
  });
}

function tracedJson({ ret, errno, out, uncompared }: TracedResult): Json {
  if (out === null) return { ret, errno, uncompared };
  const { value, flags, count, regions, irqs } = out;
  return {
    ret,
    errno,
    out: { value: value === undefined ? undefined : exact(value), flags, count, regions, irqs },
    uncompared,
  };
}

/** Returns a number above 2^53 as a string of digits, because JSON parsers would lose digits. */
function exact(value: bigint): Json {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? value : String(value);
}

function exactNumbers(op: Line['op']): Json {
  return op.op === 'write' ? { ...op, value: exact(op.value) } : recordedOp(op);
}

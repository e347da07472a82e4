// A session as JSON, one line of text for a line of the script, so that two files can be compared by diff.

import type { Line } from '../../kernel/line.ts';
import { type ScriptLine, tidyAction, tidyNote } from '../../session/script.ts';
import type { Session } from '../../session/session.ts';
import { type Json, jsonText, recordedOp } from '../recording/print.ts';
import { VERSION } from './schema.ts';

/** The text of the file; it ends with a line break. */
export function printSession({ setup, generation, script, cursor }: Session): string {
  const { deviceName, device, host, command } = setup;
  const head: Readonly<Record<string, Json>> = {
    irqscope: 'session',
    version: VERSION,
    generation,
    deviceName,
    device: { ...device, msix: asJson(device.msix), msi: asJson(device.msi), onReset: { ...device.onReset } },
    host: { ...host },
    command,
    cursor: { ...cursor },
  };
  const fields = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${jsonText(value)},`);
  const lines = script.map((line) => `    ${lineText(line)}`).join(',\n');
  return ['{', ...fields, lines === '' ? '  "script": []' : `  "script": [\n${lines}\n  ]`, '}', ''].join(
    '\n',
  );
}

function asJson(capability: object | null): Json {
  return capability === null ? null : { ...capability };
}

function lineText({ line, note, action, disabled }: ScriptLine): string {
  const { op, faults, raises = [] } = line;
  const tidy = { note: tidyNote(note), action: tidyAction(action) };
  return jsonText({
    op: exactNumbers(op),
    faults: faults.length === 0 ? undefined : faults.map((fault) => ({ ...fault })),
    raises: raises.length === 0 ? undefined : raises.map((raise) => ({ ...raise })),
    note: tidy.note === '' ? undefined : tidy.note,
    action: tidy.action === '' ? undefined : tidy.action,
    disabled: disabled ? true : undefined,
  });
}

/** Past 2^53 JSON readers lose digits: such a number is written as a string of digits. */
function exactNumbers(op: Line['op']): Json {
  if (op.op !== 'write' || op.value <= BigInt(Number.MAX_SAFE_INTEGER)) return recordedOp(op);
  return { ...op, value: String(op.value) };
}

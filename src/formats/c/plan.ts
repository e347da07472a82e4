// What a program in user space can do of a session: the system calls of its script, with the results that the model gives to
// exactly these calls. The device cannot be made to act and the kernel cannot be made to fail from there, so the script is
// run again without that; where an answer becomes another one, it is said beside the call.

import type { Run } from '../../kernel/frame.ts';
import type { Op } from '../../kernel/line.ts';
import { replayWhole, runAt } from '../../session/replay.ts';
import type { ScriptLine } from '../../session/script.ts';
import type { Session } from '../../session/session.ts';
import { printFault, printOp, printRaise } from '../notation/printLine.ts';
import { resultText } from '../results.ts';

/** What only the device does. */
type DeviceOp = Extract<Op, { readonly op: 'raise' | 'lower' | 'clobber' }>;
/** What a program does. */
export type CallOp = Exclude<Op, DeviceOp>;

/** A line of the script as a program has it. */
export type PlannedLine =
  | {
      readonly kind: 'call';
      /** Counted from 1. */
      readonly line: number;
      readonly op: CallOp;
      readonly run: Run;
      /** What is to be said before it, a sentence each. */
      readonly remarks: readonly string[];
    }
  | {
      readonly kind: 'remark';
      readonly line: number;
      readonly remarks: readonly string[];
    };

/** The lines of a program. */
export interface Plan {
  readonly lines: readonly PlannedLine[];
  /** How many of them the program leaves to the device or to the kernel. */
  readonly events: number;
  readonly faults: number;
}

/** The plan of a session. */
export function planOf(session: Session): Plan {
  const asked = replayWhole(session);
  const done = replayWhole({ ...session, script: session.script.map(withoutEvents) });
  let events = 0;
  let faults = 0;
  const lines = session.script.map((entry, at): PlannedLine => {
    const line = at + 1;
    const { op, faults: injected, raises = [] } = entry.line;
    const said = [...wordsOf(entry)];
    const run = runAt(done, line);
    if (entry.disabled) return { kind: 'remark', line, remarks: [...said, `${printOp(op)}: left out`] };
    events += raises.length;
    faults += injected.length;
    const meanwhile = [
      ...injected.map((fault) => `the fault ${printFault(fault)} cannot be injected from here`),
      ...raises.map((raise) => `the device cannot be told from here: ${printRaise(raise)}`),
    ];
    if (isDeviceOp(op) || run === null) {
      events++;
      const remark = `${printOp(op)}: the device does this, a program cannot`;
      return { kind: 'remark', line, remarks: [...said, ...meanwhile, remark] };
    }
    const before = runAt(asked, line);
    const answer = before === null ? '' : resultText(op, before);
    const other =
      answer === resultText(op, run) ? [] : [`in the session: ${answer}; without what is left out: as here`];
    return { kind: 'call', line, op, run, remarks: [...said, ...meanwhile, ...other] };
  });
  return { lines, events, faults };
}

function isDeviceOp(op: Op): op is DeviceOp {
  return op.op === 'raise' || op.op === 'lower' || op.op === 'clobber';
}

function withoutEvents(entry: ScriptLine): ScriptLine {
  const { op } = entry.line;
  return { ...entry, line: { op, faults: [] }, disabled: entry.disabled || isDeviceOp(op) };
}

function wordsOf({ note, action }: ScriptLine): readonly string[] {
  return [...(action === '' ? [] : [`@ ${action}`]), ...(note === '' ? [] : note.split('\n'))];
}

/** Every descriptor that the calls name, in ascending order; those below 0 are none. */
export function namedDescriptors(lines: readonly PlannedLine[]): readonly number[] {
  const named = new Set<number>();
  for (const planned of lines) {
    if (planned.kind !== 'call') continue;
    const { op } = planned;
    if ('fd' in op) named.add(op.fd);
    if (op.op === 'set_irqs') for (const fd of descriptorsOf(op.data)) named.add(fd);
  }
  return [...named].filter((fd) => fd >= 0).sort((a, b) => a - b);
}

/** What the kernel may take for descriptors: s32 values, also where they were written as bytes. */
function descriptorsOf(data: Extract<Op, { readonly op: 'set_irqs' }>['data']): readonly number[] {
  if (data.kind === 'none') return [];
  if (data.kind === 'i32') return data.values;
  const view = new DataView(Uint8Array.from(data.values).buffer);
  return Array.from({ length: Math.floor(view.byteLength / 4) }, (_, at) => view.getInt32(at * 4, true));
}

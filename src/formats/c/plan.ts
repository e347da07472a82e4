// The part of a session that a program in user space can do: the system calls of its script, with the model's results for
// exactly these calls. A program cannot make the device act or the kernel fail, so the script is replayed without these
// actions; a remark beside the call names each result that differs because of that.

import type { Run } from '../../kernel/frame.ts';
import type { Op } from '../../kernel/line.ts';
import { replayWhole, runAt } from '../../session/replay.ts';
import type { ScriptLine } from '../../session/script.ts';
import type { Session } from '../../session/session.ts';
import { resultText } from '../../text/shortResult.ts';
import { printFault, printRaise } from '../notation/printLine.ts';
import { printOp } from '../notation/printOp.ts';

/** An action of the device. */
type DeviceOp = Extract<Op, { readonly op: 'raise' | 'lower' | 'clobber' }>;
/** An action of a program. */
export type CallOp = Exclude<Op, DeviceOp>;

/** A line of the script in a program. */
export type PlannedLine =
  | {
      readonly kind: 'call';
      /** Counted from 1. */
      readonly line: number;
      readonly op: CallOp;
      readonly run: Run;
      /** Comments before it, one sentence each. */
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
  /** The number of actions of the device and of injected faults that the program leaves out. */
  readonly events: number;
  readonly faults: number;
}

const ONE_GROUP = 'passes the group of this device alone: EINVAL if the slot or bus has another group';

/** Returns the plan of a session. */
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
      ...injected.map((fault) => `a program cannot inject the fault ${printFault(fault)}`),
      ...raises.map((raise) => `a program cannot make the device act: ${printRaise(raise)}`),
    ];
    if (isDeviceOp(op) || run === null) {
      events++;
      const remark = `${printOp(op)}: an action of the device, not of a program`;
      return { kind: 'remark', line, remarks: [...said, ...meanwhile, remark] };
    }
    const before = runAt(asked, line);
    const answer = before === null ? '' : resultText(op, before);
    const other =
      answer === resultText(op, run)
        ? []
        : [`result in the session: ${answer}; it differs without the omitted lines`];
    const groups = op.op === 'hot_reset' ? [ONE_GROUP] : [];
    return { kind: 'call', line, op, run, remarks: [...said, ...meanwhile, ...groups, ...other] };
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

/** Returns every descriptor in the calls, in ascending order, without negative ones. */
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

/** Returns the values that the kernel reads as descriptors: s32 values, also when written as bytes. */
function descriptorsOf(data: Extract<Op, { readonly op: 'set_irqs' }>['data']): readonly number[] {
  if (data.kind === 'none') return [];
  if (data.kind === 'i32') return data.values;
  const view = new DataView(Uint8Array.from(data.values).buffer);
  return Array.from({ length: Math.floor(view.byteLength / 4) }, (_, at) => view.getInt32(at * 4, true));
}

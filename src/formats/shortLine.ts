// The short form of a step for a narrow script pane: the notation, but SET_IRQS with its most important fields first.

import type { Line, Op } from '../kernel/line.ts';
import { outText } from '../text/out.ts';
import { indexName, type StepResult } from '../text/step.ts';
import { dataLength, type IrqSet, type IrqSetData } from '../uapi/irqSet.ts';
import { VFIO_IRQ_SET_MINSZ } from '../uapi/vfio.ts';
import { friendlyWords } from './notation/friendly.ts';
import { printOp } from './notation/printOp.ts';

/** Values of a list that are shown when they are not consecutive. */
const SHOWN = 8;

/** The two parts of a step's short form. */
export interface ShortLine {
  /** For instance `SET_IRQS MSI-X [1..1] {777}`. */
  readonly operation: string;
  /** For instance `= -EBADF` or `→ EVENTFD|NORESIZE, count 8`; empty without a result. */
  readonly result: string;
}

/**
 * Returns a step's short form in its two parts. SET_IRQS and every failure have a result; other operations show the values
 * that they returned.
 */
export function shortLineParts(op: Op, result: StepResult | null): ShortLine {
  const operation = op.op === 'set_irqs' ? `SET_IRQS ${irqSetText(op)}` : printOp(op);
  if (result === null) return { operation, result: '' };
  if (result.errno !== null) return { operation, result: `= -${result.errno}` };
  if (op.op === 'set_irqs') return { operation, result: `= ${result.ret}` };
  const values = outText(op, result.out);
  return { operation, result: values === '' ? '' : `→ ${values}` };
}

/** Returns a step in few characters, for instance `SET_IRQS MSI-X [1..1] {777} = -EBADF`. */
export function shortLine(op: Op, step: StepResult | null): string {
  const { operation, result } = shortLineParts(op, step);
  return result === '' ? operation : `${operation} ${result}`;
}

function irqSetText(set: IrqSet): string {
  const { argsz, flags, index, start, count, data } = set;
  const name = indexName(index);
  const friendly = friendlyWords(set);
  if (friendly === null) {
    const size = argsz === VFIO_IRQ_SET_MINSZ + dataLength(data) ? '' : ` argsz=${argsz}`;
    const values = data.kind === 'u8' ? ` bytes ${valuesText(data)}` : ` ${valuesText(data)}`;
    return `${name} flags=0x${flags.toString(16)}${size} ${rangeText(start, count)}${values}`.trimEnd();
  }
  if (friendly.action === 'trigger' && friendly.data === 'none' && count === 0) {
    return start === 0 ? `${name} disable` : `${name} disable start=${start}`;
  }
  // attaching eventfds is the usual case, so only other actions are named
  const verb = friendly.action === 'trigger' && friendly.data === 'eventfd' ? '' : ` ${friendly.action}`;
  const values = friendly.data === 'bool' ? ` bool ${valuesText(data)}` : ` ${valuesText(data)}`;
  return `${name}${verb} ${rangeText(start, count)}${values}`.trimEnd();
}

/** Returns the vectors as `[1..3]`; an empty range has no such form and shows start and count. */
function rangeText(start: number, count: number): string {
  return count === 0 ? `start=${start} count=0` : `[${start}..${start + count - 1}]`;
}

/** Returns `{100 -1 101}`, or `{100..107}` for more than two consecutive values. */
function valuesText(data: IrqSetData): string {
  if (data.kind === 'none') return '';
  const { values } = data;
  const [first] = values;
  if (first !== undefined && values.length > 2 && values.every((value, i) => value === first + i)) {
    return `{${first}..${first + values.length - 1}}`;
  }
  return `{${values.slice(0, SHOWN).join(' ')}${values.length > SHOWN ? ' …' : ''}}`;
}

/** Returns the faults and interrupts injected into a line, ` ! a fault, device raises`; empty for a line without them. */
export function meanwhileText({ faults, raises = [] }: Line): string {
  const parts = [
    ...(faults.length === 0 ? [] : [faults.length === 1 ? 'a fault' : `${faults.length} faults`]),
    ...(raises.length === 0 ? [] : [`device raises${raises.length === 1 ? '' : ` ${raises.length} times`}`]),
  ];
  return parts.length === 0 ? '' : ` ! ${parts.join(', ')}`;
}

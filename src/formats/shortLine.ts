// The short form of a step for a narrow script pane: the notation, but SET_IRQS with what matters of it first.

import type { Line, Op } from '../kernel/line.ts';
import { dataLength, type IrqSet, type IrqSetData } from '../uapi/irqSet.ts';
import { VFIO_IRQ_SET_MINSZ } from '../uapi/vfio.ts';
import { friendlyWords } from './notation/friendly.ts';
import { printOp } from './notation/printLine.ts';
import { indexName, type StepResult } from './step.ts';

/** So many values of a list are shown where they are no plain run. */
const SHOWN = 8;

/**
 * A step in few characters, for instance `SET_IRQS MSI-X [1..1] {777} = -EBADF`. The result stands where it says
 * something: behind every SET_IRQS, every failure, and what was read. Without a result it is what will be done.
 */
export function shortLine(op: Op, result: StepResult | null): string {
  const text = op.op === 'set_irqs' ? `SET_IRQS ${irqSetText(op)}` : printOp(op);
  if (result === null) return text;
  if (result.errno !== null) return `${text} = -${result.errno}`;
  if (op.op === 'set_irqs') return `${text} = ${result.ret}`;
  const value = result.out?.value;
  if (value === undefined) return text;
  return `${text} → ${op.op === 'cfg_read' ? `0x${value.toString(16)}` : value}`;
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
  // to bind eventfds is what SET_IRQS is for; everything else is called by its name
  const verb = friendly.action === 'trigger' && friendly.data === 'eventfd' ? '' : ` ${friendly.action}`;
  const values = friendly.data === 'bool' ? ` bool ${valuesText(data)}` : ` ${valuesText(data)}`;
  return `${name}${verb} ${rangeText(start, count)}${values}`.trimEnd();
}

/** The vectors that are meant, `[1..3]`; no range can say none of them. */
function rangeText(start: number, count: number): string {
  return count === 0 ? `start=${start} count=0` : `[${start}..${start + count - 1}]`;
}

/** `{100 -1 101}`; a run of more than two values as its ends, `{100..107}`. */
function valuesText(data: IrqSetData): string {
  if (data.kind === 'none') return '';
  const { values } = data;
  const [first] = values;
  if (first !== undefined && values.length > 2 && values.every((value, i) => value === first + i)) {
    return `{${first}..${first + values.length - 1}}`;
  }
  return `{${values.slice(0, SHOWN).join(' ')}${values.length > SHOWN ? ' …' : ''}}`;
}

/** What happens while a line runs, behind it: ` ! a fault, device fires`; empty where nothing does. */
export function meanwhileText({ faults, raises = [] }: Line): string {
  const parts = [
    ...(faults.length === 0 ? [] : [faults.length === 1 ? 'a fault' : `${faults.length} faults`]),
    ...(raises.length === 0 ? [] : [`device fires${raises.length === 1 ? '' : ` ${raises.length} times`}`]),
  ];
  return parts.length === 0 ? '' : ` ! ${parts.join(', ')}`;
}

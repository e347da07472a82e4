// Prints a line of a script in its canonical form. Reading the text returns an equal line.

import { unreachable } from '../../base/unreachable.ts';
import type { Fault, Op, RaiseAt } from '../../kernel/line.ts';
import { type ScriptLine, tidyAction, tidyNote } from '../../session/script.ts';
import type { IrqSet } from '../../uapi/irqSet.ts';
import { friendlyWords } from './friendly.ts';
import { ACTION, FAULTS, INDEX_WORDS, RAISE, SEMAPHORE, SHORT, SKIP } from './words.ts';

/**
 * Returns one line, without a final line break. An action is a separate line before the operation, such as
 * `@ guest unmasks vector 3`. A note of one line follows the operation; a longer note is comment lines before it.
 */
export function printLine({ line, note, action, disabled }: ScriptLine): string {
  const { op, faults, raises = [] } = line;
  const skip = disabled ? `${SKIP.word} ` : '';
  const meanwhile = [...faults.map(printFault), ...raises.map(printRaise)];
  const injected = meanwhile.length === 0 ? '' : ` ${FAULTS.word} ${meanwhile.join(' ')}`;
  const text = `${skip}${printOp(op)}${injected}`;
  const did = tidyAction(action);
  const before = did === '' ? [] : [`${ACTION.word} ${did}`];
  const notes = tidyNote(note).split('\n');
  if (notes.length > 1) return [...before, ...notes.map((part) => `# ${part}`.trim()), text].join('\n');
  return [...before, notes[0] === '' ? text : `${text} # ${notes[0]}`].join('\n');
}

/** Returns the operation alone, such as `eventfd 100 5 semaphore`. */
export function printOp(op: Op): string {
  switch (op.op) {
    case 'eventfd': {
      const initval = op.initval === 0n ? '' : ` ${op.initval}`;
      return `eventfd ${op.fd}${initval}${op.semaphore ? ` ${SEMAPHORE.word}` : ''}`;
    }
    case 'file':
    case 'close':
    case 'read':
      return `${op.op} ${op.fd}`;
    case 'write':
      return `write ${op.fd} ${op.value}${op.size === undefined ? '' : ` size=${op.size}`}`;
    case 'set_irqs':
      return `set_irqs ${printIrqSet(op)}`;
    case 'irq_info':
      return `irq_info ${INDEX_WORDS.find(({ index }) => index === op.index)?.word ?? op.index}`;
    case 'device_info':
    case 'reset':
    case 'hot_reset':
    case 'release':
    case 'reopen':
    case 'lower':
      return op.op;
    case 'hot_reset_info':
      return op.short === true ? `${op.op} ${SHORT.word}` : op.op;
    case 'cfg_read':
      return `cfg_read off=${op.off} size=${op.size}`;
    case 'cfg_write':
      return `cfg_write off=${op.off} size=${op.size} value=${hex(op.value)}`;
    case 'clobber':
      return `clobber ${op.entry}`;
    case 'raise':
      return `raise ${op.vector}`;
    default:
      return unreachable(op, 'operation');
  }
}

function printIrqSet(set: IrqSet): string {
  const { argsz, flags, index, start, count, data } = set;
  const friendly = friendlyWords(set);
  if (friendly !== null) {
    const values = data.kind === 'none' ? count : `[${data.values.join(' ')}]`;
    return `${friendly.index} ${friendly.action} ${friendly.data} ${start} ${values}`;
  }
  const header = `raw argsz=${argsz} flags=${hex(flags)} index=${index} start=${start} count=${count}`;
  return data.kind === 'none' ? header : `${header} ${data.kind}=${data.values.join(',')}`;
}

/** Returns a fault, such as `request_irq#1=ENOSPC`. */
export function printFault({ site, nth, result }: Fault): string {
  return `${site}#${nth}=${result}`;
}

/** Returns an interrupt raised within the line, such as `raise 0 after free_irq#1`. */
export function printRaise({ vector, when, fn, nth }: RaiseAt): string {
  return `${RAISE.word} ${vector} ${when} ${fn}#${nth}`;
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

// Prints an operation in its canonical form, without the faults, note and action of its line.

import { unreachable } from '../../base/unreachable.ts';
import type { Op } from '../../kernel/line.ts';
import type { IrqSet } from '../../uapi/irqSet.ts';
import { friendlyWords } from './friendly.ts';
import { INDEX_WORDS, SEMAPHORE, SHORT } from './words.ts';

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

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

// An operation in a few words, where a whole line has no room.

import type { Op } from '../kernel/line.ts';
import { INDEX_NAMES } from '../uapi/vfio.ts';

/** Returns the operation in one or two words, for instance `SET_IRQS` or `raise 1`. */
export function operationWord(op: Op): string {
  switch (op.op) {
    case 'set_irqs':
      return 'SET_IRQS';
    case 'eventfd':
    case 'file':
    case 'close':
    case 'read':
    case 'write':
      return `${op.op} ${op.fd}`;
    case 'irq_info':
      return 'GET_IRQ_INFO';
    case 'device_info':
      return 'GET_INFO';
    case 'raise':
      return `raise ${op.vector}`;
    case 'clobber':
      return `clobber ${op.entry}`;
    case 'cfg_read':
    case 'cfg_write':
      return op.op.replace('_', ' ');
    default:
      return op.op;
  }
}

/** Returns the name of an irq index, or `index 7` for a number without a name. */
function indexName(index: number): string {
  return INDEX_NAMES[index] ?? `index ${index}`;
}

/** Returns the operation with its vectors and descriptors, for instance `MSI-X vectors 0–1, fds 100 101`. */
export function operationSubject(op: Op): string {
  if (op.op !== 'set_irqs') return operationWord(op);
  const { index, start, count, data } = op;
  const name = indexName(index);
  if (count === 0 && data.kind === 'none') return `SET_IRQS ${name} count 0`;
  const many = count === 1 ? `vector ${start}` : `vectors ${start}–${start + count - 1}`;
  const fds = data.kind === 'i32' && data.values.length > 0 ? fdList(data.values) : '';
  return `SET_IRQS ${name} ${many}${fds}`;
}

function fdList(values: readonly number[]): string {
  const shown = values.slice(0, 4).map((fd) => (fd === -1 ? '−1' : String(fd)));
  return `, fd${values.length === 1 ? '' : 's'} ${shown.join(' ')}${values.length > 4 ? ' …' : ''}`;
}

// Decides which SET_IRQS have a short form in words. All others are written with every field of the header.

import { dataLength, type IrqSet } from '../../uapi/irqSet.ts';
import { VFIO_IRQ_SET_MINSZ } from '../../uapi/vfio.ts';
import { ACTION_WORDS, DATA_WORDS, INDEX_WORDS } from './words.ts';

/** A SET_IRQS in words, such as `{index: 'msix', action: 'trigger', data: 'eventfd'}`. */
export interface Friendly {
  readonly index: string;
  readonly action: string;
  readonly data: string;
}

/** Returns the words for a SET_IRQS whose header agrees with its data; null for any other. */
export function friendlyWords({ argsz, flags, index, count, data }: IrqSet): Friendly | null {
  const indexWord = INDEX_WORDS.find((known) => known.index === index);
  const type = DATA_WORDS.find(({ bit }) => (flags & bit) !== 0);
  const action = ACTION_WORDS.find(({ bit }) => (flags & bit) !== 0);
  if (indexWord === undefined || type === undefined || action === undefined) return null;
  if (flags !== (type.bit | action.bit)) return null;
  if (data.kind !== type.kind || argsz !== VFIO_IRQ_SET_MINSZ + dataLength(data)) return null;
  if (data.kind !== 'none' && count !== data.values.length) return null;
  return { index: indexWord.word, action: action.word, data: type.word };
}

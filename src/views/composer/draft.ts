// The form of VFIO_DEVICE_SET_IRQS as typed, and as a structure.

import { type Line, line, type Op } from '../../kernel/line.ts';
import { type IrqSet, type IrqSetData, NO_DATA } from '../../uapi/irqSet.ts';
import {
  VFIO_IRQ_SET_ACTION_MASK,
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_ACTION_UNMASK,
  VFIO_IRQ_SET_DATA_BOOL,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_IRQ_SET_DATA_NONE,
  VFIO_IRQ_SET_MINSZ,
} from '../../uapi/vfio.ts';

/** The actions by the words of the form. */
const ACTIONS = {
  mask: VFIO_IRQ_SET_ACTION_MASK,
  unmask: VFIO_IRQ_SET_ACTION_UNMASK,
  trigger: VFIO_IRQ_SET_ACTION_TRIGGER,
} as const;

/** The data types by the words of the form. */
const DATA_TYPES = {
  none: VFIO_IRQ_SET_DATA_NONE,
  bool: VFIO_IRQ_SET_DATA_BOOL,
  eventfd: VFIO_IRQ_SET_DATA_EVENTFD,
} as const;

/** The actions in the order of the form. */
export const ACTION_NAMES = [
  'mask',
  'unmask',
  'trigger',
] as const satisfies readonly (keyof typeof ACTIONS)[];

/** The data types in the order of the form. */
export const DATA_NAMES = ['none', 'bool', 'eventfd'] as const satisfies readonly (keyof typeof DATA_TYPES)[];

/** The form's content; texts stay as typed. */
export interface Draft {
  readonly index: number;
  readonly action: keyof typeof ACTIONS;
  readonly data: keyof typeof DATA_TYPES;
  readonly start: string;
  readonly count: string;
  /** Descriptors, or 0 and 1 for bool, separated by spaces or commas. */
  readonly values: string;
}

/** The form before any suggestion (suggest.ts): allocate vector 0 without an eventfd. */
export const FIRST_DRAFT: Draft = {
  index: 2,
  action: 'trigger',
  data: 'eventfd',
  start: '0',
  count: '1',
  values: '-1',
};

/** Returns the form that produces this ioctl, or null if the form lacks a field for it. */
export function draftOf(op: Op): Draft | null {
  if (op.op !== 'set_irqs') return null;
  const { index, flags, start, count, data } = op;
  for (const action of ACTION_NAMES) {
    for (const type of DATA_NAMES) {
      if (flags !== (ACTIONS[action] | DATA_TYPES[type])) continue;
      const values = data.kind === 'none' ? '' : data.values.join(' ');
      const draft = { index, action, data: type, start: String(start), count: String(count), values };
      const made = readDraft(draft);
      return !('wrong' in made) && made.set.argsz === op.argsz && made.set.data.kind === data.kind
        ? draft
        : null;
    }
  }
  return null;
}

/** Returns the numbers in a typed list, or the first word that is not a number. */
export function readValues(
  text: string,
): { readonly values: readonly number[] } | { readonly wrong: string } {
  const words = text.split(/[\s,[\]]+/).filter((word) => word !== '');
  const wrong = words.find((word) => !/^[-−]?\d{1,10}$/.test(word));
  if (wrong !== undefined) return { wrong };
  return { values: words.map((word) => Number(word.replace('−', '-')) | 0) };
}

/** Returns the ioctl of a draft, or an error sentence. */
export function readDraft(
  draft: Draft,
): { readonly line: Line; readonly set: IrqSet } | { readonly wrong: string } {
  const start = readU32(draft.start);
  if (start === null) return { wrong: `start: “${draft.start}” is not a number; expected 0 to 4294967295` };
  const count = readU32(draft.count);
  if (count === null) return { wrong: `count: “${draft.count}” is not a number; expected 0 to 4294967295` };
  const read = draft.data === 'none' ? { values: [] } : readValues(draft.values);
  if ('wrong' in read)
    return { wrong: `${draft.data === 'bool' ? 'bools' : 'fds'}: “${read.wrong}” is not a number` };
  const data = dataOf(draft.data, read.values);
  const size = draft.data === 'eventfd' ? 4 : 1;
  const set: IrqSet = {
    argsz: VFIO_IRQ_SET_MINSZ + read.values.length * size,
    flags: ACTIONS[draft.action] | DATA_TYPES[draft.data],
    index: draft.index,
    start,
    count,
    data,
  };
  return { line: line({ op: 'set_irqs', ...set }), set };
}

function readU32(text: string): number | null {
  const value = /^\d{1,10}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value <= 0xffffffff ? value : null;
}

function dataOf(type: Draft['data'], values: readonly number[]): IrqSetData {
  if (type === 'none' || values.length === 0) return NO_DATA;
  return type === 'eventfd'
    ? { kind: 'i32', values }
    : { kind: 'u8', values: values.map((value) => value & 0xff) };
}

/** The fields of the structure, in the order of its bytes. */
export type ByteField = 'argsz' | 'flags' | 'index' | 'start' | 'count' | 'data';

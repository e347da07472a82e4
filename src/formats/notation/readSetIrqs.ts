// Reads set_irqs: the short form, whose header follows from its words, and the raw form, which can express any bytes.

import type { Op } from '../../kernel/line.ts';
import { dataLength, type IrqSet, type IrqSetData, NO_DATA } from '../../uapi/irqSet.ts';
import { VFIO_IRQ_SET_ACTION_TRIGGER, VFIO_IRQ_SET_DATA_NONE, VFIO_IRQ_SET_MINSZ } from '../../uapi/vfio.ts';
import { BYTE, type NumberSort, TRIGGER_FD, u32 } from './numbers.ts';
import type { Reader, Settings } from './reader.ts';
import type { Token } from './scan.ts';
import { ACTION_WORDS, DATA_WORDS, INDEX_WORDS, RAW, type SettingWord } from './words.ts';

const INDEX = u32('an index');
const START = u32('the first vector', 'vector');
const COUNT = u32('a count');

/** The fields of struct vfio_irq_set and the data after it, in printing order. */
const RAW_WORDS: readonly SettingWord[] = [
  { word: 'argsz=', about: 'size in bytes that the caller claims' },
  { word: 'flags=', about: 'usually one data bit and one action bit' },
  { word: 'index=', about: '0 INTx, 1 MSI, 2 MSI-X, 3 ERR, 4 REQ' },
  { word: 'start=', about: 'first vector', offer: 'vector' },
  { word: 'count=', about: 'number of vectors' },
  { word: 'i32=', about: 'data: s32 values', group: 'data', offer: 'trigger-fd' },
  { word: 'u8=', about: 'data: bytes', group: 'data', offer: 'bool' },
  { word: 'data=', about: 'data: bytes in hex', group: 'data' },
];

/** Reads an index by name or number. */
export function readIndex(r: Reader): number {
  if (r.atNumber()) return r.number(INDEX);
  return r.oneOf('an index', INDEX_WORDS)?.index ?? 0;
}

/** Reads the index of `disable msix`: ACTION_TRIGGER with zero vectors disables the index. */
export function readDisable(r: Reader): Op {
  return setIrqs(readIndex(r), VFIO_IRQ_SET_ACTION_TRIGGER | VFIO_IRQ_SET_DATA_NONE, 0, 0, NO_DATA);
}

/** Reads the rest of the line after `set_irqs`. */
export function readSetIrqs(r: Reader): Op {
  if (r.atNumber()) return readFriendly(r, r.number(INDEX));
  const first = r.oneOf('an index', [...INDEX_WORDS, RAW]);
  if (first === RAW) return readRaw(r);
  return readFriendly(r, INDEX_WORDS.find(({ word }) => word === first?.word)?.index ?? 0);
}

/** Reads the short form. The data gives count and argsz. */
function readFriendly(r: Reader, index: number): Op {
  const action = r.oneOf('an action', ACTION_WORDS)?.bit ?? 0;
  const type = r.oneOf('a data type', DATA_WORDS);
  const start = r.number(START);
  const flags = action | (type?.bit ?? 0);
  switch (type?.kind) {
    case 'i32': {
      const values = r.list(TRIGGER_FD);
      return setIrqs(index, flags, start, values.length, { kind: 'i32', values });
    }
    case 'u8': {
      const values = r.list(BYTE);
      return setIrqs(index, flags, start, values.length, { kind: 'u8', values });
    }
    default:
      return setIrqs(index, flags, start, r.number(COUNT), NO_DATA);
  }
}

/** Returns a SET_IRQS with the argsz that fits its data. */
function setIrqs(index: number, flags: number, start: number, count: number, data: IrqSetData): Op {
  const argsz = VFIO_IRQ_SET_MINSZ + dataLength(data);
  return { op: 'set_irqs', argsz, flags, index, start, count, data };
}

function readRaw(r: Reader): Op {
  const settings = r.settings('a field of struct vfio_irq_set', RAW_WORDS);
  const field = (name: keyof Omit<IrqSet, 'data'>) => {
    const value = settings.get(`${name}=`);
    if (value !== undefined) return r.numberIn(value, u32(name));
    r.missing(`${name}=`);
    return 0;
  };
  return {
    op: 'set_irqs',
    argsz: field('argsz'),
    flags: field('flags'),
    index: field('index'),
    start: field('start'),
    count: field('count'),
    data: readData(r, settings),
  };
}

function readData(r: Reader, settings: Settings): IrqSetData {
  const i32 = settings.get('i32=');
  if (i32 !== undefined) return { kind: 'i32', values: readValues(r, i32, TRIGGER_FD) };
  const u8 = settings.get('u8=');
  if (u8 !== undefined) return { kind: 'u8', values: readValues(r, u8, BYTE) };
  const hex = settings.get('data=');
  return hex === undefined ? NO_DATA : { kind: 'u8', values: readHex(r, hex) };
}

/** Reads `100,-1`; an empty text is an empty list. */
function readValues(r: Reader, { text, at }: Token, sort: NumberSort): readonly number[] {
  if (text === '') return [];
  let from = at;
  return text.split(',').map((part) => {
    const value = r.numberIn({ text: part, at: from }, sort);
    from += part.length + 1;
    return value;
  });
}

/** Reads bytes in memory order, such as `64000000`. */
function readHex(r: Reader, token: Token): readonly number[] {
  if (!/^([\da-f]{2})*$/i.test(token.text)) r.refuse('bytes, two hex digits each', token);
  return (token.text.match(/../gs) ?? []).map((byte) => Number.parseInt(byte, 16));
}

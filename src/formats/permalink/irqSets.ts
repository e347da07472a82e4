// struct vfio_irq_set as a few bytes. Bits of the first byte mark the fields with default values; other fields follow as numbers.

import { Packer, type Unpacker } from '../../base/packed.ts';
import { dataLength, type IrqSet, type IrqSetData, NO_DATA } from '../../uapi/irqSet.ts';
import { VFIO_IRQ_SET_MINSZ } from '../../uapi/vfio.ts';

const I32 = 1;
const U8 = 2;
/** i32 values as runs of consecutive values. */
const RUNS = 3;
const OTHER_ARGSZ = 4;
const OTHER_COUNT = 8;
const STARTS_LATER = 16;
/** The position of the index; 7 means that the index follows as a number. */
const INDEX_SHIFT = 5;

const U32_MAX = 0xffffffff;
/** The most values from runs in one link, so that a few bytes cannot expand to gigabytes. */
const RUN_BUDGET = 2 ** 20;

/** Predicts the next descriptor from earlier lines, because descriptors mostly count up. */
export class SetContext {
  #last = 99;
  budget = RUN_BUDGET;

  /** Returns 0 for −1, 1 for the number after the last one, and otherwise the distance from that number. */
  token(fd: number): number {
    if (fd === -1) return 0;
    const distance = fd - (this.#last + 1);
    if (fd >= 0) this.#last = fd;
    return 1 + (distance >= 0 ? distance * 2 : -distance * 2 - 1);
  }

  value(token: number): number {
    if (token === 0) return -1;
    const folded = token - 1;
    const fd = this.#last + 1 + (folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2);
    if (fd >= 0) this.#last = fd;
    return fd;
  }

  writeFd(w: Packer, fd: number): void {
    w.number(this.token(fd));
  }

  /** Reads a descriptor. */
  readFd(r: Unpacker): number {
    const fd = this.value(r.number());
    if (fd >= 0 && fd < 2 ** 30) return fd;
    r.fail(`file descriptor ${fd}`);
    return 0;
  }

  /** Returns the s32 of a token. */
  s32(r: Unpacker, token: number): number {
    const value = this.value(token);
    if (value >= -(2 ** 31) && value < 2 ** 31) return value;
    r.fail(`${value} as an s32`);
    return 0;
  }
}

/** Writes the header and the data. */
export function writeIrqSet(w: Packer, context: SetContext, set: IrqSet): void {
  const { argsz, flags, index, start, count, data } = set;
  const values = data.kind === 'none' ? 0 : data.values.length;
  const usualArgsz = argsz === VFIO_IRQ_SET_MINSZ + dataLength(data);
  const { kind, bytes } = dataBytes(context, data);
  w.bytes.push(
    kind |
      (usualArgsz ? 0 : OTHER_ARGSZ) |
      (count === values ? 0 : OTHER_COUNT) |
      (start === 0 ? 0 : STARTS_LATER) |
      (Math.min(index, 7) << INDEX_SHIFT),
  );
  if (index >= 7) w.number(index);
  w.number(flags);
  if (start !== 0) w.number(start);
  if (!usualArgsz) w.number(argsz);
  if (count !== values) w.number(count);
  for (const byte of bytes) w.bytes.push(byte);
}

function dataBytes(context: SetContext, data: IrqSetData): { kind: number; bytes: readonly number[] } {
  const w = new Packer();
  if (data.kind === 'none') return { kind: 0, bytes: w.bytes };
  w.number(data.values.length);
  if (data.kind === 'u8') return { kind: U8, bytes: [...w.bytes, ...data.values] };
  const tokens = data.values.map((value) => context.token(value));
  const runs = runBytes(tokens);
  for (const token of tokens) w.number(token);
  if (runs.length >= w.bytes.length || tokens.length > context.budget) return { kind: I32, bytes: w.bytes };
  context.budget -= tokens.length;
  return { kind: RUNS, bytes: runs };
}

function runBytes(tokens: readonly number[]): readonly number[] {
  const w = new Packer();
  w.number(tokens.length);
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i] ?? 0;
    let end = i + 1;
    while (tokens[end] === token) end++;
    w.number(token);
    w.number(end - i);
    i = end;
  }
  return w.bytes;
}

/** Reads the header and the data. */
export function readIrqSet(r: Unpacker, context: SetContext): IrqSet {
  const form = r.byte();
  const short = form >> INDEX_SHIFT;
  const index = short === 7 ? r.number(U32_MAX) : short;
  const flags = r.number(U32_MAX);
  const start = (form & STARTS_LATER) === 0 ? 0 : r.number(U32_MAX);
  const argsz = (form & OTHER_ARGSZ) === 0 ? null : r.number(U32_MAX);
  const count = (form & OTHER_COUNT) === 0 ? null : r.number(U32_MAX);
  const data = readData(r, context, form & 3);
  const values = data.kind === 'none' ? 0 : data.values.length;
  return {
    argsz: argsz ?? VFIO_IRQ_SET_MINSZ + dataLength(data),
    flags,
    index,
    start,
    count: count ?? values,
    data,
  };
}

function readData(r: Unpacker, context: SetContext, kind: number): IrqSetData {
  if (kind === 0) return NO_DATA;
  const length = r.number();
  const values: number[] = [];
  if (kind === RUNS) {
    context.budget -= length;
    if (context.budget < 0) r.fail(`more than ${RUN_BUDGET} values`);
  }
  while (values.length < length && r.failure === null) {
    if (kind === U8) values.push(r.byte());
    else {
      const token = r.number();
      const times = kind === I32 ? 1 : r.number(length - values.length);
      if (times === 0) r.fail('an empty run');
      for (let i = 0; i < times && r.failure === null; i++) values.push(context.s32(r, token));
    }
  }
  return { kind: kind === U8 ? 'u8' : 'i32', values };
}

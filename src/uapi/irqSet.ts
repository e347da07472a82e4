// struct vfio_irq_set as the ioctl receives it: a 20-byte header of five u32, followed by data.

import {
  VFIO_IRQ_SET_DATA_BOOL,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_IRQ_SET_DATA_NONE,
  VFIO_IRQ_SET_DATA_TYPE_MASK,
  VFIO_IRQ_SET_MINSZ,
} from './vfio.ts';

/** The data after the header: no data, little-endian s32 values, or bytes. The memory after the data is not mapped. */
export type IrqSetData =
  | { readonly kind: 'none' }
  | { readonly kind: 'i32'; readonly values: readonly number[] }
  | { readonly kind: 'u8'; readonly values: readonly number[] };

/** The header of struct vfio_irq_set, all u32. */
export interface IrqSetHeader {
  readonly argsz: number;
  readonly flags: number;
  readonly index: number;
  readonly start: number;
  readonly count: number;
}

/** A struct vfio_irq_set with its data, for instance `{argsz: 24, flags: 0x24, index: 2, start: 0, count: 1, data: {kind: 'i32', values: [100]}}`. */
export interface IrqSet extends IrqSetHeader {
  readonly data: IrqSetData;
}

/** A header without data. */
export const NO_DATA: IrqSetData = { kind: 'none' };

/** Returns the length of the mapped data in bytes. */
export function dataLength(data: IrqSetData): number {
  if (data.kind === 'none') return 0;
  return data.kind === 'i32' ? data.values.length * 4 : data.values.length;
}

/**
 * Returns the size of one element for the data type in `flags` in bytes: 0 for DATA_NONE, undefined unless exactly one type
 * is set (docs/driver.md §4, step 3.8).
 */
export function elementSize(flags: number): 0 | 1 | 4 | undefined {
  switch (flags & VFIO_IRQ_SET_DATA_TYPE_MASK) {
    case VFIO_IRQ_SET_DATA_NONE:
      return 0;
    case VFIO_IRQ_SET_DATA_BOOL:
      return 1;
    case VFIO_IRQ_SET_DATA_EVENTFD:
      return 4;
    default:
      return undefined;
  }
}

/** Returns byte `at` of the data in memory (little endian). */
function dataByte(data: IrqSetData, at: number): number {
  if (data.kind === 'none') return 0;
  if (data.kind === 'u8') return (data.values[at] ?? 0) & 0xff;
  return ((data.values[at >> 2] ?? 0) >>> ((at & 3) * 8)) & 0xff;
}

/** Returns the first `count` elements read as s32, whatever their kind. The caller checks the length. */
export function asInt32(data: IrqSetData, count: number): readonly number[] {
  if (data.kind === 'i32') return data.values.length === count ? data.values : data.values.slice(0, count);
  const values: number[] = [];
  for (let i = 0; i < count; i++) {
    const at = i * 4;
    values.push(
      dataByte(data, at) |
        (dataByte(data, at + 1) << 8) |
        (dataByte(data, at + 2) << 16) |
        (dataByte(data, at + 3) << 24),
    );
  }
  return values;
}

/** Returns the first `count` bytes. The caller checks the length. */
export function asBytes(data: IrqSetData, count: number): readonly number[] {
  const values: number[] = [];
  for (let i = 0; i < count; i++) values.push(dataByte(data, i));
  return values;
}

/** Returns the structure as bytes in memory: 20 bytes of header, then the data. */
export function irqSetBytes(set: IrqSet): Uint8Array {
  const length = dataLength(set.data);
  const bytes = new Uint8Array(VFIO_IRQ_SET_MINSZ + length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, set.argsz, true);
  view.setUint32(4, set.flags, true);
  view.setUint32(8, set.index, true);
  view.setUint32(12, set.start, true);
  view.setUint32(16, set.count, true);
  for (let i = 0; i < length; i++) bytes[VFIO_IRQ_SET_MINSZ + i] = dataByte(set.data, i);
  return bytes;
}

// The raw form of SET_IRQS: all fields of the structure as typed, and any bytes after it. Nothing is corrected.

import { type Line, line } from '../../kernel/line.ts';
import { type IrqSet, type IrqSetData, irqSetBytes, NO_DATA } from '../../uapi/irqSet.ts';
import { VFIO_IRQ_SET_MINSZ } from '../../uapi/vfio.ts';

/** The fields of the header in the order of their bytes. */
export const RAW_FIELDS = ['argsz', 'flags', 'index', 'start', 'count'] as const;

/** The notation of the bytes after the header. */
export const RAW_KINDS = ['none', 'i32', 'u8'] as const satisfies readonly IrqSetData['kind'][];

/** The raw form's content; texts stay as typed. */
export type RawDraft = Readonly<Record<(typeof RAW_FIELDS)[number], string>> & {
  readonly kind: IrqSetData['kind'];
  /** Two hexadecimal digits per byte, in memory order. */
  readonly bytes: string;
};

/** Returns the raw form of a structure. */
export function rawOf(set: IrqSet): RawDraft {
  const { argsz, flags, index, start, count, data } = set;
  const bytes = [...irqSetBytes(set).slice(VFIO_IRQ_SET_MINSZ)];
  return {
    argsz: String(argsz),
    flags: `0x${flags.toString(16)}`,
    index: String(index),
    start: String(start),
    count: String(count),
    kind: data.kind,
    bytes: bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
  };
}

/** Returns the ioctl of a raw form, or an error sentence. */
export function readRaw(
  raw: RawDraft,
): { readonly line: Line; readonly set: IrqSet } | { readonly wrong: string } {
  const header = { argsz: 0, flags: 0, index: 0, start: 0, count: 0 };
  for (const field of RAW_FIELDS) {
    const value = readWord(raw[field]);
    if (value === null)
      return { wrong: `${field}: “${raw[field]}” is not a number; expected 0 to 0xffffffff` };
    header[field] = value;
  }
  const data = readBytes(raw);
  if ('wrong' in data) return data;
  const set = { ...header, data };
  return { line: line({ op: 'set_irqs', ...set }), set };
}

/** Returns a u32 written in decimal or as 0x…, or null. */
export function readWord(text: string): number | null {
  const word = text.trim();
  const value = /^(\d{1,10}|0x[\da-f]{1,8})$/i.test(word) ? Number(word) : Number.NaN;
  return value <= 0xffffffff ? value : null;
}

function readBytes({ kind, bytes }: RawDraft): IrqSetData | { readonly wrong: string } {
  if (kind === 'none') return NO_DATA;
  const digits = bytes.replace(/[\s,]+/g, '');
  if (!/^([\da-f]{2})*$/i.test(digits)) return { wrong: 'bytes: expected two hexadecimal digits per byte' };
  const values = (digits.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
  if (kind === 'u8') return { kind, values };
  if (values.length % 4 !== 0)
    return { wrong: `bytes: ${values.length} bytes; expected a multiple of 4 for s32 values` };
  return { kind, values: words(values) };
}

/** Little-endian s32 values. */
function words(bytes: readonly number[]): readonly number[] {
  return Array.from({ length: bytes.length / 4 }, (_, at) =>
    bytes.slice(at * 4, at * 4 + 4).reduceRight((word, byte) => (word << 8) | byte, 0),
  );
}

// SET_IRQS in the raw: every field of the structure as typed, and any bytes behind it. Nothing here is put right.

import { type Line, line } from '../../kernel/line.ts';
import { type IrqSet, type IrqSetData, irqSetBytes, NO_DATA } from '../../uapi/irqSet.ts';
import { VFIO_IRQ_SET_MINSZ } from '../../uapi/vfio.ts';

/** The fields of the header in the order of their bytes. */
export const RAW_FIELDS = ['argsz', 'flags', 'index', 'start', 'count'] as const;

/** How the bytes behind the header are written down. */
export const RAW_KINDS = ['none', 'i32', 'u8'] as const satisfies readonly IrqSetData['kind'][];

/** What the raw form holds. Texts stay as typed. */
export type RawDraft = Readonly<Record<(typeof RAW_FIELDS)[number], string>> & {
  readonly kind: IrqSetData['kind'];
  /** Two hexadecimal digits a byte, as they lie in memory. */
  readonly bytes: string;
};

/** The raw form of a structure. */
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

/** The ioctl that a raw form describes, or what in it cannot be read. */
export function readRaw(
  raw: RawDraft,
): { readonly line: Line; readonly set: IrqSet } | { readonly wrong: string } {
  const header = { argsz: 0, flags: 0, index: 0, start: 0, count: 0 };
  for (const field of RAW_FIELDS) {
    const value = readWord(raw[field]);
    if (value === null) return { wrong: `${field}: “${raw[field]}” is no number from 0 to 0xffffffff` };
    header[field] = value;
  }
  const data = readBytes(raw);
  if ('wrong' in data) return data;
  const set = { ...header, data };
  return { line: line({ op: 'set_irqs', ...set }), set };
}

/** A u32 in decimal or as 0x…, or null. */
export function readWord(text: string): number | null {
  const word = text.trim();
  const value = /^(\d{1,10}|0x[\da-f]{1,8})$/i.test(word) ? Number(word) : Number.NaN;
  return value <= 0xffffffff ? value : null;
}

function readBytes({ kind, bytes }: RawDraft): IrqSetData | { readonly wrong: string } {
  if (kind === 'none') return NO_DATA;
  const digits = bytes.replace(/[\s,]+/g, '');
  if (!/^([\da-f]{2})*$/i.test(digits)) return { wrong: 'bytes: two hexadecimal digits each' };
  const values = (digits.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
  if (kind === 'u8') return { kind, values };
  if (values.length % 4 !== 0) return { wrong: `bytes: ${values.length} are no whole number of s32` };
  return { kind, values: words(values) };
}

/** Little-endian s32 values. */
function words(bytes: readonly number[]): readonly number[] {
  return Array.from({ length: bytes.length / 4 }, (_, at) =>
    bytes.slice(at * 4, at * 4 + 4).reduceRight((word, byte) => (word << 8) | byte, 0),
  );
}

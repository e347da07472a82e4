// Reads vfio's structs as irqscope prints them (formats/strace.ts), and as programs based on strace do.

import type { Out } from '../../../kernel/frame.ts';
import type { Op } from '../../../kernel/line.ts';
import { DEVICE_FLAGS, type FlagNames, IRQ_INFO_FLAGS } from '../../../uapi/infoFlags.ts';
import { type IrqSetData, NO_DATA } from '../../../uapi/irqSet.ts';
import {
  INDEX_NAMES,
  VFIO_IRQ_SET_ACTION_MASK,
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_ACTION_UNMASK,
  VFIO_IRQ_SET_DATA_BOOL,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_IRQ_SET_DATA_NONE,
  VFIO_IRQ_SET_MINSZ,
} from '../../../uapi/vfio.ts';
import { listOf } from '../fields.ts';
import { shown } from '../format.ts';
import { s32Of, u32Of } from '../numbers.ts';
import { bytesOf, nextOutermost, plain } from './call.ts';

const SET_FLAGS: FlagNames = [
  [VFIO_IRQ_SET_DATA_NONE, 'DATA_NONE'],
  [VFIO_IRQ_SET_DATA_BOOL, 'DATA_BOOL'],
  [VFIO_IRQ_SET_DATA_EVENTFD, 'DATA_EVENTFD'],
  [VFIO_IRQ_SET_ACTION_MASK, 'ACTION_MASK'],
  [VFIO_IRQ_SET_ACTION_UNMASK, 'ACTION_UNMASK'],
  [VFIO_IRQ_SET_ACTION_TRIGGER, 'ACTION_TRIGGER'],
];

/** A field with its column in the argument, from 1. */
interface Value {
  readonly text: string;
  readonly column: number;
}

/** The fields of a struct by name; a list without a name has the name `data`. */
type Fields = ReadonlyMap<string, Value>;

/** A struct before and after the call. Without an arrow both are the same. */
interface Struct {
  readonly before: Fields;
  readonly after: Fields;
}

/** Reads `{a=1, b=0 => 2, [3]}` and `{a=1} => {a=1, b=2}`; null for another text, such as a pointer. */
function structOf(text: string): Struct | null {
  if (!text.startsWith('{')) return null;
  const before = new Map<string, Value>();
  const after = new Map<string, Value>();
  const arrow = text.indexOf('} => {');
  const first = arrow < 0 ? text : text.slice(0, arrow + 1);
  for (const [name, value] of fieldsIn(first, 0)) {
    const [from = '', to = from] = value.text.split(/\s*=>\s*/);
    before.set(name, { ...value, text: from });
    after.set(name, { ...value, text: to });
  }
  if (arrow >= 0) for (const [name, value] of fieldsIn(text, arrow + 5)) after.set(name, value);
  return { before, after };
}

function* fieldsIn(text: string, from: number): Generator<readonly [string, Value]> {
  let start = from + 1;
  const last = text.endsWith('}') ? text.length - 1 : text.length;
  const inner = text.slice(0, last);
  const ends: number[] = [];
  for (let at = nextOutermost(inner, start); at >= 0; at = nextOutermost(inner, at + 1))
    if (inner[at] === ',') ends.push(at);
  for (const end of [...ends, last]) {
    const raw = inner.slice(start, end);
    const [lead = '', name] = /^\s*(?:([A-Za-z_]\w*)=)?/.exec(raw) ?? [''];
    const value = raw.slice(lead.length).trimEnd();
    const isList = name === undefined && value.startsWith('[');
    if (name !== undefined || isList)
      yield [name ?? 'data', { text: plain(value).text, column: start + lead.length + 1 }];
    start = end + 1;
  }
}

function flagsOf(text: string, names: FlagNames): number | null {
  let flags = 0;
  for (const said of text.split('|')) {
    const name = said.trim().replace(/^VFIO_(?:IRQ_SET|IRQ_INFO|DEVICE_FLAGS)_/, '');
    const bit = names.find(([, known]) => known === name)?.[0] ?? u32Of(name);
    if (bit === null) return null;
    flags = (flags | bit) >>> 0;
  }
  return flags;
}

/** Reads `MSI-X`, `VFIO_PCI_MSIX_IRQ_INDEX`, `0x2` and `2`. */
function indexNumber(text: string): number | null {
  const tidy = text.replace(/^VFIO_PCI_(\w+)_IRQ_INDEX$/, '$1').replace('-', '');
  const at = INDEX_NAMES.findIndex((name) => name.replace('-', '').toUpperCase() === tidy.toUpperCase());
  return at < 0 ? u32Of(text) : at;
}

/** The index of a printed struct vfio_irq_info, and the values that the kernel wrote into it, or null. */
export function irqInfoOf(text: string): { readonly index: number; readonly out: Out | null } | null {
  const struct = structOf(text);
  const index = indexNumber(struct?.before.get('index')?.text ?? '');
  if (struct === null || index === null) return null;
  const flags = flagsOf(struct.after.get('flags')?.text ?? '', IRQ_INFO_FLAGS);
  const count = u32Of(struct.after.get('count')?.text ?? '');
  return { index, out: flags === null || count === null ? null : { flags, count } };
}

/** Returns the values that the kernel wrote into a printed struct vfio_device_info, or null. */
export function deviceInfoOf(text: string): Out | null {
  const after = structOf(text)?.after;
  const flags = flagsOf(after?.get('flags')?.text ?? '', DEVICE_FLAGS);
  const regions = u32Of(after?.get('num_regions')?.text ?? '');
  const irqs = u32Of(after?.get('num_irqs')?.text ?? '');
  return flags === null || regions === null || irqs === null ? null : { flags, regions, irqs };
}

/** The SET_IRQS operation. */
type SetIrqs = Extract<Op, { readonly op: 'set_irqs' }>;

/** The operation, or a problem with its column in the text. */
export type Printed =
  | { readonly op: SetIrqs }
  | { readonly column: number; readonly expected: string; readonly found: string };

/** Reads `{argsz=24, flags=DATA_EVENTFD|ACTION_TRIGGER, index=MSI-X, start=0, count=1, [100]}`; the list can have a name. */
export function printedIrqSet(text: string): Printed {
  const fields = structOf(text)?.before ?? new Map<string, Value>();
  const numbers: number[] = [];
  for (const name of ['argsz', 'flags', 'index', 'start', 'count']) {
    const field = fields.get(name);
    const said = field?.text ?? '';
    const value =
      name === 'flags' ? flagsOf(said, SET_FLAGS) : name === 'index' ? indexNumber(said) : u32Of(said);
    if (value === null)
      return {
        column: field?.column ?? Math.max(1, text.length),
        expected: `${name}= and a value`,
        found: shown(said),
      };
    numbers.push(value);
  }
  const [argsz = 0, flags = 0, index = 0, start = 0, count = 0] = numbers;
  const header = { argsz, flags, index, start, count };
  const list = fields.get('data');
  if (list === undefined || list.text === 'NULL') return { op: { op: 'set_irqs', ...header, data: NO_DATA } };
  const values: number[] = [];
  for (const word of wordsOf(list.text, flags)) {
    const value = s32Of(word);
    if (value === null) {
      const cut = /^\.\.\.$/.test(word) ? 'the whole list of values' : 'a value';
      return { column: list.column + 1, expected: cut, found: shown(word) };
    }
    values.push(value);
  }
  if (values.length === 0) return { op: { op: 'set_irqs', ...header, data: NO_DATA } };
  return { op: { op: 'set_irqs', ...header, data: dataOf(values, argsz, flags) } };
}

/** Returns the values of a list: `[12, -1]`, `[{fd=12<anon_inode:[eventfd]>}]`, or a string of bytes. */
function wordsOf(text: string, flags: number): readonly string[] {
  if (text.startsWith('"')) {
    const bytes = bytesOf(text);
    if (bytes === null) return ['...'];
    if ((flags & VFIO_IRQ_SET_DATA_EVENTFD) === 0) return bytes.map(String);
    const word = (at: number) => [3, 2, 1, 0].reduce((sum, n) => (sum << 8) | (bytes[at + n] ?? 0), 0);
    return Array.from({ length: Math.floor(bytes.length / 4) }, (_, at) => String(word(4 * at)));
  }
  // the paths of -y contain brackets, so they go first
  const bare = text.replace(/(\d)<[^>]*>/g, '$1').replace(/(\b0x[\da-f]+|\b\d+) \/\*[^*]*\*\//gi, '$1');
  return listOf(bare).map((word) => word.replace(/^\{?(?:fd=)?/, '').replace(/\}$/, ''));
}

/** Returns the values as bytes or s32, by argsz if it fits one of them, else by the flags. */
function dataOf(values: readonly number[], argsz: number, flags: number): IrqSetData {
  const length = argsz - VFIO_IRQ_SET_MINSZ;
  const bytes = (flags & VFIO_IRQ_SET_DATA_BOOL) !== 0 && (flags & VFIO_IRQ_SET_DATA_EVENTFD) === 0;
  const fits = values.every((value) => value >= 0 && value <= 255);
  const isBytes =
    fits && (length === values.length || (bytes && length !== 4 * values.length) || (bytes && length === 0));
  return isBytes && values.length > 0 ? { kind: 'u8', values } : { kind: 'i32', values };
}

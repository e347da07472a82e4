// Reads the arguments of vfio's ioctls in strace text: names and numbers of requests, and struct vfio_irq_set as irqscope prints
// it (formats/strace.ts).

import type { Op } from '../../kernel/line.ts';
import { type IrqSetData, NO_DATA } from '../../uapi/irqSet.ts';
import {
  INDEX_NAMES,
  VFIO_IRQ_SET_ACTION_MASK,
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_ACTION_UNMASK,
  VFIO_IRQ_SET_DATA_BOOL,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_IRQ_SET_DATA_NONE,
  VFIO_IRQ_SET_MINSZ,
} from '../../uapi/vfio.ts';
import { fieldsOf, listOf } from './fields.ts';
import { shown } from './format.ts';
import { s32Of, u32Of } from './numbers.ts';

/** `_IO(VFIO_TYPE, VFIO_BASE + n)` (include/uapi/linux/vfio.h). */
const REQUESTS: ReadonlyMap<number, string> = new Map([
  [0x3b6a, 'VFIO_GROUP_GET_DEVICE_FD'],
  [0x3b6b, 'VFIO_DEVICE_GET_INFO'],
  [0x3b6c, 'VFIO_DEVICE_GET_REGION_INFO'],
  [0x3b6d, 'VFIO_DEVICE_GET_IRQ_INFO'],
  [0x3b6e, 'VFIO_DEVICE_SET_IRQS'],
  [0x3b6f, 'VFIO_DEVICE_RESET'],
]);

/** Returns the name of an ioctl on a vfio device or group, also for a printed number; null for any other ioctl. */
export function requestName(text: string): string | null {
  if (/^VFIO_(DEVICE_\w+|GROUP_GET_DEVICE_FD)$/.test(text)) return text;
  const parts = /^_IOC\(_IOC_NONE, (0x3b|59), (0x[\da-f]+|\d+), 0\)$/i.exec(text);
  const number = parts === null ? u32Of(text) : 0x3b00 + (u32Of(parts[2] ?? '') ?? 0);
  return number === null ? null : (REQUESTS.get(number) ?? null);
}

const FLAGS: ReadonlyMap<string, number> = new Map([
  ['DATA_NONE', VFIO_IRQ_SET_DATA_NONE],
  ['DATA_BOOL', VFIO_IRQ_SET_DATA_BOOL],
  ['DATA_EVENTFD', VFIO_IRQ_SET_DATA_EVENTFD],
  ['ACTION_MASK', VFIO_IRQ_SET_ACTION_MASK],
  ['ACTION_UNMASK', VFIO_IRQ_SET_ACTION_UNMASK],
  ['ACTION_TRIGGER', VFIO_IRQ_SET_ACTION_TRIGGER],
]);

function flagsOf(text: string): number | null {
  let flags = 0;
  for (const name of text.split('|')) {
    const bit = FLAGS.get(name.replace(/^VFIO_IRQ_SET_/, '')) ?? u32Of(name);
    if (bit === null) return null;
    flags = (flags | bit) >>> 0;
  }
  return flags;
}

const NAMES: readonly string[] = INDEX_NAMES;

function indexNumber(text: string): number | null {
  const at = NAMES.indexOf(text);
  return at < 0 ? u32Of(text) : at;
}

/** Returns the index of a printed struct vfio_irq_info, or null. */
export function indexOf(text: string): number | null {
  const field = text.startsWith('{') ? fieldsOf(text).get('index') : undefined;
  return field === undefined ? null : indexNumber(field.text);
}

/** The operation, or a problem with its column in the text. */
type Printed =
  | { readonly op: Op }
  | { readonly column: number; readonly expected: string; readonly found: string };

/** Reads `{argsz=24, flags=DATA_EVENTFD|ACTION_TRIGGER, index=MSI-X, start=0, count=1, [100]}`. */
export function printedIrqSet(text: string): Printed {
  const fields = fieldsOf(text);
  const numbers: number[] = [];
  for (const name of ['argsz', 'flags', 'index', 'start', 'count']) {
    const field = fields.get(name);
    const said = field?.text ?? '';
    const value = name === 'flags' ? flagsOf(said) : name === 'index' ? indexNumber(said) : u32Of(said);
    if (value === null)
      return { column: field?.column ?? text.length, expected: `${name}= and a value`, found: shown(said) };
    numbers.push(value);
  }
  const [argsz = 0, flags = 0, index = 0, start = 0, count = 0] = numbers;
  const header = { argsz, flags, index, start, count };
  const list = /\[([^[\]]*)\]\}$/.exec(text);
  if (list === null) return { op: { op: 'set_irqs', ...header, data: NO_DATA } };
  const column = list.index + 2;
  const values: number[] = [];
  for (const word of listOf(list[1] ?? '')) {
    const value = s32Of(word);
    if (value === null) {
      const cut = word === '...' ? 'the whole list of values' : 'a value';
      return { column, expected: cut, found: shown(word) };
    }
    values.push(value);
  }
  return { op: { op: 'set_irqs', ...header, data: dataOf(values, argsz, flags) } };
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

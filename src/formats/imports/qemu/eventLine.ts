// Reads one line of a QEMU trace: event, device and values, by the format strings of hw/vfio/trace-events.

import { fieldsOf } from '../fields.ts';
import { shown } from '../format.ts';
import { u32Of } from '../numbers.ts';
import { presentName, SHAPES, type Shape, soundsOfInterrupts } from './shapes.ts';

/** An event about interrupts. */
export interface QemuEvent {
  /** The name in the latest version of QEMU. */
  readonly name: string;
  /** The device, such as `0000:01:00.0`; null if the event does not name it. */
  readonly device: string | null;
  /** Its numbers, by name. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Its value that is text, such as the result of a hot reset; empty without one. */
  readonly text: string;
  /** The event as quoted text, such as `vfio_msix_vector_do_use vector 3`. */
  readonly said: string;
  readonly column: number;
}

/** A line of a trace. */
export type QemuLine =
  | { readonly kind: 'event'; readonly event: QemuEvent }
  | { readonly kind: 'passed'; readonly why: string }
  | { readonly kind: 'broken'; readonly column: number; readonly expected: string; readonly found: string };

/** The name of an event. A kernel function with an offset, a call or a field with such a name is none. */
const NAME = /(?:^|[\s:(>|\]])((?:vfio|iommufd_cdev)_[a-z0-9_]*)(?![\w(=+])/;

const EVENTS = 'the name of an event in hw/vfio/trace-events';

/** Reads a line. */
export function qemuEventOf(text: string): QemuLine {
  const found = NAME.exec(text);
  const said = found?.[1] ?? '';
  if (found === null) {
    const cut = text.search(/\bvfio$/);
    if (cut >= 0) return { kind: 'broken', column: cut + 1, expected: EVENTS, found: shown(text.slice(cut)) };
    return { kind: 'passed', why: text.trim() === '' ? 'empty' : 'not a vfio event' };
  }
  const at = found.index + found[0].length - said.length;
  const column = at + 1;
  const name = presentName(said);
  const shape = SHAPES.get(name);
  const rest = text.slice(at + said.length).trim();
  if (shape === undefined) {
    if (endsWithWords(text.slice(0, at))) return { kind: 'passed', why: 'not a vfio event' };
    const isCut = said === 'vfio_' || soundsOfInterrupts(said);
    return isCut
      ? { kind: 'broken', column, expected: EVENTS, found: shown(said) }
      : { kind: 'passed', why: 'not an event about interrupts' };
  }
  const args = argumentsOf(shape, rest);
  if (args === null) {
    if (endsWithWords(text.slice(0, at))) return { kind: 'passed', why: `a sentence that names ${said}` };
    return {
      kind: 'broken',
      column: column + said.length + 1,
      expected: `the arguments of ${said} as QEMU prints them`,
      found: shown(rest),
    };
  }
  const index = args.numbers.get('index');
  return {
    kind: 'event',
    event: { name, ...args, said: index === undefined ? said : `${said} vector ${index}`, column },
  };
}

/** True for the beginning of a sentence. An event is the first word of its line, or follows the tracer's words, which end with a sign. */
function endsWithWords(before: string): boolean {
  return /[\w,.;)”"’]\s+$/.test(before) && !/\d\s+$/.test(before);
}

function argumentsOf(
  { pattern, numbers, optional = [], text, nameless }: Shape,
  rest: string,
): Pick<QemuEvent, 'device' | 'numbers' | 'text'> | null {
  const values = new Map<string, number>();
  const put = (name: string, given: string | undefined) => {
    const value = given === undefined ? null : u32Of(given);
    if (value !== null) values.set(name, value);
    return value !== null || optional.includes(name);
  };
  const found = pattern.exec(rest);
  if (found !== null) {
    const first = nameless === true ? 1 : 2;
    const good = numbers.every((name, at) => put(name, found[at + first]));
    if (!good) return null;
    const said = text === undefined ? '' : (found[first + numbers.length] ?? '');
    return { device: nameless === true ? null : (found[1] ?? null), numbers: values, text: said };
  }
  // simpletrace.py prints the time since the last event, then pid= and the arguments by name
  if (!/^-?[\d.]+ pid=\d+/.test(rest)) return null;
  const fields = fieldsOf(rest);
  if (!numbers.every((name) => put(name, fields.get(name)?.text))) return null;
  const plain = (name: string) => fields.get(name)?.text.replace(/^b?['"](.*)['"]$/, '$1');
  return {
    device: nameless === true ? null : (plain('name') ?? dependent(fields)),
    numbers: values,
    text: text === undefined ? '' : (plain(text) ?? ''),
  };
}

/** Returns the device that simpletrace.py prints as four numbers. */
function dependent(fields: ReturnType<typeof fieldsOf>): string | null {
  const [domain, bus, slot, fn] = ['domain', 'bus', 'slot', 'function'].map((name) =>
    u32Of(fields.get(name)?.text ?? ''),
  );
  if (domain == null || bus == null || slot == null || fn == null) return null;
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  return `${hex(domain, 4)}:${hex(bus, 2)}:${hex(slot, 2)}.${hex(fn, 1)}`;
}

// Reads one line of a kernel probe: of bpftrace (public/import/vfio-irqs.bt), of ftrace, perf and trace-cmd for an event on
// vfio_pci_set_irqs_ioctl, and JSON. The name of an event is free, so its fields decide.

import { isWord } from '../../characters.ts';
import { type Field, fieldsOf } from '../fields.ts';
import { jsonText } from './json.ts';

/** The fields of a line by name. */
export type Fields = ReadonlyMap<string, Field>;

/** A line of a probe. */
export type ProbeLine =
  | {
      readonly kind: 'call';
      readonly thread: string;
      readonly fields: Fields;
      /** perf and trace-cmd printed the line, by libtraceevent. */
      readonly isLibtraceevent: boolean;
      /** A thread of the kernel has made the call. */
      readonly isKernel: boolean;
    }
  | { readonly kind: 'data'; readonly thread: string; readonly fields: Fields }
  | {
      readonly kind: 'ret';
      readonly thread: string;
      readonly field: Field | undefined;
      /** The function that made the call, by name or address; null if unknown. */
      readonly caller: string | null;
    }
  | {
      readonly kind: 'descriptor';
      readonly word: 'eventfd' | 'close' | 'device_close';
      readonly fields: Fields;
    }
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'action'; readonly text: string }
  | { readonly kind: 'passed'; readonly why: string }
  | { readonly kind: 'broken'; readonly column: number; readonly expected: string; readonly found: string };

/** Matches the first line of vfio-irqs.bt, which contains the version of its output. */
const SCRIPT = /^# vfio-irqs (\d+)/;
/** The fields of a call. */
export const HEADER = ['flags', 'index', 'start', 'count'] as const;
const EXPECTED = 'flags=, index=, start= and count=';
const NAME = 'vfio_pci_set_irqs_ioctl';

/** Matches messages of bpftrace and trace-cmd. */
const MESSAGE =
  /^Attach(?:ing|ed) \d+ probes?|^@\w*(\[.*\])?:|^Lost \d+ events|^WARNING: |^cpus=\d+$|^CPU \d+ is empty/;
/** Matches a mark that a program has written into the trace. */
const MARK = /:\s+tracing_mark_write:\s+(.*)$/;
/** Matches an event with the place of the probe; a return event has two places. */
const PLACES = /\((\S+?)(?:\s+\[\w+\])?(?:\s+<-\s+(\S+?)(?:\s+\[\w+\])?)?\)/;
const ADDRESS = /^(?:0x)?[\da-f]{8,16}$/;

/** Reads a line. Lines of function_graph are read in graph.ts. */
export function probeLineOf(text: string): ProbeLine {
  const read = jsonText(text);
  switch (read.kind) {
    case 'passed':
      return read;
    case 'broken':
      return { kind: 'broken', column: read.column, expected: 'a JSON object', found: read.found };
    case 'fields':
      return jsonLine(text, read.fields);
    case 'text':
      return textLine(read.text);
  }
}

function jsonLine(text: string, fields: Fields): ProbeLine {
  const thread = threadIn(fields) ?? '';
  if (fields.has('flags') && (fields.has('index') || fields.has('count')))
    return { kind: 'call', thread, fields, isLibtraceevent: false, isKernel: false };
  if (!/vfio|set_irqs/.test(text)) return { kind: 'passed', why: 'another event' };
  return { kind: 'broken', column: 1, expected: EXPECTED, found: text };
}

function textLine(text: string): ProbeLine {
  const isMark = text.includes('tracing_mark_write');
  const ours = isMark ? null : scriptLine(text);
  if (ours !== null) return ours;
  const version = SCRIPT.exec(text)?.[1];
  if (version !== undefined) return { kind: 'version', version };
  if (text.trim() === '') return { kind: 'passed', why: 'empty' };
  if (text.startsWith('#')) return { kind: 'passed', why: 'a comment' };
  if (MESSAGE.test(text)) return { kind: 'passed', why: 'a message of the tracer' };
  const mark = isMark ? MARK.exec(text)?.[1] : undefined;
  if (mark !== undefined) return { kind: 'action', text: mark };
  return scriptLine(text) ?? eventLine(text);
}

/** Reads a line of vfio-irqs.bt. */
function scriptLine(text: string): ProbeLine | null {
  const end = text.indexOf(' tid=');
  if (end <= 0) return null;
  const word = text.slice(0, end);
  for (let at = 0; at < end; at++) if (!isWord(text.charCodeAt(at))) return null;
  const fields = fieldsOf(text);
  const thread = threadIn(fields) ?? '';
  switch (word) {
    case 'data':
      return { kind: 'data', thread, fields };
    case 'ret':
      return { kind: 'ret', thread, field: fields.get('ret'), caller: null };
    case 'eventfd':
    case 'close':
    case 'device_close':
      return { kind: 'descriptor', word, fields };
    case 'set_irqs':
      return { kind: 'call', thread, fields, isLibtraceevent: false, isKernel: false };
    default:
      return { kind: 'broken', column: 1, expected: EXPECTED, found: text };
  }
}

/** Reads a line of ftrace, perf or trace-cmd. */
function eventLine(text: string): ProbeLine {
  const fields = fieldsOf(text);
  const thread = threadOf(text, fields);
  const [, first = '', second = ''] = PLACES.exec(text) ?? [];
  const isOurs = text.includes(NAME);
  if (fields.has('argsz')) return { kind: 'passed', why: 'another event' };
  if (second !== '' && (isOurs || ADDRESS.test(first))) {
    const field = fields.get('ret') ?? fields.get('arg1') ?? fields.get('retval');
    // the kernel prints “caller <- function”, libtraceevent “function <- caller”
    const caller = ADDRESS.test(first) || first.startsWith(NAME) ? second : first;
    if (field !== undefined || isOurs) return { kind: 'ret', thread, field, caller };
  }
  if (fields.has('flags') && (fields.has('index') || fields.has('count'))) {
    const isKernel = /^\s*(?:call_rcu|kworker|rcu)\b/.test(text);
    return { kind: 'call', thread, fields, isLibtraceevent: ADDRESS.test(first), isKernel };
  }
  if (isOurs && (fields.has('ret') || fields.has('arg1')))
    return { kind: 'ret', thread, field: fields.get('ret') ?? fields.get('arg1'), caller: null };
  if (isOurs && isEvent(text)) return { kind: 'broken', column: 1, expected: EXPECTED, found: text };
  if (/^\w*set_irqs\b/.test(text)) return { kind: 'broken', column: 1, expected: EXPECTED, found: text };
  return { kind: 'passed', why: isEvent(text) ? 'another event' : 'not an event' };
}

function isEvent(text: string): boolean {
  return /^\s*\S.*:\s/.test(text);
}

function threadIn(fields: Fields): string | undefined {
  return fields.get('tid')?.text ?? fields.get('pid')?.text;
}

/** Returns the thread of a line: `tid=`, or the number before the processor in lines of ftrace, perf and trace-cmd. */
function threadOf(text: string, fields: Fields): string {
  const said = threadIn(fields);
  if (said !== undefined) return said;
  return /[-\s/](\d+)\s+(?:\([\s\d-]+\)\s+)?\[\d+\]/.exec(text.slice(0, 200))?.[1] ?? '';
}

/** Returns the part of a line that shows a probe of vfio_pci_set_irqs_ioctl, or null. */
export function probeMark(text: string): string | null {
  const script = SCRIPT.exec(text)?.[0] ?? /^set_irqs tid=/.exec(text)?.[0];
  if (script !== undefined) return script;
  if (
    /<- vfio_pci_set_irqs_ioctl\b|\bvfio_pci_set_irqs_ioctl\w*: \(|\(vfio_pci_set_irqs_ioctl\+0x/.test(text)
  )
    return NAME;
  if (/\|\s+(?:\} \/\* )?vfio_pci_set_irqs_ioctl\b/.test(text)) return NAME;
  if (!/flags|vfio/.test(text)) return null;
  const read = jsonText(text);
  if (read.kind === 'text' && read.text !== text) return probeMark(read.text);
  const fields =
    read.kind === 'fields' ? read.fields : read.kind === 'text' ? fieldsOf(text) : new Map<string, Field>();
  if (fields.has('argsz') || !HEADER.every((name) => fields.has(name))) return null;
  return read.kind === 'fields' ? 'JSON with flags, index, start and count' : 'flags, index, start and count';
}

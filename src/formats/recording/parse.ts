// Reads a recording (docs/recording-format.md): JSON lines with a header, an initial state, then steps in order. Problems name
// the line and the field.

import * as v from 'valibot';
import { failed, ok, type Problem, type Result } from '../../base/result.ts';
import type { Line, Op } from '../../kernel/line.ts';
import type { ObservedStep, Recording, RecordingHeader } from '../../recordings/recording.ts';
import type { ObservedCall, ObservedState } from '../../session/observe.ts';
import type { TracedResult } from '../../session/script.ts';
import { type IrqSetData, NO_DATA } from '../../uapi/irqSet.ts';
import {
  type callSchema,
  headerSchema,
  initialSchema,
  type RecordedOp,
  type stateSchema,
  stepSchema,
} from './schema.ts';

/** Reads the text of a `.jsonl` recording. The problem names the line and the field. */
export function parseRecording(text: string): Result<Recording> {
  const reader = new RecordingReader();
  for (const line of text.split('\n')) {
    const problem = reader.add(line);
    if (problem !== null) return failed(problem);
  }
  return reader.end();
}

/** Reads a recording line by line, up to the first bad line. */
export class RecordingReader {
  #line = 0;
  /** Empty lines so far. They are accepted at the end of a file only. */
  #empty = 0;
  #header: RecordingHeader | null = null;
  #initial: ObservedState | null = null;
  readonly #steps: ObservedStep[] = [];

  /** Reads the next line. Returns its problem, or null. */
  add(text: string): Problem | null {
    if (text.trim() === '') {
      this.#empty++;
      return null;
    }
    for (; this.#empty > 0; this.#empty--) {
      const problem = this.#add('');
      if (problem !== null) return problem;
    }
    return this.#add(text);
  }

  #add(text: string): Problem | null {
    const line = ++this.#line;
    if (line === 1) {
      const header = parseLine(headerSchema, text, line);
      if (!header.ok) return header.problems[0];
      this.#header = headerOf(header.value);
      return null;
    }
    if (line === 2) {
      const initial = parseLine(initialSchema, text, line);
      if (!initial.ok) return initial.problems[0];
      this.#initial = stateOf(initial.value.after);
      return null;
    }
    const step = parseLine(stepSchema, text, line);
    if (!step.ok) return step.problems[0];
    if (step.value.n !== this.#steps.length)
      return problem(line, 'n', `step number ${this.#steps.length}`, String(step.value.n));
    const unlike = this.#header === null ? null : unlikeHeader(this.#header, step.value, line);
    if (unlike !== null) return unlike;
    this.#steps.push(stepOf(step.value));
    return null;
  }

  /** Returns the recording, or a problem if it is incomplete. */
  end(): Result<Recording> {
    const [header, initial] = [this.#header, this.#initial];
    if (header === null || initial === null) {
      const missing = this.#add('');
      return failed(missing ?? problem(this.#line, undefined, 'a line of JSON', 'the end of the file'));
    }
    return ok({ header, initial, steps: this.#steps });
  }
}

/** The contents of one line of a recording. */
export type RecordedLine =
  | { readonly kind: 'header'; readonly header: RecordingHeader }
  | { readonly kind: 'initial' }
  | { readonly kind: 'step'; readonly n: number; readonly line: Line; readonly traced: TracedResult };

/** Reads one line alone, line `line` of its file: the header, the initial state, or a step. */
export function parseRecordedLine(text: string, line: number): Result<RecordedLine> {
  if (line === 1) {
    const read = parseLine(headerSchema, text, line);
    return read.ok ? ok({ kind: 'header', header: headerOf(read.value) }) : read;
  }
  if (line === 2) {
    const read = parseLine(initialSchema, text, line);
    return read.ok ? ok({ kind: 'initial' }) : read;
  }
  const read = parseLine(stepSchema, text, line);
  return read.ok
    ? ok({
        kind: 'step',
        n: read.value.n,
        line: { op: opOf(read.value.op), faults: read.value.faults ?? [] },
        traced: tracedOf(read.value),
      })
    : read;
}

function parseLine<Schema extends v.GenericSchema>(
  schema: Schema,
  text: string,
  line: number,
): Result<v.InferOutput<Schema>> {
  let json: unknown;
  try {
    json = JSON.parse(quoteLongNumbers(text));
  } catch (error) {
    const found =
      text === '' ? 'the end of the file' : error instanceof Error ? error.message : 'invalid JSON';
    return failed(problem(line, undefined, 'a line of JSON', found));
  }
  const parsed = v.safeParse(schema, json, { abortPipeEarly: true });
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue) ?? undefined;
  return failed(problem(line, path, issue.expected ?? issue.message, issue.received));
}

function problem(line: number, path: string | undefined, expected: string, found: string): Problem {
  return { at: { line, ...(path === undefined ? {} : { path }) }, expected, found };
}

/** Puts long numbers into quotes, because JSON.parse rounds numbers above 2^53. */
function quoteLongNumbers(text: string): string {
  return /\d{16}/.test(text) ? text.replace(/(?<=[:[,]\s*)\d{16,20}(?=\s*[,}\]])/g, '"$&"') : text;
}

/** Returns a problem if the step has kernel calls and the header lists none as observed, or the reverse. */
function unlikeHeader(
  { observed }: RecordingHeader,
  { calls }: v.InferOutput<typeof stepSchema>,
  line: number,
): Problem | null {
  if (observed.calls === (calls !== undefined)) return null;
  return calls === undefined
    ? problem(line, 'calls', 'Array', 'undefined')
    : problem(line, 'calls', 'no calls, because the header does not list them as observed', 'Array');
}

/** Returns the result of a step without the number of an eventfd object, which is internal to the recorder. */
function tracedOf({ ret, errno, out }: v.InferOutput<typeof stepSchema>): TracedResult {
  const { ev: _, ...values } = out ?? {};
  return { ret, errno, out: Object.keys(values).length === 0 ? null : values };
}

function headerOf(line: v.InferOutput<typeof headerSchema>): RecordingHeader {
  const { name, about, kernel, machine, config, device, irqInfo, observed } = line;
  return {
    name,
    about,
    release: kernel.release,
    driver: kernel.driver,
    arch: machine.arch,
    irqRemapping: machine.irqRemapping,
    cpus: machine.cpus,
    config,
    device,
    irqInfo,
    observed: { calls: observed.includes('calls'), log: observed.includes('log') },
  };
}

function stateOf(state: v.InferOutput<typeof stateSchema>): ObservedState {
  const eventfds = Object.entries(state.eventfds).map(([fd, count]) => [Number(fd), count] as const);
  return { ...state, eventfds: new Map(eventfds.sort(([a], [b]) => a - b)) };
}

function stepOf(line: v.InferOutput<typeof stepSchema>): ObservedStep {
  return {
    n: line.n,
    op: opOf(line.op),
    faults: line.faults ?? [],
    ret: line.ret,
    errno: line.errno,
    out: line.out ?? null,
    calls: (line.calls ?? []).map(callOf),
    after: stateOf(line.after),
    log: line.log ?? [],
  };
}

/** Returns the operation of its recorded form. */
export function opOf(recorded: RecordedOp): Op {
  if (recorded.op === 'write') {
    const { size, ...write } = recorded;
    return size === undefined ? write : { ...write, size };
  }
  if (recorded.op !== 'set_irqs') return recorded;
  const { op, argsz, flags, index, start, count, i32, u8 } = recorded;
  const data: IrqSetData =
    i32 !== undefined
      ? { kind: 'i32', values: i32 }
      : u8 !== undefined
        ? { kind: 'u8', values: u8 }
        : NO_DATA;
  return { op, argsz, flags, index, start, count, data };
}

function callOf(recorded: v.InferOutput<typeof callSchema>): ObservedCall {
  const { fn, depth, interrupt, ret, ...rest } = recorded;
  const args: Record<string, number | string | null | readonly number[]> = {};
  for (const [name, value] of Object.entries(rest)) {
    args[name] = typeof value === 'boolean' ? Number(value) : value;
  }
  return { fn, depth, interrupt: interrupt ?? false, ...(ret === undefined ? {} : { ret }), args };
}

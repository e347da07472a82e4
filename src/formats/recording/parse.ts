// Reads a recording: JSON lines, one header, one initial state, then steps in order. What is wrong is named by line and
// field, and nothing is guessed.

import * as v from 'valibot';
import { failed, ok, type Problem, type Result } from '../../base/result.ts';
import type { Op } from '../../kernel/line.ts';
import type {
  ObservedCall,
  ObservedState,
  ObservedStep,
  Recording,
  RecordingHeader,
} from '../../session/recording.ts';
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
  const reading = readRecording(text);
  for (;;) {
    const { done, value } = reading.next();
    if (done === true) return value;
  }
}

/** The same line by line, for a long one: stops after each line and says which part (0 to 1) is done. */
export function* readRecording(text: string): Generator<number, Result<Recording>> {
  const lines = text.split('\n');
  const reader = new RecordingReader();
  for (const [at, line] of lines.entries()) {
    const problem = reader.add(line);
    if (problem !== null) return failed(problem);
    yield at / lines.length;
  }
  return reader.end();
}

/** Reads a recording that comes line by line, and stops at the first that is wrong. */
export class RecordingReader {
  #line = 0;
  /** Empty lines are none at the end of a file, and wrong before others. */
  #empty = 0;
  #header: RecordingHeader | null = null;
  #initial: ObservedState | null = null;
  readonly #steps: ObservedStep[] = [];

  /** Takes the next line; what is wrong with it, or null. */
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

  /** The recording, or what is missing of it. */
  end(): Result<Recording> {
    const [header, initial] = [this.#header, this.#initial];
    if (header === null || initial === null) {
      const missing = this.#add('');
      return failed(missing ?? problem(this.#line, undefined, 'a line of JSON', 'the end of the file'));
    }
    return ok({ header, initial, steps: this.#steps });
  }
}

/** What one line of a recording says by itself. */
export type RecordedLine =
  | { readonly kind: 'header'; readonly header: RecordingHeader }
  | { readonly kind: 'initial' }
  | { readonly kind: 'step'; readonly n: number; readonly op: Op };

/** Reads one line by itself, the `line`th of its file: the header, the initial state, or a step. */
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
  return read.ok ? ok({ kind: 'step', n: read.value.n, op: opOf(read.value.op) }) : read;
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
    const found = text === '' ? 'the end of the file' : error instanceof Error ? error.message : 'no JSON';
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

/** Numbers past 2^53 lose digits in JSON.parse, so they are handed on as strings of digits. */
function quoteLongNumbers(text: string): string {
  return /\d{16}/.test(text) ? text.replace(/(?<=[:[,]\s*)\d{16,20}(?=\s*[,}\]])/g, '"$&"') : text;
}

/** A step has kernel calls exactly where the header says that they were observed. */
function unlikeHeader(
  { observed }: RecordingHeader,
  { calls }: v.InferOutput<typeof stepSchema>,
  line: number,
): Problem | null {
  if (observed.calls === (calls !== undefined)) return null;
  return calls === undefined
    ? problem(line, 'calls', 'Array', 'undefined')
    : problem(line, 'calls', 'no calls, as the header says that none were observed', 'Array');
}

function headerOf(line: v.InferOutput<typeof headerSchema>): RecordingHeader {
  const { name, about, kernel, machine, config, device, irqInfo, observed } = line;
  return {
    name,
    about,
    release: kernel.release,
    driver: kernel.driver,
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
    ret: line.ret,
    errno: line.errno,
    out: line.out ?? null,
    calls: (line.calls ?? []).map(callOf),
    after: stateOf(line.after),
    log: line.log ?? [],
  };
}

/** The operation that is meant. */
export function opOf(recorded: RecordedOp): Op {
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

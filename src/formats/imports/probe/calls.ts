// Collects the calls of a probe: arguments, values and result are in several lines, and threads alternate.

import { MSIX_VECTORS_MAX } from '../../../machine/device.ts';
import { isDigit } from '../../characters.ts';
import type { Field } from '../fields.ts';
import { listOf } from '../fields.ts';
import { shown } from '../format.ts';
import { type SetIrqsFields, s32Of, u32Of, valuesNeeded } from '../numbers.ts';
import { Graph } from './graph.ts';
import { type Fields, HEADER, type ProbeLine, probeLineOf } from './line.ts';

/** A problem of a call. */
interface CallProblem {
  readonly column: number;
  readonly expected: string;
  readonly found: string;
}

/** A call of vfio_pci_set_irqs_ioctl. */
export interface ProbeCall {
  readonly line: number;
  /** The struct vfio_pci_core_device; null if the trace does not tell. */
  readonly vdev: string | null;
  /** Null if an argument is missing. */
  readonly fields: SetIrqsFields | null;
  readonly values: (number | undefined)[];
  /** perf or trace-cmd printed the values as an array, at this column. */
  readonly libtraceArray: number | null;
  /** A thread of the kernel has made it. */
  readonly isKernel: boolean;
  caller: string | null;
  ret: number | null;
  /** Its first problem, or null. */
  problem: CallProblem | null;
}

/** The meaning of a line. */
export type Collected =
  | { readonly kind: 'begun'; readonly call: ProbeCall }
  /** The line has values of the call, if the call is known. */
  | { readonly kind: 'values'; readonly call: ProbeCall | null }
  | { readonly kind: 'ended'; readonly call: ProbeCall | null; readonly ret: number }
  | Exclude<ProbeLine, { readonly kind: 'call' | 'data' | 'ret' }>;

const FEW = 64;

/** Collects the calls of one text. */
export class ProbeCalls {
  readonly #graph = new Graph();
  #line = 0;
  /** Unfinished calls by thread. */
  readonly #calls = new Map<string, ProbeCall>();
  #finished: ProbeCall[] = [];

  /** Reads the next line. */
  add(text: string): Collected {
    this.#line++;
    const graph = this.#graph.read(text);
    if (graph !== null) {
      if (graph.kind === 'passed') return graph;
      if (graph.kind === 'end') return this.#ended(graph.thread, graph.ret);
      const call = this.#begin(graph.thread, graph.fields, {
        column: graph.column,
        isKernel: false,
        isLibtraceevent: false,
        text: 'function_graph without arguments',
      });
      call.caller = graph.caller;
      if (graph.isWhole) {
        call.ret = graph.ret;
        this.#end(graph.thread);
      }
      return { kind: 'begun', call };
    }
    const read = probeLineOf(text);
    switch (read.kind) {
      case 'call': {
        const call = this.#begin(read.thread, read.fields, { ...read, column: 0, text });
        const ret = read.fields.get('ret');
        if (ret === undefined) return { kind: 'begun', call };
        call.ret = s32Of(ret.text);
        if (call.ret === null)
          call.problem ??= { column: ret.column, expected: 'a result', found: shown(ret.text) };
        this.#end(read.thread);
        return { kind: 'begun', call };
      }
      case 'data':
        return this.#data(text, read.thread, read.fields);
      case 'ret': {
        const ret = read.field === undefined ? null : s32Of(read.field.text);
        if (ret === null)
          return {
            kind: 'broken',
            column: read.field?.column ?? text.length + 1,
            expected: 'ret= and a number',
            found: shown(read.field?.text ?? ''),
          };
        const call = this.#calls.get(read.thread);
        if (call !== undefined) call.caller ??= read.caller;
        return this.#ended(read.thread, ret);
      }
      default:
        return read;
    }
  }

  /** Returns the calls that are complete now. */
  takeFinished(): readonly ProbeCall[] {
    const finished = this.#finished;
    this.#finished = [];
    return finished;
  }

  /** Ends the text; `takeFinished` then returns the remaining calls. */
  end(): void {
    for (const thread of [...this.#calls.keys()]) this.#end(thread);
  }

  #end(thread: string): void {
    const call = this.#calls.get(thread);
    this.#calls.delete(thread);
    if (call !== undefined) this.#finished.push(call);
  }

  #ended(thread: string, ret: number | null): Collected {
    const call = this.#calls.get(thread) ?? null;
    if (call !== null) call.ret = ret;
    this.#end(thread);
    return ret === null ? { kind: 'passed', why: 'the end of a call' } : { kind: 'ended', call, ret };
  }

  #begin(
    thread: string,
    fields: Fields,
    line: {
      readonly column: number;
      readonly text: string;
      readonly isKernel: boolean;
      readonly isLibtraceevent: boolean;
    },
  ): ProbeCall {
    // no further values or result of the earlier call will follow
    this.#end(thread);
    const numbers: number[] = [];
    let problem: CallProblem | null = null;
    for (const name of HEADER) {
      const field = fields.get(name);
      const value = field === undefined ? null : u32Of(field.text);
      if (value !== null) numbers.push(value);
      else if (line.column > 0) problem ??= { column: line.column, expected: NO_ARGUMENTS, found: line.text };
      else
        problem ??= {
          column: field?.column ?? line.text.length + 1,
          expected: `${name}= and a number`,
          found: shown(field?.text ?? ''),
        };
    }
    const [flags = 0, index = 0, start = 0, count = 0] = numbers;
    const data = fields.get('data');
    const isArray = data !== undefined && !/^0x[\da-f]{9,}$/i.test(data.text);
    const call: ProbeCall = {
      line: this.#line,
      vdev: fields.get('vdev')?.text ?? null,
      fields: problem === null ? { flags, index, start, count } : null,
      values: [],
      libtraceArray: isArray && line.isLibtraceevent ? data.column : null,
      isKernel: line.isKernel,
      caller: null,
      ret: null,
      problem,
    };
    this.#calls.set(thread, call);
    if (isArray)
      for (const [at, value] of listOf(data.text).entries()) take(call, at, { ...data, text: value });
    for (const [name, field] of fields) {
      // most fields are none of the values
      const at = isDigit(name.charCodeAt(name.length - 1))
        ? /^(?:d|data|fd)(\d{1,4})$/.exec(name)?.[1]
        : undefined;
      if (at !== undefined) take(call, Number(at), field);
    }
    return call;
  }

  #data(text: string, thread: string, fields: Fields): Collected {
    const call = this.#calls.get(thread) ?? null;
    if (call === null) return { kind: 'values', call };
    const at = fields.get('at');
    const from = at === undefined ? null : u32Of(at.text);
    if (at === undefined || from === null || from > MSIX_VECTORS_MAX) {
      const column = at?.column ?? text.length + 1;
      return { kind: 'broken', column, expected: 'at= and a number', found: shown(at?.text ?? '') };
    }
    const begin = text.indexOf('at=') + 3 + at.text.length;
    for (const [n, value] of listOf(text.slice(begin).replace(/["\\}].*$/, ''))
      .slice(0, FEW)
      .entries())
      take(call, from + n, { text: value, column: begin + 1 });
    return { kind: 'values', call };
  }
}

const NO_ARGUMENTS =
  'flags=, index=, start= and count=, which function_graph does not record; a kprobe event or vfio-irqs.bt does';

/** Notes a value that the call needs. */
function take(call: ProbeCall, at: number, { text, column }: Field): void {
  if (call.fields === null || at >= valuesNeeded(call.fields)) return;
  const value = s32Of(text);
  if (value === null) call.problem ??= { column, expected: 'a descriptor or a byte', found: shown(text, 20) };
  else call.values[at] = value;
}

// Imports the output of a kernel probe of vfio_pci_set_irqs_ioctl: text and JSON of bpftrace (public/import/vfio-irqs.bt), lines
// of ftrace and perf for a kprobe event, and JSON objects, one per line. The kernel calls the function only after the shared
// checks and the copy of the data succeed, and without argsz.

import type { Op } from '../../../kernel/line.ts';
import { MSIX_VECTORS_MAX } from '../../../machine/device.ts';
import { VFIO_IRQ_SET_DATA_EVENTFD } from '../../../uapi/vfio.ts';
import { Descriptors, OPENED_BEFORE } from '../descriptors.ts';
import { type Field, fieldsOf, listOf } from '../fields.ts';
import { bad, became, type ImportFormat, type ImportReader, type Outcome, shown } from '../format.ts';
import { Ledger } from '../ledger.ts';
import { fdOf, type SetIrqsFields, s32Of, setIrqsOp, u32Of, valuesNeeded } from '../numbers.ts';
import { jsonText } from './json.ts';

/** Matches the first line of vfio-irqs.bt, which contains the version of its output. */
const SCRIPT = /^# vfio-irqs (\d+)/;
const EBADF = -9;
const EFD_SEMAPHORE = 1;

/** The output of a kernel probe. */
export const KPROBE: ImportFormat = {
  id: 'kprobe',
  label: 'Kernel probe (bpftrace, perf, ftrace)',
  thing: 'kernel probe',
  travels: true,
  mark: (text) => {
    const line = jsonText(text);
    const from = line.kind === 'text' ? line.text : text;
    return (
      SCRIPT.exec(from)?.[0] ??
      /^set_irqs tid=/.exec(from)?.[0] ??
      /\bvfio_pci_set_irqs_ioctl\b/.exec(from)?.[0] ??
      (line.kind === 'fields' && ['flags', 'index', 'start', 'count'].every((name) => line.fields.has(name))
        ? 'JSON with flags, index, start and count'
        : null)
    );
  },
  begin: () => ({ open: () => new ProbeReader() }),
};

/** A SET_IRQS whose values or result may follow. */
interface Call {
  readonly line: number;
  readonly fields: SetIrqsFields;
  readonly values: (number | undefined)[];
  ret: number | null;
  /** Its first problem, or null. */
  problem: Outcome | null;
}

class ProbeReader implements ImportReader {
  readonly #ledger = new Ledger((line) => bad(line, 1, 'the rest of the call', 'the end of the trace'));
  readonly #descriptors = new Descriptors();
  /** Unfinished calls by thread. */
  readonly #calls = new Map<string, Call>();
  /** The imported device: the first device of the trace. */
  #vdev: string | null = null;
  #version: string | null = null;
  #opened = false;

  add(text: string): readonly Outcome[] {
    const line = this.#ledger.next();
    const read = jsonText(text);
    if (read.kind === 'passed') this.#ledger.pass(line, read.why);
    else if (read.kind === 'broken') this.#decide(line, bad(line, read.column, 'a JSON object', read.found));
    else if (read.kind === 'fields') this.#event(line, '', read.fields, text);
    else this.#text(line, read.text);
    return this.#ledger.take();
  }

  end() {
    for (const call of this.#calls.values()) this.#finish(call);
    const assumed = ['argsz is not in the trace; the script uses the size of header and values.'];
    const outcomes = this.#ledger.end();
    if (this.#opened) assumed.push(OPENED_BEFORE);
    return { outcomes, device: null, assumed };
  }

  #text(line: number, text: string): void {
    const version = SCRIPT.exec(text)?.[1];
    if (version !== undefined && version !== '1') this.#version = version;
    if (this.#version !== null) {
      this.#decide(line, bad(line, 1, 'the output of vfio-irqs version 1', `version ${this.#version}`));
    } else if (text.trim() === '' || text.startsWith('#')) {
      this.#ledger.pass(line, text.trim() === '' ? 'empty' : 'a comment');
    } else if (/^Attaching \d+ probes?\.\.\.|^@\w*(\[.*\])?:|^Lost \d+ events/.test(text)) {
      this.#ledger.pass(line, 'a message of bpftrace');
    } else {
      this.#event(line, text, fieldsOf(text), text);
    }
  }

  #event(line: number, text: string, fields: ReadonlyMap<string, Field>, whole: string): void {
    const word = /^(\w+) tid=/.exec(text)?.[1] ?? '';
    const thread = threadOf(text, fields);
    const vdev = fields.get('vdev')?.text ?? null;
    if (vdev !== null) {
      this.#vdev ??= vdev;
      if (vdev !== this.#vdev) {
        this.#ledger.pass(line, `another device: ${shown(vdev, 20)}`);
        // later values and results belong to the other device
        this.#end(thread);
        return;
      }
    }
    switch (word) {
      case 'data':
        this.#data(line, text, thread, fields);
        return;
      case 'ret':
        this.#ret(line, text, thread, fields);
        return;
      case 'eventfd':
      case 'close':
      case 'device_close':
        this.#descriptor(line, text, word, fields);
        return;
      default:
        break;
    }
    if (fields.has('flags') && (fields.has('index') || fields.has('count'))) {
      this.#setIrqs(line, whole, thread, fields);
    } else if (text.includes('vfio_pci_set_irqs_ioctl') && (fields.has('ret') || fields.has('arg1'))) {
      this.#ret(line, text, thread, fields);
    } else if (word === '' && !/vfio|set_irqs/.test(whole) && /^\s*\S.*:\s|^\{/.test(whole)) {
      this.#ledger.pass(line, 'another event');
    } else {
      this.#decide(line, bad(line, 1, 'flags=, index=, start= and count=', shown(whole)));
    }
  }

  #setIrqs(line: number, text: string, thread: string, fields: ReadonlyMap<string, Field>): void {
    this.#end(thread);
    const numbers: number[] = [];
    for (const name of ['flags', 'index', 'start', 'count']) {
      const field = fields.get(name);
      const value = field === undefined ? null : u32Of(field.text);
      if (value === null) {
        const column = field?.column ?? text.length + 1;
        this.#decide(line, bad(line, column, `${name}= and a number`, shown(field?.text ?? '')));
        return;
      }
      numbers.push(value);
    }
    const [flags = 0, index = 0, start = 0, count = 0] = numbers;
    const call: Call = { line, fields: { flags, index, start, count }, values: [], ret: null, problem: null };
    const data = fields.get('data');
    if (data !== undefined && !/^0x[\da-f]{9,}$/i.test(data.text)) {
      for (const [at, value] of listOf(data.text).entries()) this.#value(call, at, value, data.column, line);
    }
    const ret = fields.get('ret');
    if (ret !== undefined) call.ret = s32Of(ret.text);
    if (ret !== undefined && call.ret === null)
      call.problem = bad(line, ret.column, 'a result', shown(ret.text));
    if (ret === undefined) this.#calls.set(thread, call);
    else this.#finish(call);
  }

  #value(call: Call, at: number, text: string, column: number, line: number): void {
    if (at >= valuesNeeded(call.fields)) return;
    const value = s32Of(text);
    if (value === null) call.problem ??= bad(line, column, 'a descriptor or a byte', shown(text, 20));
    else call.values[at] = value;
  }

  #data(line: number, text: string, thread: string, fields: ReadonlyMap<string, Field>): void {
    const call = this.#calls.get(thread);
    if (call === undefined) {
      this.#ledger.pass(line, 'values of a call before the trace begins or of another device');
      return;
    }
    const at = fields.get('at');
    const from = at === undefined ? null : u32Of(at.text);
    if (at === undefined || from === null || from > MSIX_VECTORS_MAX) {
      this.#decide(line, bad(line, at?.column ?? text.length + 1, 'at= and a number', shown(at?.text ?? '')));
      return;
    }
    const begin = at.column - 1 + at.text.length;
    for (const [n, value] of listOf(text.slice(begin)).slice(0, 64).entries())
      this.#value(call, from + n, value, begin + 1, line);
    this.#ledger.pass(line, `values of line ${call.line}`);
  }

  #ret(line: number, text: string, thread: string, fields: ReadonlyMap<string, Field>): void {
    const field = fields.get('ret') ?? fields.get('arg1');
    const ret = field === undefined ? null : s32Of(field.text);
    if (ret === null) {
      this.#decide(
        line,
        bad(line, field?.column ?? text.length + 1, 'ret= and a number', shown(field?.text ?? '')),
      );
      return;
    }
    const call = this.#calls.get(thread);
    this.#ledger.pass(
      line,
      call === undefined
        ? 'the result of a call before the trace begins or of another device'
        : `line ${call.line} returned ${ret}`,
    );
    if (call === undefined) return;
    call.ret = ret;
    this.#calls.delete(thread);
    this.#finish(call);
  }

  #descriptor(line: number, text: string, word: string, fields: ReadonlyMap<string, Field>): void {
    if (word === 'device_close') {
      this.#operation(line, [{ op: 'release' }]);
      return;
    }
    const field = fields.get('fd');
    const fd = field === undefined ? null : fdOf(field.text);
    if (fd === null) {
      this.#decide(
        line,
        bad(line, field?.column ?? text.length + 1, 'fd= and a descriptor', shown(field?.text ?? '')),
      );
      return;
    }
    if (word === 'close') {
      this.#operation(line, [{ op: 'close', fd }]);
      return;
    }
    const initval = u32Of(fields.get('initval')?.text ?? '0') ?? 0;
    const flags = u32Of(fields.get('flags')?.text ?? '0') ?? 0;
    const semaphore = (flags & EFD_SEMAPHORE) !== 0;
    this.#operation(line, [{ op: 'eventfd', fd, initval: BigInt(initval), semaphore }]);
  }

  /** Finishes the thread's call: no further values or result will follow. */
  #end(thread: string): void {
    const call = this.#calls.get(thread);
    this.#calls.delete(thread);
    if (call !== undefined) this.#finish(call);
  }

  /** Decides a complete call. */
  #finish({ line, fields, values, ret, problem }: Call): void {
    const needed = valuesNeeded(fields);
    const known = values.filter((value) => value !== undefined);
    if (problem !== null) this.#decide(line, problem);
    else if (known.length < needed) {
      const what = (fields.flags & VFIO_IRQ_SET_DATA_EVENTFD) === 0 ? 'byte' : 'descriptor';
      const found = known.length === 0 ? 'no values, so its arguments are unknown' : `only ${known.length}`;
      this.#decide(line, bad(line, 1, `data= and ${needed} ${what}${needed === 1 ? '' : 's'}`, found));
    } else this.#operation(line, [setIrqsOp(fields, known)], ret !== EBADF && (ret ?? 0) <= 0);
  }

  /** Decides the operations of a line. `good`: its descriptors were valid, so missing ones are opened before. */
  #operation(line: number, ops: readonly Op[], good = false): void {
    this.#ledger.decide(line, () => {
      const before = good ? ops.flatMap((op) => this.#descriptors.missing(op)) : [];
      if (before.length > 0) this.#opened = true;
      const all = [...before, ...ops];
      for (const op of all) this.#descriptors.follow(op);
      return became(all);
    });
  }

  #decide(line: number, outcome: Outcome): void {
    this.#ledger.decide(line, () => outcome);
  }
}

/** Returns the thread of a line: `tid=`, or the number before the processor in lines of ftrace and perf. */
function threadOf(text: string, fields: ReadonlyMap<string, Field>): string {
  const tid = fields.get('tid')?.text ?? fields.get('pid')?.text;
  if (tid !== undefined) return tid;
  return /[-\s](\d+)\s+\[\d+\]/.exec(text.slice(0, 200))?.[1] ?? '';
}

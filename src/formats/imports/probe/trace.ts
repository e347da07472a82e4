// Imports the output of a kernel probe of vfio_pci_set_irqs_ioctl: text and JSON of bpftrace (public/import/vfio-irqs.bt), lines
// of ftrace, perf and trace-cmd for a kprobe event, function_graph, and JSON objects, one per line. The kernel calls the function
// only after the shared checks and the copy of the data succeed, and without argsz.

import type { Op } from '../../../kernel/line.ts';
import { type TracedResult, tidyAction } from '../../../session/script.ts';
import { VFIO_IRQ_SET_DATA_EVENTFD } from '../../../uapi/vfio.ts';
import { errnoNameOf } from '../errnoNames.ts';
import {
  bad,
  became,
  type Choices,
  type Guess,
  type ImportFormat,
  type ImportPass,
  type ImportReader,
  type Outcome,
  passed,
  shown,
} from '../format.ts';
import { Ledger } from '../ledger.ts';
import { lookedLines } from '../looked.ts';
import { fdOf, setIrqsOp, u32Of, valuesNeeded } from '../numbers.ts';
import { UsedDevice } from '../usedDevice.ts';
import { type ProbeCall, ProbeCalls } from './calls.ts';
import { DeviceState } from './device.ts';
import { type Fields, probeMark } from './line.ts';
import { ProbeSurvey } from './survey.ts';

const EBADF = -9;
const EFD_SEMAPHORE = 1;
const LONGEST_ACTION = 200;

/** The output of a kernel probe. */
export const KPROBE: ImportFormat = {
  id: 'kprobe',
  label: 'Kernel probe (bpftrace, perf, ftrace)',
  thing: 'kernel probe',
  travels: true,
  mark: probeMark,
  begin: () => new ProbePass(),
};

class ProbePass implements ImportPass {
  readonly #survey = new ProbeSurvey();
  readonly #line = lookedLines();

  look(text: string): void {
    this.#survey.look(this.#line(text));
  }

  open(choices: Choices): ImportReader {
    this.#survey.end();
    return new ProbeReader(this.#survey, choices);
  }
}

class ProbeReader implements ImportReader {
  readonly #ledger = new Ledger((line) => bad(line, 1, 'the rest of the call', 'the end of the trace'));
  readonly #calls = new ProbeCalls();
  readonly #state = new DeviceState();
  readonly #device = new UsedDevice();
  readonly #survey: ProbeSurvey;
  readonly #guesses: Guess[] = [];
  /** The imported device; null if the trace names none. */
  readonly #vdev: string | null;
  #version: string | null = null;
  #eventfds = 0;
  /** The open eventfds that the script has. */
  readonly #shown = new Set<number>();
  /** The marks since the last operation. */
  #actions: string[] = [];

  constructor(survey: ProbeSurvey, choices: Choices) {
    this.#survey = survey;
    const names = [...survey.devices.keys()];
    const wanted = choices.get('device');
    this.#vdev = names.find((name) => name === wanted) ?? names[0] ?? null;
    if (this.#vdev === null || names.length < 2) return;
    this.#guesses.push({
      id: 'device',
      text: `The trace has ${names.length} devices; the script is that of ${this.#vdev}.`,
      options: [...survey.devices].map(([value, calls]) => ({ value, label: `${value} (${calls} calls)` })),
      value: this.#vdev,
    });
  }

  add(text: string): readonly Outcome[] {
    const line = this.#ledger.next();
    const read = this.#calls.add(text);
    if (read.kind === 'version' && read.version !== '1') this.#version = read.version;
    if (this.#version !== null) {
      this.#decide(line, bad(line, 1, 'the output of vfio-irqs version 1', `version ${this.#version}`));
      return this.#ledger.take();
    }
    switch (read.kind) {
      case 'begun':
        break;
      case 'values':
        if (read.call === null) this.#ledger.pass(line, 'values of a call before the trace begins');
        else this.#ledger.pass(line, 'values of line', read.call.line);
        break;
      case 'ended':
        if (read.call === null) this.#ledger.pass(line, 'the result of a call before the trace begins');
        else this.#ledger.pass(line, `${resultText(read.ret)}, the result of line`, read.call.line);
        break;
      case 'descriptor':
        this.#descriptor(line, text, read.word, read.fields);
        break;
      case 'version':
        this.#ledger.pass(line, 'a comment');
        break;
      case 'action':
        this.#ledger.decide(line, () => {
          this.#actions.push(tidyAction(read.text.replace(/^action\s+/, '')).slice(0, LONGEST_ACTION));
          return passed('the action of the next operation');
        });
        break;
      case 'broken':
        this.#decide(line, bad(line, read.column, read.expected, shown(read.found)));
        break;
      case 'passed':
        this.#ledger.pass(line, read.why);
        break;
    }
    for (const call of this.#calls.takeFinished()) this.#finish(call);
    return this.#ledger.take();
  }

  end() {
    this.#calls.end();
    for (const call of this.#calls.takeFinished()) this.#finish(call);
    const outcomes = this.#ledger.end();
    const assumed = [
      'argsz is not in the trace; the script uses the size of header and values.',
      'Resets of the device are not in the trace, so the script has none.',
      ...this.#state.assumed,
      ...this.#device.assumed,
    ];
    return { outcomes, device: this.#device.spec, assumed, guesses: this.#guesses };
  }

  #descriptor(line: number, text: string, word: 'eventfd' | 'close' | 'device_close', fields: Fields): void {
    if (word === 'device_close') {
      const vdev = fields.get('vdev')?.text ?? null;
      if (vdev !== null && this.#vdev !== null && vdev !== this.#vdev) this.#other(line, vdev);
      else this.#operations(line, () => this.#state.release());
      return;
    }
    const field = fields.get('fd');
    const fd = field === undefined ? null : fdOf(field.text);
    if (fd === null) {
      const column = field?.column ?? text.length + 1;
      this.#decide(line, bad(line, column, 'fd= and a descriptor', shown(field?.text ?? '')));
      return;
    }
    if (word === 'close') {
      if (this.#shown.delete(fd)) this.#operations(line, () => this.#state.close(fd));
      else this.#ledger.pass(line, 'an eventfd that vfio does not get');
      return;
    }
    if (!this.#survey.namedBy(this.#vdev).has(this.#eventfds++)) {
      this.#ledger.pass(line, 'an eventfd that vfio does not get');
      return;
    }
    this.#shown.add(fd);
    const initval = BigInt(u32Of(fields.get('initval')?.text ?? '0') ?? 0);
    const semaphore = ((u32Of(fields.get('flags')?.text ?? '0') ?? 0) & EFD_SEMAPHORE) !== 0;
    this.#operations(line, () => this.#state.eventfd({ op: 'eventfd', fd, initval, semaphore }));
  }

  #other(line: number, vdev: string): void {
    this.#ledger.pass(line, `another device: ${shown(vdev, 20)}`);
  }

  /** Decides a complete call. */
  #finish(call: ProbeCall): void {
    const { line, fields, vdev, ret } = call;
    if (vdev !== null && vdev !== this.#vdev) {
      this.#other(line, vdev);
      return;
    }
    const problem = fields === null ? call.problem : problemOf(call, this.#survey.arraysWork);
    const isClose = fields !== null && this.#survey.callers.isClose(fields, call.caller, call.isKernel);
    const inGraph = fields === null && call.caller !== null;
    if (isClose || inGraph) {
      this.#operations(line, () => this.#state.release());
      return;
    }
    if (problem !== null || fields === null) {
      const { column = 1, expected = '', found = '' } = problem ?? {};
      const result = ret === null ? '' : `, and the call returned ${resultText(ret)}`;
      this.#decide(line, bad(line, column, expected, `${found}${result}`));
      return;
    }
    const values = call.values.filter((value) => value !== undefined);
    const isFound = ret !== EBADF && (ret ?? 0) <= 0;
    this.#operations(line, () => this.#state.setIrqs(setIrqsOp(fields, values), tracedOf(ret), isFound));
  }

  /** Decides the operations of a line; decisions run in the order of lines. */
  #operations(
    line: number,
    made: () => readonly { readonly op: Op; readonly traced: TracedResult | null }[],
  ): void {
    this.#ledger.decide(line, () => {
      const done = made();
      const action = this.#actions.filter((one) => one !== '').join('; ');
      this.#actions = [];
      const outcome = became(
        done.map(({ op }) => op),
        { action, traced: done.map(({ traced }) => traced) },
      );
      this.#device.take(outcome);
      return outcome;
    });
  }

  #decide(line: number, outcome: Outcome): void {
    this.#ledger.decide(line, () => outcome);
  }
}

/** Returns why a call cannot become an operation, or null. */
function problemOf(
  { fields, values, problem, libtraceArray }: ProbeCall,
  arraysWork: boolean,
): ProbeCall['problem'] {
  if (fields === null) return problem;
  const needed = valuesNeeded(fields);
  if (needed === 0) return null;
  if (problem !== null) return problem;
  const known = values.filter((value) => value !== undefined);
  if (libtraceArray !== null && !arraysWork && known.every((value) => value === 0)) {
    return {
      column: libtraceArray,
      expected:
        'the values as fields d0= d1= …, because perf and trace-cmd print an array of a kprobe as zeros',
      found: `data={${known.join(',')}}`,
    };
  }
  if (known.length >= needed) return null;
  const what = (fields.flags & VFIO_IRQ_SET_DATA_EVENTFD) === 0 ? 'byte' : 'descriptor';
  const found = known.length === 0 ? 'no values, so its arguments are unknown' : `only ${known.length}`;
  return { column: 1, expected: `data= and ${needed} ${what}${needed === 1 ? '' : 's'}`, found };
}

function tracedOf(ret: number | null): TracedResult | null {
  if (ret === null) return null;
  if (ret >= 0) return { ret, errno: null, out: null };
  const errno = errnoNameOf(-ret);
  return errno === null ? null : { ret: -1, errno, out: null };
}

function resultText(ret: number): string {
  return ret < 0 ? `−1 ${errnoNameOf(-ret) ?? `with errno ${-ret}`}` : String(ret);
}

// Imports strace text in two dialects: irqscope's own (formats/strace.ts), which contains everything, and that of strace itself,
// of perf trace and of programs based on strace. strace prints a pointer for SET_IRQS, so the arguments are unknown.

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
import { UsedDevice } from '../usedDevice.ts';
import { straceLineOf } from './call.ts';
import { eventOps } from './deviceEvents.ts';
import { CallJoiner } from './joiner.ts';
import { StraceOperations } from './operations.ts';
import { PrintedReader } from './printed.ts';
import type { Thing } from './program.ts';
import { StraceSurvey } from './survey.ts';

/** The strace text that irqscope prints. */
export const PRINTED_STRACE: ImportFormat = {
  id: 'irqscope-strace',
  label: 'strace text of irqscope',
  thing: 'strace text of irqscope',
  travels: true,
  mark: (text) =>
    /^ioctl\(50, VFIO_DEVICE_\w+(?:, \{argsz=|\) = )/.exec(text)?.[0] ??
    /^\[device (?:raises vector|zeroes MSI-X|lowers)/.exec(text)?.[0] ??
    /\bCONFIG\+0x/.exec(text)?.[0] ??
    null,
  over: ['strace'],
  begin: () => ({ open: () => new PrintedReader() }),
};

/** The output of strace. */
export const STRACE: ImportFormat = {
  id: 'strace',
  label: 'strace, perf trace',
  thing: 'strace',
  travels: true,
  mark: (text) => {
    const line = straceLineOf(text);
    if (line.kind === 'call') return `the system call ${line.call.name}()`;
    if (line.kind === 'other') return `the system call ${line.name}()`;
    return line.kind === 'unfinished' ? 'an unfinished system call' : null;
  },
  begin: () => new StracePass(),
};

class StracePass implements ImportPass {
  readonly #survey = new StraceSurvey();
  readonly #line = lookedLines();

  look(text: string): void {
    this.#survey.look(this.#line(text));
  }

  open(choices: Choices): ImportReader {
    return new StraceReader(this.#survey, choices);
  }
}

/** The eventfds of a script whose SET_IRQS strace does not show. */
type Shown = 'during' | 'all' | 'none';
const SHOWN: readonly { readonly value: Shown; readonly label: string }[] = [
  { value: 'during', label: 'those opened while the device is open, before one of its SET_IRQS' },
  { value: 'all', label: 'all eventfds' },
  { value: 'none', label: 'no eventfds' },
];

class StraceReader implements ImportReader {
  readonly #joiner = new CallJoiner();
  readonly #ledger = new Ledger(() => passed(NO_END));
  readonly #operations: StraceOperations;
  readonly #guesses: Guess[] = [];
  readonly #device = new UsedDevice();

  constructor(survey: StraceSurvey, choices: Choices) {
    const { devices, during, deviceFds } = survey;
    const wanted = choices.get('device');
    const device = devices.find(({ name }) => name === wanted) ?? devices[0];
    if (device !== undefined && devices.length > 1) {
      this.#guesses.push({
        id: 'device',
        text: `The trace has ${devices.length} devices; the script is that of ${device.name}.`,
        options: devices.map(({ name, calls }) => ({ value: name, label: `${name} (${calls} calls)` })),
        value: device.name,
      });
    }
    const named = survey.namedBy(device?.name ?? null);
    let shows = (thing: Thing) => named.has(thing.id);
    if (device === undefined) shows = ({ kind }) => kind === 'eventfd';
    else if (survey.decoded === 0 && survey.pointers > 0 && survey.eventfds > 0) {
      const chosen = SHOWN.find(({ value }) => value === choices.get('eventfds'))?.value ?? 'during';
      this.#guesses.push({
        id: 'eventfds',
        text: `strace does not show which eventfds VFIO_DEVICE_SET_IRQS names; the script has ${SHOWN.find(({ value }) => value === chosen)?.label}.`,
        options: SHOWN,
        value: chosen,
      });
      shows = ({ kind, id }) =>
        kind === 'eventfd' && (chosen === 'all' || (chosen === 'during' && during.has(id)));
    }
    this.#operations = new StraceOperations({ device: device?.name ?? null, deviceFds, shows, named });
  }

  add(text: string): readonly Outcome[] {
    const line = this.#ledger.next();
    const read = this.#joiner.add(text);
    for (const lost of this.#joiner.takeLost()) this.#ledger.pass(lost, NO_END);
    switch (read.kind) {
      case 'begun':
        this.#operations.begin(read.pid, read.text);
        break;
      case 'passed':
        this.#ledger.pass(line, read.why);
        break;
      case 'broken':
        if (read.begun !== null) this.#ledger.pass(read.begun, 'continues in line', line);
        this.#decide(line, bad(line, read.column, read.expected, read.found));
        break;
      case 'event': {
        const ops = eventOps(read.text);
        this.#decide(line, ops === null ? bad(line, 1, 'a system call', shown(read.text)) : became(ops));
        break;
      }
      case 'exit':
        this.#decide(line, this.#operations.exit(read.pid));
        break;
      case 'call':
        if (read.begun !== null) this.#ledger.pass(read.begun, 'continues in line', line);
        this.#decide(line, this.#operations.outcome(line, read.pid, read.call));
        break;
    }
    return this.#ledger.take();
  }

  end() {
    const outcomes = this.#ledger.end();
    const assumed = [...this.#operations.assumed, ...this.#device.assumed];
    return { outcomes, device: this.#device.spec, assumed, guesses: this.#guesses };
  }

  #decide(line: number, outcome: Outcome): void {
    this.#device.take(outcome);
    this.#ledger.decide(line, outcome);
  }
}

const NO_END = 'a call whose end the trace does not show';

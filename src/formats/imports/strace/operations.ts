// Converts the system calls of a traced program to operations: calls on the eventfds and on the chosen device, with their results.

import type { Op } from '../../../kernel/line.ts';
import type { TracedResult } from '../../../session/script.ts';
import { OPENED_BEFORE } from '../descriptors.ts';
import { bad, became, type Outcome, passed, shown } from '../format.ts';
import { u32Of } from '../numbers.ts';
import { bufferValue, writtenValue } from './buffers.ts';
import type { Argument, Call } from './call.ts';
import { begin, eventfdsOf, follow, type Happening } from './follow.ts';
import { type Ended, Program, type Thing } from './program.ts';
import { hotResetInfo, resultOf, resultText } from './results.ts';
import { deviceInfoOf, irqInfoOf, type Printed } from './structs.ts';

/** The longest write of a script. */
const WRITE_MAX = 4096;
/** The numbers of eventfds whose own number another one has begin here. */
const RENAMED = 100_000;

/** The facts with which a trace is read. */
export interface StraceFacts {
  /** The name of the chosen device; null without a device. */
  readonly device: string | null;
  readonly deviceFds: ReadonlySet<number>;
  /** Returns true for eventfds and files of the script. */
  readonly shows: (thing: Thing) => boolean;
  /** The descriptor with which a SET_IRQS names an eventfd. */
  readonly named: ReadonlyMap<number, number>;
}

type SetIrqs = Extract<Printed, { readonly op: unknown }>['op'];

/** An operation with its result. */
interface Done {
  readonly op: Op;
  readonly traced: TracedResult | null;
}

const CLOSED_UNSEEN =
  'The trace does not show every close. A descriptor that is opened again was closed right before.';
const NO_ARGUMENTS =
  '{argsz=…, flags=…, index=…, start=…, count=…, […]}, which strace does not decode; vfio-irqs.bt and vfio-irqs-preload.c record it';

/** Why an opening is passed. */
const PASSED: Readonly<Record<Thing['kind'], string>> = {
  eventfd: 'an eventfd that vfio does not get',
  file: 'a file that is not an eventfd',
  cdev: 'a device file; the device opens when it is bound to an iommufd',
  device: 'the device is opened',
  group: 'a group of vfio',
  container: 'a container of vfio',
};

/** The action of the closes at the end of a program. */
const PROGRAM_ENDS = 'the program ends';

/** Converts the calls of one text. */
export class StraceOperations {
  readonly #facts: StraceFacts;
  readonly #program = new Program();
  readonly #assumed = new Set<string>();
  /** The open descriptors of the chosen device. */
  readonly #live = new Set<Thing>();
  #wasOpen = false;
  /** The number of each open eventfd and file in the script. */
  readonly #numbers = new Map<Thing, number>();
  readonly #used = new Set<number>();

  constructor(facts: StraceFacts) {
    this.#facts = facts;
  }

  /** The assumptions so far. */
  get assumed(): readonly string[] {
    const shared = this.#program.shares
      ? ['The processes of the trace are threads of one program and share their descriptors.']
      : [];
    return [...this.#assumed, ...shared];
  }

  /** Begins a call that ends in a later line. */
  begin(pid: string, text: string): void {
    begin(this.#program, pid, text);
  }

  /** Ends a process. */
  exit(pid: string): Outcome {
    const done = this.#program.exit(pid).flatMap((ended) => this.#end(ended, null));
    if (done.length === 0) return passed('a process ends');
    return outcomeOf(done, '', PROGRAM_ENDS);
  }

  /** Returns the outcome of a call. */
  outcome(line: number, pid: string, call: Call): Outcome {
    const happened = follow(this.#program, pid, call, this.#facts.deviceFds);
    switch (happened.kind) {
      case 'none':
        return passed(happened.why);
      case 'broken':
        return bad(line, happened.at?.column ?? 1, happened.expected, shown(happened.at?.text ?? ''));
      case 'opened':
        return this.#opened(call, happened);
      case 'copied':
        return this.#copied(happened);
      case 'closed':
        return this.#closed(call, happened);
      case 'left': {
        const done = happened.ended.flatMap((ended) => this.#end(ended, null));
        return outcomeOf(done, 'closes no descriptor of the script');
      }
      case 'moved':
        return this.#moved(line, call, happened.thing);
      case 'config':
        return this.#config(line, call, happened);
      case 'device':
        return this.#device(call, happened);
      case 'set':
        return this.#set(line, pid, call, happened);
    }
  }

  #isChosen(thing: Thing): boolean {
    return thing.name === this.#facts.device && (thing.kind === 'device' || thing.kind === 'cdev');
  }

  /** Gives an eventfd or a file its number in the script. */
  #number(thing: Thing): number {
    const known = this.#numbers.get(thing);
    if (known !== undefined) return known;
    const own = this.#facts.named.get(thing.id) ?? thing.fd;
    const number = this.#used.has(own) ? RENAMED + thing.id : own;
    this.#numbers.set(thing, number);
    this.#used.add(number);
    return number;
  }

  /** Returns the operation that opens an eventfd or a file. */
  #opening(thing: Thing): Op {
    const fd = this.#number(thing);
    const { kind, initval, semaphore } = thing;
    return kind === 'eventfd' ? { op: 'eventfd', fd, initval, semaphore } : { op: 'file', fd };
  }

  /** Returns the operations for a thing that has lost its last descriptor. */
  #end({ thing }: Ended, traced: TracedResult | null): readonly Done[] {
    if (this.#live.delete(thing)) return [{ op: { op: 'release' }, traced }];
    const fd = this.#numbers.get(thing);
    if (fd === undefined) return [];
    this.#numbers.delete(thing);
    this.#used.delete(fd);
    return [{ op: { op: 'close', fd }, traced }];
  }

  #unseen(ended: Ended | null): readonly Done[] {
    const done = ended === null ? [] : this.#end(ended, null);
    if (done.length > 0) this.#assumed.add(CLOSED_UNSEEN);
    return done;
  }

  /** Returns the operations that open the chosen device, where the trace uses it and it is not open. */
  #use(thing: Thing, call: Call | null): readonly Done[] {
    if (thing.refs === 0 || this.#live.has(thing)) return [];
    this.#live.add(thing);
    const again = this.#wasOpen;
    this.#wasOpen = true;
    if (!again) return [];
    return [{ op: { op: 'reopen' }, traced: call === null ? null : resultOf(call, null, true) }];
  }

  #opened(call: Call, { thing, ended }: Extract<Happening, { readonly kind: 'opened' }>): Outcome {
    const before = this.#unseen(ended);
    if (thing.kind === 'device') {
      if (!this.#isChosen(thing)) return outcomeOf(before, `another device: ${shown(thing.name, 40)}`);
      return outcomeOf([...before, ...this.#use(thing, call)], 'the device is opened');
    }
    if (!this.#facts.shows(thing)) {
      return outcomeOf(before, PASSED[thing.kind]);
    }
    return outcomeOf([...before, { op: this.#opening(thing), traced: resultOf(call, null, true) }]);
  }

  #copied({ thing, fd, ended }: Extract<Happening, { readonly kind: 'copied' }>): Outcome {
    const what = this.#isChosen(thing) ? 'the device' : `eventfd ${this.#numbers.get(thing) ?? thing.fd}`;
    const isKnown = this.#isChosen(thing) || this.#numbers.has(thing);
    return outcomeOf(
      this.#unseen(ended),
      isKnown ? `${fd}, one more descriptor of ${what}` : 'not an eventfd',
    );
  }

  #closed(call: Call, { thing, isLast }: Extract<Happening, { readonly kind: 'closed' }>): Outcome {
    if (call.errno === 'EBADF') {
      if (thing.kind !== 'eventfd' || !this.#facts.shows(thing)) return passed('no open descriptor');
      const fd = this.#facts.named.get(thing.id) ?? thing.fd;
      return outcomeOf([{ op: { op: 'close', fd }, traced: resultOf(call) }]);
    }
    const isOurs = this.#live.has(thing) || this.#numbers.has(thing);
    if (isOurs && !isLast) return passed('another descriptor of the same file stays open');
    if (thing.kind === 'device' && !isOurs) return passed(`another device: ${shown(thing.name, 40)}`);
    return outcomeOf(this.#end({ thing, fd: thing.fd }, resultOf(call)), 'not an eventfd of the script');
  }

  #moved(line: number, call: Call, thing: Thing): Outcome {
    const fd = this.#numbers.get(thing) ?? (call.errno === 'EBADF' ? thing.fd : undefined);
    if (fd === undefined || !this.#facts.shows(thing)) return passed('an eventfd that vfio does not get');
    if (call.errno === 'EINTR') return passed('a signal ended the call');
    const [, buffer, third] = call.args;
    const size = u32Of(third?.text ?? '');
    if (call.name === 'read') {
      // the kernel copies 8 bytes, whatever more the program asks for
      if (size === null || size < 8)
        return bad(line, third?.column ?? 1, 'a read of at least 8 bytes', shown(third?.text ?? ''));
      const value = bufferValue(buffer?.text ?? '', 8);
      const out = value === null || (call.ret ?? -1) < 0 ? null : { value };
      return outcomeOf([{ op: { op: 'read', fd }, traced: resultOf(call, out) }]);
    }
    if (size === null || size > WRITE_MAX)
      return bad(line, third?.column ?? 1, `a write of up to ${WRITE_MAX} bytes`, shown(third?.text ?? ''));
    const value = writtenValue(buffer?.text ?? '', size);
    if (value === null)
      return bad(line, buffer?.column ?? 1, `the ${size} written bytes`, shown(buffer?.text ?? ''));
    const op: Op = { op: 'write', fd, value, ...(size === 8 ? {} : { size }) };
    return outcomeOf([{ op, traced: resultOf(call) }]);
  }

  #config(
    line: number,
    call: Call,
    { thing, off }: Extract<Happening, { readonly kind: 'config' }>,
  ): Outcome {
    if (!this.#isChosen(thing)) return passed(`another device: ${shown(thing.name, 40)}`);
    const before = this.#use(thing, null);
    const [, buffer, third] = call.args;
    const size = u32Of(third?.text ?? '');
    const isRead = call.name === 'pread64';
    if (isRead && size !== null && size > 4)
      return outcomeOf(before, `reads ${size} bytes of config space at once, which changes nothing`);
    if (size === null || size < 1 || size > 4)
      return bad(line, third?.column ?? 1, 'an access of 1 to 4 bytes', shown(third?.text ?? ''));
    const value = bufferValue(buffer?.text ?? '', size);
    if (isRead) {
      const out = value === null || (call.ret ?? -1) < 0 ? null : { value };
      return outcomeOf([...before, { op: { op: 'cfg_read', off, size }, traced: resultOf(call, out) }]);
    }
    if (value === null) return bad(line, buffer?.column ?? 1, 'the written bytes', shown(buffer?.text ?? ''));
    const op: Op = { op: 'cfg_write', off, size, value: Number(value) };
    return outcomeOf([...before, { op, traced: resultOf(call) }]);
  }

  #device(call: Call, { thing, request }: Extract<Happening, { readonly kind: 'device' }>): Outcome {
    if (!this.#isChosen(thing)) return passed(`another device: ${shown(thing.name, 40)}`);
    const isBind = request === 'VFIO_DEVICE_BIND_IOMMUFD';
    if (isBind && call.errno !== null) return passed('it failed');
    const before = this.#use(thing, isBind ? call : null);
    const text = call.args[2]?.text ?? '';
    switch (request) {
      case 'VFIO_DEVICE_BIND_IOMMUFD':
        return outcomeOf(before, 'the device is opened');
      case 'VFIO_DEVICE_GET_INFO':
        return outcomeOf([
          ...before,
          { op: { op: 'device_info' }, traced: resultOf(call, deviceInfoOf(text)) },
        ]);
      case 'VFIO_DEVICE_RESET':
        return outcomeOf([...before, { op: { op: 'reset' }, traced: resultOf(call) }]);
      case 'VFIO_DEVICE_GET_IRQ_INFO': {
        const info = irqInfoOf(text);
        if (info === null)
          return outcomeOf(before, 'strace does not show the index; the ioctl has no side effects');
        const op: Op = { op: 'irq_info', index: info.index };
        return outcomeOf([...before, { op, traced: resultOf(call, info.out) }]);
      }
      case 'VFIO_DEVICE_PCI_HOT_RESET':
        return outcomeOf([...before, { op: { op: 'hot_reset' }, traced: resultOf(call) }]);
      case 'VFIO_DEVICE_GET_PCI_HOT_RESET_INFO':
        return outcomeOf([...before, { op: hotResetInfo(call), traced: resultOf(call) }]);
      default:
        return outcomeOf(before, 'not an ioctl about interrupts');
    }
  }

  #set(
    line: number,
    pid: string,
    call: Call,
    { thing, printed }: Extract<Happening, { readonly kind: 'set' }>,
  ): Outcome {
    if (!this.#isChosen(thing)) return passed(`another device: ${shown(thing.name, 40)}`);
    const third: Argument | undefined = call.args[2];
    const column = third?.column ?? 1;
    if (printed === null)
      return bad(
        line,
        column,
        NO_ARGUMENTS,
        `${shown(third?.text ?? '', 30)}, and the call ${resultText(call)}`,
      );
    if (!('op' in printed)) return problemOf(line, column, printed, call);
    const before = this.#use(thing, null);
    const opened = call.errno === 'EBADF' ? [] : this.#missing(pid, printed.op);
    const op = this.#renamed(pid, printed.op);
    return outcomeOf([...before, ...opened, { op, traced: resultOf(call) }]);
  }

  /** Opens the eventfds that the call names and the script does not have. */
  #missing(pid: string, op: SetIrqs): readonly Done[] {
    const things = eventfdsOf(op).flatMap((fd) => this.#program.at(pid, fd) ?? []);
    const missing = things.filter((thing) => thing.id >= 0 && !this.#numbers.has(thing));
    if (missing.length > 0) this.#assumed.add(OPENED_BEFORE);
    return missing.map((thing) => ({ op: this.#opening(thing), traced: null }));
  }

  /** Returns the operation with the script's numbers of the eventfds. */
  #renamed(pid: string, op: SetIrqs): Op {
    if (op.data.kind !== 'i32') return op;
    const names = new Map<number, number>();
    for (const fd of eventfdsOf(op)) {
      const thing = this.#program.at(pid, fd);
      const number = thing === undefined ? undefined : this.#numbers.get(thing);
      if (number !== undefined) names.set(fd, number);
    }
    const values = op.data.values.map((fd, at) => (at < op.count ? (names.get(fd) ?? fd) : fd));
    return { ...op, data: { kind: 'i32', values } };
  }
}

function problemOf(
  line: number,
  column: number,
  problem: Exclude<Printed, { readonly op: unknown }>,
  call: Call,
): Outcome {
  const found = `${problem.found}, and the call ${resultText(call)}`;
  return bad(line, column + problem.column - 1, problem.expected, found);
}

/** Returns the outcome of a line; without an operation `why` is the reason. */
function outcomeOf(done: readonly Done[], why = 'nothing', action = ''): Outcome {
  if (done.length === 0) return passed(why);
  return became(
    done.map(({ op }) => op),
    { action, traced: done.map(({ traced }) => traced) },
  );
}

// One line of a script as a few bytes: a code, then numbers. Default values (argsz that fits the data, the next descriptor)
// take no bytes. The codes are part of the format: never change one, only add.

import type { Packer, Unpacker } from '../../base/packed.ts';
import type { Out } from '../../kernel/frame.ts';
import type { Fault, FaultSite, Op, RaiseAt } from '../../kernel/line.ts';
import type { ScriptLine, TracedResult } from '../../session/script.ts';
import { ERRNOS, type Errno, errnoNumber } from '../../uapi/errno.ts';
import { readIrqSet, type SetContext, writeIrqSet } from './irqSets.ts';

/** Position is the code. */
const CODES: readonly Op['op'][] = [
  'set_irqs',
  'eventfd',
  'file',
  'close',
  'read',
  'write',
  'irq_info',
  'device_info',
  'reset',
  'release',
  'reopen',
  'cfg_read',
  'cfg_write',
  'clobber',
  'raise',
  'lower',
];
/** The operations after the special codes below; the first one has code 18. */
const MORE_CODES: readonly Op['op'][] = ['hot_reset', 'hot_reset_info'];
const MORE_FROM = 18;
/** An eventfd with counter 0 and without semaphore, the usual one. */
const PLAIN_EVENTFD = 16;
/** A write with a size. Since version 2. */
const SIZED_WRITE = 17;

/** The second kind of GET_PCI_HOT_RESET_INFO. */
const SHORT_INFO = 20;

/** Position is the code. */
const SITES: readonly FaultSite[] = [
  'copy_from_user',
  'memdup_user',
  'kcalloc_ctx',
  'pci_alloc_irq_vectors',
  'pci_msix_alloc_irq_at',
  'vfio_irq_ctx_alloc',
  'kasprintf',
  'eventfd_ctx_fdget',
  'request_irq',
  'irq_bypass_register_producer',
  'vfio_virqfd_enable',
];

/** The code of an action, whose text precedes the line. Since version 2. */
const WITH_ACTION = 31;

/** The code of interrupts raised within the line; they follow the action and precede the line. Since version 2. */
const WITH_RAISES = 30;

/** The code of the result of a traced kernel; it precedes the line and everything else that does. Since version 2. */
const WITH_TRACED = 29;
/** Values of a traced result; position is the bit. */
const TRACED_NUMBERS = ['flags', 'count', 'regions', 'irqs'] as const;
const TRACED_VALUE = 1 << TRACED_NUMBERS.length;
const TRACED_UNCOMPARED = 2 * TRACED_VALUE;

const DISABLED = 0x20;
const NOTED = 0x40;
const FAULTY = 0x80;

const KEY_MAX = 2 ** 30 - 1;
const U32_MAX = 0xffffffff;

/** Writes one line. */
export function writeLine(
  w: Packer,
  context: SetContext,
  { line, note, action, disabled, traced }: ScriptLine,
): void {
  if (traced !== undefined) writeTraced(w, traced);
  if (action !== '') {
    w.bytes.push(WITH_ACTION);
    w.text(action);
  }
  const { op, faults, raises = [] } = line;
  if (raises.length > 0) {
    w.bytes.push(WITH_RAISES);
    w.number(raises.length);
    for (const { vector, when, fn, nth } of raises) {
      w.number(vector);
      w.number(when === 'after' ? 1 : 0);
      w.text(fn);
      w.number(nth);
    }
  }
  const plain = op.op === 'eventfd' && op.initval === 0n && !op.semaphore;
  const sized = op.op === 'write' && op.size !== undefined;
  const code = plain ? PLAIN_EVENTFD : sized ? SIZED_WRITE : codeOf(op);
  w.number(0); // a placeholder for the head, which is a byte and not a number
  w.bytes[w.bytes.length - 1] =
    code | (disabled ? DISABLED : 0) | (note === '' ? 0 : NOTED) | (faults.length === 0 ? 0 : FAULTY);
  writeOp(w, context, op, plain);
  if (faults.length > 0) {
    w.number(faults.length);
    for (const fault of faults) writeFault(w, fault);
  }
  if (note !== '') w.text(note);
}

function codeOf(op: Op): number {
  if (op.op === 'hot_reset_info' && op.short === true) return SHORT_INFO;
  const more = MORE_CODES.indexOf(op.op);
  return more < 0 ? CODES.indexOf(op.op) : MORE_FROM + more;
}

function writeOp(w: Packer, context: SetContext, op: Op, plain: boolean): void {
  switch (op.op) {
    case 'set_irqs':
      writeIrqSet(w, context, op);
      break;
    case 'eventfd':
      context.writeFd(w, op.fd);
      if (!plain) {
        w.number(op.semaphore ? 1 : 0);
        w.big(op.initval);
      }
      break;
    case 'file':
    case 'close':
    case 'read':
      context.writeFd(w, op.fd);
      break;
    case 'write':
      context.writeFd(w, op.fd);
      w.big(op.value);
      if (op.size !== undefined) w.number(op.size);
      break;
    case 'irq_info':
      w.number(op.index);
      break;
    case 'cfg_read':
    case 'cfg_write':
      w.number(op.off);
      w.number(op.size);
      if (op.op === 'cfg_write') w.number(op.value);
      break;
    case 'clobber':
      w.number(op.entry);
      break;
    case 'raise':
      w.number(op.vector);
      break;
    default:
      break;
  }
}

/** Returns the fewest bytes that `writeLine` writes for an operation. */
export function leastBytes({ op }: Op): number {
  switch (op) {
    case 'set_irqs':
      // code, header and flags
      return 3;
    case 'reset':
    case 'hot_reset':
    case 'hot_reset_info':
    case 'device_info':
    case 'release':
    case 'reopen':
    case 'lower':
    case 'eventfd':
      return 1;
    default:
      return 2;
  }
}

function writeFault(w: Packer, { site, nth, result }: Fault): void {
  w.number(SITES.indexOf(site));
  w.number(nth);
  w.number(typeof result === 'number' ? result * 2 + 1 : errnoNumber(result) * 2);
}

/** Reads one line. The line is valid only if the reader has no failure. */
export function readLine(r: Unpacker, context: SetContext): ScriptLine {
  let head = r.byte();
  const traced = head === WITH_TRACED ? readTraced(r) : null;
  if (head === WITH_TRACED) head = r.byte();
  const action = head === WITH_ACTION ? r.text() : '';
  if (head === WITH_ACTION) head = r.byte();
  const raises = head === WITH_RAISES ? readRaises(r) : [];
  if (head === WITH_RAISES) head = r.byte();
  const op = readOp(r, context, head & 0x1f);
  const faults: Fault[] = [];
  const count = (head & FAULTY) === 0 ? 0 : r.number(1000);
  for (let i = 0; i < count && r.failure === null; i++) faults.push(readFault(r));
  const note = (head & NOTED) === 0 ? '' : r.text();
  const line = raises.length === 0 ? { op, faults } : { op, faults, raises };
  const read = { line, note, action, disabled: (head & DISABLED) !== 0 };
  return traced === null ? read : { ...read, traced };
}

function writeTraced(w: Packer, { ret, errno, out, uncompared }: TracedResult): void {
  w.bytes.push(WITH_TRACED);
  w.number(ret + 1);
  if (ret < 0) w.text(errno ?? '');
  const { value } = out ?? {};
  const numbers = TRACED_NUMBERS.map((name) => out?.[name]);
  const bits = numbers.reduce<number>((all, one, bit) => (one === undefined ? all : all | (1 << bit)), 0);
  w.number(bits | (value === undefined ? 0 : TRACED_VALUE) | (uncompared === true ? TRACED_UNCOMPARED : 0));
  for (const number of numbers) if (number !== undefined) w.number(number);
  if (value !== undefined) w.big(value);
}

function readTraced(r: Unpacker): TracedResult {
  const ret = r.number(0x80000000) - 1;
  const errno = ret < 0 ? r.text() : null;
  if (errno !== null && !/^[A-Z][A-Z0-9]*$/.test(errno)) r.fail('an invalid errno');
  const bits = r.number(2 * TRACED_UNCOMPARED - 1);
  const out: { -readonly [K in keyof Out]: Out[K] } = {};
  for (const [bit, name] of TRACED_NUMBERS.entries())
    if ((bits & (1 << bit)) !== 0) out[name] = r.number(U32_MAX);
  if ((bits & TRACED_VALUE) !== 0) out.value = r.big();
  const traced = { ret, errno, out: (bits & (TRACED_UNCOMPARED - 1)) === 0 ? null : out };
  return (bits & TRACED_UNCOMPARED) === 0 ? traced : { ...traced, uncompared: true };
}

function readRaises(r: Unpacker): readonly RaiseAt[] {
  const raises: RaiseAt[] = [];
  const count = r.number(1000);
  for (let i = 0; i < count && r.failure === null; i++) {
    const vector = r.number(KEY_MAX);
    const when = r.number(1) === 1 ? 'after' : 'before';
    const fn = r.text();
    if (!/^[A-Za-z_]\w*$/.test(fn)) r.fail('an invalid function name');
    raises.push({ vector, when, fn, nth: r.number(KEY_MAX) });
  }
  return raises;
}

function readOp(r: Unpacker, context: SetContext, code: number): Op {
  if (code === PLAIN_EVENTFD) {
    return { op: 'eventfd', fd: context.readFd(r), initval: 0n, semaphore: false };
  }
  if (code === SIZED_WRITE)
    return { op: 'write', fd: context.readFd(r), value: r.big(), size: r.number(4096) };
  if (code === SHORT_INFO) return { op: 'hot_reset_info', short: true };
  const op = CODES[code] ?? MORE_CODES[code - MORE_FROM];
  switch (op) {
    case 'set_irqs':
      return { op, ...readIrqSet(r, context) };
    case 'eventfd': {
      const fd = context.readFd(r);
      return { op, fd, semaphore: r.number(1) === 1, initval: r.big() };
    }
    case 'file':
    case 'close':
    case 'read':
      return { op, fd: context.readFd(r) };
    case 'write':
      return { op, fd: context.readFd(r), value: r.big() };
    case 'irq_info':
      return { op, index: r.number(U32_MAX) };
    case 'cfg_read':
      return { op, off: r.number(U32_MAX), size: readSize(r) };
    case 'cfg_write':
      return { op, off: r.number(U32_MAX), size: readSize(r), value: r.number(U32_MAX) };
    case 'clobber':
      return { op, entry: r.number(KEY_MAX) };
    case 'raise':
      return { op, vector: r.number(KEY_MAX) };
    case undefined:
      r.fail(`operation code ${code}`);
      return { op: 'device_info' };
    default:
      return { op };
  }
}

function readSize(r: Unpacker): number {
  const size = r.number(4);
  if (size === 0) r.fail('an access of 0 bytes');
  return size;
}

function readFault(r: Unpacker): Fault {
  const code = r.number(255);
  const site = SITES[code];
  const nth = r.number(KEY_MAX);
  const result = r.number(2 * KEY_MAX + 1);
  if (site === undefined) r.fail(`fault site code ${code}`);
  if (result % 2 === 1) return { site: site ?? 'request_irq', nth, result: (result - 1) / 2 };
  return { site: site ?? 'request_irq', nth, result: readErrno(r, result / 2) };
}

function readErrno(r: Unpacker, number: number): Errno {
  const found = ERRNOS.find((name) => errnoNumber(name) === number);
  if (found === undefined) r.fail(`errno ${number}`);
  return found ?? 'EINVAL';
}

// Applies a system call to the descriptors of the traced program, and says what it means for eventfds and devices.

import type { Op } from '../../../kernel/line.ts';
import { VFIO_IRQ_SET_DATA_EVENTFD } from '../../../uapi/vfio.ts';
import { fdOf, u32Of } from '../numbers.ts';
import { configOffset } from './buffers.ts';
import { type Argument, bytesOf, type Call, FOREIGN, UNWATCHED } from './call.ts';
import { deviceName, openingOf, thingOf } from './devices.ts';
import type { Ended, Program, Thing } from './program.ts';
import { deviceRequest, requestOf } from './requests.ts';
import { type Printed, printedIrqSet } from './structs.ts';

const EFD_SEMAPHORE = 1;

/** The meaning of a call. */
export type Happening =
  | { readonly kind: 'none'; readonly why: string }
  /** A thing is opened. `ended` had its descriptor, and the trace does not show that it was closed. */
  | { readonly kind: 'opened'; readonly thing: Thing; readonly ended: Ended | null }
  | { readonly kind: 'copied'; readonly thing: Thing; readonly fd: number; readonly ended: Ended | null }
  /** A descriptor is closed; `isLast` if it was the last one of the thing. */
  | { readonly kind: 'closed'; readonly thing: Thing; readonly isLast: boolean }
  /** A process gives up some or all of its descriptors. */
  | { readonly kind: 'left'; readonly ended: readonly Ended[] }
  | { readonly kind: 'moved'; readonly thing: Thing }
  | { readonly kind: 'config'; readonly thing: Thing; readonly off: number }
  | { readonly kind: 'device'; readonly thing: Thing; readonly request: string }
  | {
      readonly kind: 'set';
      readonly thing: Thing;
      /** Null for a pointer. */
      readonly printed: Printed | null;
    }
  | { readonly kind: 'broken'; readonly at: Argument | undefined; readonly expected: string };

function none(why: string): Happening {
  return { kind: 'none', why };
}

/** The descriptors that are devices somewhere in the trace. */
type DeviceFds = ReadonlySet<number>;

/** Applies a call of a process. */
export function follow(program: Program, pid: string, call: Call, devices: DeviceFds): Happening {
  const { name, args, ret } = call;
  if (ret === null) return none('a call that did not return');
  const opens = ret < 0 ? null : fdOf(String(ret));
  const fd = fdOf(args[0]?.text ?? '');
  switch (name) {
    case 'eventfd':
    case 'eventfd2':
      return opens === null ? none('the call failed') : eventfd(program, pid, call, opens);
    case 'open':
    case 'openat': {
      if (opens === null) return none('the call failed');
      const path = bytesOf(args.find(({ text }) => text.startsWith('"'))?.text ?? '') ?? [];
      return {
        kind: 'opened',
        ...program.open(pid, opens, openingOf(String.fromCharCode(...path.slice(0, 200)))),
      };
    }
    case 'dup':
    case 'dup2':
    case 'dup3':
    case 'fcntl':
    case 'fcntl64':
      return copied(program, pid, call, { from: fd, to: opens });
    case 'close':
      return fd === null ? none('no descriptor') : closed(program, pid, call, fd);
    case 'close_range': {
      const last = u32Of(args[1]?.text ?? '');
      const isLater = /CLOEXEC|^(?:0x)?4$/.test(args[2]?.text ?? '');
      if (fd === null || last === null || ret !== 0 || isLater) return none(UNWATCHED);
      return { kind: 'left', ended: program.closeRange(pid, fd, last) };
    }
    case 'read':
    case 'write': {
      const thing = fd === null ? undefined : at(program, pid, fd, call);
      return thing?.kind === 'eventfd' ? { kind: 'moved', thing } : none('not an eventfd');
    }
    case 'pread64':
    case 'pwrite64':
      return fd === null ? none('not a descriptor') : config(program, pid, call, fd);
    case 'clone':
    case 'clone3':
    case 'fork':
    case 'vfork':
      return forked(program, pid, call);
    case 'execve': {
      if (ret !== 0) return none('the call failed');
      return { kind: 'left', ended: program.exec(pid) };
    }
    case 'ioctl':
      return ioctl(program, pid, call, devices);
    default:
      return none(UNWATCHED);
  }
}

/** Returns the thing behind a descriptor; for EBADF the one that it stood for last. */
function at(program: Program, pid: string, fd: number, { errno }: Call): Thing | undefined {
  return program.at(pid, fd) ?? (errno === 'EBADF' ? program.was(pid, fd) : undefined);
}

function eventfd(program: Program, pid: string, { args }: Call, fd: number): Happening {
  const [first, second] = args;
  const initval = u32Of(first?.text ?? '');
  if (initval === null) return { kind: 'broken', at: first, expected: 'the initial value of the eventfd' };
  const flags = second?.text ?? '0';
  const semaphore = /SEMAPHORE/.test(flags) || ((u32Of(flags) ?? 0) & EFD_SEMAPHORE) !== 0;
  const opening = { kind: 'eventfd' as const, initval: BigInt(initval), semaphore };
  return { kind: 'opened', ...program.open(pid, fd, opening) };
}

function copied(
  program: Program,
  pid: string,
  { name, args }: Call,
  { from, to }: { readonly from: number | null; readonly to: number | null },
): Happening {
  const command = args[1]?.text ?? '';
  if (name.startsWith('fcntl') && !/^(?:F_)?DUPFD|^0x0$|^0x406$|^1030$|^0$/.test(command))
    return none(UNWATCHED);
  if (from === null || to === null) return none('the call failed');
  const thing = program.at(pid, from);
  const ended = program.copy(pid, from, to);
  return thing === undefined ? none('not an eventfd') : { kind: 'copied', thing, fd: to, ended };
}

function closed(program: Program, pid: string, { errno }: Call, fd: number): Happening {
  if (errno === 'EBADF') {
    const was = program.at(pid, fd) ?? program.was(pid, fd);
    return was === undefined ? none('no open descriptor') : { kind: 'closed', thing: was, isLast: true };
  }
  // Linux closes the descriptor also where close fails in another way
  const thing = program.at(pid, fd);
  const ended = program.close(pid, fd);
  return thing === undefined ? none('not an eventfd') : { kind: 'closed', thing, isLast: ended !== null };
}

function config(program: Program, pid: string, call: Call, fd: number): Happening {
  const off = configOffset(call.args[3]?.text ?? '');
  if (off === null) return none('not an access to config space');
  const known = at(program, pid, fd, call);
  if (known !== undefined && (known.kind === 'device' || known.kind === 'cdev'))
    return { kind: 'config', thing: known, off };
  if (known !== undefined && !/\[vfio-device\]/.test(call.args[0]?.path ?? ''))
    return none('not an access to config space');
  const opening = { kind: 'device' as const, name: `the device with descriptor ${fd}` };
  return { kind: 'config', thing: program.open(pid, fd, opening).thing, off };
}

function forked(program: Program, pid: string, { name, args, ret }: Call): Happening {
  if (ret === null || ret <= 0) return none('the call failed');
  const isShared = sharesFiles(name, args.map(({ text }) => text).join(' '));
  program.fork(pid, String(ret), isShared);
  return none(isShared ? 'a thread begins' : 'a process begins');
}

/** Begins a call that ends in a later line. A process can appear before the end of the call that makes it. */
export function begin(program: Program, pid: string, text: string): void {
  const name = /^(?:clone3?|v?fork)(?=\()/.exec(text)?.[0];
  if (name !== undefined) program.beginFork(pid, sharesFiles(name, text));
}

const CLONE_FILES = 0x400;

/** Returns true if the new process shares the descriptors. */
function sharesFiles(name: string, args: string): boolean {
  const bits = u32Of(/flags=(0x[\da-f]+|\d+)/i.exec(args)?.[1] ?? '') ?? 0;
  return name.startsWith('clone') && (args.includes('CLONE_FILES') || (bits & CLONE_FILES) !== 0);
}

function ioctl(program: Program, pid: string, call: Call, devices: DeviceFds): Happening {
  const [first, second, third] = call.args;
  const request = requestOf(second?.text ?? '');
  const fd = fdOf(first?.text ?? '');
  if (request === null || first === undefined || fd === null) return none(FOREIGN);
  if (request.includes('VFIO_GROUP_GET_DEVICE_FD')) {
    const opens = (call.ret ?? -1) < 0 ? null : fdOf(String(call.ret));
    if (opens === null) return none('it failed');
    const opening = { kind: 'device' as const, name: deviceName(program, pid, call) };
    return { kind: 'opened', ...program.open(pid, opens, opening) };
  }
  const thing = thingOf(program, pid, first, { request, errno: call.errno, isDevice: devices.has(fd) });
  const name = deviceRequest(request);
  if (thing === null) return none('the trace does not show whether this is a device or its container');
  if ((thing.kind !== 'device' && thing.kind !== 'cdev') || name === null)
    return none('an ioctl of the container or the group');
  if (name !== 'VFIO_DEVICE_SET_IRQS') return { kind: 'device', thing, request: name };
  const text = third?.text ?? '';
  const printed = text.startsWith('{') ? printedIrqSet(text) : null;
  openNamed(program, pid, call, printed);
  return { kind: 'set', thing, printed };
}

/** Opens the eventfds that a SET_IRQS names, where the call has found them and the trace does not open them. */
function openNamed(program: Program, pid: string, { ret, errno }: Call, printed: Printed | null): void {
  const isFound = errno === null ? ret === 0 : errno !== 'EBADF';
  if (printed === null || !('op' in printed) || !isFound) return;
  for (const fd of eventfdsOf(printed.op))
    if (program.at(pid, fd) === undefined) program.open(pid, fd, { kind: 'eventfd' });
}

/** Returns the descriptors that the kernel looks up for a SET_IRQS, each once. */
export function eventfdsOf(op: Extract<Op, { readonly op: 'set_irqs' }>): readonly number[] {
  if ((op.flags & VFIO_IRQ_SET_DATA_EVENTFD) === 0 || op.data.kind !== 'i32') return [];
  return [...new Set(op.data.values.slice(0, op.count).filter((fd) => fd >= 0 && fd < 2 ** 30))];
}

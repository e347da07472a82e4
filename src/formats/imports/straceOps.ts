// Converts system calls to operations: calls on eventfds and on the vfio device. All other calls are passed over.

import type { Op } from '../../kernel/line.ts';
import { Descriptors, OPENED_BEFORE } from './descriptors.ts';
import { bad, became, type Outcome, passed, shown } from './format.ts';
import { fdOf, u32Of } from './numbers.ts';
import { bufferValue, configOffset, writtenValue } from './straceBuffers.ts';
import type { Argument, Call } from './straceCall.ts';
import { indexOf, printedIrqSet, requestName } from './straceVfio.ts';

const EFD_SEMAPHORE = 1;
/** The longest write of a script. */
const WRITE_MAX = 4096;

/** An open eventfd. */
interface Opened {
  readonly initval: bigint;
  readonly semaphore: boolean;
  /** True until its first use. */
  fresh: boolean;
  /** Another descriptor of the same eventfd. irqscope supports one descriptor per eventfd. */
  twin: number | null;
}

/** Tracks the descriptors of a program and converts its calls. */
export class StraceOps {
  readonly #printed: boolean;
  readonly #descriptors = new Descriptors();
  readonly #eventfds = new Map<number, Opened>();
  readonly assumed: string[] = [];
  /** The device that is followed. */
  #device: number | null;
  #deviceIsOpen = true;
  /** The name with which the program opened it, as printed. */
  #deviceName: string | null = null;
  /** Its other descriptors, where it was opened more than once. */
  readonly #others: number[] = [];

  /** `device` is its descriptor in irqscope's own text, otherwise null. */
  constructor(device: number | null) {
    this.#device = device;
    this.#printed = device !== null;
  }

  /** Returns the outcome of a call. */
  outcome(line: number, call: Call): Outcome {
    if (call.ret === null) return passed('a call that did not return');
    switch (call.name) {
      case 'eventfd':
      case 'eventfd2':
        return this.#eventfd(line, call);
      case 'open':
      case 'openat':
        return this.#openat(call);
      case 'dup':
      case 'dup2':
      case 'dup3':
      case 'fcntl':
        return this.#dup(line, call);
      case 'close':
        return this.#close(line, call);
      case 'read':
      case 'write':
        return this.#transfer(line, call);
      case 'pread64':
      case 'pwrite64':
        return this.#config(line, call);
      case 'ioctl':
        return this.#ioctl(line, call);
      default:
        return passed('not a call on an eventfd or the device');
    }
  }

  #became(ops: readonly Op[]): Outcome {
    for (const op of ops) {
      this.#descriptors.follow(op);
      if (op.op === 'close') this.#eventfds.delete(op.fd);
    }
    return became(ops);
  }

  #eventfd(line: number, { args, ret }: Call): Outcome {
    const fd = fdOf(String(ret));
    if (fd === null) return passed('the call failed');
    const [first, second] = args;
    const initval = u32Of(first?.text ?? '');
    if (initval === null)
      return bad(line, first?.column ?? 1, 'the initial value of the eventfd', shown(first?.text ?? ''));
    const flags = second?.text ?? '0';
    const semaphore = /EFD_SEMAPHORE/.test(flags) || ((u32Of(flags) ?? 0) & EFD_SEMAPHORE) !== 0;
    const made = this.#became([{ op: 'eventfd', fd, initval: BigInt(initval), semaphore }]);
    this.#eventfds.set(fd, { initval: BigInt(initval), semaphore, fresh: true, twin: null });
    return made;
  }

  #openat({ args, ret }: Call): Outcome {
    const fd = fdOf(String(ret));
    if (fd === null) return passed('the call failed');
    this.#eventfds.delete(fd);
    const isNull = args.some(({ text }) => text === '"/dev/null"');
    return isNull ? this.#became([{ op: 'file', fd }]) : passed('a file that is not an eventfd');
  }

  #dup(line: number, { name, args, ret }: Call): Outcome {
    const [from, second] = args;
    if (name === 'fcntl' && !/^F_DUPFD|^0x0$|^0x406$|^0$/.test(second?.text ?? ''))
      return passed('not a call on an eventfd or the device');
    const old = fdOf(from?.text ?? '');
    const fd = fdOf(String(ret));
    if (fd === null || old === null) return passed('the call failed');
    const opened = this.#eventfds.get(old);
    if (opened === undefined) {
      return this.#device === old
        ? bad(line, from?.column ?? 1, 'only one descriptor of the device', 'a second descriptor')
        : passed('not an eventfd');
    }
    if (old === fd) return passed('the descriptor stays the same');
    if (!opened.fresh || opened.twin !== null) {
      return bad(
        line,
        from?.column ?? 1,
        'only one used descriptor per eventfd, because irqscope supports no more',
        `${fd}, a second descriptor of a used eventfd`,
      );
    }
    const { initval, semaphore } = opened;
    opened.twin = fd;
    const made = this.#became([{ op: 'eventfd', fd, initval, semaphore }]);
    this.#eventfds.set(fd, { initval, semaphore, fresh: true, twin: old });
    return made;
  }

  /** Marks an eventfd as used. Returns the problem of a second used descriptor, or null. */
  #use(line: number, fd: number, column: number): Outcome | null {
    const opened = this.#eventfds.get(fd);
    if (opened === undefined) return null;
    const twin = opened.twin === null ? undefined : this.#eventfds.get(opened.twin);
    opened.fresh = false;
    // the other descriptor is closed or unused
    if (twin === undefined || twin.fresh) return null;
    return bad(
      line,
      column,
      'only one used descriptor per eventfd, because irqscope supports no more',
      `${fd}, a second descriptor of eventfd ${opened.twin}`,
    );
  }

  #close(line: number, { args, ret, errno }: Call): Outcome {
    const [first] = args;
    const fd = fdOf(first?.text ?? '');
    if (fd === null) return passed('no descriptor');
    const other = this.#others.indexOf(fd);
    if (other >= 0) {
      this.#others.splice(other, 1);
      return became([{ op: 'release' }]);
    }
    if (fd === this.#device && (this.#printed || this.#deviceIsOpen)) {
      this.#device = this.#others.pop() ?? fd;
      this.#deviceIsOpen = this.#device !== fd;
      return became([{ op: 'release' }]);
    }
    if (this.#descriptors.has(fd) || errno === 'EBADF') return this.#became([{ op: 'close', fd }]);
    if (ret !== 0) return bad(line, 1, 'a close that succeeds or fails with EBADF', String(errno));
    return this.#printed ? this.#became([{ op: 'close', fd }]) : passed('not an eventfd');
  }

  #transfer(line: number, { name, args, errno }: Call): Outcome {
    const [first, second, third] = args;
    const fd = fdOf(first?.text ?? '');
    if (fd === null) return passed('not a descriptor');
    if (!this.#printed && !this.#descriptors.has(fd)) {
      const known = errno === 'EBADF' && third?.text === '8';
      if (!known) return passed('not an eventfd');
    }
    const size = u32Of(third?.text ?? '');
    if (size === null || (name === 'read' ? size !== 8 : size > WRITE_MAX)) {
      const expected = name === 'read' ? 'a read of 8 bytes' : `a write of up to ${WRITE_MAX} bytes`;
      return bad(line, third?.column ?? 1, expected, shown(third?.text ?? ''));
    }
    const wrong = this.#use(line, fd, first?.column ?? 1);
    if (wrong !== null) return wrong;
    if (name === 'read') return this.#became([{ op: 'read', fd }]);
    const value = writtenValue(second?.text ?? '', size);
    if (value === null)
      return bad(line, second?.column ?? 1, `the ${size} written bytes`, shown(second?.text ?? ''));
    return this.#became([{ op: 'write', fd, value, ...(size === 8 ? {} : { size }) }]);
  }

  #config(line: number, { name, args }: Call): Outcome {
    const [first, second, third, fourth] = args;
    const fd = fdOf(first?.text ?? '');
    const off = configOffset(fourth?.text ?? '');
    if (off === null) return passed('not an access to config space');
    if (this.#device === null) this.#device = fd;
    if (fd !== this.#device && !this.#others.includes(fd ?? -1)) return passed('another device');
    const size = u32Of(third?.text ?? '');
    if (size === null || size < 1 || size > 4)
      return bad(line, third?.column ?? 1, 'an access of 1 to 4 bytes', shown(third?.text ?? ''));
    if (name === 'pread64') return became([{ op: 'cfg_read', off, size }]);
    const value = bufferValue(second?.text ?? '', size);
    if (value === null) return bad(line, second?.column ?? 1, 'the written bytes', shown(second?.text ?? ''));
    return became([{ op: 'cfg_write', off, size, value: Number(value) }]);
  }

  #ioctl(line: number, { args, ret, errno }: Call): Outcome {
    const [first, second, third] = args;
    const fd = fdOf(first?.text ?? '');
    const request = requestName(second?.text ?? '');
    if (request === null || fd === null) return passed('no ioctl of vfio');
    if (request === 'VFIO_GROUP_GET_DEVICE_FD') return this.#getDevice(ret, third?.text ?? null);
    if (this.#device === null || (!this.#deviceIsOpen && !this.#printed)) {
      this.#device = fd;
      this.#deviceIsOpen = true;
    }
    if (fd !== this.#device && !this.#others.includes(fd)) return passed('another device');
    switch (request) {
      case 'VFIO_DEVICE_GET_INFO':
        return became([{ op: 'device_info' }]);
      case 'VFIO_DEVICE_RESET':
        return became([{ op: 'reset' }]);
      case 'VFIO_DEVICE_GET_IRQ_INFO': {
        const index = indexOf(third?.text ?? '');
        return index === null
          ? passed('strace does not show the index; the ioctl has no side effects')
          : became([{ op: 'irq_info', index }]);
      }
      case 'VFIO_DEVICE_SET_IRQS':
        return this.#setIrqs(line, third, ret, errno);
      case 'VFIO_DEVICE_PCI_HOT_RESET':
        return became([{ op: 'hot_reset' }]);
      case 'VFIO_DEVICE_GET_PCI_HOT_RESET_INFO': {
        // a short call may still fail with ENODEV
        const short = errno === 'ENOSPC' || third?.text === '{argsz=12}';
        return became([short ? { op: 'hot_reset_info', short } : { op: 'hot_reset_info' }]);
      }
      default:
        return passed('not an ioctl about interrupts');
    }
  }

  #getDevice(ret: number | null, name: string | null): Outcome {
    const fd = fdOf(String(ret));
    if (fd === null && !this.#printed) return passed('it failed');
    if (fd !== null && this.#device !== null && this.#deviceIsOpen) {
      if (!this.#printed && (name === null || name !== this.#deviceName)) return passed('another device');
      if (fd !== this.#device) this.#others.push(fd);
      return became([{ op: 'reopen' }]);
    }
    const again = this.#device !== null;
    if (fd !== null && !this.#printed) this.#device = fd;
    this.#deviceName = name;
    this.#deviceIsOpen = true;
    return again ? became([{ op: 'reopen' }]) : passed('the device is opened');
  }

  #setIrqs(line: number, third: Argument | undefined, ret: number | null, errno: string | null): Outcome {
    const column = third?.column ?? 1;
    if (third === undefined || !third.text.startsWith('{')) {
      return bad(
        line,
        column,
        '{argsz=…, flags=…, index=…, start=…, count=…, […]}, which strace does not decode',
        shown(third?.text ?? '', 30),
      );
    }
    const read = printedIrqSet(third.text);
    if ('expected' in read) return bad(line, column + read.column - 1, read.expected, read.found);
    const { op } = read;
    const values = op.op === 'set_irqs' && op.data.kind === 'i32' ? op.data.values : [];
    for (const fd of values) {
      const wrong = this.#use(line, fd, column);
      if (wrong !== null) return wrong;
    }
    const looked = errno === null ? ret === 0 : !this.#printed && errno !== 'EBADF';
    const before = looked ? this.#descriptors.missing(op) : [];
    if (before.length > 0 && !this.assumed.includes(OPENED_BEFORE)) this.assumed.push(OPENED_BEFORE);
    return this.#became([...before, op]);
  }
}

// System calls to operations: calls on eventfds and on the vfio device; everything else of a program passes.

import type { Op } from '../../kernel/line.ts';
import { Descriptors, OPENED_BEFORE } from './descriptors.ts';
import { bad, became, type Outcome, passed, shown } from './format.ts';
import { fdOf, u32Of } from './numbers.ts';
import { bufferValue, configOffset } from './straceBuffers.ts';
import type { Argument, Call } from './straceCall.ts';
import { indexOf, printedIrqSet, requestName } from './straceVfio.ts';

const EFD_SEMAPHORE = 1;

/** An eventfd as it was opened. */
interface Opened {
  readonly initval: bigint;
  readonly semaphore: boolean;
  /** Nothing was done with it yet. */
  fresh: boolean;
  /** Another descriptor of the same eventfd: irqscope has one descriptor an eventfd. */
  twin: number | null;
}

/** Follows the descriptors of a program and tells what its calls are. */
export class StraceOps {
  readonly #printed: boolean;
  readonly #descriptors = new Descriptors();
  readonly #eventfds = new Map<number, Opened>();
  readonly assumed: string[] = [];
  /** The device that is followed. */
  #device: number | null;
  #deviceIsOpen = true;

  /** `device` is known where the text is irqscope's own. */
  constructor(device: number | null) {
    this.#device = device;
    this.#printed = device !== null;
  }

  /** What becomes of a call in that line. */
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
        return passed('no call on an eventfd or the device');
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
    if (fd === null) return passed('it failed');
    const [first, second] = args;
    const initval = u32Of(first?.text ?? '');
    if (initval === null)
      return bad(line, first?.column ?? 1, 'the first value of the eventfd', shown(first?.text ?? ''));
    const flags = second?.text ?? '0';
    const semaphore = /EFD_SEMAPHORE/.test(flags) || ((u32Of(flags) ?? 0) & EFD_SEMAPHORE) !== 0;
    const made = this.#became([{ op: 'eventfd', fd, initval: BigInt(initval), semaphore }]);
    this.#eventfds.set(fd, { initval: BigInt(initval), semaphore, fresh: true, twin: null });
    return made;
  }

  #openat({ args, ret }: Call): Outcome {
    const fd = fdOf(String(ret));
    if (fd === null) return passed('it failed');
    this.#eventfds.delete(fd);
    const isNull = args.some(({ text }) => text === '"/dev/null"');
    return isNull ? this.#became([{ op: 'file', fd }]) : passed('a file that is no eventfd');
  }

  #dup(line: number, { name, args, ret }: Call): Outcome {
    const [from, second] = args;
    if (name === 'fcntl' && !/^F_DUPFD|^0x0$|^0x406$|^0$/.test(second?.text ?? ''))
      return passed('no call on an eventfd or the device');
    const old = fdOf(from?.text ?? '');
    const fd = fdOf(String(ret));
    if (fd === null || old === null) return passed('it failed');
    const opened = this.#eventfds.get(old);
    if (opened === undefined) {
      return this.#device === old
        ? bad(line, from?.column ?? 1, 'one descriptor of the device', 'a second one')
        : passed('no eventfd');
    }
    if (old === fd) return passed('it stays as it is');
    if (!opened.fresh || opened.twin !== null) {
      return bad(
        line,
        from?.column ?? 1,
        'one descriptor an eventfd, as irqscope has it',
        `a second one, of an eventfd that is in use: ${fd}`,
      );
    }
    const { initval, semaphore } = opened;
    opened.twin = fd;
    const made = this.#became([{ op: 'eventfd', fd, initval, semaphore }]);
    this.#eventfds.set(fd, { initval, semaphore, fresh: true, twin: old });
    return made;
  }

  /** Uses an eventfd; what is wrong with that, or null. */
  #use(line: number, fd: number, column: number): Outcome | null {
    const opened = this.#eventfds.get(fd);
    if (opened === undefined) return null;
    const twin = opened.twin === null ? undefined : this.#eventfds.get(opened.twin);
    opened.fresh = false;
    // the other one was closed unused, or is not used
    if (twin === undefined || twin.fresh) return null;
    return bad(
      line,
      column,
      'one descriptor an eventfd, as irqscope has it',
      `${fd}, which is the same eventfd as ${opened.twin}`,
    );
  }

  #close(line: number, { args, ret, errno }: Call): Outcome {
    const [first] = args;
    const fd = fdOf(first?.text ?? '');
    if (fd === null) return passed('no descriptor');
    if (fd === this.#device && (this.#printed || this.#deviceIsOpen)) {
      this.#deviceIsOpen = false;
      return became([{ op: 'release' }]);
    }
    if (this.#descriptors.has(fd) || errno === 'EBADF') return this.#became([{ op: 'close', fd }]);
    if (ret !== 0) return bad(line, 1, 'a close that succeeds or fails by EBADF', String(errno));
    return this.#printed ? this.#became([{ op: 'close', fd }]) : passed('no eventfd');
  }

  #transfer(line: number, { name, args, errno }: Call): Outcome {
    const [first, second, third] = args;
    const fd = fdOf(first?.text ?? '');
    if (fd === null) return passed('no descriptor');
    if (!this.#printed && !this.#descriptors.has(fd)) {
      const known = errno === 'EBADF' && third?.text === '8';
      if (!known) return passed('no eventfd');
    }
    if (u32Of(third?.text ?? '') !== 8)
      return bad(line, third?.column ?? 1, 'an access of 8 bytes', shown(third?.text ?? ''));
    const wrong = this.#use(line, fd, first?.column ?? 1);
    if (wrong !== null) return wrong;
    if (name === 'read') return this.#became([{ op: 'read', fd }]);
    const value = bufferValue(second?.text ?? '', 8);
    if (value === null)
      return bad(line, second?.column ?? 1, 'the 8 bytes that are written', shown(second?.text ?? ''));
    return this.#became([{ op: 'write', fd, value }]);
  }

  #config(line: number, { name, args }: Call): Outcome {
    const [first, second, third, fourth] = args;
    const fd = fdOf(first?.text ?? '');
    const off = configOffset(fourth?.text ?? '');
    if (off === null) return passed('no access to config space');
    if (this.#device === null) this.#device = fd;
    if (fd !== this.#device) return passed('another device');
    const size = u32Of(third?.text ?? '');
    if (size === null || size < 1 || size > 4)
      return bad(line, third?.column ?? 1, 'an access of 1 to 4 bytes', shown(third?.text ?? ''));
    if (name === 'pread64') return became([{ op: 'cfg_read', off, size }]);
    const value = bufferValue(second?.text ?? '', size);
    if (value === null)
      return bad(line, second?.column ?? 1, 'the bytes that are written', shown(second?.text ?? ''));
    return became([{ op: 'cfg_write', off, size, value: Number(value) }]);
  }

  #ioctl(line: number, { args, ret, errno }: Call): Outcome {
    const [first, second, third] = args;
    const fd = fdOf(first?.text ?? '');
    const request = requestName(second?.text ?? '');
    if (request === null || fd === null) return passed('no ioctl of vfio');
    if (request === 'VFIO_GROUP_GET_DEVICE_FD') return this.#getDevice(ret);
    if (this.#device === null || (!this.#deviceIsOpen && !this.#printed)) {
      this.#device = fd;
      this.#deviceIsOpen = true;
    }
    if (fd !== this.#device) return passed('another device');
    switch (request) {
      case 'VFIO_DEVICE_GET_INFO':
        return became([{ op: 'device_info' }]);
      case 'VFIO_DEVICE_RESET':
        return became([{ op: 'reset' }]);
      case 'VFIO_DEVICE_GET_IRQ_INFO': {
        const index = indexOf(third?.text ?? '');
        return index === null
          ? passed('strace does not show which index is asked; asking changes nothing')
          : became([{ op: 'irq_info', index }]);
      }
      case 'VFIO_DEVICE_SET_IRQS':
        return this.#setIrqs(line, third, ret, errno);
      case 'VFIO_DEVICE_PCI_HOT_RESET':
        return bad(line, second?.column ?? 1, 'an operation that irqscope knows', request);
      default:
        return passed('no call about interrupts');
    }
  }

  #getDevice(ret: number | null): Outcome {
    const fd = fdOf(String(ret));
    if (fd === null && !this.#printed) return passed('it failed');
    const again = this.#device !== null && (!this.#deviceIsOpen || this.#printed);
    if (!again && this.#device !== null) return passed('another device');
    if (fd !== null && !this.#printed) this.#device = fd;
    this.#deviceIsOpen = true;
    return again ? became([{ op: 'reopen' }]) : passed('the device is opened');
  }

  #setIrqs(line: number, third: Argument | undefined, ret: number | null, errno: string | null): Outcome {
    const column = third?.column ?? 1;
    if (third === undefined || !third.text.startsWith('{')) {
      return bad(
        line,
        column,
        '{argsz=…, flags=…, index=…, start=…, count=…, […]}: strace does not show it, so what was set is not known',
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

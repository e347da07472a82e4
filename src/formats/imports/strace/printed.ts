// Reads the strace text of irqscope (formats/strace.ts), which contains everything. Its descriptors are those of the script.

import type { Op } from '../../../kernel/line.ts';
import type { TracedResult } from '../../../session/script.ts';
import { Descriptors, OPENED_BEFORE } from '../descriptors.ts';
import { bad, became, type ImportReader, type Outcome, passed, shown } from '../format.ts';
import { fdOf, u32Of } from '../numbers.ts';
import { bufferValue, configOffset, writtenValue } from './buffers.ts';
import { type Call, FOREIGN, straceLineOf, UNWATCHED } from './call.ts';
import { eventOps } from './deviceEvents.ts';
import { deviceRequest, requestOf } from './requests.ts';
import { hotResetInfo, resultOf } from './results.ts';
import { deviceInfoOf, irqInfoOf, printedIrqSet } from './structs.ts';

/** The first descriptor of the device. */
const DEVICE = 50;
const EFD_SEMAPHORE = 'EFD_SEMAPHORE';
const WRITE_MAX = 4096;

/** Reads one text. */
export class PrintedReader implements ImportReader {
  #line = 0;
  /** The open descriptors of the device. */
  #devices = [DEVICE];
  readonly #descriptors = new Descriptors();
  #opened = false;

  add(text: string): readonly Outcome[] {
    this.#line++;
    return [this.#outcome(text)];
  }

  end() {
    return { outcomes: [], device: null, assumed: this.#opened ? [OPENED_BEFORE] : [] };
  }

  #outcome(text: string): Outcome {
    const read = straceLineOf(text);
    switch (read.kind) {
      case 'passed':
      case 'other':
        return passed(read.why);
      case 'exit':
        return passed('a process ends');
      case 'broken':
        return bad(this.#line, read.column, read.expected, read.found);
      case 'event': {
        const ops = eventOps(read.text);
        const expected =
          '“[device raises vector N]”, “[device lowers its pin]” or “[device zeroes MSI-X entry N]”';
        return ops === null ? bad(this.#line, 1, expected, shown(read.text)) : became(ops);
      }
      case 'call':
        return read.call.ret === null ? passed('a call that did not return') : this.#call(read.call);
      default:
        return bad(this.#line, 1, 'a whole call in one line', shown(text));
    }
  }

  #call(call: Call): Outcome {
    const { name, args, ret, errno } = call;
    const [first, second, third, fourth] = args;
    const fd = fdOf(first?.text ?? '');
    const opens = fdOf(String(ret));
    switch (name) {
      case 'eventfd2': {
        const initval = u32Of(first?.text ?? '');
        if (opens === null) return passed('the call failed');
        if (initval === null) return this.#bad(first, 'the initial value of the eventfd');
        const semaphore = (second?.text ?? '').includes(EFD_SEMAPHORE);
        const op: Op = { op: 'eventfd', fd: opens, initval: BigInt(initval), semaphore };
        return this.#one(op, resultOf(call, null, true));
      }
      case 'openat':
        return opens === null
          ? passed('the call failed')
          : this.#one({ op: 'file', fd: opens }, resultOf(call, null, true));
      case 'close':
        return fd === null ? passed('no descriptor') : this.#close(call, fd);
      case 'read': {
        if (fd === null) return passed('not a descriptor');
        if (third?.text !== '8') return this.#bad(third, 'a read of 8 bytes');
        const value = bufferValue(second?.text ?? '', 8);
        const out = value === null || errno !== null || ret === 0 ? null : { value };
        return this.#one({ op: 'read', fd }, resultOf(call, out));
      }
      case 'write': {
        if (fd === null) return passed('not a descriptor');
        const size = u32Of(third?.text ?? '');
        if (size === null || size > WRITE_MAX) return this.#bad(third, `a write of up to ${WRITE_MAX} bytes`);
        const value = writtenValue(second?.text ?? '', size);
        if (value === null) return this.#bad(second, `the ${size} written bytes`);
        return this.#one({ op: 'write', fd, value, ...(size === 8 ? {} : { size }) }, resultOf(call));
      }
      case 'pread64':
      case 'pwrite64': {
        const off = configOffset(fourth?.text ?? '');
        if (off === null) return passed('not an access to config space');
        const size = u32Of(third?.text ?? '');
        if (size === null || size < 1 || size > 4) return this.#bad(third, 'an access of 1 to 4 bytes');
        const value = bufferValue(second?.text ?? '', size);
        if (name === 'pread64') {
          const out = value === null || errno !== null ? null : { value };
          return this.#one({ op: 'cfg_read', off, size }, resultOf(call, out));
        }
        if (value === null) return this.#bad(second, 'the written bytes');
        return this.#one({ op: 'cfg_write', off, size, value: Number(value) }, resultOf(call));
      }
      case 'ioctl':
        return this.#ioctl(call);
      default:
        return passed(UNWATCHED);
    }
  }

  #bad(argument: Call['args'][number] | undefined, expected: string): Outcome {
    return bad(this.#line, argument?.column ?? 1, expected, shown(argument?.text ?? ''));
  }

  #close(call: Call, fd: number): Outcome {
    const at = this.#devices.indexOf(fd);
    if (at >= 0 || fd === DEVICE) {
      this.#devices.splice(at, at < 0 ? 0 : 1);
      return this.#one({ op: 'release' }, resultOf(call));
    }
    return this.#one({ op: 'close', fd }, resultOf(call));
  }

  #ioctl(call: Call): Outcome {
    const [, second, third] = call.args;
    const request = requestOf(second?.text ?? '');
    if (request === null) return passed(FOREIGN);
    if (request.includes('VFIO_GROUP_GET_DEVICE_FD')) {
      const opens = fdOf(String(call.ret));
      if (opens !== null) this.#devices.push(opens);
      return this.#one({ op: 'reopen' }, resultOf(call, null, true));
    }
    const text = third?.text ?? '';
    switch (deviceRequest(request)) {
      case 'VFIO_DEVICE_GET_INFO':
        return this.#one({ op: 'device_info' }, resultOf(call, deviceInfoOf(text)));
      case 'VFIO_DEVICE_RESET':
        return this.#one({ op: 'reset' }, resultOf(call));
      case 'VFIO_DEVICE_GET_IRQ_INFO': {
        const info = irqInfoOf(text);
        if (info === null) return this.#bad(third, '{argsz=…, index=…}');
        return this.#one({ op: 'irq_info', index: info.index }, resultOf(call, info.out));
      }
      case 'VFIO_DEVICE_SET_IRQS': {
        const read = printedIrqSet(text);
        if ('op' in read) return this.#set(read.op, call);
        return bad(this.#line, (third?.column ?? 1) + read.column - 1, read.expected, read.found);
      }
      case 'VFIO_DEVICE_PCI_HOT_RESET':
        return this.#one({ op: 'hot_reset' }, resultOf(call));
      case 'VFIO_DEVICE_GET_PCI_HOT_RESET_INFO':
        return this.#one(hotResetInfo(call), resultOf(call));
      default:
        return passed('not an ioctl about interrupts');
    }
  }

  /** Opens the eventfds of a SET_IRQS that found them, as at the beginning of an excerpt. */
  #set(op: Op, call: Call): Outcome {
    const before = call.ret === 0 ? this.#descriptors.missing(op) : [];
    if (before.length > 0) this.#opened = true;
    for (const opened of before) this.#descriptors.follow(opened);
    return became([...before, op], { traced: [...before.map(() => null), resultOf(call)] });
  }

  #one(op: Op, traced: TracedResult | null): Outcome {
    this.#descriptors.follow(op);
    return became([op], { traced: [traced] });
  }
}

// Prints a step as strace prints its system call. Actions of the device are no system calls and appear in square brackets.

import { unreachable } from '../base/unreachable.ts';
import type { Run } from '../kernel/frame.ts';
import type { Op, RaiseAt } from '../kernel/line.ts';
import { indexName, type StepResult } from '../text/step.ts';
import { DEVICE_FLAGS, type FlagNames, flagsText, IRQ_INFO_FLAGS } from '../uapi/infoFlags.ts';
import type { IrqSet } from '../uapi/irqSet.ts';
import {
  VFIO_IRQ_SET_ACTION_MASK,
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_ACTION_UNMASK,
  VFIO_IRQ_SET_DATA_BOOL,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_IRQ_SET_DATA_NONE,
} from '../uapi/vfio.ts';
import { errnoText } from './strerror.ts';

/** The recorder's descriptors of the device and its group; further descriptors of the device are 51, 52 and so on. */
const DEVICE_FD = 50;
const GROUP_FD = 49;
/** Values of a list that are shown. */
const SHOWN = 16;

const IRQ_SET_FLAGS: FlagNames = [
  [VFIO_IRQ_SET_DATA_NONE, 'DATA_NONE'],
  [VFIO_IRQ_SET_DATA_BOOL, 'DATA_BOOL'],
  [VFIO_IRQ_SET_DATA_EVENTFD, 'DATA_EVENTFD'],
  [VFIO_IRQ_SET_ACTION_MASK, 'ACTION_MASK'],
  [VFIO_IRQ_SET_ACTION_UNMASK, 'ACTION_UNMASK'],
  [VFIO_IRQ_SET_ACTION_TRIGGER, 'ACTION_TRIGGER'],
];

/**
 * Returns a step as strace prints it, for instance `close(100) = 0`, followed by the interrupts that the device raises
 * meanwhile, in the form that strace uses for injections: ` [device raises vector 0 after free_irq#1]`.
 */
export function straceLine(op: Op, result: OnDevice, raises: readonly RaiseAt[] = []): string {
  const meanwhile = raises.map(
    ({ vector, when, fn, nth }) => ` [device raises vector ${vector} ${when} ${fn}#${nth}]`,
  );
  return `${callLine(op, result)}${meanwhile.join('')}`;
}

function callLine(op: Op, result: OnDevice): string {
  const call = callText(op, result);
  // an action of the device has no return value; only its failure is shown
  if (call.startsWith('[') && result.errno === null) return call;
  if (result.errno !== null) return `${call} = -1 ${errnoText(result.errno)}`;
  return `${call} = ${returned(op, result)}${result.unmodelled === true ? ' [register not modelled]' : ''}`;
}

/** A result, and further facts of the run if known. */
type OnDevice = StepResult & Partial<Pick<Run, 'before' | 'unmodelled'>>;

/** Returns the descriptor for system calls that open one, where the recorder notes 0. */
function returned(op: Op, { ret, before }: OnDevice): number {
  if (op.op === 'eventfd' || op.op === 'file') return op.fd;
  return op.op === 'reopen' ? DEVICE_FD + (before?.openCount ?? 0) : ret;
}

function callText(op: Op, { ret, out, before }: OnDevice): string {
  const ioctl = (request: string, ...args: readonly string[]) =>
    `ioctl(${[DEVICE_FD, `VFIO_${request}`, ...args].join(', ')})`;
  switch (op.op) {
    case 'eventfd':
      return `eventfd2(${op.initval}, ${op.semaphore ? 'EFD_SEMAPHORE|' : ''}EFD_CLOEXEC|EFD_NONBLOCK)`;
    case 'file':
      return 'openat(AT_FDCWD, "/dev/null", O_RDWR|O_CLOEXEC)';
    case 'close':
      return `close(${op.fd})`;
    case 'read':
      return `read(${op.fd}, ${out?.value ?? (ret === 0 ? '""' : 'buf')}, 8)`;
    case 'write':
      return `write(${op.fd}, ${op.value}, ${op.size ?? 8})`;
    case 'set_irqs':
      return ioctl('DEVICE_SET_IRQS', irqSetText(op));
    case 'irq_info': {
      const { flags, count } = out ?? {};
      if (flags === undefined) return ioctl('DEVICE_GET_IRQ_INFO', `{argsz=16, index=${op.index}}`);
      const names = flagsText(flags, IRQ_INFO_FLAGS, 'VFIO_IRQ_INFO_');
      return ioctl('DEVICE_GET_IRQ_INFO', `{argsz=16, flags=${names}, index=${op.index}, count=${count}}`);
    }
    case 'device_info': {
      const { flags, regions, irqs } = out ?? {};
      if (flags === undefined) return ioctl('DEVICE_GET_INFO', '{argsz=20}');
      const names = flagsText(flags, DEVICE_FLAGS, 'VFIO_DEVICE_FLAGS_');
      return ioctl('DEVICE_GET_INFO', `{argsz=20, flags=${names}, num_regions=${regions}, num_irqs=${irqs}}`);
    }
    case 'reset':
      return ioctl('DEVICE_RESET');
    case 'hot_reset':
      return ioctl('DEVICE_PCI_HOT_RESET', '...');
    case 'hot_reset_info':
      return ioctl('DEVICE_GET_PCI_HOT_RESET_INFO', op.short === true ? '{argsz=12}' : '...');
    case 'release':
      return `close(${DEVICE_FD + Math.max(0, (before?.openCount ?? 1) - 1)})`;
    case 'reopen':
      return `ioctl(${GROUP_FD}, VFIO_GROUP_GET_DEVICE_FD, ...)`;
    case 'cfg_read': {
      const value = out?.value === undefined ? 'buf' : hex(out.value);
      return `pread64(${DEVICE_FD}, ${value}, ${op.size}, CONFIG+${hex(op.off)})`;
    }
    case 'cfg_write':
      return `pwrite64(${DEVICE_FD}, ${hex(op.value)}, ${op.size}, CONFIG+${hex(op.off)})`;
    case 'clobber':
      return `[device zeroes MSI-X entry ${op.entry}]`;
    case 'raise':
      return `[device raises vector ${op.vector}]`;
    case 'lower':
      return '[device lowers its pin]';
    default:
      return unreachable(op, 'operation');
  }
}

function irqSetText({ argsz, flags, index, start, count, data }: IrqSet): string {
  const fields = [
    `argsz=${argsz}`,
    `flags=${flagsText(flags, IRQ_SET_FLAGS)}`,
    `index=${indexName(index)}`,
    `start=${start}`,
    `count=${count}`,
  ];
  if (data.kind !== 'none') {
    const shown: (number | string)[] = data.values.slice(0, SHOWN);
    if (data.values.length > SHOWN) shown.push('...');
    fields.push(`[${shown.join(', ')}]`);
  }
  return `{${fields.join(', ')}}`;
}

function hex(value: number | bigint): string {
  return `0x${value.toString(16)}`;
}

// How a step reads as strace would print its system call. What the device does by itself is no system call and stands
// in square brackets.

import { unreachable } from '../base/unreachable.ts';
import type { Op, RaiseAt } from '../kernel/line.ts';
import type { IrqSet } from '../uapi/irqSet.ts';
import {
  VFIO_DEVICE_FLAGS_PCI,
  VFIO_DEVICE_FLAGS_RESET,
  VFIO_IRQ_INFO_AUTOMASKED,
  VFIO_IRQ_INFO_EVENTFD,
  VFIO_IRQ_INFO_MASKABLE,
  VFIO_IRQ_INFO_NORESIZE,
  VFIO_IRQ_SET_ACTION_MASK,
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_ACTION_UNMASK,
  VFIO_IRQ_SET_DATA_BOOL,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_IRQ_SET_DATA_NONE,
} from '../uapi/vfio.ts';
import { indexName, type StepResult } from './step.ts';
import { errnoText } from './strerror.ts';

/** The descriptors of the recorder: it holds the device and its group there. */
const DEVICE_FD = 50;
const GROUP_FD = 49;
/** So many values of a list are shown. */
const SHOWN = 16;

const IRQ_SET_FLAGS: readonly (readonly [number, string])[] = [
  [VFIO_IRQ_SET_DATA_NONE, 'DATA_NONE'],
  [VFIO_IRQ_SET_DATA_BOOL, 'DATA_BOOL'],
  [VFIO_IRQ_SET_DATA_EVENTFD, 'DATA_EVENTFD'],
  [VFIO_IRQ_SET_ACTION_MASK, 'ACTION_MASK'],
  [VFIO_IRQ_SET_ACTION_UNMASK, 'ACTION_UNMASK'],
  [VFIO_IRQ_SET_ACTION_TRIGGER, 'ACTION_TRIGGER'],
];
const IRQ_INFO_FLAGS: readonly (readonly [number, string])[] = [
  [VFIO_IRQ_INFO_EVENTFD, 'EVENTFD'],
  [VFIO_IRQ_INFO_MASKABLE, 'MASKABLE'],
  [VFIO_IRQ_INFO_AUTOMASKED, 'AUTOMASKED'],
  [VFIO_IRQ_INFO_NORESIZE, 'NORESIZE'],
];
const DEVICE_FLAGS: readonly (readonly [number, string])[] = [
  [VFIO_DEVICE_FLAGS_RESET, 'RESET'],
  [VFIO_DEVICE_FLAGS_PCI, 'PCI'],
];

/**
 * A step as strace prints it, for instance `close(100) = 0`; behind it, as strace says what it has injected, what the device
 * raises meanwhile: ` [device raises vector 0 after free_irq#1]`.
 */
export function straceLine(op: Op, result: StepResult, raises: readonly RaiseAt[] = []): string {
  const meanwhile = raises.map(
    ({ vector, when, fn, nth }) => ` [device raises vector ${vector} ${when} ${fn}#${nth}]`,
  );
  return `${callLine(op, result)}${meanwhile.join('')}`;
}

function callLine(op: Op, result: StepResult): string {
  const call = callText(op, result);
  // a device event has no return value worth saying unless it could not happen
  if (call.startsWith('[') && result.errno === null) return call;
  if (result.errno !== null) return `${call} = -1 ${errnoText(result.errno)}`;
  return `${call} = ${returned(op, result.ret)}`;
}

/** The recorder answers 0 where a system call gives a descriptor. */
function returned(op: Op, ret: number): number {
  if (op.op === 'eventfd' || op.op === 'file') return op.fd;
  return op.op === 'reopen' ? DEVICE_FD : ret;
}

function callText(op: Op, { ret, out }: StepResult): string {
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
      return `write(${op.fd}, ${op.value}, 8)`;
    case 'set_irqs':
      return ioctl('DEVICE_SET_IRQS', irqSetText(op));
    case 'irq_info': {
      const { flags, count } = out ?? {};
      const answer =
        flags === undefined ? '' : ` => {flags=${flagNames(flags, IRQ_INFO_FLAGS)}, count=${count}}`;
      return ioctl('DEVICE_GET_IRQ_INFO', `{argsz=16, index=${indexName(op.index)}}${answer}`);
    }
    case 'device_info': {
      const { flags, regions, irqs } = out ?? {};
      if (flags === undefined) return ioctl('DEVICE_GET_INFO', '{argsz=20}');
      const names = flagNames(flags, DEVICE_FLAGS);
      return ioctl(
        'DEVICE_GET_INFO',
        `{argsz=20} => {flags=${names}, num_regions=${regions}, num_irqs=${irqs}}`,
      );
    }
    case 'reset':
      return ioctl('DEVICE_RESET');
    case 'release':
      return `close(${DEVICE_FD})`;
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
    `flags=${flagNames(flags, IRQ_SET_FLAGS)}`,
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

/** Names of bits, lowest first, for instance `DATA_EVENTFD|ACTION_TRIGGER`; what has no name stays a number. */
function flagNames(flags: number, names: readonly (readonly [number, string])[]): string {
  const known = names.filter(([bit]) => (flags & bit) !== 0);
  // unsigned: bit 31 can be set too
  const rest = known.reduce((left, [bit]) => left & ~bit, flags) >>> 0;
  const texts = known.map(([, name]) => name);
  if (rest !== 0 || texts.length === 0) texts.push(rest === 0 ? '0' : hex(rest));
  return texts.join('|');
}

function hex(value: number | bigint): string {
  return `0x${value.toString(16)}`;
}

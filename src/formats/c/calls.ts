// One call of a plan as a C expression, with its expected result.

import { unreachable } from '../../base/unreachable.ts';
import type { Out, Run } from '../../kernel/frame.ts';
import { DEVICE_FLAGS, type FlagNames, flagsText, IRQ_INFO_FLAGS } from '../../uapi/infoFlags.ts';
import type { IrqSet } from '../../uapi/irqSet.ts';
import {
  VFIO_IRQ_SET_ACTION_MASK,
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_ACTION_UNMASK,
  VFIO_IRQ_SET_DATA_BOOL,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_IRQ_SET_DATA_NONE,
} from '../../uapi/vfio.ts';
import { printOp } from '../notation/printOp.ts';
import type { CallOp } from './plan.ts';
import { deviceName } from './runtime.ts';
import { braces, u32 } from './text.ts';

/** The helpers that an expression needs (runtime.ts). */
export type Helper = 'set_irqs' | 'place' | 'eventfd' | 'file' | 'config' | 'reopen' | 'settle';

/** A value returned by a call and its expected value, both C expressions of unsigned type. */
export interface Expected {
  readonly name: string;
  readonly seen: string;
  readonly want: string;
}

/** A call in C. */
export interface CCall {
  /** The operation in notation, for people. */
  readonly label: string;
  /** Statements before it. */
  readonly before: readonly string[];
  /** An expression with the return value of the system call. */
  readonly call: string;
  readonly want: number;
  readonly values: readonly Expected[];
  /** Statements after it. */
  readonly after: readonly string[];
  /** Variables that it uses. */
  readonly variables: readonly ('value' | 'config_value' | 'irq_info' | 'device_info')[];
  readonly helpers: readonly Helper[];
}

/** Characters of a label that are shown. */
const LABEL = 64;

/** Returns the call of an operation with the result `run`. */
export function callOf(op: CallOp, run: Run): CCall {
  const text = printOp(op);
  const plain = {
    label: text.length > LABEL ? `${text.slice(0, LABEL - 3)}...` : text,
    before: [],
    want: run.ret,
    values: [],
    after: [],
    variables: [],
    helpers: [],
  };
  const { out } = run;
  switch (op.op) {
    case 'eventfd': {
      const flags = op.semaphore ? 'EFD_SEMAPHORE' : '0';
      return {
        ...plain,
        call: `open_eventfd(${op.fd}, ${u32(Number(op.initval))}, ${flags})`,
        helpers: ['place', 'eventfd'],
      };
    }
    case 'file':
      return { ...plain, call: `open_null(${op.fd})`, helpers: ['place', 'file'] };
    case 'close':
      return { ...plain, call: `close(${op.fd})` };
    case 'read':
      return {
        ...plain,
        before: ['value = 0;'],
        call: `read(${op.fd}, &value, sizeof(value))`,
        values: readValue(out, 'value'),
        variables: ['value'],
      };
    case 'write':
      if (op.size !== undefined) {
        const call = `write(${op.fd}, (const uint64_t[512]){ ${op.value}ULL }, ${op.size})`;
        return { ...plain, call, after: ['settle();'], helpers: ['settle'] };
      }
      return {
        ...plain,
        before: [`value = ${op.value}ULL;`],
        call: `write(${op.fd}, &value, sizeof(value))`,
        after: ['settle();'],
        variables: ['value'],
        helpers: ['settle'],
      };
    case 'set_irqs':
      return { ...plain, call: setIrqsCall(op), helpers: ['set_irqs'] };
    case 'irq_info': {
      const values: readonly Expected[] =
        out === null
          ? []
          : [
              {
                name: 'flags',
                seen: 'irq_info.flags',
                want: named(out.flags, IRQ_INFO_FLAGS, 'VFIO_IRQ_INFO_'),
              },
              { name: 'count', seen: 'irq_info.count', want: unsigned(out.count) },
            ];
      return {
        ...plain,
        before: [
          `irq_info = (struct vfio_irq_info){ .argsz = sizeof(irq_info), .index = ${indexText(op.index)} };`,
        ],
        call: 'ioctl(DEVICE, VFIO_DEVICE_GET_IRQ_INFO, &irq_info)',
        values,
        variables: ['irq_info'],
      };
    }
    case 'device_info': {
      const known = 'VFIO_DEVICE_FLAGS_RESET | VFIO_DEVICE_FLAGS_PCI';
      const values: readonly Expected[] =
        out === null
          ? []
          : [
              {
                name: 'flags',
                seen: `(device_info.flags & (${known}))`,
                want: named(out.flags, DEVICE_FLAGS, 'VFIO_DEVICE_FLAGS_'),
              },
              { name: 'num_regions', seen: 'device_info.num_regions', want: unsigned(out.regions) },
              { name: 'num_irqs', seen: 'device_info.num_irqs', want: unsigned(out.irqs) },
            ];
      return {
        ...plain,
        before: ['device_info = (struct vfio_device_info){ .argsz = sizeof(device_info) };'],
        call: 'ioctl(DEVICE, VFIO_DEVICE_GET_INFO, &device_info)',
        values,
        variables: ['device_info'],
      };
    }
    case 'reset':
      return { ...plain, call: 'ioctl(DEVICE, VFIO_DEVICE_RESET)' };
    case 'hot_reset':
      // argsz, flags, count, group_fds
      return {
        ...plain,
        call: 'ioctl(DEVICE, VFIO_DEVICE_PCI_HOT_RESET, (const uint32_t[]){ 16, 0, 1, GROUP })',
      };
    case 'hot_reset_info': {
      // argsz, flags, count, and room for the list of devices
      const words = op.short === true ? 3 : 1024;
      const call = `ioctl(DEVICE, VFIO_DEVICE_GET_PCI_HOT_RESET_INFO, (uint32_t[${words}]){ ${4 * words} })`;
      return { ...plain, call };
    }
    case 'release':
      return { ...plain, call: `close(${deviceName(run.before.openCount)})` };
    case 'reopen':
      return {
        ...plain,
        call: `open_device(${deviceName(run.before.openCount + 1)}, 0, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER)`,
        helpers: ['reopen'],
      };
    case 'cfg_read':
      return {
        ...plain,
        before: ['config_value = 0;'],
        call: `pread(DEVICE, &config_value, ${op.size}, config_offset + ${u32(op.off)})`,
        values: readValue(out, 'config_value'),
        variables: ['config_value'],
        helpers: ['config'],
      };
    case 'cfg_write':
      return {
        ...plain,
        before: [`config_value = ${hex(op.value)};`],
        call: `pwrite(DEVICE, &config_value, ${op.size}, config_offset + ${u32(op.off)})`,
        variables: ['config_value'],
        helpers: ['config'],
      };
    default:
      return unreachable(op, 'operation');
  }
}

function readValue(out: Out | null, seen: string): readonly Expected[] {
  return out?.value === undefined ? [] : [{ name: 'value', seen, want: `${out.value}ULL` }];
}

function unsigned(value: number | undefined): string {
  return `${value ?? 0}u`;
}

/** Returns flags by their names in the header, cast to the type of the field that they are compared with. */
function named(flags: number | undefined, names: FlagNames, prefix: string): string {
  if (flags === undefined || flags === 0) return unsigned(flags);
  return `(uint32_t)(${flagsText(flags, names, prefix).replaceAll('|', ' | ')})`;
}

const FLAGS: FlagNames = [
  [VFIO_IRQ_SET_DATA_NONE, 'VFIO_IRQ_SET_DATA_NONE'],
  [VFIO_IRQ_SET_DATA_BOOL, 'VFIO_IRQ_SET_DATA_BOOL'],
  [VFIO_IRQ_SET_DATA_EVENTFD, 'VFIO_IRQ_SET_DATA_EVENTFD'],
  [VFIO_IRQ_SET_ACTION_MASK, 'VFIO_IRQ_SET_ACTION_MASK'],
  [VFIO_IRQ_SET_ACTION_UNMASK, 'VFIO_IRQ_SET_ACTION_UNMASK'],
  [VFIO_IRQ_SET_ACTION_TRIGGER, 'VFIO_IRQ_SET_ACTION_TRIGGER'],
];
const INDEXES = [
  'VFIO_PCI_INTX_IRQ_INDEX',
  'VFIO_PCI_MSI_IRQ_INDEX',
  'VFIO_PCI_MSIX_IRQ_INDEX',
  'VFIO_PCI_ERR_IRQ_INDEX',
  'VFIO_PCI_REQ_IRQ_INDEX',
];

/** Returns C with the variable `device` in place of the constant `DEVICE`. */
export function onDevice(text: string): string {
  return text.replaceAll(/\bDEVICE\b(?=[,)])/g, 'device');
}

/** Returns an index by its name in the header. */
export function indexText(index: number): string {
  return INDEXES[index] ?? u32(index);
}

function setIrqsCall({ argsz, flags, index, start, count, data }: IrqSet): string {
  const header = [argsz, flagsText(flags, FLAGS).replaceAll('|', ' | '), indexText(index), start, count].map(
    (field) => (typeof field === 'number' ? u32(field) : field),
  );
  const type = data.kind === 'i32' ? 'int32_t' : 'uint8_t';
  const values = data.kind === 'none' ? [] : data.values;
  const bytes = values.length * (data.kind === 'i32' ? 4 : 1);
  const what = bytes === 0 ? 'NULL, 0' : `(const ${type}[])${braces(values, '\t\t\t')}, ${bytes}`;
  return `set_irqs(${header.slice(0, 2).join(', ')},\n\t\t\t${[...header.slice(2), what].join(', ')})`;
}

function hex(value: number): string {
  return `0x${value.toString(16)}${value > 0x7fffffff ? 'u' : ''}`;
}

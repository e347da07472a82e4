// The only entry to the model. It is pure: the same generation, machine and line give the same run, and the given machine
// does not change.

import { unreachable } from '../base/unreachable.ts';
import type { Machine } from '../machine/machine.ts';
import { EAGAIN, EBADF, errnoName } from '../uapi/errno.ts';
import {
  VFIO_DEVICE_FLAGS_PCI,
  VFIO_DEVICE_FLAGS_RESET,
  VFIO_PCI_NUM_IRQS,
  VFIO_PCI_NUM_REGIONS,
} from '../uapi/vfio.ts';
import { configSpan, readConfig, writeConfig } from './config.ts';
import { clobber, lower, raise } from './deviceModel.ts';
import type { Out, Run } from './frame.ts';
import type { Generation } from './generations/generation.ts';
import { Kernel, type Settled, type World } from './kernel.ts';
import {
  release,
  reopen,
  vfio_pci_ioctl_get_pci_hot_reset_info,
  vfio_pci_ioctl_pci_hot_reset,
  vfio_pci_ioctl_reset,
} from './lifecycle.ts';
import type { Line, Op } from './line.ts';
import { dropReference, eventfd_read, eventfd_write } from './services/eventfd.ts';
import { vfio_pci_ioctl_get_irq_info, vfio_pci_ioctl_set_irqs } from './setIrqs.ts';
import { virqfd_wakeup, virqfdHangup } from './virqfd.ts';

const WORLD: World = { wakeWaiters: virqfd_wakeup, raise };

/** Optional outputs of `run`. */
export interface RunOptions {
  /** Whether to keep every kernel call with the machine before and after it. */
  readonly frames: boolean;
  /** Called after each vector of a loop, where the rest of the line does not depend on its earlier course (kernel.ts). */
  readonly settled?: Settled | null;
}

/** Runs one line on a machine with a generation of the driver, and returns its results. */
export function run(
  generation: Generation,
  machine: Machine,
  line: Line,
  options: RunOptions = { frames: false },
): Run {
  const settled = generation.remembers === true ? null : options.settled;
  const k = new Kernel(machine, line, options.frames, WORLD, settled);
  const { ret, out } = perform(k, generation, line.op);
  const made = {
    ret: ret < 0 ? -1 : ret,
    errno: ret < 0 ? errnoName(-ret) : null,
    out,
    before: machine,
    after: k.machine(),
    frames: k.frames(),
    happenings: k.happenings,
    check: ret !== 0 ? k.check : null,
  };
  if (k.fired.length === 0 && !k.unmodelled) return made;
  const fired = k.fired.length === 0 ? {} : { fired: k.fired };
  return { ...made, ...fired, ...(k.unmodelled ? { unmodelled: true } : {}) };
}

interface Performed {
  readonly ret: number;
  readonly out: Out | null;
}

function perform(k: Kernel, generation: Generation, op: Op): Performed {
  switch (op.op) {
    case 'eventfd':
      return openEventfd(k, op.fd, op.initval, op.semaphore);
    case 'file':
      closeFd(k, op.fd);
      k.fds = k.fds.set(op.fd, { kind: 'other' }, k.owner);
      return { ret: 0, out: null };
    case 'close':
      return { ret: closeFd(k, op.fd) ? 0 : k.refuse('fd.closed', EBADF), out: null };
    case 'read':
      return read(k, op.fd);
    case 'write':
      return { ret: write(k, op.fd, op.value, op.size ?? 8), out: null };
    case 'release':
      return { ret: release(k, generation), out: null };
    case 'reopen':
      return { ret: reopen(k), out: null };
    case 'raise':
      return { ret: raise(k, op.vector), out: null };
    case 'lower':
      return { ret: lower(k), out: null };
    case 'clobber':
      return { ret: clobber(k, op.entry), out: null };
    case 'set_irqs':
    case 'irq_info':
    case 'device_info':
    case 'reset':
    case 'hot_reset':
    case 'hot_reset_info':
    case 'cfg_read':
    case 'cfg_write':
      return k.openCount > 0
        ? onDevice(k, generation, op)
        : { ret: k.refuse('ioctl.device-closed', EBADF), out: null };
    default:
      return unreachable(op, 'operation');
  }
}

type DeviceOp = Extract<
  Op,
  {
    readonly op:
      | 'set_irqs'
      | 'irq_info'
      | 'device_info'
      | 'reset'
      | 'hot_reset'
      | 'hot_reset_info'
      | 'cfg_read'
      | 'cfg_write';
  }
>;

function onDevice(k: Kernel, generation: Generation, op: DeviceOp): Performed {
  switch (op.op) {
    case 'set_irqs':
      return { ret: vfio_pci_ioctl_set_irqs(k, generation, op), out: null };
    case 'irq_info': {
      const { ret, flags, count } = vfio_pci_ioctl_get_irq_info(k, generation, op.index);
      return { ret, out: ret === 0 ? { flags, count } : null };
    }
    case 'device_info': {
      const flags = VFIO_DEVICE_FLAGS_PCI | (k.device.reset ? VFIO_DEVICE_FLAGS_RESET : 0);
      const ret = k.call('vfio_pci_ioctl_get_info', {}, () => 0);
      return { ret, out: { flags, regions: VFIO_PCI_NUM_REGIONS, irqs: VFIO_PCI_NUM_IRQS } };
    }
    case 'reset':
      return { ret: vfio_pci_ioctl_reset(k), out: null };
    case 'hot_reset':
      return { ret: vfio_pci_ioctl_pci_hot_reset(k), out: null };
    case 'hot_reset_info':
      return { ret: vfio_pci_ioctl_get_pci_hot_reset_info(k, op.short === true), out: null };
    case 'cfg_read': {
      let value: number | undefined;
      const ret = k.call('vfio_pci_config_rw', { off: op.off, count: op.size, iswrite: 0 }, () => {
        const span = configSpan(k, op.off, op.size);
        if (span >= 0) value = readConfig(k, op.off, span);
        return span;
      });
      return { ret, out: value === undefined ? null : { value: BigInt(value) } };
    }
    case 'cfg_write': {
      const { off, size, value } = op;
      const ret = k.call('vfio_pci_config_rw', { off, count: size, iswrite: 1, value }, () => {
        const span = configSpan(k, off, size);
        if (span >= 0) writeConfig(k, off, span, value);
        return span;
      });
      return { ret, out: null };
    }
    default:
      return unreachable(op, 'operation');
  }
}

/** eventfd(2) followed by dup2(2) to `fd`, which closes an open file there. */
function openEventfd(k: Kernel, fd: number, initval: bigint, semaphore: boolean): Performed {
  const ev = k.nextEventfd;
  k.nextEventfd = ev + 1;
  k.eventfds = k.eventfds.set(ev, { count: initval, semaphore, refs: 1 }, k.owner);
  closeFd(k, fd);
  k.fds = k.fds.set(fd, { kind: 'eventfd', ev }, k.owner);
  return { ret: 0, out: { ev } };
}

function closeFd(k: Kernel, fd: number): boolean {
  const file = k.fds.get(fd);
  if (file === undefined) return false;
  k.fds = k.fds.delete(fd, k.owner);
  if (file.kind === 'eventfd') {
    // closing the file removes its waiters; attachments stay and keep the object
    virqfdHangup(k, file.ev);
    dropReference(k, file.ev);
  }
  return true;
}

function read(k: Kernel, fd: number): Performed {
  const file = k.fds.get(fd);
  if (file === undefined) return { ret: k.refuse('fd.closed', EBADF), out: null };
  // reading /dev/null returns 0
  if (file.kind === 'other') return { ret: 0, out: null };
  const value = eventfd_read(k, file.ev);
  return value === null ? { ret: k.refuse('eventfd.empty', EAGAIN), out: null } : { ret: 8, out: { value } };
}

function write(k: Kernel, fd: number, value: bigint, size: number): number {
  const file = k.fds.get(fd);
  if (file === undefined) return k.refuse('fd.closed', EBADF);
  return file.kind === 'other' ? size : eventfd_write(k, file.ev, value, size);
}

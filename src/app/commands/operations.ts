// The operations besides SET_IRQS, each a line of the script.

import { line, type Op } from '../../kernel/line.ts';
import { openDescriptors } from '../../views/wiring/eventfds.ts';
import { currentMachine, useCompose } from '../state/compose.ts';
import { runLine, useLab } from '../state/lab.ts';
import type { Command } from './command.ts';

const section = 'Operations' as const;
const FIRST_FD = 100;

/** Runs an operation after the line that is looked at. */
export function perform(op: Op): void {
  runLine(line(op));
}

/** The number that the next descriptor gets. */
export function freeFd(): number {
  return currentMachine().fds.firstFree(FIRST_FD);
}

/** The descriptor that read, write and close act on, or null when none is open. */
export function chosenFd(): number | null {
  const fds = openDescriptors(currentMachine());
  const { fd } = useCompose.getState();
  return (fds.find((one) => one.fd === fd) ?? fds[0])?.fd ?? null;
}

/** The vector that the device raises, or null where what is typed is no vector. */
function chosenVector(): number | null {
  const { vector } = useCompose.getState();
  return /^\d{1,4}$/.test(vector) ? Number(vector) : null;
}

/** A command without an operand. */
function plain(title: string, op: Op['op'] & ('reset' | 'lower' | 'device_info'), key?: string): Command {
  const keys = key === undefined ? {} : { keys: [key] };
  return { id: `op.${op}`, section, title, ...keys, run: () => perform({ op }) };
}

function onFd(title: string, make: (fd: number) => Op): Command {
  return {
    id: `op.${title}`,
    section,
    title: `${title} the chosen descriptor`,
    enabled: () => chosenFd() !== null,
    run: () => {
      const fd = chosenFd();
      if (fd !== null) perform(make(fd));
    },
  };
}

function onVector(id: string, title: string, make: (vector: number) => Op, key?: string): Command {
  const keys = key === undefined ? {} : { keys: [key] };
  return {
    id: `op.${id}`,
    section,
    title,
    ...keys,
    enabled: () => chosenVector() !== null,
    run: () => {
      const vector = chosenVector();
      if (vector !== null) perform(make(vector));
    },
  };
}

/** Descriptors, the device's own interrupts, reset, release. */
export const OPERATIONS: readonly Command[] = [
  {
    id: 'op.eventfd',
    section,
    title: 'Create an eventfd',
    keys: ['KeyC'],
    run: () => perform({ op: 'eventfd', fd: freeFd(), initval: 0n, semaphore: false }),
  },
  {
    id: 'op.semaphore',
    section,
    title: 'Create an eventfd with EFD_SEMAPHORE',
    run: () => perform({ op: 'eventfd', fd: freeFd(), initval: 0n, semaphore: true }),
  },
  {
    id: 'op.file',
    section,
    title: 'Open a file that is not an eventfd',
    run: () => perform({ op: 'file', fd: freeFd() }),
  },
  onFd('read', (fd) => ({ op: 'read', fd })),
  onFd('write', (fd) => ({ op: 'write', fd, value: 1n })),
  onFd('close', (fd) => ({ op: 'close', fd })),
  onVector('raise', 'Raise the chosen vector', (vector) => ({ op: 'raise', vector }), 'KeyR'),
  plain('Take back the pin interrupt', 'lower'),
  onVector('clobber', 'Clobber the table entry of the chosen vector', (entry) => ({ op: 'clobber', entry })),
  plain('VFIO_DEVICE_RESET', 'reset'),
  plain('VFIO_DEVICE_GET_INFO', 'device_info'),
  {
    id: 'op.irq_info',
    section,
    title: 'VFIO_DEVICE_GET_IRQ_INFO of the chosen index',
    run: () => perform({ op: 'irq_info', index: useLab.getState().draft.index }),
  },
  {
    id: 'op.open',
    section,
    title: 'Release the device, or open it again',
    run: () => perform({ op: currentMachine().opened ? 'release' : 'reopen' }),
  },
];

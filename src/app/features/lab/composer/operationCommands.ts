// The operations besides SET_IRQS; each adds a line to the script.

import { line, type Op } from '../../../../kernel/line.ts';
import { FIRST_FD } from '../../../../machine/fdNumbers.ts';
import { openDescriptors } from '../../../../text/eventfds.ts';
import type { App } from '../../../store/app.ts';
import type { Command } from '../../../store/commands.ts';
import { composeSlice, currentMachine } from '../../../store/compose.ts';
import { labSlice, runLine } from '../../../store/lab.ts';

const section = 'Operations' as const;

/** Runs an operation after the current line. */
export function perform(app: App, op: Op): void {
  runLine(app, line(op));
}

/** Returns the number of the next descriptor. */
export function freeFd(app: App): number {
  return currentMachine(app).fds.firstFree(FIRST_FD);
}

/** Returns the descriptor for read, write and close, or null when no descriptor is open. */
export function chosenFd(app: App): number | null {
  const fds = openDescriptors(currentMachine(app));
  const { fd } = app.get(composeSlice);
  return (fds.find((one) => one.fd === fd) ?? fds[0])?.fd ?? null;
}

/** Returns the vector that the device raises, or null when the typed text is not a number. */
function chosenVector(app: App): number | null {
  const { vector } = app.get(composeSlice);
  return /^\d{1,4}$/.test(vector) ? Number(vector) : null;
}

/** A command without an operand. */
function plain(title: string, op: Op['op'] & ('reset' | 'lower' | 'device_info'), key?: string): Command {
  const keys = key === undefined ? {} : { keys: [key] };
  return { id: `op.${op}`, section, title, ...keys, run: (app) => perform(app, { op }) };
}

function onFd(title: string, make: (fd: number) => Op): Command {
  return {
    id: `op.${title}`,
    section,
    title: `${title} the chosen descriptor`,
    enabled: (app) => chosenFd(app) !== null,
    run: (app) => {
      const fd = chosenFd(app);
      if (fd !== null) perform(app, make(fd));
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
    enabled: (app) => chosenVector(app) !== null,
    run: (app) => {
      const vector = chosenVector(app);
      if (vector !== null) perform(app, make(vector));
    },
  };
}

/** Descriptors, the device's own interrupts, reset and release. */
export const OPERATIONS: readonly Command[] = [
  {
    id: 'op.eventfd',
    section,
    title: 'Create an eventfd',
    keys: ['KeyC'],
    run: (app) => perform(app, { op: 'eventfd', fd: freeFd(app), initval: 0n, semaphore: false }),
  },
  {
    id: 'op.semaphore',
    section,
    title: 'Create an eventfd with EFD_SEMAPHORE',
    run: (app) => perform(app, { op: 'eventfd', fd: freeFd(app), initval: 0n, semaphore: true }),
  },
  {
    id: 'op.file',
    section,
    title: 'Open a file that is not an eventfd',
    run: (app) => perform(app, { op: 'file', fd: freeFd(app) }),
  },
  onFd('read', (fd) => ({ op: 'read', fd })),
  onFd('write', (fd) => ({ op: 'write', fd, value: 1n })),
  onFd('close', (fd) => ({ op: 'close', fd })),
  onVector('raise', 'Raise the chosen vector', (vector) => ({ op: 'raise', vector }), 'KeyR'),
  plain('Lower the interrupt pin', 'lower'),
  onVector('clobber', 'Overwrite the table entry of the chosen vector', (entry) => ({
    op: 'clobber',
    entry,
  })),
  plain('VFIO_DEVICE_RESET', 'reset'),
  plain('VFIO_DEVICE_GET_INFO', 'device_info'),
  {
    id: 'op.irq_info',
    section,
    title: 'VFIO_DEVICE_GET_IRQ_INFO of the chosen index',
    run: (app) => perform(app, { op: 'irq_info', index: app.get(labSlice).draft.index }),
  },
  {
    id: 'op.open',
    section,
    title: 'Release the device, or open it again',
    run: (app) => perform(app, { op: currentMachine(app).openCount > 0 ? 'release' : 'reopen' }),
  },
];

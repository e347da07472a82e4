// The cost of each policy, counted by the model on fixed workloads: irqs that stay allocated, times without a handler, kernel calls.

import type { Happening, Run } from '../../kernel/frame.ts';
import { type Line, line } from '../../kernel/line.ts';
import { run } from '../../kernel/run.ts';
import { BAD_FD, FIRST_FD } from '../../machine/fdNumbers.ts';
import type { Machine } from '../../machine/machine.ts';
import { NO_DATA } from '../../uapi/irqSet.ts';
import {
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_IRQ_SET_DATA_NONE,
  VFIO_IRQ_SET_MINSZ,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../../uapi/vfio.ts';
import { alphabetOf, USUAL_ALPHABET } from '../alphabet.ts';
import type { Mode } from './conditions.ts';
import type { LineResult } from './differences.ts';
import { fateOf } from './inside.ts';
import type { Reviewed } from './reviewed.ts';
import { deviceFor, startOf } from './sides.ts';

/** A step of the workload. */
export type CostStep = 'enable' | 'add' | 'swap' | 'detach' | 'failing-block' | 'failing-add' | 'disable';

/** The cost of one step in one kernel. */
export interface Cost {
  readonly result: LineResult;
  /** Irqs allocated after the step, and vectors attached to an eventfd. */
  readonly held: number;
  readonly attached: number;
  /** Kernel calls of the ioctl that the model has. */
  readonly calls: number;
  /** Vectors that lost their handler and got one again within the ioctl. */
  readonly windows: number;
  /** Windows in which an interrupt of the device is lost; in the others it is delivered when the window ends. */
  readonly losing: number;
  /** Vectors attached before and without a handler after. */
  readonly detached: number;
}

/** One step in both kernels. */
export interface CostRow {
  readonly mode: Mode;
  readonly step: CostStep;
  readonly line: Line;
  readonly of: readonly [Cost, Cost];
}

const A = FIRST_FD;
const B = FIRST_FD + 1;

/** The vectors that the first step enables. */
const ENABLED = 4;

function assign(mode: Mode, start: number, values: readonly number[]): Line {
  return line({
    op: 'set_irqs',
    argsz: VFIO_IRQ_SET_MINSZ + 4 * values.length,
    flags: VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER,
    index: indexOf(mode),
    start,
    count: values.length,
    data: { kind: 'i32', values },
  });
}

function indexOf(mode: Mode): number {
  return mode === 'msix' ? VFIO_PCI_MSIX_IRQ_INDEX : VFIO_PCI_MSI_IRQ_INDEX;
}

function disable(mode: Mode): Line {
  return line({
    op: 'set_irqs',
    argsz: VFIO_IRQ_SET_MINSZ,
    flags: VFIO_IRQ_SET_DATA_NONE | VFIO_IRQ_SET_ACTION_TRIGGER,
    index: indexOf(mode),
    start: 0,
    count: 0,
    data: NO_DATA,
  });
}

/** The steps, which run one after the other. */
function workload(mode: Mode): readonly (readonly [CostStep, Line])[] {
  const added = (step: CostStep, at: Line) => (mode === 'msix' ? [[step, at] as const] : []);
  return [
    [
      'enable',
      assign(
        mode,
        0,
        Array.from({ length: ENABLED }, () => A),
      ),
    ],
    ...added('add', assign(mode, ENABLED, [A])),
    ['swap', assign(mode, 0, [B])],
    ['detach', assign(mode, 1, [-1])],
    ['failing-block', assign(mode, 2, [B, BAD_FD])],
    ...added('failing-add', assign(mode, ENABLED + 1, [BAD_FD])),
    ['disable', disable(mode)],
  ];
}

/** Returns the steps of the MSI-X workload, then those of MSI. */
export function costs(a: Reviewed, b: Reviewed): readonly CostRow[] {
  return (['msix', 'msi'] as const).flatMap((mode) => {
    const steps = workload(mode);
    const [inA, inB] = [counted(a, mode, steps), counted(b, mode, steps)];
    return steps.flatMap(([step, at], place): readonly CostRow[] => {
      const [costA, costB] = [inA[place], inB[place]];
      return costA === undefined || costB === undefined ? [] : [{ mode, step, line: at, of: [costA, costB] }];
    });
  });
}

function placeOf(of: Reviewed, mode: Mode) {
  const alphabet = { ...USUAL_ALPHABET, mode, vectors: mode === 'msix' ? 2 * ENABLED : ENABLED, goodFds: 2 };
  const { setUp } = alphabetOf({ ...alphabet, maxBlock: 1 });
  return { device: deviceFor(of, { condition: { kind: 'usual' }, alphabet }), setUp };
}

function counted(of: Reviewed, mode: Mode, steps: readonly (readonly [CostStep, Line])[]): readonly Cost[] {
  const { device, setUp } = placeOf(of, mode);
  let machine = startOf(of, device, setUp).start;
  return steps.map(([, at]) => {
    const made = run(of.generation, machine, at, { frames: true });
    const cost = costOf(of, machine, at, made);
    machine = made.after;
    return cost;
  });
}

function attachedIn(machine: Machine): readonly number[] {
  return machine.domain.descs
    .entries()
    .flatMap(([vector, { handler }]) => (handler === null ? [] : [vector]));
}

function costOf({ generation }: Reviewed, before: Machine, at: Line, made: Run): Cost {
  const after = attachedIn(made.after);
  const windows = windowsOf(made.happenings);
  const losing = windows.filter(({ vector, nth }) => {
    // in MSI mode the device fires vector 0 alone
    if (made.after.domain.mode === 'msi' && vector !== 0) return false;
    const raises = [{ vector, when: 'after', fn: 'free_irq', nth } as const];
    return fateOf(run(generation, before, { ...at, raises }), vector).kind === 'lost';
  });
  return {
    result: { ret: made.ret, errno: made.errno },
    held: made.after.domain.descs.size,
    attached: after.length,
    calls: made.frames.filter(({ interrupt }) => !interrupt).length,
    windows: windows.length,
    losing: losing.length,
    detached: attachedIn(before).filter((vector) => !after.includes(vector)).length,
  };
}

/** Returns the vectors that lose their handler and get one again, each with the number of its free_irq within the line. */
function windowsOf(
  happenings: readonly Happening[],
): readonly { readonly vector: number; readonly nth: number }[] {
  const windows: { readonly vector: number; readonly nth: number }[] = [];
  const open = new Map<number, number>();
  let nth = 0;
  for (const event of happenings) {
    if (event.kind === 'detached') open.set(event.vector, ++nth);
    const begun = event.kind === 'attached' ? open.get(event.vector) : undefined;
    if (event.kind !== 'attached' || begun === undefined) continue;
    windows.push({ vector: event.vector, nth: begun });
    open.delete(event.vector);
  }
  return windows;
}

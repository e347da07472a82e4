// The host's view of every lane at one place: the device's rows of /proc/interrupts, and msi_irqs and config of sysfs, with the
// differences between the lanes. This is what root sees without the client.

import type { Machine } from '../../machine/machine.ts';
import { differ } from '../../session/differences.ts';
import type { LaneRuns } from '../../session/laneRuns.ts';
import { observeDevice } from '../../session/observe.ts';
import { chipName, type InterruptLine, interruptLines, isListed } from '../wiring/interrupts.ts';

/** The number of deliveries of each irq since its allocation. */
export interface Counts {
  readonly get: (irq: number) => number | undefined;
}

/** One irq in /proc/interrupts: a vector or the pin in every lane, null where the lane does not list it. */
export interface HostRow {
  /** Null for the pin. */
  readonly vector: number | null;
  readonly lanes: readonly (InterruptLine | null)[];
  /** The parts in which lanes differ; the name of the chip, which depends on the release, is not compared. */
  readonly differs: readonly ('listed' | 'irq' | 'count' | 'handler')[];
}

/** One number in msi_irqs. */
export interface HostIrq {
  readonly irq: number;
  /** Some lane does not have the irq. */
  readonly differs: boolean;
}

/** The host's view of all lanes. */
export interface HostView {
  readonly bdf: string;
  readonly rows: readonly HostRow[];
  /** By lane, in ascending order. */
  readonly msiIrqs: readonly (readonly HostIrq[])[];
  /** The vectors with an irq that some lane does not have in msi_irqs. */
  readonly ownIrqs: ReadonlySet<number>;
  /** Interrupt registers in config space differ. */
  readonly config: boolean;
  /** The names of the chips by lane, if they differ; empty otherwise. */
  readonly chips: readonly string[];
}

/** Returns the host's view. `machines` and `counts` are those of the lanes at the place. */
export function hostView(
  lanes: readonly LaneRuns[],
  machines: readonly Machine[],
  counts: readonly Counts[],
): HostView {
  const all = machines.map((machine, at) =>
    interruptLines(machine, lanes[at]?.generation ?? 'dynamic', counts[at]),
  );
  const keyOf = (lane: number, irq: number) => lanes[lane]?.irqKey(irq) ?? irq;
  const sets = all.map((own, at) => new Set(own.filter(isMessage).map(({ irq }) => keyOf(at, irq))));
  const isOwn = (lane: number, irq: number) => sets.some((set) => !set.has(keyOf(lane, irq)));
  const chips = machines.map((machine, at) => chipName(machine, lanes[at]?.generation ?? 'dynamic'));
  return {
    bdf: machines[0]?.device.bdf ?? '',
    rows: rowsOf(all, lanes, keyOf),
    msiIrqs: all.map((own, at) => own.filter(isMessage).map(({ irq }) => ({ irq, differs: isOwn(at, irq) }))),
    ownIrqs: new Set(
      all.flatMap((own, at) =>
        own.flatMap(({ irq, vector }) => (vector !== null && isOwn(at, irq) ? [vector] : [])),
      ),
    ),
    config: differ(machines.map(configKey)),
    chips: differ(chips) ? chips : [],
  };
}

const isMessage = ({ vector }: InterruptLine) => vector !== null;

function rowsOf(
  all: readonly (readonly InterruptLine[])[],
  lanes: readonly LaneRuns[],
  keyOf: (lane: number, irq: number) => number,
): readonly HostRow[] {
  const listed = all.map((own) => new Map(own.filter(isListed).map((line) => [line.vector, line])));
  const vectors = [...new Set(listed.flatMap((own) => [...own.keys()]))];
  // a recording has no names of handlers
  const named = lanes.every(({ recorded }) => !recorded);
  return vectors
    .sort((a, b) => (a ?? -1) - (b ?? -1))
    .map((vector) => {
      const row = listed.map((own) => own.get(vector) ?? null);
      const shown = row.flatMap((line, at) => (line === null ? [] : [{ line, at }]));
      const parts = {
        listed: shown.length < row.length,
        irq: differ(shown.map(({ line, at }) => keyOf(at, line.irq))),
        count: differ(row.map((line) => line?.count ?? 0)),
        handler: differ(shown.map(({ line }) => (named ? line.name : line.requested))),
      };
      return {
        vector,
        lanes: row,
        differs: (['listed', 'irq', 'count', 'handler'] as const).filter((part) => parts[part]),
      };
    });
}

/** Returns a key of the registers that the file config shows and that concern interrupts. */
function configKey(machine: Machine): string {
  const { command, msi, msix, intx } = observeDevice(machine);
  return JSON.stringify([
    command,
    intx.pending,
    machine.pci.d3hot,
    msi && [msi.enabled, msi.vectors, msi.mask, msi.pending, msi.message.some((word) => word !== 0)],
    msix,
  ]);
}

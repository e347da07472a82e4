// The content that a run adds to the timeline. Turns come from the machines before and after the line, marks from the
// happenings; both are numbers, so that a worker can send them.

import type { Fired, Happening, LossCause, Run } from '../../kernel/frame.ts';
import type { Op } from '../../kernel/line.ts';
import type { Device } from '../../machine/device.ts';
import type { Machine } from '../../machine/machine.ts';
import type { ScriptLine } from '../../session/script.ts';
import { errnoNumber } from '../../uapi/errno.ts';
import type { IrqSet } from '../../uapi/irqSet.ts';
import {
  VFIO_PCI_ERR_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
  VFIO_PCI_REQ_IRQ_INDEX,
} from '../../uapi/vfio.ts';
import {
  LANE_STATES,
  type LaneKind,
  laneId,
  MARK_KINDS,
  type MarkKind,
  TEARDOWN_CAUSES,
  type TeardownCause,
  type TimelineChunk,
} from './data.ts';

/** The operations; columns contain the place in this list. */
export const OPERATION_KINDS: readonly Op['op'][] = [
  'eventfd',
  'file',
  'close',
  'read',
  'write',
  'set_irqs',
  'irq_info',
  'device_info',
  'reset',
  'hot_reset',
  'hot_reset_info',
  'release',
  'reopen',
  'cfg_read',
  'cfg_write',
  'clobber',
  'raise',
  'lower',
];

/** Causes of lost interrupts; the detail of a `lost` mark is the place in this list. */
export const LOSSES: readonly LossCause[] = [
  'disabled',
  'bus-master-off',
  'no-handler',
  'message-wiped',
  'eventfd-freed',
];

/** Collects lines from `from` on (counted from 1). */
export class TimelineWriter {
  readonly #from: number;
  #line: number;
  readonly #lines: number[] = [];
  readonly #turns: number[] = [];
  readonly #marks: number[] = [];
  readonly #names: number[] = [];

  constructor(from: number) {
    this.#from = from;
    this.#line = from - 1;
  }

  /** Adds the next line; null for a skipped line. */
  add({ line, disabled }: ScriptLine, run: Run | null): void {
    this.#line++;
    const teardown = run?.happenings.find(({ kind }) => kind === 'teardown');
    this.#lines.push(
      OPERATION_KINDS.indexOf(line.op.op),
      run?.errno == null ? 0 : errnoNumber(run.errno),
      run?.ret ?? 0,
      disabled ? 1 : 0,
      line.faults.length,
      line.raises?.length ?? 0,
      TEARDOWN_CAUSES.indexOf(run === null || teardown === undefined ? 'none' : teardownCause(line.op, run)),
      teardown?.kind === 'teardown' ? teardown.vectors : 0,
    );
    if (run === null) return;
    this.#addTurns(run.before, run.after);
    this.#addNames(run.before, run.after);
    if (run.happenings.length === 0) return;
    const lanes = markLanes(line.op, run);
    let resent = 0;
    for (const [at, happening] of run.happenings.entries()) {
      // the one named last is innermost
      const fired = run.fired?.findLast(({ from, end }) => from <= at && at < end);
      this.#addMark(happening, fired === undefined ? lanes : firedLanes(run, fired), resent);
      if (happening.kind === 'signal' && happening.by === 'loopback') resent++;
    }
  }

  /** Returns the collected lines. */
  chunk(): TimelineChunk {
    return {
      from: this.#from,
      lines: Int32Array.from(this.#lines),
      turns: Int32Array.from(this.#turns),
      marks: Int32Array.from(this.#marks),
      names: Int32Array.from(this.#names),
    };
  }

  #addTurns(before: Machine, after: Machine): void {
    if (before === after) return;
    for (const mode of ['msix', 'msi'] as const) {
      const vectors = new Set<number>();
      if (after.domain.mode === mode || before.domain.mode === mode)
        after.domain.descs.changesSince(before.domain.descs, (vector) => vectors.add(vector));
      if (mode === 'msix')
        after.pci.entries.changesSince(before.pci.entries, (vector) => vectors.add(vector));
      else for (const vector of bits(after.pci.msi.pending ^ before.pci.msi.pending)) vectors.add(vector);
      for (const vector of vectors) {
        this.#turn(laneId(mode, vector), slotOf(before, mode, vector), slotOf(after, mode, vector));
      }
    }
    for (const kind of ['intx', 'err', 'req'] as const) {
      this.#turn(laneId(kind), slotOf(before, kind, 0), slotOf(after, kind, 0));
    }
  }

  #addNames(before: Machine, after: Machine): void {
    if (before.fds === after.fds) return;
    after.fds.changesSince(before.fds, (fd, now, then) => {
      if (then?.kind === 'eventfd') this.#names.push(this.#line, then.ev, fd, 0);
      if (now?.kind === 'eventfd') this.#names.push(this.#line, now.ev, fd, 1);
    });
  }

  #turn(lane: number, then: Slot, now: Slot): void {
    if (
      then.state === now.state &&
      then.irq === now.irq &&
      then.ev === now.ev &&
      then.pending === now.pending
    )
      return;
    this.#turns.push(lane, this.#line, LANE_STATES.indexOf(now.state), now.irq, now.ev, now.pending ? 1 : 0);
  }

  #mark(lane: number, kind: MarkKind, detail: number): void {
    this.#marks.push(lane, this.#line, MARK_KINDS.indexOf(kind), detail);
  }

  /** Adds one happening; `resent` counts the earlier signals without an interrupt in the run. */
  #addMark(happening: Happening, { lane, device, loopback }: MarkLanes, resent: number): void {
    switch (happening.kind) {
      case 'raised':
        if (device !== null) this.#mark(device, 'raised', -1);
        break;
      case 'pended':
      case 'coalesced':
      case 'failed':
        this.#mark(lane(happening.vector), happening.kind, -1);
        break;
      case 'lost': {
        const at = happening.cause === 'disabled' ? device : lane(happening.vector);
        if (at !== null) this.#mark(at, 'lost', LOSSES.indexOf(happening.cause));
        break;
      }
      case 'allocated':
      case 'freed':
        this.#mark(lane(happening.vector), happening.kind, happening.irq);
        break;
      case 'delivered':
      case 'attached':
      case 'detached':
        this.#mark(lane(happening.vector), happening.kind, happening.ev);
        break;
      case 'signal':
        if (happening.by === 'virqfd') this.#mark(laneId('intx'), 'loopback', happening.ev);
        else if (happening.by === 'loopback')
          this.#mark(loopback[resent] ?? laneId('intx'), 'loopback', happening.ev);
        break;
      default:
        break;
    }
  }
}

function teardownCause(op: Op, { ret }: Run): TeardownCause {
  if (op.op === 'release') return 'release';
  return ret === 0 ? 'disable' : 'failed enable';
}

/** The lanes of a line's happenings. */
interface MarkLanes {
  /** Returns the lane of a vector in the kernel's numbering. */
  readonly lane: (vector: number) => number;
  /** Returns the lane at which the device raises, or null without an interrupt. */
  readonly device: number | null;
  /** Lanes that SET_IRQS signals itself, in its order. */
  readonly loopback: readonly number[];
}

function markLanes(op: Op, { before }: Run): MarkLanes {
  const kind = vectorKind(op, before);
  return {
    lane: (vector) => laneId(kind, kind === 'intx' ? 0 : vector),
    device: op.op === 'raise' ? raisedLane(before.device, enabledMode(before), op.vector) : null,
    loopback: op.op === 'set_irqs' ? loopbackLanes(op, before) : [],
  };
}

/** Returns the lanes for interrupts raised inside a line, in the mode of that moment. */
function firedLanes({ before }: Run, { raise, mode }: Fired): MarkLanes {
  return {
    lane: (vector) => laneId(mode ?? 'intx', mode === null ? 0 : vector),
    device: raisedLane(before.device, mode, raise.vector),
    loopback: [],
  };
}

function enabledMode({ pci }: Machine): Fired['mode'] {
  return pci.msixEnabled ? 'msix' : pci.msi.enabled ? 'msi' : null;
}

/** Returns the kind of the kernel's vectors: of the mode, else of the index that the line enables, else the pin. */
function vectorKind(op: Op, { domain }: Machine): LaneKind {
  if (domain.mode !== null) return domain.mode;
  if (op.op !== 'set_irqs') return 'intx';
  if (op.index === VFIO_PCI_MSIX_IRQ_INDEX) return 'msix';
  return op.index === VFIO_PCI_MSI_IRQ_INDEX ? 'msi' : 'intx';
}

/** Returns the message or pin that the device uses for a raised vector (kernel/deviceModel.ts). */
function raisedLane(device: Device, mode: Fired['mode'], vector: number): number | null {
  const vectors = device.msix?.vectors ?? 0;
  if (mode === 'msix') {
    const raised = device.raiseVectors === null ? vector : vector % device.raiseVectors;
    return raised < vectors ? laneId('msix', raised) : null;
  }
  if (mode === 'msi') return laneId('msi');
  if (device.intx) return laneId('intx');
  // no mode is enabled and there is no pin: the named vector
  if (vector < vectors) return laneId('msix', vector);
  return device.msi === null ? null : laneId('msi');
}

/** Returns the lanes that a loopback trigger (NONE or BOOL) signals. */
function loopbackLanes({ index, start, count, data }: IrqSet, { vdev, domain }: Machine): readonly number[] {
  if (index === VFIO_PCI_ERR_IRQ_INDEX) return [laneId('err')];
  if (index === VFIO_PCI_REQ_IRQ_INDEX) return [laneId('req')];
  if (domain.mode === null || data.kind === 'i32') return [];
  const lanes: number[] = [];
  const end = start + count;
  vdev.ctx.forEach(({ trigger }, vector) => {
    if (vector < start || vector >= end || trigger === null) return;
    if (data.kind === 'none' || data.values[vector - start] !== 0)
      lanes.push(laneId(domain.mode ?? 'msix', vector));
  });
  return lanes;
}

/** A lane's state in a machine. */
export interface Slot {
  readonly state: (typeof LANE_STATES)[number];
  readonly irq: number;
  readonly ev: number;
  readonly pending: boolean;
}

const NOTHING: Slot = { state: 'none', irq: 0, ev: -1, pending: false };

/** Returns a lane's state in the machine, which the timeline must show after the line. */
export function slotOf(machine: Machine, kind: LaneKind, vector: number): Slot {
  const { domain, pci, vdev, host } = machine;
  switch (kind) {
    case 'msix':
    case 'msi': {
      const pending =
        kind === 'msix'
          ? (pci.entries.get(vector)?.pending ?? false)
          : ((pci.msi.pending >>> vector) & 1) === 1;
      const desc = domain.mode === kind ? domain.descs.get(vector) : undefined;
      if (desc === undefined) return pending ? { ...NOTHING, pending } : NOTHING;
      const { irq, handler } = desc;
      return { state: handler === null ? 'cached' : 'attached', irq, ev: handler ?? -1, pending };
    }
    case 'intx': {
      if (vdev.intx === null) return NOTHING;
      const { requested, trigger } = vdev.intx;
      return {
        state: trigger === null ? 'cached' : 'attached',
        irq: requested ? host.pinIrq : 0,
        ev: trigger ?? -1,
        pending: pci.pinAsserted,
      };
    }
    case 'err':
    case 'req': {
      const ev = kind === 'err' ? vdev.err_trigger : vdev.req_trigger;
      return ev === null ? NOTHING : { state: 'attached', irq: 0, ev, pending: false };
    }
  }
}

function bits(set: number): readonly number[] {
  const found: number[] = [];
  for (let bit = 0; bit < 32; bit++) if (((set >>> bit) & 1) === 1) found.push(bit);
  return found;
}

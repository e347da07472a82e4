// What a run puts on the timeline. Turns come from the machines before and after the line, marks from what the kernel
// said happened; both are written as numbers at once, so that a worker can send them.

import type { Happening, LossCause, Run } from '../../kernel/frame.ts';
import type { Op } from '../../kernel/line.ts';
import type { Machine } from '../../machine/machine.ts';
import type { ScriptLine } from '../../session/script.ts';
import { errnoNumber } from '../../uapi/errno.ts';
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

/** The operations; a number in the columns is the place in this list. */
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
  'release',
  'reopen',
  'cfg_read',
  'cfg_write',
  'clobber',
  'raise',
  'lower',
];

/** Why an interrupt was lost; the detail of a `lost` mark is the place in this list. */
export const LOSSES: readonly LossCause[] = ['disabled', 'bus-master-off', 'no-handler', 'message-wiped'];

/** Collects lines from `from` on (counted from 1). */
export class TimelineWriter {
  readonly #from: number;
  #line: number;
  readonly #lines: number[] = [];
  readonly #turns: number[] = [];
  readonly #marks: number[] = [];

  constructor(from: number) {
    this.#from = from;
    this.#line = from - 1;
  }

  /** Adds the next line; null for one that is left out. */
  add({ line, disabled }: ScriptLine, run: Run | null): void {
    this.#line++;
    const teardown = run?.happenings.find(({ kind }) => kind === 'teardown');
    this.#lines.push(
      OPERATION_KINDS.indexOf(line.op.op),
      run?.errno == null ? 0 : errnoNumber(run.errno),
      run?.ret ?? 0,
      disabled ? 1 : 0,
      line.faults.length,
      TEARDOWN_CAUSES.indexOf(run === null || teardown === undefined ? 'none' : teardownCause(line.op, run)),
      teardown?.kind === 'teardown' ? teardown.vectors : 0,
    );
    if (run === null) return;
    this.#addTurns(run.before, run.after);
    const lane = vectorLanes(run);
    for (const happening of run.happenings) this.#addMark(happening, lane, run);
  }

  /** What was collected. */
  chunk(): TimelineChunk {
    return {
      from: this.#from,
      lines: Int32Array.from(this.#lines),
      turns: Int32Array.from(this.#turns),
      marks: Int32Array.from(this.#marks),
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

  #addMark(happening: Happening, lane: (vector: number) => number, run: Run): void {
    switch (happening.kind) {
      case 'raised':
      case 'pended':
      case 'coalesced':
      case 'failed':
        return this.#mark(lane(happening.vector), happening.kind, -1);
      case 'lost':
        return this.#mark(lane(happening.vector), 'lost', LOSSES.indexOf(happening.cause));
      case 'delivered':
        return this.#mark(lane(happening.vector), 'delivered', happening.ev);
      case 'allocated':
        return this.#mark(lane(happening.vector), 'allocated', happening.irq);
      case 'freed':
        return this.#mark(lane(happening.vector), 'freed', happening.irq);
      case 'attached':
      case 'detached':
        return this.#mark(lane(happening.vector), happening.kind, happening.ev);
      case 'signal':
        if (happening.by === 'loopback')
          for (const id of boundTo(run.before, happening.ev)) this.#mark(id, 'loopback', happening.ev);
        return;
      default:
        return;
    }
  }
}

function teardownCause(op: Op, { ret }: Run): TeardownCause {
  if (op.op === 'release') return 'release';
  return ret === 0 ? 'disable' : 'failed enable';
}

/** Which lane a happening's vector means: the mode that the line found or made, the pin where there is none. */
function vectorLanes({ before, after }: Run): (vector: number) => number {
  const mode = before.domain.mode ?? after.domain.mode;
  const kind: LaneKind = mode ?? (before.device.msix !== null && before.vdev.intx === null ? 'msix' : 'intx');
  return (vector) => laneId(kind, kind === 'intx' ? 0 : vector);
}

/** The lanes whose trigger is this eventfd. */
function boundTo({ vdev, domain }: Machine, ev: number): readonly number[] {
  const lanes: number[] = [];
  const kind = domain.mode;
  if (kind !== null)
    vdev.ctx.forEach(({ trigger }, vector) => {
      if (trigger === ev) lanes.push(laneId(kind, vector));
    });
  if (vdev.intx?.trigger === ev) lanes.push(laneId('intx'));
  if (vdev.err_trigger === ev) lanes.push(laneId('err'));
  if (vdev.req_trigger === ev) lanes.push(laneId('req'));
  return lanes;
}

/** What a lane shows of a machine. */
export interface Slot {
  readonly state: (typeof LANE_STATES)[number];
  readonly irq: number;
  readonly ev: number;
  readonly pending: boolean;
}

const NOTHING: Slot = { state: 'none', irq: 0, ev: -1, pending: false };

/** What the machine holds for a lane: what the timeline must show after the line. */
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

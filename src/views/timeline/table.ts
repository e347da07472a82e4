// The timeline as a table, made of the same columns that are drawn: what a line did on its lanes, and what every lane is
// after a line.

import {
  LANE_STATES,
  type Lane,
  type LaneKind,
  laneSubject,
  MARK_KINDS,
  type MarkKind,
  TEARDOWN_CAUSES,
  type TimelineData,
} from './data.ts';
import { LOSSES, type Slot } from './extract.ts';

/** A lane after a line. */
export interface LaneSlot extends Slot {
  readonly lane: number;
  readonly kind: LaneKind;
  readonly vector: number;
}

/** What a lane that is known to the timeline is after line `line` (0: before the first one). */
export function laneStateAt({ id, turns }: Lane, line: number): LaneSlot {
  const at = turns.line.upTo(line) - 1;
  const none = at < 0;
  return {
    lane: id,
    ...laneSubject(id),
    state: LANE_STATES[none ? 0 : turns.state.at(at)] ?? 'none',
    irq: none ? 0 : turns.irq.at(at),
    ev: none ? -1 : turns.ev.at(at),
    pending: !none && turns.pending.at(at) === 1,
  };
}

/** Every lane of the timeline after line `line`, in the order of the screen. A lane that is not listed was never used. */
export function laneStatesAt(data: TimelineData, line: number): readonly LaneSlot[] {
  return data.laneIds.flatMap((id) => {
    const lane = data.lane(id);
    return lane === undefined ? [] : [laneStateAt(lane, line)];
  });
}

/** A mark of a line. `detail` is −1 for none, an irq, an eventfd object or the place in LOSSES, as the kind says. */
export interface LineMark {
  readonly lane: number;
  readonly kind: MarkKind;
  readonly detail: number;
}

/** What happened at a line, lane by lane in the order of the screen, on a lane in the order of the kernel. */
export function marksAt(data: TimelineData, line: number): readonly LineMark[] {
  const found: LineMark[] = [];
  for (const id of data.laneIds) {
    const marks = data.lane(id)?.marks;
    if (marks === undefined) continue;
    const end = marks.line.upTo(line);
    for (let at = marks.line.upTo(line - 1); at < end; at++) {
      found.push({ lane: id, kind: MARK_KINDS[marks.kind.at(at)] ?? 'raised', detail: marks.detail.at(at) });
    }
  }
  return found;
}

/** A lane by its name, for instance `vector 3`, `MSI 0`, `INTx`. */
export function laneName(lane: number): string {
  const { kind, vector } = laneSubject(lane);
  switch (kind) {
    case 'msix':
      return `vector ${vector}`;
    case 'msi':
      return `MSI ${vector}`;
    case 'intx':
      return 'INTx';
    case 'err':
      return 'ERR';
    case 'req':
      return 'REQ';
  }
}

/** What a lane is, in words. `fdOf` tells the descriptor of an eventfd object where one is known. */
export function slotWords(slot: Slot, fdOf: (ev: number) => string): string {
  const { state, irq, ev, pending } = slot;
  return [
    state,
    ...(irq === 0 ? [] : [`irq ${irq}`]),
    ...(ev < 0 ? [] : [fdOf(ev)]),
    ...(pending ? ['pending'] : []),
  ].join(', ');
}

const LOSS_WORDS: Readonly<Record<(typeof LOSSES)[number], string>> = {
  disabled: 'interrupts are disabled',
  'bus-master-off': 'bus master is off',
  'no-handler': 'no handler',
  'message-wiped': 'its message is gone',
};

function markWords(kind: MarkKind, detail: number): string {
  switch (kind) {
    case 'lost': {
      const cause = LOSSES[detail];
      return cause === undefined ? 'lost' : `lost (${LOSS_WORDS[cause]})`;
    }
    case 'allocated':
      return `irq ${detail} allocated`;
    case 'freed':
      return `irq ${detail} freed`;
    case 'loopback':
      return 'signalled without an interrupt';
    case 'pended':
      return 'stays pending';
    case 'coalesced':
      return 'pending already';
    default:
      return kind;
  }
}

/** So many lanes or things are named before the rest is counted. */
const NAMED = 4;

/**
 * What happened at a line in words: what is the same on several lanes is said once, for instance
 * `attached: vector 0–2; irq 25 allocated: vector 0`.
 */
export function lineWords(data: TimelineData, line: number): string {
  const groups = new Map<string, number[]>();
  const marks = marksAt(data, line);
  // numbers of irqs are told only while they are few
  const plain = marks.length > 2 * NAMED;
  for (const { lane, kind, detail } of marks) {
    const words =
      plain && (kind === 'allocated' || kind === 'freed') ? `irq ${kind}` : markWords(kind, detail);
    const lanes = groups.get(words);
    if (lanes === undefined) groups.set(words, [lane]);
    else if (lanes.at(-1) !== lane) lanes.push(lane);
  }
  const parts = [...groups].map(([words, lanes]) => `${words}: ${lanesWords(lanes)}`);
  const cause = TEARDOWN_CAUSES[data.lines.teardown.at(line - 1)] ?? 'none';
  if (cause !== 'none')
    parts.unshift(`pci_free_irq_vectors ended ${data.lines.ended.at(line - 1)} irqs (${cause})`);
  return parts.join('; ');
}

/** Lanes by name, runs of vectors as their ends. `lanes` ascend. */
function lanesWords(lanes: readonly number[]): string {
  const runs: { readonly from: number; to: number }[] = [];
  for (const lane of lanes) {
    const last = runs.at(-1);
    if (last !== undefined && last.to + 1 === lane && laneSubject(lane).kind === laneSubject(last.from).kind)
      last.to = lane;
    else runs.push({ from: lane, to: lane });
  }
  const named = runs
    .slice(0, NAMED)
    .map(({ from, to }) => (from === to ? laneName(from) : `${laneName(from)}–${laneSubject(to).vector}`));
  const left = runs.slice(NAMED).reduce((sum, { from, to }) => sum + to - from + 1, 0);
  return left === 0 ? named.join(', ') : `${named.join(', ')} and ${left} more`;
}

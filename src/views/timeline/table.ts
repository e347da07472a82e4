// The timeline as a table from the columns that are drawn: the events of a line, and the state of every lane
// after a line.

import { LOSS_WORDS } from '../../text/fired.ts';
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

/** The state of a lane after a line. */
export interface LaneSlot extends Slot {
  readonly lane: number;
  readonly kind: LaneKind;
  readonly vector: number;
}

/** Returns the state of a lane of the timeline after line `line` (0: before the first). */
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

/** Returns every lane of the timeline after line `line`, in the order of the screen. Unused lanes are not listed. */
export function laneStatesAt(data: TimelineData, line: number): readonly LaneSlot[] {
  return data.laneIds.flatMap((id) => {
    const lane = data.lane(id);
    return lane === undefined ? [] : [laneStateAt(lane, line)];
  });
}

/** A mark of a line. `detail` is an irq, an eventfd object or the place in LOSSES, by kind, or −1. */
export interface LineMark {
  readonly lane: number;
  readonly kind: MarkKind;
  readonly detail: number;
}

/** The marks of all lanes by line: line n has those from `start[n]` to before `start[n + 1]`. */
interface MarkIndex {
  readonly version: number;
  readonly start: Int32Array;
  readonly lane: Int32Array;
  /** Place among the marks of the lane. */
  readonly at: Int32Array;
}

const indexes = new WeakMap<TimelineData, MarkIndex>();

/** Returns the marks by line, computed once per version, so that table rows do not search thousands of lanes. */
function markIndex(data: TimelineData): MarkIndex {
  const known = indexes.get(data);
  if (known?.version === data.version) return known;
  const start = new Int32Array(data.length + 2);
  const each = (visit: (lane: number, line: number, at: number) => void) => {
    for (const id of data.laneIds) {
      const column = data.lane(id)?.marks.line;
      if (column === undefined) continue;
      const { values, length } = column;
      for (let at = 0; at < length; at++) visit(id, values[at] ?? 0, at);
    }
  };
  each((_, line) => {
    start[line + 1] = (start[line + 1] ?? 0) + 1;
  });
  for (let line = 1; line < start.length; line++) start[line] = (start[line] ?? 0) + (start[line - 1] ?? 0);
  const next = start.slice();
  const count = start.at(-1) ?? 0;
  const made = { version: data.version, start, lane: new Int32Array(count), at: new Int32Array(count) };
  each((lane, line, at) => {
    const place = next[line] ?? 0;
    next[line] = place + 1;
    made.lane[place] = lane;
    made.at[place] = at;
  });
  indexes.set(data, made);
  return made;
}

/** Returns the events of a line: lanes in the order of the screen, events of a lane in the kernel's order. */
export function marksAt(data: TimelineData, line: number): readonly LineMark[] {
  const { start, lane, at } = markIndex(data);
  const found: LineMark[] = [];
  const end = start[line + 1] ?? 0;
  for (let place = start[line] ?? 0; place < end; place++) {
    const id = lane[place] ?? 0;
    const marks = data.lane(id)?.marks;
    if (marks === undefined) continue;
    const mark = at[place] ?? 0;
    found.push({
      lane: id,
      kind: MARK_KINDS[marks.kind.at(mark)] ?? 'raised',
      detail: marks.detail.at(mark),
    });
  }
  return found;
}

/** Returns a lane's name, for instance `vector 3`, `MSI 0`, `INTx`. */
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
      return 'already pending';
    default:
      return kind;
  }
}

/** Most lanes or things that are named; the rest is counted. */
const NAMED = 4;

/**
 * Returns the events of a line in words, with equal events of several lanes joined, for instance
 * `attached: vector 0–2; irq 25 allocated: vector 0`.
 */
export function lineWords(data: TimelineData, line: number): string {
  const groups = new Map<string, number[]>();
  const marks = marksAt(data, line);
  // irq numbers are shown only while they are few
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
    parts.unshift(`pci_free_irq_vectors freed ${data.lines.ended.at(line - 1)} irqs (${cause})`);
  return parts.join('; ');
}

/** Returns lanes by name, with runs of vectors as ranges. `lanes` is ascending. */
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

// The timeline as single items, while they are few: segments, marks, and the rules of
// pci_free_irq_vectors, each with its place and its description.

import { LOSS_WORDS } from '../../text/fired.ts';
import {
  LANE_STATES,
  type Lane,
  laneSubject,
  MARK_KINDS,
  type MarkKind,
  type Marks,
  type TimelineData,
  type Turns,
} from './data.ts';
import { LOSSES } from './extract.ts';
import type { ItemView } from './raster.ts';
import { type LaneRow, laneWords } from './rows.ts';

/** Lines during which a lane keeps its state, irq and eventfd. */
export interface SegmentItem {
  readonly row: LaneRow;
  readonly state: 'cached' | 'attached';
  /** 0 for none. */
  readonly irq: number;
  /** Eventfd object, −1 for none. */
  readonly ev: number;
  /** Lines: from after line `from` to before line `to`. */
  readonly from: number;
  readonly to: number;
  /** First line with a mark on it. */
  readonly free: number;
  /** The lane's previous irq if it differs; else 0. */
  readonly irqBefore: number;
}

/** Lines during which an interrupt of a lane is pending. */
export interface PendingItem {
  readonly row: LaneRow;
  readonly from: number;
  readonly to: number;
}

/** Kinds of marks that are drawn; the ends of segments show the others. */
export type DrawnMark = Extract<
  MarkKind,
  'delivered' | 'loopback' | 'pended' | 'coalesced' | 'lost' | 'freed' | 'failed'
>;

/** A mark on a lane. */
export interface MarkItem {
  readonly row: LaneRow;
  readonly kind: DrawnMark;
  readonly line: number;
  /** Depends on the kind (extract.ts). */
  readonly detail: number;
}

/** A call of pci_free_irq_vectors through adjacent lanes. */
export interface RuleItem {
  readonly line: number;
  readonly top: number;
  readonly bottom: number;
}

/** Everything in a view. */
export interface TimelineItems {
  readonly segments: readonly SegmentItem[];
  readonly pending: readonly PendingItem[];
  readonly marks: readonly MarkItem[];
  readonly rules: readonly RuleItem[];
}

const DRAWN: ReadonlySet<MarkKind> = new Set<MarkKind>([
  'delivered',
  'loopback',
  'pended',
  'coalesced',
  'lost',
  'freed',
  'failed',
]);

function isDrawn(kind: MarkKind | undefined): kind is DrawnMark {
  return kind !== undefined && DRAWN.has(kind);
}

/** Returns the items of visible lanes; folded groups are drawn as cells. */
export function itemsOf(data: TimelineData, { layout, first, end, range }: ItemView): TimelineItems {
  const found: Found = { segments: [], pending: [], marks: [], rules: new Map() };
  const firstLine = Math.max(1, Math.floor(range.from));
  const lastLine = Math.min(data.length, Math.ceil(range.to) - 1);
  for (const row of layout.rows.slice(first, end)) {
    const lane = row.lane < 0 ? undefined : data.lane(row.lane);
    if (lane === undefined) continue;
    addTurns(found, row, lane, firstLine, lastLine, data.length);
    addMarks(found, row, lane, firstLine, lastLine, data);
  }
  return { ...found, rules: [...found.rules.values()].flat() };
}

interface Found {
  readonly segments: SegmentItem[];
  readonly pending: PendingItem[];
  readonly marks: MarkItem[];
  /** By line. */
  readonly rules: Map<number, RuleItem[]>;
}

function addTurns(
  found: Found,
  row: LaneRow,
  lane: Lane,
  firstLine: number,
  lastLine: number,
  lines: number,
): void {
  const { turns } = lane;
  const last = turns.line.upTo(lastLine);
  const lineOf = (at: number) => (at < turns.line.length ? turns.line.at(at) : lines + 1);
  const same = (a: number, b: number) =>
    turns.state.at(a) === turns.state.at(b) &&
    turns.irq.at(a) === turns.irq.at(b) &&
    turns.ev.at(a) === turns.ev.at(b);
  let at = Math.max(0, turns.line.upTo(firstLine) - 1);
  // a segment begins where its state began, even if "pending" has changed since
  while (at > 0 && same(at, at - 1)) at--;
  while (at < last) {
    let next = at + 1;
    while (next < turns.line.length && same(at, next)) next++;
    const state = LANE_STATES[turns.state.at(at)];
    if (state !== undefined && state !== 'none') {
      const irq = turns.irq.at(at);
      const before = irqBefore(turns, at);
      found.segments.push({
        row,
        state,
        irq,
        ev: turns.ev.at(at),
        from: lineOf(at),
        to: lineOf(next),
        free: Math.min(lineOf(next), nextMark(lane.marks, lineOf(at))),
        irqBefore: before !== irq && irq !== 0 ? before : 0,
      });
    }
    for (let one = at; one < next; one++) {
      if (turns.pending.at(one) === 1) found.pending.push({ row, from: lineOf(one), to: lineOf(one + 1) });
    }
    at = next;
  }
}

/** Returns the line of the first drawn mark after a line; Infinity without one. */
function nextMark(marks: Marks, line: number): number {
  let at = marks.line.upTo(line);
  while (at < marks.line.length && !isDrawn(MARK_KINDS[marks.kind.at(at)])) at++;
  return at < marks.line.length ? marks.line.at(at) : Number.POSITIVE_INFINITY;
}

/** Returns the lane's last irq before a turn, or 0. */
export function irqBefore(turns: Turns, at: number): number {
  let before = at - 1;
  while (before >= 0 && turns.irq.at(before) === 0) before--;
  return before < 0 ? 0 : turns.irq.at(before);
}

function addMarks(
  found: Found,
  row: LaneRow,
  { marks }: Lane,
  firstLine: number,
  lastLine: number,
  data: TimelineData,
): void {
  const last = marks.line.upTo(lastLine);
  for (let at = marks.line.upTo(firstLine - 1); at < last; at++) {
    const kind = MARK_KINDS[marks.kind.at(at)];
    const line = marks.line.at(at);
    if (!isDrawn(kind)) continue;
    if (kind === 'freed' && data.lines.teardown.at(line - 1) !== 0) addRule(found, row, line);
    else found.marks.push({ row, kind, line, detail: marks.detail.at(at) });
  }
}

function addRule({ rules }: Found, row: LaneRow, line: number): void {
  const known = rules.get(line) ?? [];
  const lastRule = known.at(-1);
  const bottom = row.top + row.height;
  if (lastRule !== undefined && Math.abs(lastRule.bottom - row.top) < 1e-6)
    known[known.length - 1] = { ...lastRule, bottom };
  else known.push({ line, top: row.top, bottom });
  rules.set(line, known);
}

/** Returns a segment's description. `eventfd` is the eventfd's name. */
export function segmentWords(segment: SegmentItem, eventfd: string): string {
  const { row, state, irq, ev, from, to, irqBefore: before } = segment;
  return [
    `${laneWords(row.lane)} ${state}`,
    ...(irq === 0 ? [] : [`irq ${irq}${before === 0 ? '' : ` in place of irq ${before}`}`]),
    ...(ev < 0 ? [] : [eventfd]),
    `line ${from}${to - 1 > from ? ` to ${to - 1}` : ''}`,
  ].join(', ');
}

/** Returns a mark's description. */
export function markWords({ row, kind, line, detail }: MarkItem, eventfd: string): string {
  return `${laneWords(row.lane)} ${happened(kind, detail, eventfd)}, line ${line}`;
}

function lossText(detail: number): string {
  const cause = LOSSES[detail];
  return cause === undefined ? 'unknown cause' : LOSS_WORDS[cause];
}

function happened(kind: DrawnMark, detail: number, eventfd: string): string {
  switch (kind) {
    case 'delivered':
      return `signalled ${eventfd}`;
    case 'loopback':
      return `signalled ${eventfd} without an interrupt`;
    case 'pended':
      return 'pending, masked';
    case 'coalesced':
      return 'raised again while pending';
    case 'lost':
      return `lost: ${lossText(detail)}`;
    case 'freed':
      return `freed irq ${detail}`;
    case 'failed':
      return 'failed';
  }
}

/** Returns the things that an item of a lane names, for linked highlighting. */
export function laneThings(
  lane: number,
  irq = 0,
  ev = -1,
): readonly { readonly kind: 'vector' | 'irq' | 'eventfd' | 'index'; readonly id: number }[] {
  const { kind, vector } = laneSubject(lane);
  const own =
    kind === 'msix' || kind === 'msi'
      ? { kind: 'vector' as const, id: vector }
      : { kind: 'index' as const, id: { intx: 0, err: 3, req: 4 }[kind] };
  return [
    own,
    ...(irq === 0 ? [] : [{ kind: 'irq' as const, id: irq }]),
    ...(ev < 0 ? [] : [{ kind: 'eventfd' as const, id: ev }]),
  ];
}

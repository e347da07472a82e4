// The description of a place of the timeline with exact counts: one lane at one line, or a pixel with thousands. Pointer
// and keyboard share it.

import { grouped } from '../../base/grouped.ts';
import { counted, ranges } from '../../text/numbers.ts';
import { errnoName } from '../../uapi/errno.ts';
import { LANE_STATES, laneSubject, MARK_KINDS, TEARDOWN_CAUSES, type TimelineData } from './data.ts';
import { irqBefore } from './items.ts';
import { laneName } from './rows.ts';

/** Counts over some lanes and lines. */
export interface Described {
  /** First and last line. */
  readonly from: number;
  readonly to: number;
  readonly lanes: readonly number[];
  /** Lanes by state after the last line, in the order of LANE_STATES. */
  readonly states: readonly number[];
  /** Lanes with a pending interrupt after the last line. */
  readonly pending: number;
  /** Marks by kind, in the order of MARK_KINDS; without the irqs that pci_free_irq_vectors freed. */
  readonly marks: readonly number[];
  /** Irqs of these lanes that pci_free_irq_vectors freed. */
  readonly ended: number;
  /** Irqs with another number than the lane's irq before. */
  readonly renumbered: number;
  /** Failed assignments on these lanes by errno's number. */
  readonly failedBy: ReadonlyMap<number, number>;
  /** Lines: all, failed by errno's number, skipped, with faults. */
  readonly lines: number;
  readonly lineErrnos: ReadonlyMap<number, number>;
  readonly skipped: number;
  readonly faults: number;
  /** Lines inside which the device raises an interrupt. */
  readonly raises: number;
  /** Calls of pci_free_irq_vectors by cause, in the order of TEARDOWN_CAUSES. */
  readonly teardowns: readonly number[];
}

const FREED = MARK_KINDS.indexOf('freed');
const FAILED = MARK_KINDS.indexOf('failed');

/** Counts everything on the lanes at lines `from` to `to` (both included, counted from 1). */
export function describe(
  data: TimelineData,
  range: { readonly from: number; readonly to: number },
  lanes: readonly number[],
): Described {
  const from = Math.max(1, range.from);
  const to = Math.min(data.length, range.to);
  const states = LANE_STATES.map(() => 0);
  const marks = MARK_KINDS.map(() => 0);
  const failedBy = new Map<number, number>();
  let pending = 0;
  let ended = 0;
  let renumbered = 0;
  for (const id of lanes) {
    const lane = data.lane(id);
    if (lane === undefined) {
      add(states, 0);
      continue;
    }
    const { turns } = lane;
    const current = turns.line.upTo(to) - 1;
    add(states, current < 0 ? 0 : turns.state.at(current));
    if (current >= 0) pending += turns.pending.at(current);
    for (let at = turns.line.upTo(from - 1); at <= current; at++) {
      const irq = turns.irq.at(at);
      const before = irqBefore(turns, at);
      if (irq !== 0 && before !== 0 && irq !== before) renumbered++;
    }
    const last = lane.marks.line.upTo(to);
    for (let at = lane.marks.line.upTo(from - 1); at < last; at++) {
      const kind = lane.marks.kind.at(at);
      const line = lane.marks.line.at(at);
      if (kind === FREED && data.lines.teardown.at(line - 1) !== 0) ended++;
      else add(marks, kind);
      if (kind === FAILED) count(failedBy, data.lines.errno.at(line - 1));
    }
  }
  return {
    from,
    to,
    lanes,
    states,
    pending,
    marks,
    ended,
    renumbered,
    failedBy,
    ...describeLines(data, from, to),
  };
}

function describeLines(data: TimelineData, from: number, to: number) {
  const lineErrnos = new Map<number, number>();
  const teardowns = TEARDOWN_CAUSES.map(() => 0);
  let skipped = 0;
  let faults = 0;
  let raises = 0;
  for (let at = from - 1; at < to; at++) {
    const errno = data.lines.errno.at(at);
    if (errno !== 0) count(lineErrnos, errno);
    skipped += data.lines.skipped.at(at);
    if (data.lines.faults.at(at) > 0) faults++;
    if (data.lines.raises.at(at) > 0) raises++;
    const cause = data.lines.teardown.at(at);
    if (cause > 0) add(teardowns, cause);
  }
  return { lines: Math.max(0, to - from + 1), lineErrnos, teardowns, skipped, faults, raises };
}

function add(counts: number[], place: number): void {
  counts[place] = (counts[place] ?? 0) + 1;
}

function count(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The word for each kind of mark. */
export const MARK_WORDS: Readonly<Record<(typeof MARK_KINDS)[number], string>> = {
  raised: 'raised',
  delivered: 'delivered',
  // a loopback trigger, or the unmask of an asserted pin
  loopback: 'signalled without an interrupt',
  pended: 'made pending',
  coalesced: 'coalesced',
  lost: 'lost',
  allocated: 'allocated',
  attached: 'attached',
  detached: 'detached',
  freed: 'freed',
  failed: 'failed',
};

/** Returns the counts as text, for instance `lines 3,120–3,187, vectors 0–7: 812 attached, 3 failed (EBADF)`. */
export function describedText(found: Described): string {
  const { from, to, lanes, marks, ended, renumbered, failedBy } = found;
  if (to < from) return 'Before the first line.';
  const happened = MARK_KINDS.flatMap((kind, at) => {
    const times = marks[at] ?? 0;
    if (times === 0) return [];
    const names = kind === 'failed' ? errnoNames(failedBy) : '';
    return [`${grouped(times)} ${MARK_WORDS[kind]}${names === '' ? '' : ` (${names})`}`];
  });
  if (ended > 0) happened.push(`${grouped(ended)} freed by pci_free_irq_vectors`);
  if (renumbered > 0) happened.push(`${counted(renumbered, 'new irq number')}`);
  const lines = from === to ? `line ${grouped(from)}` : `lines ${linesText(from, to)}`;
  const where = lanes.length === 0 ? lines : `${lines}, ${lanesText(lanes)}`;
  const events = happened.length === 0 ? (lanes.length === 0 ? [] : ['no event']) : [happened.join(', ')];
  const after = lanes.length === 0 ? [] : [`then ${stateText(found)}`];
  const parts = [...events, ...after, ...lineText(found)];
  return parts.length === 0 ? `${where}, no failure` : `${where}: ${parts.join('; ')}`;
}

function linesText(from: number, to: number): string {
  return `${grouped(from)}–${grouped(to)}`;
}

function stateText({ states, pending, lanes }: Described): string {
  const parts = LANE_STATES.flatMap((state, at) => {
    const times = states[at] ?? 0;
    const word = state === 'none' ? 'empty' : state;
    if (times === 0) return [];
    return [lanes.length === 1 ? word : `${grouped(times)} ${word}`];
  });
  if (pending > 0) parts.push(lanes.length === 1 ? 'pending' : `${grouped(pending)} pending`);
  return parts.join(', ');
}

/** Returns the events of the lines themselves; a single failed line is shown with its errno. */
function lineText({ lines, lineErrnos, teardowns, skipped, faults, raises }: Described): readonly string[] {
  const failed = [...lineErrnos.values()].reduce((sum, times) => sum + times, 0);
  const causes = TEARDOWN_CAUSES.flatMap((cause, at) => {
    const times = teardowns[at] ?? 0;
    return times === 0 ? [] : [times === 1 ? cause : `${cause} ${grouped(times)}`];
  });
  return [
    ...(failed === 0
      ? []
      : [
          lines === 1
            ? `the line failed with ${errnoNames(lineErrnos)}`
            : `${grouped(failed)} of ${counted(lines, 'line')} failed (${errnoNames(lineErrnos)})`,
        ]),
    ...(causes.length === 0 ? [] : [`pci_free_irq_vectors (${causes.join(', ')})`]),
    ...(skipped === 0 ? [] : [`${grouped(skipped)} skipped`]),
    ...(faults === 0 ? [] : [`${grouped(faults)} with injected faults`]),
    ...(raises === 0 ? [] : [`${grouped(raises)} with an interrupt raised inside`]),
  ];
}

/** Returns errnos by frequency; a single errno has no number. */
function errnoNames(by: ReadonlyMap<number, number>): string {
  const known = [...by].filter(([errno]) => errno !== 0).sort(([, a], [, b]) => b - a);
  return known
    .map(([errno, times]) => `${errnoName(errno)}${known.length === 1 ? '' : ` ${grouped(times)}`}`)
    .join(', ');
}

/** Returns lanes by name, for instance `vectors 0–7, 9, INTx`. */
function lanesText(lanes: readonly number[]): string {
  const parts: string[] = [];
  for (const [kind, noun] of [
    ['msix', 'vector'],
    ['msi', 'MSI vector'],
  ] as const) {
    const vectors = lanes.map(laneSubject).filter((one) => one.kind === kind);
    if (vectors.length > 0)
      parts.push(`${noun}${vectors.length === 1 ? '' : 's'} ${ranges(vectors.map(({ vector }) => vector))}`);
  }
  const others = lanes.filter((id) => !['msix', 'msi'].includes(laneSubject(id).kind));
  return [...parts, ...others.map(laneName)].join(', ');
}

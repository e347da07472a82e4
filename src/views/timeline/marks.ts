// The timeline as marks: one lane a vector, segments while an irq is allocated, and what happened at a line. Columns are
// lines: the state after the nth line stands from n to n + 1.

import type { Happening, Run } from '../../kernel/frame.ts';
import type { Machine, MsiDesc } from '../../machine/machine.ts';
import type { Replay } from '../../session/replay.ts';
import { operationSubject, operationWord } from '../words/operation.ts';

/** A stretch of time in which a vector has one irq in one state. */
export interface Segment {
  readonly vector: number;
  readonly state: 'cached' | 'attached';
  readonly irq: number;
  /** Lines: from after line `from` to before line `to`. */
  readonly from: number;
  readonly to: number;
}

/** A point in time on a lane. */
export interface PointMark {
  readonly kind: 'signal' | 'pending' | 'lost' | 'freed' | 'failed';
  readonly vector: number;
  readonly line: number;
  readonly label: string;
}

/** What stands above a line. */
export interface LineMark {
  readonly line: number;
  readonly word: string;
  readonly label: string;
  readonly errno: string | null;
  /** Vectors that pci_free_irq_vectors gave back, or null when it gave none. */
  readonly teardown: number | null;
  readonly skipped: boolean;
}

/** The whole timeline, in columns and vectors; scales put it on the screen. */
export interface Timeline {
  readonly lines: readonly LineMark[];
  readonly segments: readonly Segment[];
  readonly points: readonly PointMark[];
  /** The vectors that have anything on their lane, in ascending order. */
  readonly vectors: readonly number[];
}

const remembered = new WeakMap<Replay, Timeline>();

/** The timeline of a replay. */
export function timelineOf(replayed: Replay): Timeline {
  const known = remembered.get(replayed);
  if (known !== undefined) return known;
  const segments: Segment[] = [];
  const points: PointMark[] = [];
  const open = new Map<number, Segment>();
  const lines = replayed.runs.map((run, at) => {
    const line = at + 1;
    if (run !== null) {
      advance(segments, open, run.before, run.after, line);
      points.push(...pointsOf(run, line));
    }
    return lineMark(replayed, run, line);
  });
  for (const segment of open.values()) segments.push({ ...segment, to: replayed.runs.length + 1 });
  const vectors = [...new Set([...segments, ...points].map(({ vector }) => vector))].sort((a, b) => a - b);
  const timeline = { lines, segments, points, vectors };
  remembered.set(replayed, timeline);
  return timeline;
}

function lineMark(replayed: Replay, run: Run | null, line: number): LineMark {
  const op = replayed.script[line - 1]?.line.op;
  const teardown = run?.happenings.find((one) => one.kind === 'teardown');
  return {
    line,
    word: op === undefined ? '' : operationWord(op),
    label: op === undefined ? '' : operationSubject(op),
    errno: run?.errno ?? null,
    teardown: teardown?.kind === 'teardown' ? teardown.vectors : null,
    skipped: run === null,
  };
}

/** Closes and opens segments where a vector's irq or its state has changed. */
function advance(
  segments: Segment[],
  open: Map<number, Segment>,
  before: Machine,
  after: Machine,
  line: number,
): void {
  after.domain.descs.changesSince(before.domain.descs, (vector, now) => {
    const last = open.get(vector);
    const next = now === undefined ? null : { state: stateOf(now), irq: now.irq };
    if (last !== undefined && next !== null && last.state === next.state && last.irq === next.irq) return;
    if (last !== undefined) segments.push({ ...last, to: line });
    if (next === null) open.delete(vector);
    else open.set(vector, { vector, ...next, from: line, to: line });
  });
}

function stateOf(desc: MsiDesc): 'cached' | 'attached' {
  return desc.handler === null ? 'cached' : 'attached';
}

function pointsOf(run: Run, line: number): readonly PointMark[] {
  const points = run.happenings.flatMap((one): readonly PointMark[] => pointOf(run, one, line));
  return points.filter(
    (point, at) =>
      points.findIndex((other) => other.kind === point.kind && other.vector === point.vector) === at,
  );
}

function pointOf(run: Run, one: Happening, line: number): readonly PointMark[] {
  switch (one.kind) {
    case 'delivered':
      return [{ kind: 'signal', vector: one.vector, line, label: `vector ${one.vector} signalled` }];
    case 'pended':
    case 'coalesced':
      return [{ kind: 'pending', vector: one.vector, line, label: `vector ${one.vector} pending, masked` }];
    case 'lost':
      return [{ kind: 'lost', vector: one.vector, line, label: `vector ${one.vector} lost: ${one.cause}` }];
    case 'freed':
      return one.by === 'pci_free_irq_vectors' || run.after.domain.descs.has(one.vector)
        ? []
        : [
            {
              kind: 'freed',
              vector: one.vector,
              line,
              label: `irq ${one.irq} of vector ${one.vector} freed`,
            },
          ];
    case 'signal':
      return one.by === 'loopback' ? loopback(run, one.ev, line) : [];
    default:
      return [];
  }
}

function loopback(run: Run, ev: number, line: number): readonly PointMark[] {
  const bound = run.before.vdev.ctx.entries().filter(([, ctx]) => ctx.trigger === ev);
  return bound.map(([vector]) => ({
    kind: 'signal',
    vector,
    line,
    label: `vector ${vector} signalled by loopback`,
  }));
}

// The timeline as marks: one lane a vector, segments while an irq is allocated, and what happened at a line. Columns are
// lines: the state after the nth line stands from n to n + 1.

import type { Happening, Run } from '../../kernel/frame.ts';
import { lineCount, type Replay, runAt } from '../../session/replay.ts';
import { operationSubject, operationWord } from '../words/operation.ts';
import { laneIndex, type Segment, segmentsOf, vectorsOf } from './lanes.ts';

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

/** A part of the timeline: lines `from` to `to`, and of the lanes those that `seen` lets through. */
export interface TimelineWindow {
  readonly from: number;
  readonly to: number;
  readonly seen: (vector: number) => boolean;
}

/** The timeline of a replay; with a window, the marks that lie in it. */
export function timelineOf(replayed: Replay, part?: TimelineWindow): Timeline {
  const index = laneIndex(replayed);
  const last = lineCount(replayed);
  const from = Math.max(1, part?.from ?? 1);
  const to = Math.min(last, part?.to ?? last);
  const lines: LineMark[] = [];
  const points: PointMark[] = [];
  const seen = part?.seen ?? (() => true);
  for (let line = from; line <= to; line++) {
    const run = runAt(replayed, line);
    lines.push(lineMark(replayed, run, line));
    if (run !== null) points.push(...pointsOf(run, line).filter(({ vector }) => seen(vector)));
  }
  const vectors = vectorsOf(index);
  const segments = vectors.filter(seen).flatMap((vector) => segmentsOf(index, vector, from, to, last));
  return { lines, segments, points, vectors };
}

/** The vectors that have anything on their lane anywhere in the script, in ascending order. */
export function timelineVectors(replayed: Replay): readonly number[] {
  return vectorsOf(laneIndex(replayed));
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

function pointsOf(run: Run, line: number): readonly PointMark[] {
  const points = run.happenings.flatMap((one): readonly PointMark[] => pointOf(run, one, line));
  return [...new Map(points.map((point) => [`${point.kind} ${point.vector}`, point])).values()];
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

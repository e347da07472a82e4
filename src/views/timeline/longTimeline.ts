// The marks of a long script's timeline, read from its columns: no run has to be made for them.

import type { ScriptLine } from '../../session/script.ts';
import { ERRNOS, errnoNumber } from '../../uapi/errno.ts';
import { operationSubject, operationWord } from '../words/operation.ts';
import { LANE_STATES, type Lane, laneId, laneSubject, MARK_KINDS, type TimelineData } from './data.ts';
import { LOSSES } from './extract.ts';
import type { Segment } from './lanes.ts';
import type { LineMark, PointMark, Timeline, TimelineWindow } from './marks.ts';

/** The part of the timeline that is seen. */
export function longTimeline(
  data: TimelineData,
  script: readonly ScriptLine[],
  { from, to, seen }: TimelineWindow,
): Timeline {
  const first = Math.max(1, from);
  const last = Math.min(data.length, to);
  const vectors = vectorsIn(data);
  const lines: LineMark[] = [];
  for (let line = first; line <= last; line++) lines.push(lineMark(data, script, line));
  const lanes = vectors.filter(seen).flatMap((vector) => lanesOfVector(data, vector));
  const segments = lanes.flatMap((lane) => segmentsOf(lane, first, last, data.length));
  const points = lanes.flatMap((lane) => pointsOf(lane, first, last));
  return { lines, segments, points, vectors };
}

/** The vectors that have anything on their lane, in ascending order. */
export function vectorsIn(data: TimelineData): readonly number[] {
  const all = data.laneIds.map(laneSubject).filter(({ kind }) => kind === 'msix' || kind === 'msi');
  return [...new Set(all.map(({ vector }) => vector))].sort((a, b) => a - b);
}

function lanesOfVector(data: TimelineData, vector: number): readonly Lane[] {
  const lanes = [
    data.lane(laneId('msix', vector)),
    vector < 32 ? data.lane(laneId('msi', vector)) : undefined,
  ];
  return lanes.filter((lane) => lane !== undefined);
}

function lineMark({ lines }: TimelineData, script: readonly ScriptLine[], line: number): LineMark {
  const op = script[line - 1]?.line.op;
  const errno = lines.errno.at(line - 1);
  return {
    line,
    word: op === undefined ? '' : operationWord(op),
    label: op === undefined ? '' : operationSubject(op),
    errno: errno === 0 ? null : (ERRNOS.find((name) => errnoNumber(name) === errno) ?? null),
    teardown: lines.teardown.at(line - 1) === 0 ? null : lines.ended.at(line - 1),
    skipped: lines.skipped.at(line - 1) === 1,
  };
}

function segmentsOf({ id, turns }: Lane, from: number, to: number, last: number): readonly Segment[] {
  const { vector } = laneSubject(id);
  const found: Segment[] = [];
  for (let at = Math.max(0, turns.line.upTo(from) - 1); at < turns.line.length; at++) {
    const line = turns.line.at(at);
    if (line > to) break;
    const state = LANE_STATES[turns.state.at(at)];
    const end = at + 1 < turns.line.length ? turns.line.at(at + 1) : last + 1;
    if (state !== undefined && state !== 'none')
      found.push({ vector, state, irq: turns.irq.at(at), from: line, to: end });
  }
  return found;
}

function pointsOf({ id, marks }: Lane, from: number, to: number): readonly PointMark[] {
  const { vector } = laneSubject(id);
  const found = new Map<string, PointMark>();
  for (let at = marks.line.upTo(from - 1); at < marks.line.length && marks.line.at(at) <= to; at++) {
    const line = marks.line.at(at);
    const kind = MARK_KINDS[marks.kind.at(at)];
    const add = (as: PointMark['kind'], label: string) =>
      found.set(`${as} ${line}`, { kind: as, vector, line, label: `vector ${vector} ${label}` });
    if (kind === 'delivered') add('signal', 'signalled');
    else if (kind === 'loopback') add('signal', 'signalled by loopback');
    else if (kind === 'pended' || kind === 'coalesced') add('pending', 'pending, masked');
    else if (kind === 'lost') add('lost', `lost: ${LOSSES[marks.detail.at(at)] ?? ''}`);
  }
  return [...found.values()];
}

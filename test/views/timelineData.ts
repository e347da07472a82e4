// Random timelines, and slow reference counts by line and lane for the fast implementations.
import fc from 'fast-check';
import { replay } from '../../src/session/replay.ts';
import type { Session } from '../../src/session/session.ts';
import {
  LANE_STATES,
  laneId,
  MARK_KINDS,
  TEARDOWN_CAUSES,
  TimelineData,
} from '../../src/views/timeline/data.ts';
import { followReplay } from '../../src/views/timeline/follow.ts';

/** The timeline of a session. */
export function timelineOf(session: Session): TimelineData {
  const data = new TimelineData();
  followReplay(data, null, replay(session));
  return data;
}

/** Lanes of several kinds. */
const LANES = [
  ...Array.from({ length: 9 }, (_, v) => laneId('msix', v * 3)),
  laneId('msi', 2),
  laneId('intx'),
];

const numbers = (most: number) => fc.nat({ max: most });

/** Arbitrary columns, including impossible ones. */
export const anyTimeline: fc.Arbitrary<TimelineData> = fc
  .array(
    fc.record({
      fields: fc.tuple(
        numbers(15),
        fc.constantFrom(0, 0, 9, 22),
        numbers(1),
        numbers(1),
        numbers(1),
        numbers(1),
        numbers(TEARDOWN_CAUSES.length - 1),
        numbers(4),
      ),
      turns: fc.uniqueArray(
        fc.record({
          lane: fc.constantFrom(...LANES),
          rest: fc.tuple(numbers(LANE_STATES.length - 1), numbers(3), numbers(3), numbers(1)),
        }),
        { selector: ({ lane }) => lane, maxLength: 4 },
      ),
      marks: fc.array(fc.tuple(fc.constantFrom(...LANES), numbers(MARK_KINDS.length - 1), numbers(3)), {
        maxLength: 4,
      }),
    }),
    { maxLength: 40 },
  )
  .map((lines) => {
    const data = new TimelineData();
    data.append({
      from: 1,
      lines: Int32Array.from(lines.flatMap(({ fields }) => fields)),
      turns: Int32Array.from(
        lines.flatMap(({ turns }, at) => turns.flatMap(({ lane, rest }) => [lane, at + 1, ...rest])),
      ),
      marks: Int32Array.from(
        lines.flatMap(({ marks }, at) =>
          marks.flatMap(([lane, kind, detail]) => [lane, at + 1, kind, detail]),
        ),
      ),
      names: new Int32Array(),
    });
    return data;
  });

/** Returns a lane's state after a line, by a linear search of its turns. */
export function stateAfter(data: TimelineData, lane: number, line: number) {
  const turns = data.lane(lane)?.turns;
  let state = 0;
  let ev = -1;
  let irq = 0;
  let pending = 0;
  for (let at = 0; turns !== undefined && at < turns.line.length; at++) {
    if (turns.line.at(at) > line) break;
    state = turns.state.at(at);
    irq = turns.irq.at(at);
    ev = turns.ev.at(at);
    pending = turns.pending.at(at);
  }
  return { state: LANE_STATES[state] ?? 'none', irq, ev, pending: pending === 1 };
}

/** Returns the marks of a lane at a line, by a linear search. */
export function marksAt(
  data: TimelineData,
  lane: number,
  line: number,
): readonly (typeof MARK_KINDS)[number][] {
  const marks = data.lane(lane)?.marks;
  const found: (typeof MARK_KINDS)[number][] = [];
  for (let at = 0; marks !== undefined && at < marks.line.length; at++) {
    const kind = MARK_KINDS[marks.kind.at(at)];
    if (marks.line.at(at) === line && kind !== undefined) found.push(kind);
  }
  return found;
}

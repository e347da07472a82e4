// Tests the workloads of the bench: exact size, well formed, deterministic, with every kind of event.
import { describe, expect, test } from 'vitest';
import { LANE_STATES, MARK_KINDS, type TimelineData } from '../../src/views/timeline/data.ts';
import { itemsOf } from './peers/items.ts';
import { workload } from './peers/workload.ts';

/** Returns every number of a workload, lane by lane. */
function numbersOf(data: TimelineData): readonly number[] {
  const numbers: number[] = [];
  for (const id of data.laneIds) {
    const { turns, marks } = data.lane(id) ?? {};
    for (const column of [...Object.values(turns ?? {}), ...Object.values(marks ?? {})])
      numbers.push(id, ...column.values.subarray(0, column.length));
  }
  for (const column of Object.values(data.lines)) numbers.push(...column.values.subarray(0, column.length));
  return numbers;
}

describe.each([
  [1_000, 8],
  [10_000, 64],
  [30_000, 2_048],
])('%i events in %i lanes', (events, lanes) => {
  const data = workload(events, lanes);

  test('has the requested number of events and lanes', () => {
    expect(data.events).toBe(events);
    expect(data.laneIds).toEqual(Array.from({ length: lanes }, (_, at) => at));
  });

  test('is the same on every run', () => {
    expect(numbersOf(workload(events, lanes))).toEqual(numbersOf(data));
  });

  test('ascends in every lane, with at most one turn per line, and each turn changes the state', () => {
    for (const id of data.laneIds) {
      const { turns, marks } = data.lane(id) ?? {};
      if (turns === undefined || marks === undefined) throw new Error(`no lane ${id}`);
      for (let at = 1; at < turns.line.length; at++) {
        expect(turns.line.at(at)).toBeGreaterThan(turns.line.at(at - 1));
        const same = (['state', 'irq', 'ev', 'pending'] as const).every(
          (name) => turns[name].at(at) === turns[name].at(at - 1),
        );
        // a vector can be attached to the same eventfd again
        if (same) expect(LANE_STATES[turns.state.at(at)]).toBe('attached');
      }
      for (let at = 1; at < marks.line.length; at++)
        expect(marks.line.at(at)).toBeGreaterThanOrEqual(marks.line.at(at - 1));
    }
  });

  test('has a rectangle for every mark and for every turn except those to none', () => {
    const items = itemsOf(data);
    let turnsToNone = 0;
    for (const id of data.laneIds) {
      const state = data.lane(id)?.turns.state;
      for (let at = 0; at < (state?.length ?? 0); at++) if (state?.at(at) === 0) turnsToNone++;
    }
    expect(items.length).toBe(events - turnsToNone);
    expect(items.every(({ from, to }) => to > from && from >= 1 && to <= data.length + 1)).toBe(true);
  });
});

test('a large workload has every state, most kinds of marks, failed lines and teardowns', () => {
  const data = workload(50_000, 8);
  const states = new Set<number>();
  const kinds = new Set<number>();
  for (const id of data.laneIds) {
    const { turns, marks } = data.lane(id) ?? {};
    for (let at = 0; at < (turns?.line.length ?? 0); at++) states.add(turns?.state.at(at) ?? -1);
    for (let at = 0; at < (marks?.line.length ?? 0); at++) kinds.add(marks?.kind.at(at) ?? -1);
  }
  expect(states.size).toBe(LANE_STATES.length);
  // all but eventfd_signal from the ioctl itself
  expect(MARK_KINDS.filter((_, at) => !kinds.has(at))).toEqual(['loopback']);
  const { errno, teardown } = data.lines;
  expect(errno.values.subarray(0, data.length).some((value) => value > 0)).toBe(true);
  expect(teardown.values.subarray(0, data.length).some((value) => value > 0)).toBe(true);
});

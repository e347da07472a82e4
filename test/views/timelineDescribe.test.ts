// Compares descriptions of places with counts.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LANE_STATES, laneId, MARK_KINDS } from '../../src/views/timeline/data.ts';
import { describedText, describe as describePlace } from '../../src/views/timeline/describe.ts';
import { sessionOf } from './sessionOf.ts';
import { anyTimeline, marksAt, stateAfter, timelineOf } from './timelineData.ts';

test('counts equal those of counting line by line', () => {
  fc.assert(
    fc.property(
      anyTimeline,
      fc.integer({ min: 1, max: 40 }),
      fc.nat({ max: 40 }),
      fc.nat({ max: 12 }),
      (data, from, length, count) => {
        const to = Math.min(data.length, from + length);
        const lanes = [...data.laneIds.slice(0, count), laneId('req')];
        const found = describePlace(data, { from, to }, lanes);
        const marks = MARK_KINDS.map(() => 0);
        const failedBy = new Map<number, number>();
        let ended = 0;
        let renumbered = 0;
        for (const lane of lanes) {
          let had = 0;
          for (let line = 1; line <= to; line++) {
            const { irq } = stateAfter(data, lane, line);
            if (line >= from && irq !== 0 && had !== 0 && irq !== had) renumbered++;
            if (irq !== 0) had = irq;
            if (line < from) continue;
            for (const kind of marksAt(data, lane, line)) {
              const at = MARK_KINDS.indexOf(kind);
              if (kind === 'freed' && data.lines.teardown.at(line - 1) !== 0) ended++;
              else marks[at] = (marks[at] ?? 0) + 1;
              const errno = data.lines.errno.at(line - 1);
              if (kind === 'failed') failedBy.set(errno, (failedBy.get(errno) ?? 0) + 1);
            }
          }
        }
        const after = lanes.map((lane) => stateAfter(data, lane, to));
        expect(found.marks).toEqual(marks);
        expect([found.ended, found.renumbered]).toEqual([ended, renumbered]);
        expect(found.failedBy).toEqual(failedBy);
        expect(found.states).toEqual(
          LANE_STATES.map((state) => after.filter((one) => one.state === state).length),
        );
        expect(found.pending).toBe(after.filter(({ pending }) => pending).length);
        const lines = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from - 1 + at);
        const failed = [...found.lineErrnos.values()].reduce((sum, times) => sum + times, 0);
        expect(failed).toBe(lines.filter((at) => data.lines.errno.at(at) !== 0).length);
        expect(found.skipped).toBe(lines.filter((at) => data.lines.skipped.at(at) !== 0).length);
      },
    ),
    { numRuns: 300 },
  );
});

const data = timelineOf(
  sessionOf(`eventfd 100
set_irqs msix trigger eventfd 0 [100 100 100]
set_irqs msix trigger eventfd 1 [999]
raise 1
raise 0
set_irqs msix trigger none 0 0
set_irqs msix trigger eventfd 0 [999]`),
);
const says = (from: number, to: number, vectors: readonly number[]) =>
  describedText(
    describePlace(
      data,
      { from, to },
      vectors.map((vector) => laneId('msix', vector)),
    ),
  );

test('one lane at one line', () => {
  expect(says(3, 3, [1])).toBe(
    'line 3, vector 1: 1 detached, 1 failed (EBADF); then cached; the line failed with EBADF',
  );
  expect(says(4, 4, [1])).toBe('line 4, vector 1: 1 raised, 1 made pending; then cached, pending');
  expect(says(4, 4, [0])).toBe('line 4, vector 0: no event; then attached');
});

test('many lanes and lines', () => {
  expect(says(1, 5, [0, 1, 2])).toBe(
    'lines 1–5, vectors 0–2: 2 raised, 1 delivered, 1 made pending, 3 allocated, 3 attached, 1 detached, 1 failed (EBADF); then 1 cached, 2 attached, 1 pending; 1 of 5 lines failed (EBADF)',
  );
  expect(says(6, 6, [0, 1, 2])).toMatch(
    /3 freed by pci_free_irq_vectors; then 3 empty.*pci_free_irq_vectors \(disable\)$/,
  );
});

test('lines alone, and before the first', () => {
  expect(says(1, 7, [])).toMatch(
    /^lines 1–7: 2 of 7 lines failed \(EBADF\); pci_free_irq_vectors \(disable, failed enable\)$/,
  );
  expect(says(0, 0, [0])).toBe('Before the first line.');
});

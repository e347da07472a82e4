import { expect, test } from 'vitest';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { timelineOf } from '../../src/views/timeline/marks.ts';
import { lanesOf, segmentLabel, timelineScales } from '../../src/views/timeline/scales.ts';
import { FAILED_ASSIGNMENT, replayOf } from './sessionOf.ts';

const TEXT = `${FAILED_ASSIGNMENT}
raise 1
set_irqs msix trigger eventfd 1 [101]
set_irqs msix trigger none 0 0`;

function marks(generation: GenerationId) {
  const { segments, points, lines } = timelineOf(replayOf(TEXT, generation));
  return {
    segments: segments.filter(({ vector }) => vector === 1).map(segmentLabel),
    points: points.map(({ label, line }) => `${label}, line ${line}`),
    teardowns: lines.flatMap(({ line, teardown }) =>
      teardown === null ? [] : [`line ${line}: ${teardown}`],
    ),
    failures: lines.flatMap(({ line, errno }) => (errno === null ? [] : [`line ${line}: ${errno}`])),
  };
}

test('≥ 6.5: attached, cached after the failure, attached again with the same irq, torn down', () => {
  expect(marks('dynamic')).toEqual({
    segments: [
      'vector 1 attached, irq 26, line 4',
      'vector 1 cached, irq 26, line 5 to 6',
      'vector 1 attached, irq 26, line 7',
    ],
    points: ['vector 1 pending, masked, line 6', 'vector 1 signalled, line 7'],
    teardowns: ['line 8: 3'],
    failures: ['line 5: EBADF'],
  });
});

test('V3: the irq is freed by the failure', () => {
  const { segments, points } = marks('v3');
  expect(segments).toEqual(['vector 1 attached, irq 26, line 4', 'vector 1 attached, irq 26, line 7']);
  expect(points[0]).toBe('irq 26 of vector 1 freed, line 5');
});

test('a small device has all its lanes, a large one those in use', () => {
  const timeline = timelineOf(replayOf(TEXT));
  expect(lanesOf(timeline, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(lanesOf(timeline, 2048)).toEqual([0, 1, 2]);
});

test('columns share the width, and grow past it when they would be too narrow', () => {
  const room = { width: 1000, lanes: 8, lines: 9, laneHeight: 16, minColumn: 12 };
  expect(timelineScales(room).width).toBe(1000);
  expect(timelineScales({ ...room, lines: 999 }).width).toBe(12_056);
  const { x, lineAt } = timelineScales(room);
  expect(lineAt(x(4))).toBeCloseTo(4);
});

// Compares the columns of the timeline with the machines, and checks descriptions of items.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { machineAfter, replay } from '../../src/session/replay.ts';
import { laneId, laneSubject, TimelineData } from '../../src/views/timeline/data.ts';
import { slotOf } from '../../src/views/timeline/extract.ts';
import { followReplay } from '../../src/views/timeline/follow.ts';
import { itemsOf, markWords, segmentWords } from '../../src/views/timeline/items.ts';
import { lineDensity, lineMark, lineMarks, ruleWords } from '../../src/views/timeline/lineMarks.ts';
import { fittingHeight, laneGroups, lanesAt, layRows, rowAt } from '../../src/views/timeline/rows.ts';
import {
  clampRange,
  fitRange,
  panRange,
  revealLine,
  snapRange,
  zoomAround,
  zoomRange,
} from '../../src/views/timeline/viewport.ts';
import { anyEdit, anySession } from '../session/randomEdits.ts';
import { FAILED_ASSIGNMENT, sessionOf } from './sessionOf.ts';
import { stateAfter, timelineOf } from './timelineData.ts';

const TEXT = `${FAILED_ASSIGNMENT}
raise 1
set_irqs msix trigger eventfd 1 [101]
set_irqs msix trigger none 0 0`;

const NO_FOLD = new Set<never>();

function drawn(generation: GenerationId, text = TEXT) {
  const data = timelineOf(sessionOf(text, generation));
  const layout = layRows(laneGroups(data, { msix: 8, msi: 4 }, false), NO_FOLD, 16);
  const range = fitRange(data.length);
  const { segments, marks, rules } = itemsOf(data, { layout, range, first: 0, end: layout.rows.length });
  const name = (ev: number) => `fd ${100 + ev}`;
  return {
    segments: segments.filter(({ row }) => row.lane === 1).map((one) => segmentWords(one, name(one.ev))),
    marks: marks.filter(({ row }) => row.lane === 1).map((one) => markWords(one, name(one.detail))),
    rules: rules.map(({ line }) => ruleWords(lineMark(data, line))),
    failures: lineMarks(data, range).flatMap(({ line, errno }) =>
      errno === null ? [] : [`line ${line}: ${errno}`],
    ),
  };
}

test('≥ 6.5: attached, cached after the failure, attached again with the same irq, torn down', () => {
  expect(drawn('dynamic')).toEqual({
    segments: [
      'vector 1 attached, irq 26, fd 101, line 4',
      'vector 1 cached, irq 26, line 5 to 6',
      'vector 1 attached, irq 26, fd 101, line 7',
    ],
    marks: [
      'vector 1 failed, line 5',
      'vector 1 pending, masked, line 6',
      'vector 1 signalled fd 101, line 7',
    ],
    rules: ['line 8: pci_free_irq_vectors freed 3 irqs (disable)'],
    failures: ['line 5: EBADF'],
  });
});

test('V3: the irq is freed by the failure', () => {
  const { segments, marks } = drawn('v3');
  expect(segments).toEqual([
    'vector 1 attached, irq 26, fd 101, line 4',
    'vector 1 attached, irq 26, fd 101, line 7',
  ]);
  expect(marks).toContain('vector 1 freed irq 26, line 5');
});

test('a changed irq number is shown', () => {
  const stolen = `${FAILED_ASSIGNMENT}
set_irqs msix trigger eventfd 5 [102]
set_irqs msix trigger eventfd 1 [101]`;
  expect(drawn('v3', stolen).segments.at(-1)).toMatch(
    /^vector 1 attached, irq \d+ in place of irq 26, fd 101, line 7$/,
  );
});

test('the cause of pci_free_irq_vectors is shown', () => {
  const cause = (text: string) => {
    const data = timelineOf(sessionOf(`eventfd 100\n${text}`));
    return lineMarks(data, fitRange(data.length)).flatMap((mark) => mark.cause ?? []);
  };
  const attach = 'set_irqs msix trigger eventfd 0 [100]';
  const disable = 'set_irqs msix trigger none 0 0';
  expect(cause(`${attach}\n${disable}`)).toEqual(['disable']);
  expect(cause(`${attach}\n${disable}\n${attach}`)).toEqual(['disable']);
  expect(cause(`${attach}\nrelease`)).toEqual(['release']);
  expect(cause('set_irqs msix trigger eventfd 0 [999]')).toEqual(['failed enable']);
  const change = `${attach}\n${disable}\nset_irqs msi trigger eventfd 0 [100]`;
  expect(lineMark(timelineOf(sessionOf(`eventfd 100\n${change}`, 'dynamic', 'e1000e')), 3).cause).toBe(
    'mode change to MSI',
  );
});

test('the timeline equals the machine after every line', () => {
  fc.assert(
    fc.property(anySession, (session) => {
      const replayed = replay(session);
      const data = timelineOf(session);
      for (let line = 1; line <= session.script.length; line++) {
        const machine = machineAfter(replayed, line);
        const seen = new Set([...data.laneIds, laneId('intx'), laneId('err'), laneId('req')]);
        for (const vector of machine.domain.descs.keys())
          if (machine.domain.mode !== null) seen.add(laneId(machine.domain.mode, vector));
        for (const vector of machine.pci.entries.keys()) seen.add(laneId('msix', vector));
        for (const id of seen) {
          const { kind, vector } = laneSubject(id);
          expect(stateAfter(data, id, line)).toEqual(slotOf(machine, kind, vector));
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('columns updated by edits equal columns built from scratch', () => {
  const content = (data: TimelineData) => ({
    length: data.length,
    events: data.events,
    lines: Object.values(data.lines).map((column) => [...column.values.subarray(0, column.length)]),
    lanes: data.laneIds.map((id) => {
      const lane = data.lane(id);
      return [
        id,
        ...[...Object.values(lane?.turns ?? {}), ...Object.values(lane?.marks ?? {})].map((column) => [
          ...column.values.subarray(0, column.length),
        ]),
      ];
    }),
  });
  fc.assert(
    fc.property(anySession, fc.array(anyEdit, { maxLength: 5 }), (session, edits) => {
      let now = session;
      let shown = replay(now);
      const data = new TimelineData();
      followReplay(data, null, shown);
      for (const edit of edits) {
        now = edit(now);
        const next = replay(now, shown);
        followReplay(data, shown, next);
        shown = next;
        expect(content(data)).toEqual(content(timelineOf(now)));
      }
    }),
    { numRuns: 60 },
  );
});

test('the density counts every line once', () => {
  fc.assert(
    fc.property(anySession, fc.integer({ min: 1, max: 300 }), (session, columns) => {
      const data = timelineOf(session);
      const { lines, failed } = lineDensity(data, fitRange(data.length), columns);
      const sum = (counts: Uint32Array) => counts.reduce((all, count) => all + count, 0);
      expect(sum(lines)).toBe(data.length);
      expect(sum(failed)).toBe(
        lineMarks(data, fitRange(data.length)).filter(({ errno }) => errno !== null).length,
      );
    }),
    { numRuns: 40 },
  );
});

const anyRange = fc
  .tuple(fc.double({ min: -5, max: 120, noNaN: true }), fc.double({ min: 0.01, max: 200, noNaN: true }))
  .map(([from, length]) => ({ from, to: from + length }));

test('every change of a view keeps it inside the script', () => {
  const inside = (range: { from: number; to: number }, lines: number) => {
    const whole = fitRange(lines);
    expect(range.from).toBeGreaterThanOrEqual(whole.from - 1e-9);
    expect(range.to).toBeLessThanOrEqual(whole.to + 1e-9);
    expect(range.to).toBeGreaterThan(range.from);
  };
  fc.assert(
    fc.property(
      anyRange,
      fc.integer({ min: 1, max: 100 }),
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (any, lines, factor, part) => {
        const range = clampRange(any, lines);
        inside(range, lines);
        const at = range.from + part * (range.to - range.from);
        inside(zoomRange(range, lines, factor, at), lines);
        inside(panRange(range, lines, factor - 1), lines);
        const line = 1 + Math.floor(part * (lines - 1));
        const revealed = revealLine(range, lines, line);
        inside(revealed, lines);
        expect(revealed.from < line + 1 && revealed.to > line).toBe(true);
        const snapped = snapRange(any, lines);
        expect(Number.isInteger(snapped.from) && Number.isInteger(snapped.to)).toBe(true);
      },
    ),
  );
});

test('zooming keeps the place under the pointer', () => {
  const range = { from: 10, to: 30 };
  const closer = zoomRange(range, 100, 4, 15);
  expect(closer.to - closer.from).toBeCloseTo(5);
  expect((15 - closer.from) / 5).toBeCloseTo(0.25);
});

test('zooming around a line shows the whole of it, also the last one', () => {
  let range = fitRange(2000);
  for (let turn = 0; turn < 7; turn++) range = zoomAround(range, 2000, 2, 2000);
  expect(range.to).toBeGreaterThanOrEqual(2001 - 1e-9);
  expect(range.to - range.from).toBeLessThan(16);
  expect(zoomAround({ from: 10, to: 20 }, 2000, 2, 1)).toEqual({ from: 12.5, to: 17.5 });
});

test('rows: folded groups represent all their lanes, and every pixel has its lanes', () => {
  const data = timelineOf(sessionOf(TEXT));
  const groups = laneGroups(data, { msix: 2048, msi: 0 }, true);
  const fitted = layRows(groups, NO_FOLD, fittingHeight(groups, NO_FOLD, 200, 16));
  expect(fitted.height).toBeCloseTo(200);
  const shown = new Set(Array.from({ length: 200 }, (_, y) => lanesAt(fitted, y)).flat());
  expect(shown.size).toBe(2048 + 3);
  const folded = layRows(groups, new Set(['msix'] as const), 16);
  expect(folded.rows.map(({ lanes }) => lanes.length)).toEqual([2048, 0, 1, 1, 1]);
  expect(folded.rows[rowAt(folded, 3)]?.group).toBe('msix');
  expect([rowAt(folded, -1), rowAt(folded, folded.height)]).toEqual([-1, -1]);
});

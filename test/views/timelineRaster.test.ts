// Compares the raster with cells computed lane by lane and line by line, at random zooms.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineColumn } from '../../src/views/timeline/columns.ts';
import { LINE_FIELDS, laneId, TimelineData } from '../../src/views/timeline/data.ts';
import { FLAGS } from '../../src/views/timeline/flags.ts';
import { itemsOf } from '../../src/views/timeline/items.ts';
import { lineDensity } from '../../src/views/timeline/lineMarks.ts';
import { type PixelColours, paintCells, pixel } from '../../src/views/timeline/paint.ts';
import {
  columnOf,
  itemsIn,
  lastColumnOf,
  type RasterView,
  rasterCells,
} from '../../src/views/timeline/raster.ts';
import { type LaneGroup, laneGroups, layRows } from '../../src/views/timeline/rows.ts';
import { clampRange } from '../../src/views/timeline/viewport.ts';
import { anyTimeline, marksAt, stateAfter } from './timelineData.ts';

const anyLook = fc.record({
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  part: fc.double({ min: 0.01, max: 1, noNaN: true }),
  columns: fc.integer({ min: 1, max: 90 }),
  laneHeight: fc.constantFrom(0.2, 0.7, 1, 3, 16),
  scale: fc.constantFrom(1, 2, 1.5),
  folded: fc.subarray<LaneGroup>(['msix', 'msi', 'events']),
  all: fc.boolean(),
  rows: fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 })),
});
type Look = typeof anyLook extends fc.Arbitrary<infer T> ? T : never;

function viewOf(data: TimelineData, look: Look): RasterView {
  const length = data.length + 0.5;
  const from = 0.5 + look.from * length;
  const groups = laneGroups(data, { msix: 24, msi: 4 }, look.all);
  const layout = layRows(groups, new Set(look.folded), look.laneHeight);
  const first = Math.min(look.rows[0], layout.rows.length);
  return {
    range: clampRange({ from, to: from + look.part * length }, data.length),
    columns: look.columns,
    layout,
    first,
    end: Math.min(layout.rows.length, first + look.rows[1]),
    scale: look.scale,
  };
}

/** Returns the flags of a lane in one column, from every line that touches it. */
function naiveFlags(
  data: TimelineData,
  lane: number,
  column: number,
  { range, columns }: RasterView,
): number {
  const perLine = columns / (range.to - range.from);
  let flags = 0;
  for (let line = 1; line <= data.length; line++) {
    const first = columnOf(line, range.from, perLine);
    if (first > column || lastColumnOf(line + 1, range.from, perLine) < column) continue;
    const { state, ev, pending } = stateAfter(data, lane, line);
    if (state === 'cached') flags |= FLAGS.cached;
    if (state === 'attached') flags |= ev % 2 === 0 ? FLAGS.attached : FLAGS.attachedOdd;
    if (pending) flags |= FLAGS.pending;
    if (first !== column) continue;
    for (const kind of marksAt(data, lane, line)) {
      if (kind === 'delivered' || kind === 'loopback') flags |= FLAGS.signal;
      else if (kind === 'pended' || kind === 'coalesced') flags |= FLAGS.pending;
      else if (kind === 'freed') flags |= data.lines.teardown.at(line - 1) === 0 ? FLAGS.freed : FLAGS.rule;
      else if (kind === 'lost' || kind === 'failed') flags |= FLAGS[kind];
    }
  }
  return flags;
}

test('every cell has the flags of its lanes and lines, at every level of detail', () => {
  fc.assert(
    fc.property(anyTimeline, anyLook, (data, look) => {
      const view = viewOf(data, look);
      const cells = rasterCells(data, view);
      // lanes that share a pixel share a row of cells
      const wanted = new Map<number, number[]>();
      for (const row of view.layout.rows.slice(view.first, view.end)) {
        const shares = row.height * view.scale < 2;
        const key = shares ? Math.floor(row.top * view.scale) : row.top * view.scale;
        const flags = wanted.get(key) ?? Array.from({ length: view.columns }, () => 0);
        for (const lane of row.lanes) {
          for (let column = 0; column < view.columns; column++)
            flags[column] = (flags[column] ?? 0) | naiveFlags(data, lane, column, view);
        }
        wanted.set(key, flags);
      }
      const found = new Map<number, number[]>();
      for (let row = 0; row < cells.rows; row++) {
        const flags = [...cells.flags.subarray(row * cells.columns, (row + 1) * cells.columns)];
        const known = found.get(cells.tops[row] ?? -1);
        found.set(
          cells.tops[row] ?? -1,
          known === undefined ? flags : flags.map((one, at) => one | (known[at] ?? 0)),
        );
      }
      expect(found).toEqual(wanted);
    }),
    { numRuns: 300 },
  );
});

test('rasters more lanes per row than a counter can count', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 250, max: 520 }),
      fc.array(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 1 }), fc.nat({ max: 1 })), {
        minLength: 3,
        maxLength: 9,
      }),
      fc.integer({ min: 1, max: 60 }),
      (lanes, turns, columns) => {
        const data = new TimelineData();
        const lines = turns.length * 3;
        data.append({
          from: 1,
          lines: new Int32Array(lines * LINE_FIELDS),
          names: new Int32Array(),
          turns: Int32Array.from(
            Array.from({ length: lanes }, (_, lane) =>
              turns.flatMap(([state, ev, pending], at) => [
                lane,
                at * 3 + 1 + (lane % 2),
                state,
                0,
                ev,
                pending,
              ]),
            ).flat(),
          ),
          marks: new Int32Array(),
        });
        const layout = layRows(laneGroups(data, { msix: 0, msi: 0 }, false), new Set(['msix'] as const), 16);
        const view = {
          range: clampRange({ from: 0, to: lines + 1 }, lines),
          columns,
          layout,
          first: 0,
          end: 1,
          scale: 1,
        };
        const wanted = Array.from({ length: columns }, (_, column) =>
          [0, 1].reduce((flags, lane) => flags | naiveFlags(data, laneId('msix', lane), column, view), 0),
        );
        expect([...rasterCells(data, view).flags]).toEqual(wanted);
      },
    ),
    { numRuns: 60 },
  );
});

test('a reused buffer gives the same cells', () => {
  fc.assert(
    fc.property(anyTimeline, anyLook, (data, look) => {
      const view = viewOf(data, look);
      const anew = rasterCells(data, view);
      const used = new Uint16Array(anew.flags.length + 7).fill(511);
      expect([...rasterCells(data, view, used).flags]).toEqual([...anew.flags]);
    }),
  );
});

test('items equal cells', () => {
  fc.assert(
    fc.property(anyTimeline, anyLook, (data, look) => {
      const view = { ...viewOf(data, look), columns: 400 };
      const perLine = view.columns / (view.range.to - view.range.from);
      const { segments, pending, marks, rules } = itemsOf(data, view);
      expect(segments.length + pending.length + marks.length).toBeLessThanOrEqual(
        2 * itemsIn(data, view, Number.POSITIVE_INFINITY),
      );
      for (const row of view.layout.rows.slice(view.first, view.end)) {
        if (row.lane < 0) continue;
        for (
          let line = Math.max(1, Math.ceil(view.range.from));
          line < view.range.to && line <= data.length;
          line++
        ) {
          const { state, irq, ev, pending: isPending } = stateAfter(data, row.lane, line);
          const inside = (one: { row: { lane: number }; from: number; to: number }) =>
            one.row.lane === row.lane && one.from <= line && line < one.to;
          const here = segments.filter(inside);
          expect(here.map((one) => [one.state, one.irq, one.ev])).toEqual(
            state === 'none' ? [] : [[state, irq, ev]],
          );
          expect(pending.some(inside)).toBe(isPending);
          const flags = naiveFlags(data, row.lane, columnOf(line, view.range.from, perLine), view);
          if ((flags & FLAGS.failed) === 0)
            expect(marks.some((one) => one.row === row && one.kind === 'failed' && one.line === line)).toBe(
              false,
            );
          const ruled = rules.some((one) => one.line === line && one.top <= row.top && one.bottom > row.top);
          expect(ruled).toBe(
            marksAt(data, row.lane, line).includes('freed') && data.lines.teardown.at(line - 1) !== 0,
          );
        }
      }
    }),
  );
});

test('removed and added lines draw like new lines', () => {
  fc.assert(
    fc.property(
      anyTimeline,
      anyTimeline,
      anyLook,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (a, b, look, part) => {
        const kept = Math.floor(part * a.length);
        const mended = new TimelineData();
        append(mended, a, a.length);
        mended.truncate(kept);
        append(mended, b, b.length);
        const anew = new TimelineData();
        append(anew, a, kept);
        append(anew, b, b.length);
        const columns = (data: TimelineData) => {
          const view = viewOf(data, look);
          return [[...rasterCells(data, view).flags], lineDensity(data, view.range, view.columns)];
        };
        expect(columns(mended)).toEqual(columns(anew));
      },
    ),
  );
});

test('the density equals counting line by line in every view', () => {
  fc.assert(
    fc.property(anyTimeline, anyLook, (data, look) => {
      const { range, columns } = viewOf(data, look);
      const perLine = columns / (range.to - range.from);
      const count = (is: (line: number) => boolean) =>
        Array.from({ length: columns }, (_, column) => {
          let found = 0;
          for (let line = 1; line <= data.length; line++)
            if (columnOf(line, range.from, perLine) === column && is(line)) found++;
          return found;
        });
      const { lines, failed, teardowns, faults } = lineDensity(data, range, columns);
      expect([lines, failed, teardowns, faults].map((column) => [...column])).toEqual([
        count(() => true),
        count((line) => data.lines.errno.at(line - 1) !== 0),
        count((line) => data.lines.teardown.at(line - 1) !== 0),
        count((line) => data.lines.faults.at(line - 1) !== 0),
      ]);
    }),
    { numRuns: 300 },
  );
});

test('bisection finds the same place as a linear search', () => {
  const anyLines = fc
    .array(fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: 100_000 })), { maxLength: 200 })
    .map((lines) => lines.sort((a, b) => a - b));
  fc.assert(
    fc.property(anyLines, fc.nat({ max: 100_010 }), (lines, line) => {
      const column = new LineColumn();
      for (const one of lines) column.push(one);
      for (const asked of [line, line % 12, lines[line % Math.max(1, lines.length)] ?? 0])
        expect(column.upTo(asked)).toBe(lines.filter((one) => one <= asked).length);
    }),
    { numRuns: 500 },
  );
});

/** Appends the first `count` lines of another timeline. */
function append(to: TimelineData, of: TimelineData, count: number): void {
  const shift = to.length;
  const { op, errno, ret, skipped, faults, raises, teardown, ended } = of.lines;
  const turns: number[] = [];
  const marks: number[] = [];
  for (const id of of.laneIds) {
    const lane = of.lane(id);
    if (lane === undefined) continue;
    const { line, state, irq, ev, pending } = lane.turns;
    for (let at = 0; at < line.length && line.at(at) <= count; at++)
      turns.push(id, line.at(at) + shift, state.at(at), irq.at(at), ev.at(at), pending.at(at));
    const { line: when, kind, detail } = lane.marks;
    for (let at = 0; at < when.length && when.at(at) <= count; at++)
      marks.push(id, when.at(at) + shift, kind.at(at), detail.at(at));
  }
  const lines = Array.from({ length: count }, (_, at) =>
    [op, errno, ret, skipped, faults, raises, teardown, ended].map((column) => column.at(at)),
  ).flat();
  to.append({
    from: shift + 1,
    lines: Int32Array.from(lines),
    turns: Int32Array.from(turns),
    marks: Int32Array.from(marks),
    names: new Int32Array(),
  });
}

const COLOURS: PixelColours = {
  cached: pixel(1, 0, 0),
  cachedGround: pixel(2, 0, 0),
  cachedEdge: pixel(3, 0, 0),
  attached: pixel(4, 0, 0),
  attachedOdd: pixel(5, 0, 0),
  pending: pixel(6, 0, 0),
  signal: pixel(7, 0, 0),
  lost: pixel(8, 0, 0),
  freed: pixel(9, 0, 0),
  failed: pixel(10, 0, 0),
  rule: pixel(11, 0, 0),
};

test('the most important flag of a cell determines its colour', () => {
  const flags = Uint16Array.from([
    FLAGS.attached | FLAGS.failed | FLAGS.signal,
    0,
    FLAGS.cached,
    FLAGS.attachedOdd | FLAGS.cached,
    FLAGS.freed | FLAGS.rule,
    0,
  ]);
  const cells = { columns: 6, rows: 1, flags, tops: Float64Array.of(0), heights: Float64Array.of(1) };
  const pixels = new Uint32Array(6).fill(99);
  paintCells(cells, COLOURS, { width: 6, height: 1, shift: 0, scale: 1 }, pixels);
  const { failed, cachedGround, cached, attachedOdd, rule } = COLOURS;
  expect([cached, cachedGround]).toContain(pixels[2]);
  // a mark is two pixels wide
  expect([...pixels].filter((_, at) => at !== 2)).toEqual([failed, failed, attachedOdd, rule, rule]);
});

test('a lane that is scrolled above the drawing is not painted', () => {
  const flags = Uint16Array.of(FLAGS.attached, FLAGS.cached);
  const cells = { columns: 1, rows: 2, flags, tops: Float64Array.of(0, 2), heights: Float64Array.of(2, 2) };
  const pixels = new Uint32Array(2);
  paintCells(cells, COLOURS, { width: 1, height: 2, shift: 2, scale: 1 }, pixels);
  expect([...pixels]).not.toContain(COLOURS.attached);
  expect(pixels[0]).not.toBe(0);
});

test('small devices show all lanes, large devices on demand', () => {
  const data = new TimelineData();
  data.append({
    from: 1,
    lines: new Int32Array(LINE_FIELDS),
    turns: Int32Array.of(laneId('msix', 7), 1, 2, 25, 1, 0),
    marks: new Int32Array(),
    names: new Int32Array(),
  });
  const lanes = (msix: number, all: boolean) =>
    laneGroups(data, { msix, msi: 0 }, all).map(({ group, lanes: own }) => [group, own.length]);
  expect(lanes(8, false)).toEqual([['msix', 8]]);
  expect(lanes(2048, false)).toEqual([['msix', 1]]);
  expect(lanes(2048, true)).toEqual([
    ['msix', 2048],
    ['events', 3],
  ]);
});

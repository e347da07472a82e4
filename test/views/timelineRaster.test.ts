// The raster against the same cells found lane by lane and line by line, at random zooms.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { laneId, TimelineData } from '../../src/views/timeline/data.ts';
import { FLAGS } from '../../src/views/timeline/flags.ts';
import { itemsOf } from '../../src/views/timeline/items.ts';
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

/** Flags of a lane in one column, from every line that touches it. */
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

test('every cell holds what its lanes and lines hold, at every level of detail', () => {
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

test('a buffer that was used before makes no difference', () => {
  fc.assert(
    fc.property(anyTimeline, anyLook, (data, look) => {
      const view = viewOf(data, look);
      const anew = rasterCells(data, view);
      const used = new Uint16Array(anew.flags.length + 7).fill(511);
      expect([...rasterCells(data, view, used).flags]).toEqual([...anew.flags]);
    }),
  );
});

test('items say the same as cells', () => {
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

test('the most important thing of a cell gives it its colour', () => {
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

test('lanes of a small device are all there, those of a large one on demand', () => {
  const data = new TimelineData();
  data.append({
    from: 1,
    lines: new Int32Array(7),
    turns: Int32Array.of(laneId('msix', 7), 1, 2, 25, 1, 0),
    marks: new Int32Array(),
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

// The sizes of the panes: limits, sums and keys.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyedSize, largest, resized, type Split } from '../../../src/views/panes/sizes.ts';

const pixels = (least: number, most: number) => fc.integer({ min: least, max: most });

/** Two panes that each have their least, or of which the sized one is collapsed. */
const splits = fc
  .record({
    least: pixels(1, 400),
    leastRest: pixels(1, 400),
    more: pixels(0, 2000),
    moreRest: pixels(0, 2000),
  })
  .chain(({ least, leastRest, more, moreRest }) =>
    fc.boolean().map(
      (collapsed): Split => ({
        size: collapsed ? 0 : least + more,
        least,
        rest: leastRest + moreRest + (collapsed ? least + more : 0),
        leastRest,
      }),
    ),
  );

test('no pane gets less than its least, unless it is collapsed', () => {
  fc.assert(
    fc.property(splits, pixels(-500, 5000), (split, to) => {
      const { size, rest } = resized(split, to);
      expect(size === 0 || size >= split.least).toBe(true);
      expect(rest).toBeGreaterThanOrEqual(split.leastRest);
      expect(size).toBeLessThanOrEqual(largest(split));
    }),
  );
});

test('both sizes always fill the room', () => {
  fc.assert(
    fc.property(splits, fc.array(pixels(-500, 5000), { maxLength: 8 }), (split, tos) => {
      const end = tos.reduce(resized, split);
      expect(end.size + end.rest).toBe(split.size + split.rest);
    }),
  );
});

test('a size within the limits is taken as it is, so moving back restores the sizes', () => {
  fc.assert(
    fc.property(splits, pixels(0, 5000), (split, to) => {
      fc.pre(split.size > 0);
      expect(resized(split, split.size)).toEqual(split);
      expect(resized(resized(split, to), split.size)).toEqual(split);
    }),
  );
});

test('a pane without room for its least keeps its size', () => {
  const narrow: Split = { size: 0, least: 240, rest: 200, leastRest: 100 };
  expect(resized(narrow, 300)).toEqual(narrow);
  // the other pane has less than its least: it shrinks no further
  expect(resized({ size: 300, least: 240, rest: 50, leastRest: 100 }, 400).size).toBe(300);
});

const ARROWS = ['ArrowRight', 'ArrowLeft'] as const;
const SPLIT: Split = { size: 320, least: 240, rest: 600, leastRest: 370 };
const key = (name: string, shiftKey = false) => keyedSize(SPLIT, { key: name, shiftKey }, ARROWS);

test('keys move by a step, with Shift by a leap, and to the limits', () => {
  expect([key('ArrowRight'), key('ArrowLeft'), key('ArrowRight', true)]).toEqual([336, 304, 384]);
  expect([key('Home'), key('End'), key('ArrowUp'), key('a')]).toEqual([240, 550, null, null]);
});

test('a key never collapses a pane, and opens a collapsed one with its least', () => {
  expect(keyedSize({ ...SPLIT, size: 244 }, { key: 'ArrowLeft', shiftKey: true }, ARROWS)).toBe(240);
  const collapsed = { ...SPLIT, size: 0 };
  expect(keyedSize(collapsed, { key: 'ArrowRight', shiftKey: false }, ARROWS)).toBe(240);
  expect(keyedSize(collapsed, { key: 'ArrowLeft', shiftKey: false }, ARROWS)).toBe(0);
});

// The composer's results: the raw form, ranges, and the ghost of a line that has not run.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseLine } from '../../src/formats/notation/parse.ts';
import { run } from '../../src/kernel/run.ts';
import { machineAfter } from '../../src/session/replay.ts';
import type { IrqSet, IrqSetData } from '../../src/uapi/irqSet.ts';
import { FIRST_DRAFT } from '../../src/views/composer/draft.ts';
import { rangeChange } from '../../src/views/composer/range.ts';
import { rawOf, readRaw } from '../../src/views/composer/raw.ts';
import { ghostOf, ghostRow, ghostSpecialRows } from '../../src/views/wiring/ghost.ts';
import { FAILED_ASSIGNMENT, replayOf } from './sessionOf.ts';

const u32 = fc.integer({ min: 0, max: 0xffffffff });
const anyData: fc.Arbitrary<IrqSetData> = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc.record({ kind: fc.constant('i32' as const), values: fc.array(fc.integer()) }),
  fc.record({ kind: fc.constant('u8' as const), values: fc.array(fc.integer({ min: 0, max: 255 })) }),
);
const anySet: fc.Arbitrary<IrqSet> = fc.record({
  argsz: u32,
  flags: u32,
  index: u32,
  start: u32,
  count: u32,
  data: anyData,
});

test('the raw form produces every structure', () => {
  fc.assert(
    fc.property(anySet, (set) => {
      const read = readRaw(rawOf(set));
      expect('wrong' in read ? read.wrong : read.set).toEqual(set);
    }),
  );
});

test('the raw form names unreadable fields', () => {
  const raw = rawOf({ argsz: 24, flags: 0x24, index: 2, start: 0, count: 1, data: { kind: 'none' } });
  expect(readRaw({ ...raw, argsz: '0x123456789' })).toEqual({
    wrong: 'argsz: “0x123456789” is not a number; expected 0 to 0xffffffff',
  });
  expect(readRaw({ ...raw, kind: 'u8', bytes: '1' })).toHaveProperty('wrong');
  expect(readRaw({ ...raw, kind: 'i32', bytes: '01 02 03' })).toHaveProperty('wrong');
  expect(readRaw({ ...raw, kind: 'i32', bytes: 'FF,FF ffff' })).toMatchObject({
    set: { data: { kind: 'i32', values: [-1] } },
  });
});

test('a range keeps the typed values and adds further descriptors', () => {
  expect(rangeChange({ ...FIRST_DRAFT, values: '100' }, 5, 3, [100, 101])).toEqual({
    start: '3',
    count: '3',
    values: '100 101 -1',
  });
  expect(rangeChange({ ...FIRST_DRAFT, data: 'none' }, 0, 7, [])).toEqual({ start: '0', count: '8' });
  expect(rangeChange({ ...FIRST_DRAFT, data: 'bool', values: '0' }, 0, 1, [])).toMatchObject({
    values: '0 1',
  });
});

function ghostAfter(line: number, text: string, device = 'nvme') {
  const replayed = replayOf(FAILED_ASSIGNMENT, 'dynamic', device);
  const parsed = parseLine(text);
  if (!parsed.ok) throw new Error(parsed.problems[0].expected);
  const { line: tried } = parsed.value;
  return ghostOf(replayed, tried, run(replayed.generation, machineAfter(replayed, line), tried));
}

test.each([
  [4, 'set_irqs msix trigger eventfd 4 [100]', 4, 'would attach'],
  [4, 'set_irqs msix trigger eventfd 1 [-1]', 1, 'would detach, irq stays cached'],
  [4, 'set_irqs msix trigger eventfd 1 [777]', 1, 'would fail, irq stays cached'],
  [4, 'set_irqs msix trigger eventfd 1 [102]', 1, 'would attach to another eventfd'],
  [4, 'raise 0', 0, 'would be signalled'],
  [5, 'raise 1', 1, 'would be pending'],
  [5, 'disable msix', 2, 'would be freed'],
])('after line %i, “%s”: vector %i %s', (line, text, vector, word) => {
  const ghost = ghostAfter(line, text);
  expect(ghostRow(ghost, vector)?.word).toBe(word);
  expect(ghostRow(ghost, 7)).toBeNull();
});

test('previews a row that does not exist yet', () => {
  const ghost = ghostAfter(3, 'set_irqs req trigger eventfd 0 [100]');
  expect(ghostSpecialRows(ghost).map(({ row, word }) => `${row.label} ${word}`)).toEqual([
    'REQ would be set',
  ]);
});

// Very long lines and random bytes end, and the work grows with the length only. A test that does not end fails by the test timeout.
import { expect, test } from 'vitest';
import { dice } from '../mutate.ts';
import { undo } from './undo.ts';

const LONG = 1_000_000;
const ENABLE = 'vfio_msix_enable  (0000:01:00.0)';

test.each([
  ['=', 'x'],
  [' ', 'x'],
  ['>', ''],
  ['> ', ''],
  ['| ', 'vfio_a '],
  ['\t', 'vfio_a '],
  ['"', ''],
  ['"\\', ''],
  ['&lt;', ''],
  ['&#', ''],
  ['<p ', ''],
  ['\u001b[', ''],
  ['\u001b]', ''],
  ['=C3', ''],
  ['1 ', ''],
  ['1: ', ''],
  ['0.000001 ', ''],
  ['a-1 [000] ', ''],
  ['[pid 1] ', ''],
  ['mars 03 11:20:01 ', ''],
  ['2023-05-01T10:20:30.123456789Z ', ''],
  ['\u00a0', ''],
  ['“', ''],
  ['{"a":', ''],
  ['[', ''],
  ['é', ''],
])('reads a line of 1,000,000 characters “%s”', (unit, end) => {
  const line = unit.repeat(Math.ceil(LONG / unit.length)).slice(0, LONG) + end;
  const text = [ENABLE, line, `> ${line}`, `<6>${line}`, ENABLE].join('\n');
  const { carried } = undo(text);
  expect(carried.flatMap(({ lines }) => lines)).toEqual(expect.arrayContaining([1, 2, 3, 4, 5]));
});

test('reads the longest lines through each way', () => {
  const line = `> mars 03 11:20:01 box qemu[8]: \u001b[1mx=3D&lt;${' a“b'.repeat(LONG / 4)}`;
  const { kinds, carried } = undo(
    [`> mars 03 11:20:01 box qemu[8]: ${ENABLE}=3D&lt;“\u001b[1m`, line].join('\n'),
  );
  expect(kinds).toEqual(expect.arrayContaining(['quoted', 'journal', 'html', 'colours', 'quotedPrintable']));
  expect(carried.at(-1)?.text.length).toBeGreaterThan(LONG / 2);
});

test('does not join without end', () => {
  const lines = Array<string>(20_000).fill('=3Dx='.padStart(76, 'y'));
  const { carried } = undo(lines.join('\n'));
  expect(carried.length).toBeGreaterThan(1);
  expect(Math.max(...carried.map(({ text }) => text.length))).toBeLessThan(LONG + 100);
});

test('reads random bytes', () => {
  const roll = dice(7);
  for (let times = 0; times < 40; times++) {
    const size = 1 + roll(20_000);
    const most = [128, 256, 0x2100][roll(3)] ?? 128;
    const text = String.fromCharCode(...Array.from({ length: size }, () => roll(most)));
    const { carried, count } = undo(text);
    expect(new Set(carried.flatMap(({ lines }) => lines)).size).toBe(count);
  }
});

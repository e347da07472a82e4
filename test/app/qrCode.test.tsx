// A QR code as a picture, and a long address as a sentence.
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { QrCode } from '../../src/app/ui/QrCode.tsx';
import { MOST_QR_BYTES, qrPath } from '../../src/app/ui/qrPath.ts';
import { createPage } from './page.tsx';

const { render } = createPage();

/** Returns whether the path draws the module at (x, y). */
function isDark(path: string, x: number, y: number): boolean {
  return [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].some(
    ([, from, row, length]) => Number(row) === y && x >= Number(from) && x < Number(from) + Number(length),
  );
}

/** The rows of a finder pattern, as in ISO/IEC 18004. */
const FINDER = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######'];

test('has the three finder patterns inside a white border of four modules', () => {
  const made = qrPath('https://irqscope.example/#lesson=three-layers');
  if (made === null) throw new Error('no code');
  const { side, path } = made;
  // a version-3 code or a larger one: 17 + 4 × version modules
  expect((side - 8 - 17) % 4).toBe(0);
  for (const [left, top] of [
    [4, 4],
    [side - 11, 4],
    [4, side - 11],
  ] as const)
    expect(
      FINDER.map((row, y) => [...row].map((_, x) => (isDark(path, left + x, top + y) ? '#' : '.')).join('')),
    ).toEqual(FINDER);
  for (let at = 0; at < side; at++)
    for (const edge of [0, 3, side - 4, side - 1]) {
      expect(isDark(path, at, edge)).toBe(false);
      expect(isDark(path, edge, at)).toBe(false);
    }
});

test('takes an address of the most bytes, and refuses one byte more', () => {
  expect(qrPath('a'.repeat(MOST_QR_BYTES))?.side).toBe(177 + 8);
  expect(qrPath('a'.repeat(MOST_QR_BYTES + 1))).toBeNull();
  expect(qrPath('é'.repeat(MOST_QR_BYTES / 2 + 1))).toBeNull();
});

test('shows the code under its address, and a sentence for a long address', async () => {
  const { rerender } = render(<QrCode address="https://irqscope.example/#learn=teach" />);
  await screen.findByRole('img', { name: 'https://irqscope.example/#learn=teach' });
  rerender(<QrCode address={`https://irqscope.example/#course=${'a'.repeat(4000)}`} />);
  await screen.findByText('This address has 4,033 characters, which is too long for a QR code.');
  expect(screen.queryByRole('img')).toBeNull();
});

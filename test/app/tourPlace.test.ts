// The card of the tour never covers the outlined part.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Box, placeBeside } from '../../src/app/features/start/tour/place.ts';

const overlap = (a: Box, b: Box) =>
  Math.min(a.left + a.width, b.left + b.width) > Math.max(a.left, b.left) &&
  Math.min(a.top + a.height, b.top + b.height) > Math.max(a.top, b.top);

test('the card lies beside the outline and inside the window for any part', () => {
  const size = fc.integer({ min: 1, max: 3000 });
  const part = fc.record({
    left: fc.integer({ min: -500, max: 2000 }),
    top: fc.integer({ min: -500, max: 2000 }),
    width: size,
    height: size,
  });
  const room = fc.record({
    width: fc.integer({ min: 336, max: 2560 }),
    height: fc.integer({ min: 480, max: 1440 }),
  });
  fc.assert(
    fc.property(part, room, (at, window) => {
      const card = { width: 320, height: 200 };
      const placed = placeBeside(at, card, window);
      expect(overlap(placed.card, placed.outline)).toBe(false);
      expect(placed.card.left).toBeGreaterThanOrEqual(8);
      expect(placed.card.top).toBeGreaterThanOrEqual(8);
      expect(placed.card.left + 320).toBeLessThanOrEqual(window.width - 8);
      expect(placed.card.top + 200).toBeLessThanOrEqual(window.height - 8);
    }),
  );
});

test('a small part is outlined whole; a part that fills a phone keeps the larger end', () => {
  const phone = { width: 390, height: 844 };
  const bar = { left: 8, top: 52, width: 374, height: 27 };
  expect(placeBeside(bar, { width: 320, height: 190 }, phone).outline).toEqual(bar);
  const pane = { left: 0, top: 52, width: 390, height: 792 };
  const { card, outline } = placeBeside(pane, { width: 320, height: 190 }, phone);
  expect(card.top + card.height).toBe(836);
  expect(outline).toEqual({ left: 0, top: 52, width: 390, height: 586 });
});

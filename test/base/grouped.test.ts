import fc from 'fast-check';
import { expect, test } from 'vitest';
import { grouped } from '../../src/base/grouped.ts';

test('prints integers as toLocaleString does in English', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(grouped(value)).toBe(value.toLocaleString('en'));
    }),
  );
  expect([0, 999, 1000, 1_048_576, -1000].map(grouped)).toEqual(['0', '999', '1,000', '1,048,576', '-1,000']);
});

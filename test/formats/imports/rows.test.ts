// The rows of an imported text in transport form.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ImportRows, packRows } from '../../../src/formats/imports/rows.ts';
import type { ImportRow } from '../../../src/formats/imports/run.ts';

const anyRow: fc.Arbitrary<ImportRow> = fc.record({
  line: fc.nat(2 ** 31 - 1),
  text: fc.string({ unit: 'binary' }),
  kind: fc.constantFrom('read', 'passed', 'bad'),
  what: fc.string(),
  column: fc.nat(2 ** 31 - 1),
  expected: fc.string(),
});

test('gives back the rows of all parts, and finds the bad ones', () => {
  const parts = fc.array(fc.array(anyRow, { maxLength: 5 }), { maxLength: 5 });
  fc.assert(
    fc.property(parts, fc.nat(30), fc.nat(30), (all, from, to) => {
      const rows = new ImportRows();
      for (const part of all) rows.append(structuredClone(packRows(part)));
      const plain = all.flat();
      expect(rows.length).toBe(plain.length);
      expect(rows.slice(0, rows.length)).toEqual(plain);
      expect(rows.slice(from, to)).toEqual(plain.slice(from, to));
      expect(rows.at(from)).toEqual(plain[from]);
      expect(rows.at(-1)).toBeUndefined();
      expect(rows.badFrom(from)).toBe(plain.findIndex(({ kind }, at) => at >= from && kind === 'bad'));
    }),
  );
});

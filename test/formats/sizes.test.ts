// The kept sizes of the panes as text.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSizes, printSizes } from '../../src/formats/sizes.ts';

const NAMES = ['script', 'calls', 'lines'];

test('a printed text is read as the same sizes', () => {
  const size = fc.option(fc.integer({ min: 0, max: 9999 }));
  fc.assert(
    fc.property(fc.record({ script: size, calls: size, lines: size }), (sizes) => {
      const read = parseSizes(printSizes(sizes), NAMES);
      expect(NAMES.map((name) => read?.get(name) ?? null)).toEqual([sizes.script, sizes.calls, sizes.lines]);
    }),
  );
});

test('rejects other texts', () => {
  for (const text of ['script', 'script=', 'script=-1', 'script=12345', 'script=1 script=2', 'other=1', '{}'])
    expect(parseSizes(text, NAMES), text).toBeNull();
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect([null, 'read']).toContain(parseSizes(text, NAMES) === null ? null : 'read');
    }),
  );
});

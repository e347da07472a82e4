// A script that arrived unchanged is recognised without the search for all ways and formats, with the same answer.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPlainScript } from '../../../src/formats/imports/notation.ts';
import { ImportScan, recogniseText } from '../../../src/formats/imports/scan.ts';
import { printScript } from '../../../src/formats/notation/print.ts';
import { workload } from '../../../src/session/workload.ts';
import { anyScriptLine } from '../arbitraries.ts';

const anyText = fc
  .array(anyScriptLine, { minLength: 1, maxLength: 30 })
  .map((lines) => printScript({ device: null, lines }));

test('an unchanged script has the same answer with and without the search', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      // a sign beyond ASCII in a note is no way of travel
      const searched = recogniseText(`${text}# ä\n`);
      const found = recogniseText(text);
      expect(found.found?.format.id).toBe('notation');
      expect(found.found?.reason).toBe(searched.found?.reason);
      if (searched.travels.length === 0) expect(found.travels).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

const SCRIPT = [
  'device nvme dynamic',
  'eventfd 100',
  'set_irqs msix trigger eventfd 0 [100]',
  '',
  '# a note',
];

test.each([
  ['quoted by a mailer', SCRIPT.map((line) => `> ${line}`)],
  ['indented', SCRIPT.map((line) => `    ${line}`)],
  ['a patch', SCRIPT.map((line) => `+${line}`)],
  ['quoted-printable', ['device nvme dynamic cpu_vectors=3D64', ...SCRIPT.slice(1)]],
  ['with a soft break', [...SCRIPT, 'set_irqs msix trigger eventfd 0 =', '[100]']],
  ['with a tag', ['<pre>device nvme dynamic', ...SCRIPT.slice(1)]],
  ['with an entity', [...SCRIPT, '# raise &gt; 3']],
  ['with a special space', ['device\u00a0nvme dynamic', ...SCRIPT.slice(1)]],
  ['with the length of a wrapped line', [...SCRIPT, `# ${'a long note '.repeat(6)}`]],
  ['a trace', ['vfio_msix_vector_do_use (0000:01:00.0) vector 1 used', 'raise 1']],
])('the search decides about a text %s', (_, lines) => {
  expect(isPlainScript(lines)).toBe(false);
});

test('the first 5,000 lines of a long script decide, and the rest is not needed', () => {
  const text = printScript(workload({ lines: 6000, vectors: 8, seed: 1 }));
  expect(isPlainScript(text.split('\n').slice(0, 5000))).toBe(true);
  const scan = new ImportScan();
  expect(scan.push(text)).toBe(true);
  const { found, travels, first } = scan.end();
  expect([found?.reason, travels, first]).toEqual([
    expect.stringMatching(/^line 1 has the operation/),
    [],
    text.slice(0, text.indexOf('\n')),
  ]);
});

// Damaged traces of every kind: undoing gives the same records, and each line of the text is accounted for once, in order.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as damage from '../damage.ts';
import { dice } from '../mutate.ts';
import { linesOf, recordsOf, SAMPLES, undo } from './undo.ts';

type Writer = (text: string, roll: damage.Roll) => string;

const PREFIXES = Object.values(damage.LOG_PREFIXES);
const JOURNALS = PREFIXES.slice(0, 11);
const NUMBERS = Object.values(damage.NUMBERS);

const wrap: Writer = (text, roll) => damage.wrap(text, 60 + roll(14));
const quote: Writer = (text, roll) => damage.quote(text, 1 + roll(3), ['> ', '>', '| '][roll(3)] ?? '> ');
const log: Writer = (text, roll) => damage.logged(text, PREFIXES[roll(PREFIXES.length)] ?? (() => ''));
const journal: Writer = (text, roll) => damage.logged(text, JOURNALS[roll(JOURNALS.length)] ?? (() => ''));
const number: Writer = (text, roll) =>
  damage.numbered(text, NUMBERS[roll(NUMBERS.length)] ?? String, 1 + roll(2000));
const indent: Writer = (text, roll) => damage.indented(text, roll(4) === 0 ? '\t' : ' '.repeat(1 + roll(8)));
const columns: Writer = (text, roll) => {
  const wide = text.replaceAll('\t', '        ');
  const width = Math.max(...linesOf(wide).map((line) => line.length)) + 2 + roll(4);
  return damage.sideBySide(wide, wide, width, roll(2) === 0);
};

/** Each damage, and the samples whose loss is known, with the reason. */
const DAMAGES: readonly (readonly [name: string, write: Writer, lost?: readonly string[]])[] = [
  ['wrapped by a mailer', (text, roll) => damage.wrap(text, 60 + roll(21))],
  ['flowed', (text, roll) => damage.wrap(text, 60 + roll(21), ' ')],
  // JSON that is cut behind a bracket looks whole; a single cut line may be a record and a line of another program
  [
    'cut by a terminal',
    (text, roll) => damage.cutAtWidth(text, 101 + roll(20)),
    ['recording.jsonl', 'dmesg.txt', 'lspci.txt', 'perf-trace.txt', 'qemu.txt', 'interrupts.txt'],
  ],
  ['quoted', quote],
  ['quoted-printable', damage.quotedPrintable],
  ['with the prefix of a log', log],
  ['coloured', damage.coloured],
  ['with CR LF', damage.crlf],
  ['indented', indent],
  ['numbered', number],
  ['in a code block', damage.fenced],
  ['as an added file', damage.added],
  ['escaped for HTML', damage.html],
  ['typographic', damage.typographic],
  // spaces within texts of JSON may belong to them
  ['with odd spaces', damage.oddSpaces, ['recording.jsonl', 'bpftrace-json.jsonl']],
  ['wrapped, then quoted', (text, roll) => quote(wrap(text, roll), roll)],
  ['wrapped, then encoded', (text, roll) => damage.quotedPrintable(wrap(text, roll))],
  ['wrapped, then in a code block', (text, roll) => damage.fenced(wrap(text, roll))],
  ['wrapped, then escaped for HTML', (text, roll) => damage.html(wrap(text, roll))],
  [
    'wrapped, then logged by a container',
    (text, roll) => damage.logged(wrap(text, roll), damage.LOG_PREFIXES.cri),
  ],
  // the mailer breaks JSON behind the quote mark, and within its only spaces
  [
    'quoted, then wrapped',
    (text, roll) => damage.wrap(damage.quote(text, 1 + roll(2)), 66 + roll(13)),
    ['recording.jsonl'],
  ],
  ['quoted, then encoded', (text, roll) => damage.quotedPrintable(quote(text, roll))],
  ['quoted, then indented', (text, roll) => indent(quote(text, roll), roll)],
  ['logged, then quoted', (text, roll) => quote(log(text, roll), roll)],
  ['logged, then encoded', (text, roll) => damage.quotedPrintable(journal(text, roll))],
  [
    'coloured, then quoted, with CR LF',
    (text, roll) => damage.crlf(quote(damage.coloured(text, roll), roll)),
  ],
  ['numbered, then in a code block', (text, roll) => damage.fenced(number(text, roll))],
];

/** A damaged text keeps its lines: each number once, ascending. */
function expectAllLines(carried: readonly { readonly lines: readonly number[] }[], count: number): void {
  const numbers = carried.flatMap(({ lines }) => lines);
  expect(numbers).toEqual(Array.from({ length: count }, (_, at) => at + 1));
}

describe.each(DAMAGES.map(([name, write, lost = []]) => ({ name, write, lost })))(
  'a trace $name',
  ({ write, lost }) => {
    test.each(SAMPLES.filter(([name]) => !lost.includes(name)))('%s', (_name, text) => {
      const records = recordsOf(linesOf(text));
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const { texts, carried, count } = undo(write(text, dice(seed)));
          expect(recordsOf(texts)).toEqual(records);
          expectAllLines(carried, count);
        }),
        { numRuns: 8 },
      );
    });
  },
);

test.each(SAMPLES.filter(([name]) => name !== 'interrupts.txt'))('two columns of %s', (_, text) => {
  // tabs become spaces
  const records = recordsOf(linesOf(text.replaceAll('\t', '        ')));
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const { texts, kinds } = undo(columns(text, dice(seed)));
      expect(kinds).toEqual(['columns']);
      expect(recordsOf(texts)).toEqual([...records, ...records]);
    }),
    { numRuns: 8 },
  );
});

test('wrapped and quoted journals: most records come back, and no line is lost', () => {
  // a mailer drops runs of spaces, so some breaks of tables cannot be told from ends
  let all = 0;
  let same = 0;
  for (const [, text] of SAMPLES) {
    const records = recordsOf(linesOf(text));
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const roll = dice(seed);
        const { texts, carried, count } = undo(
          damage.quote(damage.wrap(journal(text, roll), 70 + roll(11)), 2),
        );
        expectAllLines(carried, count);
        const found = new Set(recordsOf(texts));
        all += records.length;
        same += records.filter((record) => found.has(record)).length;
      }),
      { numRuns: 8, seed: 1 },
    );
  }
  expect(same).toBeGreaterThan(all * 0.9);
});

test('accounts for each line of any text once, in order', () => {
  const piece = fc.constantFrom(
    ...[
      '> ',
      '| ',
      '=',
      '=3D',
      '\t',
      ' ',
      '+',
      '-',
      '12: ',
      '```',
      '&lt;',
      '\u001b[1m',
      '\u00a0',
      '<6>',
      '{"',
    ],
    ...['mars 03 11:20:01 box qemu[8]: ', 'vfio_msix_enable  (a)', 'close(3) = 0', 'x'.repeat(70), 'text'],
    ...['2023-05-01T10:20:30.123456789Z stdout P ', 'qemu-1  | ', '[  1.123456] a', '…', ''],
  );
  const line = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const text = lines.join('\n');
      const { carried, count } = undo(text, (found) => found.filter(({ kind }) => kind !== 'columns'));
      expectAllLines(carried, count);
    }),
    { numRuns: 500 },
  );
});

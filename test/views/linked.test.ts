import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { shortLine } from '../../src/formats/shortLine.ts';
import { line } from '../../src/kernel/line.ts';
import { lineCount, machineAfter } from '../../src/session/replay.ts';
import { linkedTokens, type Thing, thingsOf, tokens } from '../../src/views/linked/things.ts';
import { operationWords, stateWords } from '../../src/views/linked/words.ts';
import { FAILED_ASSIGNMENT, replayOf } from './sessionOf.ts';

const endOf = (text: string, device = 'nvme') => {
  const replayed = replayOf(text, 'dynamic', device);
  const machine = machineAfter(replayed, lineCount(replayed));
  if (machine === undefined) throw new Error('no machine');
  return machine;
};
const linked = (text: string, thing: Thing, device?: string) =>
  [...linkedTokens(endOf(text, device), [thing])].sort().join(' ');

test('vector, irq, eventfd and descriptor of an attached vector are one chain from each of them', () => {
  for (const thing of [
    { kind: 'vector', id: 2 },
    { kind: 'irq', id: 27 },
    { kind: 'eventfd', id: 2 },
    { kind: 'fd', id: 102 },
  ] as const) {
    expect(linked(FAILED_ASSIGNMENT, thing)).toBe('e2 f102 i27 v2');
  }
});

test('a cached vector links to its irq only; a closed descriptor links to itself only', () => {
  expect(linked(FAILED_ASSIGNMENT, { kind: 'vector', id: 1 })).toBe('i26 v1');
  expect(linked(FAILED_ASSIGNMENT, { kind: 'fd', id: 999 })).toBe('f999');
});

test('an eventfd of two vectors highlights both; one of the vectors does not highlight the other', () => {
  const text = 'eventfd 100\nset_irqs msix trigger eventfd 0 [100 100]';
  expect(linked(text, { kind: 'fd', id: 100 })).toBe('e0 f100 i25 i26 v0 v1');
  expect(linked(text, { kind: 'vector', id: 0 })).toBe('e0 f100 i25 v0');
});

test('the pin is linked with its irq and eventfd', () => {
  const text = 'eventfd 100\nset_irqs intx trigger eventfd 0 [100]';
  expect(linked(text, { kind: 'irq', id: 20 }, 'e1000e')).toBe('e0 f100 i20 x0');
});

test('the words of data-link are read back as written; unknown words are skipped', () => {
  const thing = fc.record({
    kind: fc.constantFrom(
      'vector' as const,
      'irq' as const,
      'eventfd' as const,
      'fd' as const,
      'index' as const,
    ),
    id: fc.nat(5000),
  });
  fc.assert(
    fc.property(fc.array(thing, { minLength: 1 }), (things) => {
      expect(thingsOf(tokens(things) ?? '')).toEqual(things);
    }),
  );
  expect(thingsOf(' v z9 v1x ')).toEqual([]);
});

const wordsOf = (text: string) => {
  const op = parseScript(text).script.lines[0]?.line.op;
  if (op === undefined) throw new Error('no line');
  const words = operationWords(op, shortLine(op, null));
  expect(words.map((word) => word.text).join('')).toBe(shortLine(op, null));
  return words
    .filter(({ things }) => things.length > 0)
    .map((word) => `${word.text}: ${tokens(word.things)}`);
};

test('a line of the script names its vectors and descriptors and keeps its text', () => {
  expect(wordsOf('set_irqs msix trigger eventfd 1 [100 -1 102]')).toEqual([
    '[1..3]: v1 v2 v3',
    '100: f100',
    '102: f102',
  ]);
  expect(wordsOf('raise 5')).toEqual(['5: v5']);
  expect(wordsOf('close 100')).toEqual(['100: f100']);
  expect(wordsOf('reset')).toEqual([]);
});

test('a recorded state names vectors and irqs', () => {
  const named = stateWords('irqs', '0:25 1:(26)').filter(({ things }) => things.length > 0);
  expect(named.map(({ things }) => tokens(things))).toEqual(['v0 i25', 'v1 i26']);
});

test('every line of a random script keeps its text', () => {
  fc.assert(
    fc.property(fc.nat(8), fc.nat(200), (vector, fd) => {
      const op = line({ op: 'raise', vector }).op;
      expect(
        operationWords(op, `raise ${vector} ${fd}`)
          .map(({ text }) => text)
          .join(''),
      ).toBe(`raise ${vector} ${fd}`);
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  alphabetFor,
  alphabetSize,
  questionIds,
  searchProblem,
} from '../../src/app/state/explore/problem.ts';
import { parseExplore } from '../../src/cli/exploreArguments.ts';
import { explore } from '../../src/explore/search.ts';
import { parseSearch, printSearch, SHOWN } from '../../src/formats/search/fragment.ts';
import { parseReply, parseRequest } from '../../src/formats/search/messages.ts';
import { ALPHABET_PARTS, FIRST_SEARCH, SEARCH_RANGES, type SearchSetup } from '../../src/session/search.ts';
import { commandLine } from '../../src/views/explore/commandLine.ts';
import { completePredicate } from '../../src/views/explore/complete.ts';
import { EXAMPLES } from '../../src/views/explore/examples.ts';
import { foldEdges } from '../../src/views/explore/fold.ts';
import { layered } from '../../src/views/explore/layout.ts';
import { cutBy, verdictSentence } from '../../src/views/explore/verdict.ts';

const generations = fc.constantFrom('static', 'v2', 'v3', 'dynamic');
const within = ({ from, to }: { readonly from: number; readonly to: number }) =>
  fc.integer({ min: from, max: to });
const setups: fc.Arbitrary<SearchSetup> = fc.record({
  generation: generations,
  against: fc.option(generations),
  vectors: within(SEARCH_RANGES.vectors),
  dynamic: fc.boolean(),
  irqs: fc.option(within(SEARCH_RANGES.irqs)),
  cpuVectors: fc.option(within(SEARCH_RANGES.cpuVectors)),
  eventfds: within(SEARCH_RANGES.eventfds),
  block: within(SEARCH_RANGES.block),
  parts: fc.subarray([...ALPHABET_PARTS]),
  asked: fc.oneof(
    fc.record({ kind: fc.constant('named' as const), id: fc.constantFrom(...questionIds()) }),
    fc.record({
      kind: fc.constant('composed' as const),
      text: fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.trim() !== ''),
    }),
  ),
  maxDepth: fc.option(within(SEARCH_RANGES.maxDepth)),
  maxStates: within(SEARCH_RANGES.maxStates),
});

test('a search survives its way through the address and through a message', () => {
  fc.assert(
    fc.property(setups, fc.constantFrom(...SHOWN), (setup, shown) => {
      const read = parseSearch(printSearch(setup, shown), questionIds());
      expect(read).toEqual({ setup, shown, problems: [] });
      expect(parseRequest(structuredClone({ kind: 'search', setup }))).toEqual({
        ok: true,
        value: { kind: 'search', setup },
      });
    }),
  );
});

test('whatever the address says, reading gives a search that can be sent', () => {
  const words = fc.constantFrom(
    'explore',
    'vectors',
    'fds',
    'ops',
    'irqs',
    'ask',
    'where',
    'depth',
    'show',
    'x',
  );
  const fields = fc.array(fc.tuple(words, fc.string({ maxLength: 12 })));
  fc.assert(
    fc.property(fields, (list) => {
      const { setup } = parseSearch(list.map(([name, value]) => `${name}=${value}`).join('&'), questionIds());
      expect(parseRequest({ kind: 'search', setup }).ok).toBe(true);
    }),
  );
});

test('problems of an address name the field and keep the rest', () => {
  const { setup, problems } = parseSearch('explore=v3,v9&vectors=4&vectors=5&irqs=x&ask=why', questionIds());
  expect(problems.map(({ at, found }) => [at.path, found])).toEqual([
    ['explore', '"v3,v9"'],
    ['vectors', '"5"'],
    ['irqs', '"x"'],
    ['ask', '"why"'],
  ]);
  expect(setup).toEqual({ ...FIRST_SEARCH, vectors: 4 });
});

test('messages that are none are refused with the place', () => {
  const odd = parseRequest({ kind: 'search', setup: { ...FIRST_SEARCH, vectors: 2048 } });
  expect(odd).toMatchObject({ ok: false, problems: [{ at: { path: 'setup.vectors' } }] });
  expect(parseReply({ kind: 'progress', states: -1 }).ok).toBe(false);
  expect(parseReply('progress').ok).toBe(false);
});

test('the size of the alphabet is counted as it is listed', () => {
  const small = setups.map((setup) => ({
    ...setup,
    vectors: (setup.vectors % 4) + 1,
    block: (setup.block % 3) + 1,
  }));
  fc.assert(
    fc.property(small, (setup) => {
      expect(alphabetSize(setup)).toBe(alphabetFor(setup).lines.length);
    }),
    { numRuns: 50 },
  );
});

test('the command line of every example is understood and asks for the same search', () => {
  for (const { setup } of [...EXAMPLES, { setup: { ...FIRST_SEARCH, parts: [...ALPHABET_PARTS] } }]) {
    const problem = searchProblem(setup);
    if (!problem.ok) throw new Error(JSON.stringify(problem.problems));
    const words = commandLine(setup, problem.value.sides.length === 2).split(' ');
    const parsed = parseExplore(words.slice(words.indexOf('explore') + 1));
    if (!parsed.ok || parsed.value === 'list') throw new Error(JSON.stringify(parsed));
    expect(parsed.value.alphabet).toMatchObject({ vectors: setup.vectors, goodFds: setup.eventfds });
    expect(parsed.value.alphabet.disable).toBe(setup.parts.includes('disable'));
    expect(parsed.value.alphabet.faults.length > 0).toBe(setup.parts.includes('faults'));
    expect(parsed.value.question).toEqual(problem.value.question);
    expect(parsed.value.irqs).toBe(setup.irqs);
    expect(parsed.value.noDyn).toBe(!setup.dynamic);
  }
});

function answerOf(setup: SearchSetup) {
  const problem = searchProblem(setup);
  if (!problem.ok) throw new Error(JSON.stringify(problem.problems));
  const steps = explore(problem.value);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

test('the examples come to what the specification’s table says', () => {
  const verdicts = EXAMPLES.map(({ title, setup }) => {
    const { verdict, script } = answerOf(setup);
    return `${title} → ${verdict}${script === null ? '' : ` ${script.length}`}`;
  });
  expect(verdicts).toMatchInlineSnapshot(`
    [
      "V3 and ≥ 6.5: any difference in state → found 2",
      "V3 and ≥ 6.5: anything a client can see → exhausted",
      "V3 and ≥ 6.5, the host gives 2 irqs: anything a client can see → found 3",
      "V3 and ≥ 6.5, the host gives 1 irq: anything a client can see → found 3",
      "V3 and ≥ 6.5 without dynamic allocation: any difference in state → exhausted",
      "V3 and ≥ 6.5 without dynamic allocation, 2 irqs: any difference in state → exhausted",
      "≤ 6.4 and ≥ 6.5: a difference in returns → found 2",
      "≤ 6.4 and ≥ 6.5 without dynamic allocation: a difference in returns → found 2",
      "V3 frees an irq of the original allocation → found 1",
      "V3: attached and not allocated (I1 broken) → exhausted",
      "≥ 6.5: attached and not allocated (I1 broken) → exhausted",
      "≥ 6.5: no mode and still irqs (I2 broken) → exhausted",
    ]
  `);
});

test('the three answers are three different sentences', () => {
  const figures = { states: 49, depth: 4, found: 'Vector 0 is freed.' };
  const sentences = (['found', 'exhausted', 'bounded'] as const).map((verdict) =>
    verdictSentence({ ...figures, verdict }, { ...FIRST_SEARCH, maxDepth: 4 }),
  );
  expect(sentences[0]).toMatch(/^Found\. Vector 0 is freed\./);
  expect(sentences[1]).toMatch(/^None: space exhausted\..* 49 states/);
  expect(sentences[2]).toMatch(/^None within these bounds\. Cut by the longest script: 4 operations\./);
  expect(cutBy({ states: 1_000_000 }, { ...FIRST_SEARCH, maxDepth: 4 })).toMatch(/number of states/);
});

test('completions follow the grammar', () => {
  const at = (text: string) => completePredicate(text, text.length).map((one) => one.text);
  expect(at('')).toContain('original-irq-freed');
  expect(at('orig')).toEqual(['original-irq-freed']);
  expect(at('errno EB')).toEqual(['EBADF', 'EBUSY']);
  expect(at('fails ')).toEqual(['and', 'or']);
  expect(at('(fails ')).toEqual(['and', 'or', ')']);
  expect(at('not ')).toContain('(');
});

test('steps between two states are one edge, and those that change nothing none', () => {
  const step = { text: 'raise 0', result: '0', failed: false };
  const edges = foldEdges([
    { ...step, from: 0, to: 1 },
    { ...step, from: 1, to: 1 },
    { ...step, from: 0, to: 1, text: 'raise 1' },
  ]);
  expect(edges).toEqual([{ from: 0, to: 1, ops: [step, { ...step, text: 'raise 1' }] }]);
});

test('no two states stand in one place, and deeper ones stand further right', () => {
  const sizes = { nodeWidth: 50, nodeHeight: 20, gapX: 100, gapY: 10, rows: 5 };
  const depths = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(depths, (given) => {
      const nodes = given.map((depth, id) => ({ id, depth }));
      const edges = nodes.slice(1).map(({ id }) => ({ from: id - 1, to: id }));
      const { places, width, height } = layered(nodes, edges, sizes);
      expect(layered(nodes, edges, sizes).places).toEqual(places);
      const spots = [...places.values()].map(({ x, y }) => `${x} ${y}`);
      expect(new Set(spots).size).toBe(nodes.length);
      for (const a of nodes) {
        const here = places.get(a.id);
        if (here === undefined) throw new Error(`no place for ${a.id}`);
        expect(here.x).toBeLessThanOrEqual(width);
        expect(here.y).toBeGreaterThan(0);
        expect(here.y).toBeLessThan(height + 0.001);
        for (const b of nodes) {
          if (a.depth < b.depth) expect(here.x).toBeLessThan(places.get(b.id)?.x ?? 0);
        }
      }
    }),
  );
});

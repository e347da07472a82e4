// "Cannot happen with these operations" is an answer without a search. It must never be wrong: wherever the naive search finds
// something, the needs of the question are met.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AlphabetSpec, alphabetOf, USUAL_ALPHABET, USUAL_FAULTS } from '../../src/explore/alphabet.ts';
import { cannotHappen, NOTHING_NEEDED } from '../../src/explore/needs.ts';
import { needOf, type Predicate } from '../../src/explore/predicate.ts';
import { parsePredicate } from '../../src/explore/predicateText.ts';
import type { Answer, Problem } from '../../src/explore/problem.ts';
import { composedQuestion, QUESTIONS, type Question, questionById } from '../../src/explore/questions.ts';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { generation } from '../../src/kernel/generations/index.ts';
import { line } from '../../src/kernel/line.ts';
import type { Host } from '../../src/machine/host.ts';
import { naiveSearch } from './naive.ts';
import { leaf, onePredicate } from './predicates.ts';
import { answerOf, droppedBy, type Posed, posed, sideOf } from './problems.ts';

function question(id: string): Question {
  const found = questionById(id);
  if (!found.ok) throw new Error(id);
  return found.value;
}

function problem(
  asked: Question,
  more: Partial<AlphabetSpec> = {},
  host: Partial<Host> = {},
  id: GenerationId = 'dynamic',
): Problem {
  const spec = { ...USUAL_ALPHABET, vectors: 2, ...more };
  const { setUp, lines } = alphabetOf(spec);
  return {
    sides: [sideOf(generation(id), spec, host, setUp)],
    alphabet: lines,
    question: asked,
    bounds: { maxDepth: null, maxStates: 5000 },
  };
}

function ending({ verdict, missing }: Answer): string {
  return missing === null ? verdict : `${verdict}: ${missing}`;
}

/** Returns the claim for a predicate in place of the question, and whether the naive search refutes it. */
function naive({ problem: { sides, ...rest }, ...posed }: Posed, where: Predicate) {
  const asked = composedQuestion('composed', '', where);
  const one: Posed = { ...posed, problem: { ...rest, sides: [sides[0]], question: asked } };
  const missing = cannotHappen(asked.needs, one.problem);
  return { missing, found: missing !== null && naiveSearch(one.problem, droppedBy(one)).verdict === 'found' };
}

describe('"cannot happen"', () => {
  test('is never the answer to a predicate that the naive search finds', () => {
    let claims = 0;
    fc.assert(
      fc.property(posed, onePredicate(5), (one, where) => {
        const { missing, found } = naive(one, where);
        if (missing !== null) claims++;
        expect(found, missing ?? '').toBe(false);
      }),
      { numRuns: 600 },
    );
    expect(claims).toBeGreaterThan(30);
  });

  test('is never the answer to an atom that the naive search finds', () => {
    let claims = 0;
    fc.assert(
      fc.property(posed, leaf(5), (one, where) => {
        const { missing, found } = naive(one, where);
        if (missing !== null) claims++;
        expect(found, missing ?? '').toBe(false);
      }),
      { numRuns: 600 },
    );
    expect(claims).toBeGreaterThan(30);
  });

  test('is not claimed when other operations or a used machine are given', () => {
    const asked = question('attached-to-closed-fd');
    const usual = problem(asked);
    expect(answerOf(usual).verdict).toBe('cannot-happen');
    const other = { ...usual, alphabet: [...usual.alphabet, line({ op: 'release' })] };
    expect(cannotHappen(asked.needs, other)).toBeNull();
    const [{ start }] = usual.sides;
    const used = { ...start, pci: { ...start.pci, command: 0 } };
    expect(cannotHappen(asked.needs, { ...usual, sides: [{ start: used }] })).toBeNull();
  });

  test('has no figures and ignores the limits', () => {
    const bounds = { maxDepth: 1, maxStates: 1 };
    expect(answerOf({ ...problem(question('attached-to-closed-fd')), bounds })).toMatchObject({
      verdict: 'cannot-happen',
      states: 0,
      transitions: 0,
      script: null,
    });
  });
});

describe('the need of a predicate', () => {
  const missing = (text: string) => {
    const parsed = parsePredicate(text);
    if (!parsed.ok) throw new Error(text);
    return cannotHappen(needOf(parsed.value), problem(question('count-states')));
  };

  test.each([
    ['pending 0', 'no operation lets the device raise an interrupt'],
    ['not pending 0', null],
    ['not not pending 0', 'no operation lets the device raise an interrupt'],
    ['pending 0 or fails', null],
    [
      'pending 0 or attached-to-closed-fd',
      'no operation lets the device raise an interrupt and no operation closes a descriptor',
    ],
    ['pending 0 and fails', 'no operation lets the device raise an interrupt'],
    ['not (pending 0 and attached-to-closed-fd)', null],
    ['not (fails or not pending 0)', 'no operation lets the device raise an interrupt'],
    ['attached 7', 'the device has no vector 7'],
    ['irqs 3', 'the device has no vector 2'],
    ['errno EINVAL', null],
    ['check intx.state', 'no operation sets INTx'],
    ['check(virqfd.busy)', 'no operation sets INTx'],
    ['intx-attached', 'no operation sets INTx'],
    ['errno EBUSY', 'no operation sets INTx and no injected fault results in EBUSY'],
    ['allocated > attached', null],
    ['freed(3)', 'the device has no vector 3'],
    ['pin-asserted', 'no operation lets the device raise an interrupt'],
  ])('%s: %s', (text, expected) => {
    expect(missing(text)).toBe(expected);
  });
});

const FAULTY = { faults: USUAL_FAULTS };
const EVERYTHING = { ...FAULTY, raise: true, close: true, loopback: true, countZero: true, disable: true };

/** Questions with needs: the reason without them, and changes that meet them. */
const NEEDY: readonly (readonly [string, string, Partial<AlphabetSpec>, Partial<Host>])[] = [
  [
    'positive-return',
    'the host has an irq for each of the 2 vectors and no injected fault grants fewer vectors',
    {},
    { irqPool: 1 },
  ],
  ['interrupt-lost', 'no operation lets the device raise an interrupt', { raise: true }, {}],
  ['delivered-on-attach', 'no operation lets the device raise an interrupt', { raise: true }, {}],
  ['attached-to-closed-fd', 'no operation closes a descriptor', { close: true }, {}],
  ['invariant:I17', 'no operation is a loopback trigger', { loopback: true }, {}],
  [
    'errno:ENOSPC',
    'the host has a CPU vector for each of the 2 vectors, the host has an irq for each of the 2 vectors and no injected fault results in ENOSPC',
    {},
    { cpuVectors: 1 },
  ],
  ['errno:ENOMEM', 'no operation fails with ENOMEM and no injected fault results in ENOMEM', FAULTY, {}],
  [
    'errno:ERANGE',
    'no assignment has count 0 and no injected fault results in ERANGE',
    { countZero: true },
    {},
  ],
  [
    'errno:EOPNOTSUPP',
    'no operation lets the device raise an interrupt, no operation lowers the pin and no injected fault results in EOPNOTSUPP',
    { raise: true },
    {},
  ],
];

describe('named questions', () => {
  test.each(NEEDY)('%s needs its operation or host fact', (id, missing, more, host) => {
    expect(ending(answerOf(problem(question(id))))).toBe(`cannot-happen: ${missing}`);
    expect(['found', 'exhausted']).toContain(ending(answerOf(problem(question(id), more, host))));
  });

  test('an added irq needs dynamic allocation', () => {
    const asked = question('irq-added');
    expect(ending(answerOf(problem(asked, {}, { canAllocDyn: false })))).toBe(
      'cannot-happen: the host has no dynamic allocation',
    );
    expect(answerOf(problem(asked)).verdict).toBe('found');
  });

  test('an interrupt needs a device that can raise it in a mode of the operations', () => {
    const asked = question('interrupt-lost');
    const modes = (mode: 'msix' | 'intx', raise: 'never' | 'with-msix') => {
      const spec: AlphabetSpec = { ...USUAL_ALPHABET, mode, vectors: 2, raise: true };
      const { setUp, lines } = alphabetOf(spec);
      const sides = [sideOf(generation('dynamic'), spec, {}, setUp, { raise })] as const;
      return cannotHappen(asked.needs, { sides, alphabet: lines });
    };
    expect(modes('msix', 'with-msix')).toBeNull();
    expect(modes('msix', 'never')).toBe('the device cannot raise an interrupt');
    expect(modes('intx', 'with-msix')).toBe(
      'the device raises interrupts only while MSI-X is enabled, and no operation sets MSI-X',
    );
  });

  test('one eventfd on two vectors needs a second vector', () => {
    const asked = question('one-eventfd-twice');
    expect(ending(answerOf(problem(asked, { vectors: 1 })))).toBe(
      'cannot-happen: the device has no vector 1',
    );
    expect(answerOf(problem(asked)).verdict).toBe('found');
  });

  test('EBADF and failed blocks need a cause of failure', () => {
    const open = { badFd: false };
    expect(ending(answerOf(problem(question('errno:EBADF'), open)))).toMatch(
      /^cannot-happen: no assignment names a descriptor that is not open, no operation closes a descriptor and/,
    );
    for (const id of ['invariant:I12', 'invariant:I13', 'invariant:I19']) {
      expect(ending(answerOf(problem(question(id), open)))).toMatch(/^cannot-happen: no assignment can fail/);
      expect(answerOf(problem(question(id))).verdict).toBe('exhausted');
    }
    expect(answerOf(problem(question('errno:EBADF'))).verdict).toBe('found');
    expect(answerOf(problem(question('errno:EBADF'), { ...open, close: true })).verdict).toBe('found');
  });

  test('every question is searched with all operations and short hosts, except errnos that no operation returns', () => {
    const hosts: Partial<Host> = { irqPool: 1, cpuVectors: 1 };
    for (const asked of QUESTIONS.filter(({ sides }) => sides === 1)) {
      const lack = cannotHappen(asked.needs, problem(asked, EVERYTHING, hosts));
      if (lack !== null) expect([asked.id, lack]).toEqual([expect.stringMatching(/^errno:/), lack]);
    }
  });

  test('questions about two kernels have no needs', () => {
    for (const asked of QUESTIONS.filter(({ sides }) => sides === 2))
      expect(asked.needs).toEqual(NOTHING_NEEDED);
  });
});

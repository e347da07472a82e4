// An export refuses by name what the exported models lack: INTx, MSI, and predicates about two kernels or about counts.
import { expect, test } from 'vitest';
import { type AlphabetSpec, alphabetOf, USUAL_ALPHABET } from '../../src/explore/alphabet.ts';
import { EXPORT_FORMATS, exported } from '../../src/explore/export/index.ts';
import { parseComposed } from '../../src/explore/predicateText.ts';
import { composedQuestion } from '../../src/explore/questions.ts';
import { generation } from '../../src/kernel/generations/index.ts';
import { inNotation } from './exported.ts';
import { sideOf } from './problems.ts';

/** Returns what an export finds that it does not accept; empty for an export. */
function refused(text: string, more: Partial<AlphabetSpec> = {}): readonly string[] {
  const spec: AlphabetSpec = { ...USUAL_ALPHABET, vectors: 2, ...more };
  const { setUp, lines } = alphabetOf(spec);
  const where = parseComposed(text);
  if (!where.ok) throw new Error(text);
  const question = composedQuestion('where', text, where.value);
  const a = sideOf(generation('v3'), spec, {}, setUp);
  const b = sideOf(generation('dynamic'), spec, {}, setUp);
  const bounds = { maxDepth: null, maxStates: 100 };
  const problem = {
    sides: question.sides === 1 ? ([a] as const) : ([a, b] as const),
    alphabet: lines,
    question,
    bounds,
  };
  const found = EXPORT_FORMATS.map((format) => {
    const files = exported(format, problem, inNotation);
    return files.ok ? [] : files.problems.map((one) => one.found);
  });
  expect(found[0]).toEqual(found[1]);
  return found[0] ?? [];
}

test.each([
  ['attached(1) and cached(0)', {}, []],
  ['fails', { also: [{ mode: 'intx', vectors: 1 }] }, ['set_irqs of index 0']],
  ['fails', { also: [{ mode: 'msi', vectors: 2 }] }, ['set_irqs of index 1']],
  ['allocated > attached', {}, ['counts']],
  ['freed(1)', {}, ['freed']],
  ['a.fails and not b.fails', {}, ['a predicate about two kernels']],
] satisfies readonly (readonly [string, Partial<AlphabetSpec>, readonly string[]])[])(
  '%s, %o',
  (text, more, found) => {
    expect(refused(text, more)).toEqual(found);
  },
);

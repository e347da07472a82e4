// Checks the TLA+ module as text, because these tests run without TLC: brackets close, every name is defined once, and the action
// gives every variable its next value.
import { describe, expect, test } from 'vitest';
import { exported } from '../../src/explore/export/index.ts';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { inNotation, problemOf } from './exported.ts';

const ALPHABET = { goodFds: 2, raise: true, disable: true, loopback: true, reset: true, countZero: true };

function filesOf(ids: GenerationId | readonly [GenerationId, GenerationId], question: string) {
  const made = exported('tla', problemOf(ids, ALPHABET, { irqPool: 2, cpuVectors: 2 }, question), inNotation);
  if (!made.ok) throw new Error(made.problems.map(({ found }) => found).join(', '));
  return made.value;
}

const PROBLEMS = [
  ['static', 'invariant:I13'],
  ['v2', 'invariant:I5'],
  ['v3', 'original-irq-freed'],
  ['dynamic', 'interrupt-lost'],
  [['v3', 'dynamic'], 'differ-state'],
  [['track', 'hold'], 'differ-state'],
  ['hold', 'invariant:I24'],
  ['track', 'invariant:I23'],
  [['dynamic', 'dynamic'], 'differ-client'],
] as const;

describe.each(PROBLEMS)('the module of %s, %s', (ids, question) => {
  const [module, config] = filesOf(ids, question);
  const text = (module?.text ?? '').replaceAll(/\\\*.*$/gm, '').replaceAll(/"[^"]*"/g, '""');

  test('closes every bracket', () => {
    const open: string[] = [];
    const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>>': '<<' };
    for (const [token] of text.matchAll(/<<|>>|[()[\]{}]/g)) {
      const opener = pairs[token];
      if (opener === undefined) open.push(token);
      else expect(open.pop()).toBe(opener);
    }
    expect(open).toEqual([]);
  });

  test('defines every operator once and uses no other', () => {
    const defined = [...text.matchAll(/^(\w+)(?:\([^)]*\))? ==/gm)].map((match) => match[1] ?? '');
    expect(new Set(defined).size).toBe(defined.length);
    const known = new Set([...defined, 'Cardinality']);
    const used = [...text.matchAll(/(?<![.!\w])([A-Za-z_]\w*)\(/g)].map((match) => match[1] ?? '');
    expect(used.filter((name) => !known.has(name))).toEqual([]);
  });

  test('gives every variable its next value', () => {
    const variables = (/^VARIABLES (.*)$/m.exec(text)?.[1] ?? '').split(', ');
    const primed = [...text.matchAll(/(\w+)' =/g)].map((match) => match[1] ?? '');
    expect(primed).toEqual(variables);
  });

  test('is in a file of its name, and its configuration names defined operators', () => {
    expect(module?.text).toContain(`MODULE ${module?.name.replace('.tla', '')} -`);
    expect(config?.text).toContain('INVARIANT NotFound');
    expect(text).toMatch(/^NotFound == /m);
    expect(text).toMatch(/^Spec == /m);
  });
});

test('an export names everything that the models lack', () => {
  const made = exported(
    'promela',
    problemOf('dynamic', { mode: 'msi' }, {}, 'count-states', 'xhci'),
    inNotation,
  );
  expect(made).toMatchObject({ ok: false, problems: [{ found: 'set_irqs of index 1' }] });
  const asked = exported('tla', problemOf('dynamic', {}, {}, 'invariant:I15'), inNotation);
  expect(asked).toMatchObject({ ok: false, problems: [{ at: { path: 'question' }, found: 'breaks-I15' }] });
});

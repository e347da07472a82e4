// The TLA+ module as text: TLC is not to be had where these tests run, so what can be checked without it is checked: that
// brackets close, that every name is defined once, and that the one action gives every variable its next value.
import { describe, expect, test } from 'vitest';
import { exported } from '../../src/explore/export/index.ts';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { problemOf } from './exported.ts';

const ALPHABET = { goodFds: 2, raise: true, disable: true, loopback: true, reset: true, countZero: true };

function filesOf(ids: GenerationId | readonly [GenerationId, GenerationId], question: string) {
  const made = exported('tla', problemOf(ids, ALPHABET, { irqPool: 2, cpuVectors: 2 }, question));
  if (!made.ok) throw new Error(made.problems.map(({ found }) => found).join(', '));
  return made.value;
}

const PROBLEMS = [
  ['static', 'invariant:I13'],
  ['v2', 'invariant:I5'],
  ['v3', 'original-irq-freed'],
  ['dynamic', 'interrupt-lost'],
  [['v3', 'dynamic'], 'differ-state'],
  [['dynamic', 'dynamic'], 'differ-client'],
] as const;

describe.each(PROBLEMS)('the module of %s, %s', (ids, question) => {
  const [module, config] = filesOf(ids, question);
  const text = (module?.text ?? '').replaceAll(/\\\*.*$/gm, '').replaceAll(/"[^"]*"/g, '""');

  test('closes what it opens', () => {
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

  test('lies in a file of its name, and the configuration names what it defines', () => {
    expect(module?.text).toContain(`MODULE ${module?.name.replace('.tla', '')} -`);
    expect(config?.text).toContain('INVARIANT NotFound');
    expect(text).toMatch(/^NotFound == /m);
    expect(text).toMatch(/^Spec == /m);
  });
});

test('what the models cannot say is named', () => {
  const made = exported('promela', problemOf('dynamic', { mode: 'msi' }, {}, 'count-states', 'xhci'));
  expect(made).toMatchObject({ ok: false, problems: [{ found: 'set_irqs of index 1' }] });
  const asked = exported('tla', problemOf('dynamic', {}, {}, 'invariant:I15'));
  expect(asked).toMatchObject({ ok: false, problems: [{ at: { path: 'question' }, found: 'breaks-I15' }] });
});

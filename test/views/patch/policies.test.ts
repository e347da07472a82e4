// The choices of policies in words, and the ids of the kernels that they give.

import { expect, test } from 'vitest';
import { GENERATION_IDS } from '../../../src/kernel/generations/generation.ts';
import { generationById } from '../../../src/kernel/generations/index.ts';
import { POLICY_MODEL, withChoice } from '../../../src/views/patch/policies.ts';
import { FUNCTION_WORDS } from '../../../src/views/trace/functions.ts';

const { policies, baseOf, changesOf, tokensOf, whatIfId } = POLICY_MODEL;

test('every policy is in a function of the driver and has several choices, one of them the base’s own', () => {
  for (const base of GENERATION_IDS) {
    const usual = tokensOf(base);
    for (const { id, fn, choices } of policies) {
      expect(Object.hasOwn(FUNCTION_WORDS, fn), fn).toBe(true);
      expect(choices.length, id).toBeGreaterThan(1);
      expect(choices.filter(({ token }) => usual.includes(token)).length, `${id} of ${base}`).toBe(1);
    }
  }
});

test('each single change gives a kernel with that change on that base; the base’s own choice gives the base', () => {
  for (const base of GENERATION_IDS) {
    const usual = tokensOf(base);
    for (const { token } of policies.flatMap(({ choices }) => choices)) {
      const id = whatIfId(base, [token]);
      if (usual.includes(token)) expect(id).toBe(base);
      else expect([baseOf(id), changesOf(id), generationById(id)?.id]).toEqual([base, [token], id]);
    }
  }
});

test('a policy has one choice, and the others stay', () => {
  const [failure] = policies.filter(({ id }) => id === 'failure');
  if (failure === undefined) throw new Error('no policy on failures');
  const first = withChoice(['hold-on-swap'], failure, 'free-on-error');
  expect(first).toEqual(['hold-on-swap', 'free-on-error']);
  expect(withChoice(first, failure, 'free-own-on-error')).toEqual(['hold-on-swap', 'free-own-on-error']);
  expect(withChoice(first, failure, null)).toEqual(['hold-on-swap']);
});

// The words of the policies, and the choices of a person.

import { expect, test } from 'vitest';
import { POLICIES, withChoice } from '../../../src/views/patch/policies.ts';
import { POLICY_MODEL } from '../../../src/views/patch/policyModel.ts';
import { FUNCTION_WORDS } from '../../../src/views/trace/functions.ts';

const choices = POLICIES.flatMap((policy) => policy.choices);

test('every token belongs to one choice, and every choice to a function of the driver', () => {
  expect(new Set(choices.map(({ token }) => token)).size).toBe(choices.length);
  for (const { token, text, function: fn } of choices) {
    expect(Object.hasOwn(FUNCTION_WORDS, fn), token).toBe(true);
    expect(text, token).toMatch(/^\S.*\.$/);
  }
  for (const { id, choices: own } of POLICIES) expect(own.length, id).toBeGreaterThan(1);
});

test('a policy has one choice, and the others stay', () => {
  const [failure] = POLICIES.filter(({ id }) => id === 'failure');
  if (failure === undefined) throw new Error('no policy on failures');
  const first = withChoice(['hold-on-swap'], failure, 'free-on-error');
  expect(first).toEqual(['hold-on-swap', 'free-on-error']);
  expect(withChoice(first, failure, 'free-own-on-error')).toEqual(['hold-on-swap', 'free-own-on-error']);
  expect(withChoice(first, failure, null)).toEqual(['hold-on-swap']);
});

test('the model has the words of every offered choice, and an id for each single change', () => {
  const { policies, tokensOf, whatIfId, baseOf, changesOf } = POLICY_MODEL;
  const usual = tokensOf('dynamic');
  for (const { id, choices: own } of policies) {
    expect(own.filter(({ token }) => usual.includes(token)).length, id).toBe(1);
    for (const { token } of own) {
      const made = whatIfId('dynamic', [token]);
      expect(made === 'dynamic', token).toBe(usual.includes(token));
      expect(whatIfId(baseOf(made), changesOf(made))).toBe(made);
    }
  }
});

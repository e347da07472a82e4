// The policies of the model: the words beside the ids of the kernels. The ids are those of the generations that have a file of their
// own and differ from the merged driver in one policy.

import type { GenerationId } from '../../kernel/generations/generation.ts';
import { POLICIES, type PolicyModel } from './policies.ts';

const WRITTEN: ReadonlyMap<string, GenerationId> = new Map([
  ['free-on-error', 'v3'],
  ['free-own-on-error', 'track'],
  ['hold-on-swap', 'hold'],
]);

/** The policies of the model. */
export const POLICY_MODEL: PolicyModel = {
  policies: POLICIES.flatMap((policy) => {
    const choices = policy.choices.filter(({ token }, at) => at === 0 || WRITTEN.has(token));
    return choices.length > 1 ? [{ ...policy, choices }] : [];
  }),
  baseOf: () => 'dynamic',
  changesOf: (id) => [...WRITTEN].flatMap(([token, own]) => (own === id ? [token] : [])),
  tokensOf: () => POLICIES.map(({ choices }) => choices[0]?.token ?? ''),
  whatIfId: (base, changes) => (changes.length === 1 ? (WRITTEN.get(changes[0] ?? '') ?? base) : base),
};

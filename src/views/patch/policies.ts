// The choice of policies for a what-if kernel: the model's choices in words, and the ids of the kernels that have them. Nothing here
// reads a patch: a person chooses.

import type { GenerationId, NamedGenerationId } from '../../kernel/generations/generation.ts';
import {
  baseOf,
  changesOf,
  POLICY_CHOICES,
  POLICY_IDS,
  policiesOf,
  whatIfId,
} from '../../kernel/generations/policies.ts';
import { POLICY_TITLES, POLICY_WORDS } from '../../text/policies.ts';

/** A choice of a policy. */
export interface PolicyChoice {
  /** Its name in the id of a kernel, for instance `free-on-error`. */
  readonly token: string;
  readonly title: string;
  /** What the driver does, in one sentence. */
  readonly text: string;
}

/** A policy: exactly one of its choices holds in a kernel. */
export interface Policy {
  readonly id: string;
  readonly title: string;
  /** The kernel function with the code. */
  readonly fn: string;
  readonly choices: readonly PolicyChoice[];
}

/** The policies and the ids of the kernels that have them. */
export interface PolicyModel {
  readonly policies: readonly Policy[];
  /** Returns the generation that a kernel is based on: itself unless it is a what-if kernel. */
  readonly baseOf: (id: GenerationId) => NamedGenerationId;
  /** Returns the tokens in which a kernel differs from its base. */
  readonly changesOf: (id: GenerationId) => readonly string[];
  /** Returns the token of every policy of a kernel. */
  readonly tokensOf: (id: GenerationId) => readonly string[];
  /** Returns the id of the kernel with these changes; the base itself without any. */
  readonly whatIfId: (base: NamedGenerationId, changes: readonly string[]) => GenerationId;
}

/** The policies of the model. Every dialog gets them from here. */
export const POLICY_MODEL: PolicyModel = {
  policies: POLICY_IDS.map((id) => ({
    id,
    ...POLICY_TITLES[id],
    choices: POLICY_CHOICES[id].map((token) => ({ token, ...POLICY_WORDS[token] })),
  })),
  baseOf,
  changesOf,
  tokensOf: (id) => Object.values(policiesOf(id)),
  whatIfId,
};

/** Returns the changes with another choice of one policy; null for the base's own. */
export function withChoice(
  changes: readonly string[],
  { choices }: Policy,
  token: string | null,
): readonly string[] {
  const others = changes.filter((one) => choices.every((choice) => choice.token !== one));
  return token === null ? others : [...others, token];
}

// The policies of a what-if kernel: the choices that assembled.ts makes in vfio-pci's MSI and MSI-X code, as plain data. A what-if
// kernel is a generation with changed policies, and its id says which: `dynamic + free-on-error`. Every choice has a token
// that no other choice has, so an id is read without names of policies. docs/driver.md §20 describes each choice.

import { failed, ok, type Result } from '../../base/result.ts';
import { GENERATION_IDS, type GenerationId, type NamedGenerationId, type WhatIfId } from './generation.ts';

/** Every policy with its choices. */
export const POLICY_CHOICES = {
  /** The life of `struct vfio_pci_irq_ctx`: an array, one per vector of the enabling call, or one per attached vector. */
  contexts: ['context-array', 'contexts-at-enable', 'contexts-on-demand'],
  /** The irqs that vfio_msi_enable() allocates. */
  enable: ['exact-range', 'whole-table'],
  /** The place where an irq is added to enabled MSI-X: before the eventfd is looked up, or together with request_irq(). */
  allocate: ['allocate-first', 'allocate-at-request'],
  /** The irq of a vector after free_irq(). */
  detach: ['keep-on-detach', 'free-on-detach'],
  /** The irq of a vector whose assignment failed. */
  failure: ['keep-on-error', 'free-own-on-error', 'free-on-error'],
  /** An eventfd for an attached vector: free_irq() and request_irq(), or a new eventfd for the handler. */
  swap: ['swap-by-request', 'hold-on-swap'],
  /** The place of eventfd_ctx_fdget(). */
  lookup: ['lookup-after-detach', 'lookup-first'],
  /** A failing block: detach its vectors, leave them, or give them back what they had. */
  block: ['unwind-block', 'stop-block', 'restore-block'],
  /** The order in which a failing block is undone. `unwind-by-release` follows the host fact `staticUndo`. */
  unwind: ['unwind-up', 'unwind-down', 'unwind-by-release'],
  /** The place of pci_write_msi_msg(). */
  message: ['message-first', 'message-last', 'skip-message'],
  /** The driver's reference to the eventfd on detach. */
  put: ['put-eventfd', 'forget-eventfd-put'],
  /** The handler on detach. */
  handler: ['free-handler', 'forget-free-irq'],
  /** The check that DATA_NONE and DATA_BOOL need an enabled mode. */
  check: ['check-enabled', 'skip-enabled-check'],
} as const;

/** The name of a policy. */
export type PolicyId = keyof typeof POLICY_CHOICES;

/** The token of a choice. */
export type PolicyToken = (typeof POLICY_CHOICES)[PolicyId][number];

/** One choice for each policy. */
export type Policies = Readonly<Record<PolicyId, PolicyToken>>;

const DYNAMIC: Policies = {
  contexts: 'contexts-on-demand',
  enable: 'exact-range',
  allocate: 'allocate-first',
  detach: 'keep-on-detach',
  failure: 'keep-on-error',
  swap: 'swap-by-request',
  lookup: 'lookup-after-detach',
  block: 'unwind-block',
  unwind: 'unwind-up',
  message: 'message-first',
  put: 'put-eventfd',
  handler: 'free-handler',
  check: 'check-enabled',
};

/** The policies of each generation; a test compares the assembled generation with the written one, call by call. */
const NAMED: Readonly<Record<NamedGenerationId, Policies>> = {
  static: { ...DYNAMIC, contexts: 'context-array', unwind: 'unwind-by-release' },
  v2: {
    ...DYNAMIC,
    contexts: 'contexts-at-enable',
    allocate: 'allocate-at-request',
    detach: 'free-on-detach',
    failure: 'free-own-on-error',
    unwind: 'unwind-down',
  },
  v3: { ...DYNAMIC, failure: 'free-on-error' },
  dynamic: DYNAMIC,
  track: { ...DYNAMIC, failure: 'free-own-on-error' },
  hold: { ...DYNAMIC, swap: 'hold-on-swap' },
};

/** Every policy, in the order of the tokens in an id. */
export const POLICY_IDS: readonly PolicyId[] = [
  'contexts',
  'enable',
  'allocate',
  'detach',
  'failure',
  'swap',
  'lookup',
  'block',
  'unwind',
  'message',
  'put',
  'handler',
  'check',
];

const POLICY_OF: ReadonlyMap<string, PolicyId> = new Map(
  POLICY_IDS.flatMap((id) => POLICY_CHOICES[id].map((token): [string, PolicyId] => [token, id])),
);

/** Returns the generation on which an id is based: itself unless it is that of a what-if kernel. */
export function baseOf(id: GenerationId): NamedGenerationId {
  return partsOf(id).base ?? 'dynamic';
}

/** Returns whether an id is that of a what-if kernel. */
export function isWhatIf(id: GenerationId): id is WhatIfId {
  return id.includes('+');
}

/** Returns the changed choices of an id, in order; none for a named generation. */
export function changesOf(id: GenerationId): readonly PolicyToken[] {
  const own = policiesOf(id);
  const base = NAMED[baseOf(id)];
  return POLICY_IDS.flatMap((policy) => (own[policy] === base[policy] ? [] : [own[policy]]));
}

/** Returns all choices of an id. */
export function policiesOf(id: GenerationId): Policies {
  const { base, tokens } = partsOf(id);
  return withTokens(NAMED[base ?? 'dynamic'], tokens);
}

/**
 * Returns the id of a generation with other choices. Tokens that the base already has are left out;
 * without any change the result is the base itself.
 */
export function whatIfId(base: NamedGenerationId, tokens: readonly string[]): GenerationId {
  const changed = withTokens(NAMED[base], tokens);
  const rest = POLICY_IDS.flatMap((id) => (changed[id] === NAMED[base][id] ? [] : [changed[id]]));
  return rest.length === 0 ? base : `${base} + ${rest.join(' + ')}`;
}

/**
 * Reads the id of a generation or of a what-if kernel, with any blanks around `+`, in any order. A problem names the part that is
 * no generation, no choice, or a second choice for one policy; `found` is that part.
 */
export function parseGenerationId(text: string): Result<GenerationId> {
  const { base, name, tokens } = partsOf(text);
  const bad = (expected: string, found: string) => failed({ at: { path: 'generation' }, expected, found });
  if (base === undefined) return bad(`one of ${GENERATION_IDS.join(', ')}`, name);
  const seen = new Set<PolicyId>();
  for (const token of tokens) {
    const policy = POLICY_OF.get(token);
    if (policy === undefined) return bad(`one of ${[...POLICY_OF.keys()].join(', ')}`, token);
    if (seen.has(policy)) return bad(`one choice of ${POLICY_CHOICES[policy].join(', ')}`, token);
    seen.add(policy);
  }
  return ok(whatIfId(base, tokens));
}

/** Returns an id without blanks, for links and command lines. */
export function idWord(id: GenerationId): string {
  return id.replaceAll(' ', '');
}

function partsOf(text: string) {
  const [name = '', ...tokens] = text.split('+').map((part) => part.trim());
  return { name, base: GENERATION_IDS.find((id) => id === name), tokens };
}

function withTokens(base: Policies, tokens: readonly string[]): Policies {
  let made = base;
  for (const id of POLICY_IDS) {
    const choice = POLICY_CHOICES[id].find((one) => tokens.includes(one));
    if (choice !== undefined) made = { ...made, [id]: choice };
  }
  return made;
}

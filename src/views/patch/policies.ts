// The policies of a what-if kernel in words, and the functions of the model that a choice of them needs. Nothing here reads a patch:
// a person chooses.

import type { GenerationId } from '../../kernel/generations/generation.ts';

/** A choice of a policy. */
export interface PolicyChoice {
  /** Its name in the id of a kernel, for instance `free-on-error`. */
  readonly token: string;
  readonly title: string;
  /** What the driver does, in one or two sentences. */
  readonly text: string;
  /** The kernel function with the code. */
  readonly function: string;
}

/** A policy: exactly one of its choices holds in a kernel. */
export interface Policy {
  readonly id: string;
  readonly title: string;
  readonly choices: readonly PolicyChoice[];
}

/** The policies and the ids of the kernels that have them. */
export interface PolicyModel {
  readonly policies: readonly Policy[];
  /** Returns the generation that a kernel is based on: itself unless it is a what-if kernel. */
  readonly baseOf: (id: GenerationId) => GenerationId;
  /** Returns the tokens in which a kernel differs from its base. */
  readonly changesOf: (id: GenerationId) => readonly string[];
  /** Returns the token of every policy of a kernel. */
  readonly tokensOf: (id: GenerationId) => readonly string[];
  /** Returns the id of the kernel with these changes; the base itself without any. */
  readonly whatIfId: (base: GenerationId, changes: readonly string[]) => GenerationId;
}

/** Returns the changes with another choice of one policy; null for the base's own. */
export function withChoice(
  changes: readonly string[],
  { choices }: Policy,
  token: string | null,
): readonly string[] {
  const others = changes.filter((one) => choices.every((choice) => choice.token !== one));
  return token === null ? others : [...others, token];
}

const SIGNAL = 'vfio_msi_set_vector_signal';
const BLOCK = 'vfio_msi_set_block';
const ENABLE = 'vfio_msi_enable';

/** The choices by policy, in the order of the driver's code. */
export const POLICIES: readonly Policy[] = [
  {
    id: 'contexts',
    title: 'The contexts of vectors',
    choices: [
      {
        token: 'context-array',
        title: 'an array at enable',
        text: 'vfio_msi_enable() allocates one context for each vector of the call. Later calls reach only these vectors.',
        function: ENABLE,
      },
      {
        token: 'contexts-at-enable',
        title: 'one by one at enable',
        text: 'vfio_msi_enable() creates the contexts of its vectors. Others get one if the irq domain can add vectors.',
        function: ENABLE,
      },
      {
        token: 'contexts-on-demand',
        title: 'while attached',
        text: 'An assignment creates the context, and a detach frees it.',
        function: SIGNAL,
      },
    ],
  },
  {
    id: 'enable',
    title: 'Irqs at enable',
    choices: [
      {
        token: 'exact-range',
        title: 'start + count',
        text: 'The enabling call allocates an irq for each vector up to its last one.',
        function: ENABLE,
      },
      {
        token: 'whole-table',
        title: 'the whole table',
        text: 'The enabling call allocates an irq for every entry of the MSI-X table.',
        function: ENABLE,
      },
    ],
  },
  {
    id: 'allocate',
    title: 'Adding an irq later',
    choices: [
      {
        token: 'allocate-first',
        title: 'first',
        text: 'The assignment allocates a missing irq before it creates the context and looks up the eventfd.',
        function: SIGNAL,
      },
      {
        token: 'allocate-at-request',
        title: 'together with request_irq()',
        text: 'The assignment allocates a missing irq after the lookup, just before request_irq().',
        function: SIGNAL,
      },
    ],
  },
  {
    id: 'detach',
    title: 'The irq of a detached vector',
    choices: [
      {
        token: 'keep-on-detach',
        title: 'stays allocated',
        text: 'After free_irq() the irq is cached until the mode is disabled.',
        function: SIGNAL,
      },
      {
        token: 'free-on-detach',
        title: 'is freed',
        text: 'pci_msix_free_irq() follows free_irq() if the irq domain can add vectors.',
        function: SIGNAL,
      },
    ],
  },
  {
    id: 'failure',
    title: 'The irq of a failed assignment',
    choices: [
      {
        token: 'keep-on-error',
        title: 'stays allocated',
        text: 'The error path frees no irq.',
        function: SIGNAL,
      },
      {
        token: 'free-own-on-error',
        title: 'is freed if this call allocated it',
        text: 'The error path frees the irq only if the same assignment has allocated it.',
        function: SIGNAL,
      },
      {
        token: 'free-on-error',
        title: 'is freed',
        text: 'The error path frees the irq, also one of the enabling call.',
        function: SIGNAL,
      },
    ],
  },
  {
    id: 'swap',
    title: 'An eventfd for an attached vector',
    choices: [
      {
        token: 'swap-by-request',
        title: 'free_irq() and request_irq()',
        text: 'The vector has no handler between the two calls.',
        function: SIGNAL,
      },
      {
        token: 'hold-on-swap',
        title: 'the handler gets the new eventfd',
        text: 'The irq stays requested, and a bad descriptor changes nothing.',
        function: SIGNAL,
      },
    ],
  },
  {
    id: 'lookup',
    title: 'The lookup of the eventfd',
    choices: [
      {
        token: 'lookup-after-detach',
        title: 'after the detach',
        text: 'A bad descriptor is found when the old handler is gone.',
        function: SIGNAL,
      },
      {
        token: 'lookup-first',
        title: 'before everything else',
        text: 'A bad descriptor changes nothing in its vector.',
        function: SIGNAL,
      },
    ],
  },
  {
    id: 'block',
    title: 'A block that fails at a vector',
    choices: [
      {
        token: 'unwind-block',
        title: 'detaches its vectors',
        text: 'The vectors from the first to the failing one are detached, also those that were attached before the call.',
        function: BLOCK,
      },
      {
        token: 'stop-block',
        title: 'stops',
        text: 'The vectors before the failing one keep what the call gave them.',
        function: BLOCK,
      },
      {
        token: 'restore-block',
        title: 'restores what was there',
        text: 'Each vector gets back the eventfd that it had, and a new irq is freed.',
        function: BLOCK,
      },
    ],
  },
  {
    id: 'unwind',
    title: 'The order of undoing a block',
    choices: [
      {
        token: 'unwind-up',
        title: 'from the first vector up',
        text: 'The loop counts up to the failing vector.',
        function: BLOCK,
      },
      {
        token: 'unwind-down',
        title: 'from the failing vector down',
        text: 'The loop counts down to the first vector.',
        function: BLOCK,
      },
      {
        token: 'unwind-by-release',
        title: 'as the release of the host does',
        text: 'The loop counts down in the static driver as released, and up after its repair.',
        function: BLOCK,
      },
    ],
  },
  {
    id: 'message',
    title: 'Writing the message again',
    choices: [
      {
        token: 'message-first',
        title: 'before request_irq()',
        text: 'pci_write_msi_msg() repairs an entry that a reset has cleared, then request_irq() unmasks it.',
        function: SIGNAL,
      },
      {
        token: 'message-last',
        title: 'after request_irq()',
        text: 'The entry is unmasked before its message is repaired.',
        function: SIGNAL,
      },
      {
        token: 'skip-message',
        title: 'left out',
        text: 'An entry that a reset has cleared stays without a message.',
        function: SIGNAL,
      },
    ],
  },
  {
    id: 'put',
    title: 'The reference to the old eventfd',
    choices: [
      {
        token: 'put-eventfd',
        title: 'eventfd_ctx_put()',
        text: 'A detach drops the reference of the driver.',
        function: SIGNAL,
      },
      {
        token: 'forget-eventfd-put',
        title: 'forgotten',
        text: 'The eventfd outlives its last descriptor.',
        function: SIGNAL,
      },
    ],
  },
  {
    id: 'handler',
    title: 'The handler of a detached vector',
    choices: [
      {
        token: 'free-handler',
        title: 'free_irq()',
        text: 'A detach removes the handler.',
        function: SIGNAL,
      },
      {
        token: 'forget-free-irq',
        title: 'forgotten',
        text: 'The handler stays installed with the eventfd that it has.',
        function: SIGNAL,
      },
    ],
  },
  {
    id: 'check',
    title: 'A loopback trigger without an enabled mode',
    choices: [
      {
        token: 'check-enabled',
        title: 'is refused',
        text: 'DATA_NONE and DATA_BOOL give EINVAL unless the mode is enabled.',
        function: 'vfio_pci_set_msi_trigger',
      },
      {
        token: 'skip-enabled-check',
        title: 'is not checked',
        text: 'DATA_NONE and DATA_BOOL reach the loop over the vectors in any mode.',
        function: 'vfio_pci_set_msi_trigger',
      },
    ],
  },
];

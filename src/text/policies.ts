// The policies of what-if kernels in words, and the kernel function in which each choice is made (docs/driver.md §20).

import type { GenerationId } from '../kernel/generations/generation.ts';
import { baseOf, changesOf, type PolicyId, type PolicyToken } from '../kernel/generations/policies.ts';

/** A choice in words. */
export interface PolicyWords {
  /** A few words, for a button. */
  readonly title: string;
  /** One sentence. */
  readonly text: string;
}

/** The question that a policy answers, and the kernel function that contains it. */
export const POLICY_TITLES: Readonly<Record<PolicyId, { readonly title: string; readonly fn: string }>> = {
  contexts: { title: 'Contexts of vectors', fn: 'vfio_msi_enable' },
  enable: { title: 'Irqs that enabling allocates', fn: 'vfio_msi_enable' },
  allocate: { title: 'Place of a later allocation', fn: 'vfio_msi_set_vector_signal' },
  detach: { title: 'Irq of a detached vector', fn: 'vfio_msi_set_vector_signal' },
  failure: { title: 'Irq after a failed assignment', fn: 'vfio_msi_set_vector_signal' },
  swap: { title: 'Another eventfd for an attached vector', fn: 'vfio_msi_set_vector_signal' },
  lookup: { title: 'Lookup of the eventfd', fn: 'vfio_msi_set_vector_signal' },
  block: { title: 'A block that fails', fn: 'vfio_msi_set_block' },
  unwind: { title: 'Order in which a block is undone', fn: 'vfio_msi_set_block' },
  message: { title: 'Write of the MSI-X message', fn: 'vfio_msi_set_vector_signal' },
  put: { title: 'Reference to a detached eventfd', fn: 'vfio_msi_set_vector_signal' },
  handler: { title: 'Handler of a detached vector', fn: 'vfio_msi_set_vector_signal' },
  check: { title: 'Trigger without an enabled mode', fn: 'vfio_pci_set_msi_trigger' },
};

/** Every choice in words. */
export const POLICY_WORDS: Readonly<Record<PolicyToken, PolicyWords>> = {
  'context-array': {
    title: 'array',
    text: 'vfio_msi_enable() creates one array of contexts, and every range is checked against it.',
  },
  'contexts-at-enable': {
    title: 'one per enabled vector',
    text: 'vfio_msi_enable() creates a context for every vector that it enables.',
  },
  'contexts-on-demand': { title: 'on demand', text: 'A context exists while its vector is attached.' },
  'exact-range': { title: 'exact range', text: 'Enabling allocates irqs for start + count vectors.' },
  'whole-table': {
    title: 'whole table',
    text: 'Enabling MSI-X allocates an irq for every entry of the table.',
  },
  'allocate-first': {
    title: 'before the lookup',
    text: 'A missing irq is added before the eventfd is looked up.',
  },
  'allocate-at-request': {
    title: 'with request_irq()',
    text: 'A missing irq is added after the lookup, right before request_irq().',
  },
  'keep-on-detach': { title: 'keep', text: 'A detach leaves the irq allocated: it is cached.' },
  'free-on-detach': {
    title: 'free',
    text: 'A detach calls pci_msix_free_irq() where irqs can be added dynamically.',
  },
  'keep-on-error': { title: 'keep', text: 'A failed assignment leaves the irq of its vector.' },
  'free-own-on-error': {
    title: 'free its own',
    text: 'A failed assignment frees the irq only if the same call allocated it.',
  },
  'free-on-error': {
    title: 'free any',
    text: 'A failed assignment frees the irq, also one of the original allocation.',
  },
  'swap-by-request': { title: 'free and request', text: 'A swap calls free_irq() and request_irq().' },
  'hold-on-swap': {
    title: 'hold the irq',
    text: 'A swap replaces the eventfd of the handler; the irq stays requested.',
  },
  'lookup-after-detach': { title: 'after detaching', text: 'The old eventfd is detached before the lookup.' },
  'lookup-first': {
    title: 'before detaching',
    text: 'The new eventfd is looked up before anything changes.',
  },
  'unwind-block': {
    title: 'detach its vectors',
    text: 'A failing block detaches every vector from its start to the failing one.',
  },
  'stop-block': {
    title: 'stop',
    text: 'A failing block leaves the vectors before the failing one attached.',
  },
  'restore-block': {
    title: 'restore',
    text: 'A failing block gives each vector its eventfd back and frees the irqs that it allocated.',
  },
  'unwind-up': { title: 'upwards', text: 'A failing block is undone from its first vector on.' },
  'unwind-down': { title: 'downwards', text: 'A failing block is undone from the failing vector back.' },
  'unwind-by-release': {
    title: 'by release',
    text: 'A failing block is undone downwards as released up to 6.4, upwards as repaired.',
  },
  'message-first': { title: 'before request_irq()', text: 'The message is written before request_irq().' },
  'message-last': { title: 'after request_irq()', text: 'The message is written after request_irq().' },
  'skip-message': { title: 'not at all', text: 'The driver does not write the message again.' },
  'put-eventfd': { title: 'put', text: 'A detach calls eventfd_ctx_put().' },
  'forget-eventfd-put': { title: 'forget to put', text: 'A detach leaks its reference to the eventfd.' },
  'free-handler': { title: 'free_irq()', text: 'A detach calls free_irq().' },
  'forget-free-irq': {
    title: 'forget free_irq()',
    text: 'A detach leaves the handler installed; the next request_irq() fails with EBUSY.',
  },
  'check-enabled': { title: 'EINVAL', text: 'DATA_NONE and DATA_BOOL need an enabled mode.' },
  'skip-enabled-check': {
    title: 'no check',
    text: 'DATA_NONE and DATA_BOOL return 0 without an enabled mode.',
  },
};

/** Returns a what-if kernel in words: its base and one sentence for each changed choice. */
export function whatIfText(id: GenerationId): string {
  const changes = changesOf(id).map((token) => POLICY_WORDS[token].text);
  return [`${baseOf(id)} with other policies, which no kernel has.`, ...changes].join(' ');
}

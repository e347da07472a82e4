// Example searches: the debate about V3 and its two proposals as questions. Their titles name the question and not the answer.

import { FIRST_SEARCH, type SearchSetup, USUAL_DEVICE } from '../../session/search.ts';

/** An example search. */
export interface Example {
  readonly title: string;
  readonly setup: SearchSetup;
}

function compare(title: string, id: string, change: Partial<SearchSetup>): Example {
  return { title, setup: { ...FIRST_SEARCH, asked: { kind: 'named', id }, ...change } };
}

/** The examples in the order of the list. */
export const EXAMPLES: readonly Example[] = [
  compare('V3 and ≥ 6.5: any difference in state', 'differ-state', {}),
  compare('V3 and ≥ 6.5: any difference that a client can see', 'differ-client', {}),
  compare('V3 and ≥ 6.5, host with 2 irqs: any difference that a client can see', 'differ-client', {
    irqs: 2,
  }),
  compare('V3 and ≥ 6.5, host with 1 irq: any difference that a client can see', 'differ-client', {
    irqs: 1,
  }),
  compare('V3 and ≥ 6.5 without dynamic allocation: any difference in state', 'differ-state', {
    dynamic: false,
  }),
  compare('V3 and ≥ 6.5 without dynamic allocation, 2 irqs: any difference in state', 'differ-state', {
    dynamic: false,
    irqs: 2,
  }),
  compare('≤ 6.4 and ≥ 6.5: any difference in results', 'differ-return', { generation: 'static' }),
  compare('≤ 6.4 and ≥ 6.5 without dynamic allocation: any difference in results', 'differ-return', {
    generation: 'static',
    dynamic: false,
  }),
  compare('V3: an irq of the original allocation is freed early', 'original-irq-freed', { against: null }),
  compare('V3: a vector attached without an irq (breaks I1)', 'invariant:I1', { against: null }),
  compare('≥ 6.5: a vector attached without an irq (breaks I1)', 'invariant:I1', {
    generation: 'dynamic',
    against: null,
  }),
  compare('≥ 6.5: irqs allocated without a mode (breaks I2)', 'invariant:I2', {
    generation: 'dynamic',
    against: null,
  }),
  {
    title: 'V3 and ≥ 6.5: only V3 frees the irq of vector 1',
    setup: { ...FIRST_SEARCH, asked: { kind: 'composed', text: 'a.freed(1) and not b.freed(1)' } },
  },
  compare('V3 and ≥ 6.5, MSI with 4 vectors: any difference in state', 'differ-state', {
    modes: ['msi'],
    msi: 4,
  }),
  compare(
    'V3 and ≥ 6.5, changes between MSI-X, MSI and INTx: any difference that a client can see',
    'differ-client',
    {
      modes: ['msix', 'msi', 'intx'],
      vectors: 2,
      msi: 2,
      device: { ...USUAL_DEVICE, raise: 'always' },
      block: 1,
      parts: ['unbind', 'bad', 'disable', 'raise', 'mask', 'unmaskfd'],
    },
  ),
  compare('track and ≥ 6.5: any difference in state', 'differ-state', {
    generation: 'track',
    against: 'dynamic',
  }),
  compare('track and ≥ 6.5, host with 2 irqs: any difference that a client can see', 'differ-client', {
    generation: 'track',
    against: 'dynamic',
    irqs: 2,
  }),
  compare('track and V3: any difference in state', 'differ-state', { generation: 'track', against: 'v3' }),
  compare('hold and ≥ 6.5: any difference in state', 'differ-state', {
    generation: 'hold',
    against: 'dynamic',
  }),
  compare('hold: a swap removes a handler (breaks I24)', 'invariant:I24', {
    generation: 'hold',
    against: null,
  }),
];

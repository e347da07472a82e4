// Searches that are worth a look: the debate about V3 as questions. They say what is asked and never what comes out.

import { FIRST_SEARCH, type SearchSetup } from '../../session/search.ts';

/** A search to start from. */
export interface Example {
  readonly title: string;
  readonly setup: SearchSetup;
}

function compare(title: string, id: string, change: Partial<SearchSetup>): Example {
  return { title, setup: { ...FIRST_SEARCH, asked: { kind: 'named', id }, ...change } };
}

/** The list. */
export const EXAMPLES: readonly Example[] = [
  compare('V3 and ≥ 6.5: any difference in state', 'differ-state', {}),
  compare('V3 and ≥ 6.5: anything a client can see', 'differ-client', {}),
  compare('V3 and ≥ 6.5, the host gives 2 irqs: anything a client can see', 'differ-client', { irqs: 2 }),
  compare('V3 and ≥ 6.5, the host gives 1 irq: anything a client can see', 'differ-client', { irqs: 1 }),
  compare('V3 and ≥ 6.5 without dynamic allocation: any difference in state', 'differ-state', {
    dynamic: false,
  }),
  compare('V3 and ≥ 6.5 without dynamic allocation, 2 irqs: any difference in state', 'differ-state', {
    dynamic: false,
    irqs: 2,
  }),
  compare('≤ 6.4 and ≥ 6.5: a difference in returns', 'differ-return', { generation: 'static' }),
  compare('≤ 6.4 and ≥ 6.5 without dynamic allocation: a difference in returns', 'differ-return', {
    generation: 'static',
    dynamic: false,
  }),
  compare('V3 frees an irq of the original allocation', 'original-irq-freed', { against: null }),
  compare('V3: attached and not allocated (I1 broken)', 'invariant:I1', { against: null }),
  compare('≥ 6.5: attached and not allocated (I1 broken)', 'invariant:I1', {
    generation: 'dynamic',
    against: null,
  }),
  compare('≥ 6.5: no mode and still irqs (I2 broken)', 'invariant:I2', {
    generation: 'dynamic',
    against: null,
  }),
];

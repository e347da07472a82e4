// A row of the wiring as a sentence, for screen readers and tooltips.

import type { WiringRow } from './row.ts';

/** For instance `Vector 1: cached, irq 26 allocated, entry masked`. */
export function rowSentence(row: WiringRow): string {
  const { label, vector, state, change, eventfd, irq, entry } = row;
  const parts = [
    vector === null && state === 'attached' ? 'set' : state,
    eventfd === null ? '' : `${eventfd.text} ${eventfd.look === 'failed' ? '' : 'count '}${eventfd.word}`,
    irq === null ? '' : [irq.text, irq.word === 'cached' ? 'allocated' : irq.word].filter(Boolean).join(' '),
    entry === null || entry.masked === null ? '' : entry.masked ? 'masked' : 'unmasked',
    entry?.pending === true ? 'pending' : '',
    change === 'signalled' ? 'just signalled' : '',
  ];
  return `${vector === null ? label : `Vector ${label}`}: ${parts.filter(Boolean).join(', ')}`;
}

// Tells whether the client sees a difference between lanes, by the results of its calls and the counters of its eventfds, and
// whether root does, by /proc/interrupts and sysfs. The lanes' data decide, not the words of the sentence.

import type { HostView } from './host.ts';
import type { Statement } from './statement.ts';

/** The places in which each of them sees a difference; null for none. */
export interface Seen {
  readonly client: string | null;
  readonly root: string | null;
}

/** The meaning of the two words in a sentence. */
export const SEEN_WORDS = [
  {
    word: 'client',
    text: 'the process that has the device’s descriptor; it sees the results of its calls and the counters of its eventfds',
  },
  {
    word: 'root',
    text: 'the user of the host who reads /proc/interrupts, and the device’s msi_irqs and config in sysfs',
  },
] as const;

/** Returns the places in which client and root see a difference; null for a sentence that only counts further vectors. */
export function seenBy({ kind, about }: Pick<Statement, 'kind' | 'about'>, host: HostView): Seen | null {
  switch (about) {
    case 'result':
      return { client: 'the result of the call', root: null };
    case 'counter': {
      const counts = host.rows.some(({ differs }) => differs.includes('count'));
      return { client: 'the counter of the eventfd', root: counts ? '/proc/interrupts' : null };
    }
    case 'device':
      return { client: null, root: host.config ? 'config' : null };
    case 'calls':
      return { client: null, root: null };
    case 'more':
      return null;
    default: {
      // no file shows the entries of the table
      if (kind === 'entry') return { client: null, root: null };
      const rows = host.rows.some(
        ({ vector, differs }) => vector !== null && about.includes(vector) && differs.length > 0,
      );
      const places = [
        ...(about.some((vector) => host.ownIrqs.has(vector)) ? ['msi_irqs'] : []),
        ...(rows ? ['/proc/interrupts'] : []),
      ];
      return { client: null, root: places.length === 0 ? null : places.join(' and ') };
    }
  }
}

/** Returns the sentence, such as `Root sees it (msi_irqs); the client does not.` */
export function seenText({ client, root }: Seen): string {
  if (client !== null && root !== null) return `The client sees it (${client}), and root does (${root}).`;
  if (client !== null) return `The client sees it (${client}); root does not.`;
  if (root !== null) return `Root sees it (${root}); the client does not.`;
  return 'Neither the client nor root sees it.';
}

// Who sees a difference between lanes: the client, by the results of its calls and the counters of its eventfds, or root, by
// /proc/interrupts and sysfs. Decided on the lanes' data at the place, not on the words of the sentence.

import type { HostView } from './host.ts';
import type { Statement } from './statement.ts';

/** Where each of them sees a difference; null for who does not. */
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
    text: 'whoever reads /proc/interrupts, and the device’s msi_irqs and config in sysfs',
  },
] as const;

/** Returns who sees a difference, or null for a sentence that only counts further vectors. */
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

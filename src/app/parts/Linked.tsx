// A text whose words name vectors, irqs and eventfds: each of them lights with its chain.

import { tokens } from '../../views/linked/things.ts';
import type { Word } from '../../views/linked/words.ts';
import './linked.css';

/** Words that can be pointed at. */
export function LinkedWords({ words }: { readonly words: readonly Word[] }) {
  return words.map(({ text, things }, at) =>
    things.length === 0 ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a word has no other name than its place
      <span key={at} className="linked" data-link={tokens(things)}>
        {text}
      </span>
    ),
  );
}

// A text with words for vectors, irqs and eventfds, which are highlighted together with their chain.

import { tokens } from '../../views/linked/things.ts';
import type { Word } from '../../views/linked/words.ts';
import './linked.css';

/** Words with the things that they name. */
export function LinkedWords({ words }: { readonly words: readonly Word[] }) {
  return words.map(({ text, things }, at) =>
    things.length === 0 ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: only its place identifies a word
      <span key={at} className="linked" data-link={tokens(things)}>
        {text}
      </span>
    ),
  );
}

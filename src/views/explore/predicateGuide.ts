// The language of composed questions in a few examples, and the list of all its words.

import { COUNT_IDS, COUNTS } from '../../explore/counts.ts';
import { NAMED_ATOMS } from '../../explore/predicateText.ts';

/** Examples of one kind. */
interface GuideRow {
  readonly title: string;
  /** Predicates that parse. */
  readonly examples: readonly string[];
}

/** The examples, from a single word to two kernels. */
export const PREDICATE_EXAMPLES: readonly GuideRow[] = [
  { title: 'The line', examples: ['errno(EBADF)', 'freed(1)', 'attaches(0)', 'interrupt-lost'] },
  { title: 'The state after it', examples: ['attached(1)', 'cached(0)', 'pending(0)', 'intx-masked'] },
  { title: 'Counts', examples: ['allocated > attached', 'allocated = 2'] },
  { title: 'Combined', examples: ['fails and not (cached(0) or enabled)'] },
  { title: 'Two kernels', examples: ['a.freed(1) and not b.freed(1)', 'a.allocated > b.allocated'] },
];

/** A word of the language with its meaning. */
interface GuideWord {
  readonly text: string;
  readonly about: string;
}

/** An argument of each kind; null for an atom without one. */
const EXAMPLE = {
  errno: 'EBADF',
  check: 'msi.no-irq',
  vector: '1',
  count: '2',
  none: null,
  comparison: null,
};

/** Every atom with an example of its argument, then the counts. */
export const PREDICATE_WORDS: readonly GuideWord[] = [
  ...NAMED_ATOMS.map(({ id, arg, about }) => {
    const example = EXAMPLE[arg];
    return example === null
      ? { text: id, about }
      : { text: `${id}(${example})`, about: about.replace('…', example) };
  }),
  ...COUNT_IDS.map((id) => ({
    text: `${id} = 2`,
    about: `The number of ${COUNTS[id]}; also !=, <, <=, > and >=.`,
  })),
];

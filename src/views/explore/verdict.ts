// The three answers of a search in words. They must never be taken for one another: *exhausted* is a proof for the chosen
// operations, *bounded* says nothing about what lies beyond the bound.

import type { SearchSetup } from '../../session/search.ts';
import { counted } from '../words/numbers.ts';

/** What the sentence needs of an answer. */
export interface AnswerFigures {
  readonly verdict: 'found' | 'exhausted' | 'bounded';
  readonly states: number;
  readonly depth: number;
  readonly found: string | null;
}

/** The verdict in a few words. */
export const VERDICTS = {
  found: 'Found.',
  exhausted: 'None: space exhausted.',
  bounded: 'None within these bounds.',
} as const;

/** The bound that cut a search. */
export function cutBy(
  { states }: Pick<AnswerFigures, 'states'>,
  { maxStates, maxDepth }: SearchSetup,
): string {
  if (states < maxStates && maxDepth !== null) {
    return `Cut by the longest script: ${counted(maxDepth, 'operation')}. Longer scripts were not tried.`;
  }
  return `Cut by the number of states: ${counted(maxStates, 'state')}. What lies beyond them is not known.`;
}

/** What the verdict means, one or two sentences. */
export function verdictMeaning(answer: AnswerFigures, setup: SearchSetup): string {
  switch (answer.verdict) {
    case 'found':
      return `${answer.found ?? ''} No shorter script of these operations does it.`.trim();
    case 'exhausted':
      return `Every script of these operations, however long, stays in these ${counted(answer.states, 'state')}, and in none of them the answer is yes.`;
    case 'bounded':
      return cutBy(answer, setup);
  }
}

/** The verdict and what it means, for a screen reader. */
export function verdictSentence(answer: AnswerFigures, setup: SearchSetup): string {
  return `${VERDICTS[answer.verdict]} ${verdictMeaning(answer, setup)}`;
}

// The four answers of a search as text. They differ in weight: *exhausted* is a proof for the chosen operations, *bounded*
// leaves longer scripts open, and *cannot-happen* is known without a search.

import { grouped } from '../../base/grouped.ts';
import { kernelsIn } from '../../explore/predicate.ts';
import { parseComposed } from '../../explore/predicateText.ts';
import type { SearchSetup } from '../../session/search.ts';
import { counted } from '../../text/numbers.ts';

/** The facts of an answer that the text needs. */
export interface AnswerFigures {
  readonly verdict: 'found' | 'exhausted' | 'bounded' | 'cannot-happen';
  readonly states: number;
  readonly depth: number;
  readonly found: string | null;
  /** Reason of `cannot-happen`, a clause. */
  readonly missing: string | null;
}

const TITLES = {
  found: 'Found.',
  exhausted: 'Proven impossible.',
  bounded: 'Limit reached.',
  'cannot-happen': 'Cannot happen with these operations.',
} as const;

/** A character that marks each answer beside its colour. */
export const VERDICT_MARKS = { found: '●', exhausted: '■', bounded: '…', 'cannot-happen': '⊘' } as const;

/** The question only counts states, so no answer is a yes. */
function counts({ asked }: SearchSetup): boolean {
  return asked.kind === 'named' && asked.id === 'count-states';
}

/** The question is about two kernels, so that the search counts pairs of states. */
function comparesTwo({ asked }: SearchSetup): boolean {
  if (asked.kind === 'named') return asked.id.startsWith('differ-');
  const parsed = parseComposed(asked.text);
  return parsed.ok && kernelsIn(parsed.value) === 2;
}

/** Returns the answer in a few words. */
export function verdictTitle({ verdict }: Pick<AnswerFigures, 'verdict'>, setup: SearchSetup): string {
  return verdict === 'exhausted' && counts(setup) ? 'All states counted.' : TITLES[verdict];
}

/** Returns the limit that ended a search, and the part that was not searched. */
export function cutBy(
  { states }: Pick<AnswerFigures, 'states'>,
  { maxStates, maxDepth }: SearchSetup,
): string {
  if (states < maxStates && maxDepth !== null) {
    return `The longest script is limited to ${counted(maxDepth, 'operation')}; longer scripts were not tried.`;
  }
  return `The search is limited to ${counted(maxStates, 'state')}; further states were not examined.`;
}

/** Returns the meaning of the answer, one or two sentences. */
export function verdictMeaning(answer: AnswerFigures, setup: SearchSetup): string {
  switch (answer.verdict) {
    case 'found':
      return `${answer.found ?? ''} No shorter script of these operations does this.`.trim();
    case 'exhausted':
      return proof(answer.states, setup);
    case 'bounded':
      return counts(setup) ? cutBy(answer, setup) : `Nothing found so far. ${cutBy(answer, setup)}`;
    case 'cannot-happen': {
      const missing = answer.missing ?? '';
      return `${missing.charAt(0).toUpperCase()}${missing.slice(1)}. No state was searched, so this is not a proof about the kernel.`;
    }
  }
}

/** Returns title and meaning of a cancelled search; `states` is null before the first progress. */
export function cancelledText(states: number | null, setup: SearchSetup): readonly [string, string] {
  const title = states === null ? 'Cancelled.' : `Cancelled after ${counted(states, 'state')}.`;
  return [title, counts(setup) ? '' : 'Nothing found so far.'];
}

function proof(states: number, setup: SearchSetup): string {
  const many = grouped(states);
  if (counts(setup)) return `These operations reach ${counted(states, 'state')}.`;
  if (comparesTwo(setup)) {
    return `All ${many} reachable pairs of states examined: no script of these operations, however long, ${setup.asked.kind === 'named' ? 'shows this difference between the two kernels' : 'makes the predicate true of the two kernels'}.`;
  }
  return `All ${many} reachable states examined: the answer is no for every script of these operations, however long.`;
}

/**
 * Returns the answer as one line that stands alone, for a mail or a note: `No in 85 pairs of states of these operations: …`. It
 * claims no more than the searched states.
 */
export function verdictLine(answer: AnswerFigures, setup: SearchSetup, title: string): string {
  const { verdict, states, found, missing } = answer;
  const pairs = comparesTwo(setup);
  const many = `${grouped(states)} ${pairs ? (states === 1 ? 'pair' : 'pairs') : ''}`.trim();
  const what = pairs ? `${many} of states` : counted(states, 'state');
  const no = pairs ? 'No difference' : 'No';
  switch (verdict) {
    case 'found':
      return `Found: ${title} ${found ?? ''}`.trim();
    case 'exhausted':
      return counts(setup)
        ? `${what} of these operations: ${title}`
        : `${no} in ${what} of these operations, which are all that they reach: ${title}`;
    case 'bounded':
      return counts(setup)
        ? `${what} so far: ${title} ${cutBy(answer, setup)}`
        : `${no} so far in ${what} of these operations: ${title} ${cutBy(answer, setup)}`;
    case 'cannot-happen':
      return `Not searched, because it cannot happen with these operations (${missing ?? ''}): ${title}`;
  }
}

/** Returns title and meaning, for a screen reader. */
export function verdictSentence(answer: AnswerFigures, setup: SearchSetup): string {
  return `${verdictTitle(answer, setup)} ${verdictMeaning(answer, setup)}`;
}

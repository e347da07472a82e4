// The reason of a failed check inside a sentence.

import { REASONS } from '../kernel/checkReasons.ts';
import type { CheckId } from '../kernel/checks.ts';

/** Matches a reason that begins with a name, which keeps its capital letter. */
const BEGINS_WITH_NAME = /^([A-Z][A-Z\d]|Linux)/;

/** Returns the reason as a clause, for instance `the number is not an open file descriptor`. */
export function reasonClause(check: CheckId): string {
  const why = REASONS[check];
  const first = why.charAt(0);
  return `${BEGINS_WITH_NAME.test(why) ? first : first.toLowerCase()}${why.slice(1)}`.replace(/\.$/, '');
}

// The reason of a failed check inside a sentence.

import { CHECKS, type CheckId } from '../kernel/checks.ts';

/** The checks whose reason begins with a name, which keeps its capital letter. */
const BEGIN_WITH_NAME: ReadonlySet<CheckId> = new Set<CheckId>([
  'set_irqs.index',
  'msi.no-ctx',
  'intx.state',
  'intx.not-enabled',
  'intx.mask-state',
  'intx.mask-eventfd',
  'intx.unmask-state',
  'single.range',
  'single.count',
]);

/** Returns the reason as a clause, for instance `the number is not an open file descriptor`. */
export function reasonClause(check: CheckId): string {
  const { why } = CHECKS[check];
  const first = why.charAt(0);
  return `${BEGIN_WITH_NAME.has(check) ? first : first.toLowerCase()}${why.slice(1)}`.replace(/\.$/, '');
}

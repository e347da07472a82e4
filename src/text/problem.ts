// A problem of outside input as text.

import type { Place, Problem } from '../base/result.ts';

/** Returns the place as text, for instance `line 3, column 7` or `after.irqs[2]`. */
function placeText(at: Place): string {
  const parts = [
    at.line === undefined ? '' : `line ${at.line}`,
    at.column === undefined ? '' : `column ${at.column}`,
    at.path ?? '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'input' : parts.join(', ');
}

/** Returns the problem as one sentence, for instance `line 3, column 7: expected a number, found "x"`. */
export function problemText(problem: Problem): string {
  return `${placeText(problem.at)}: expected ${problem.expected}, found ${problem.found}`;
}

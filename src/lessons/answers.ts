// The letters of the answers of a prediction, and the words for a wrong one.

import type { Predict } from './lesson.ts';

/** Returns the letter of an answer: A for the first one. A prediction has at most 8. */
export function letterOf(answer: number): string {
  return String.fromCharCode(65 + answer);
}

/** Returns the words for a wrong answer, with the reason if the lesson has it. */
export function notQuite({ choices }: Predict, answer: number): string {
  const feedback = choices[answer]?.feedback ?? '';
  return feedback === '' ? 'Not quite.' : `Not quite. ${feedback}`;
}

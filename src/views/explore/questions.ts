// The list of questions, grouped.

import type { Question } from '../../explore/questions.ts';

/** Questions under a heading. */
export interface QuestionGroup {
  readonly title: string;
  readonly questions: readonly Question[];
}

const GROUPS: readonly (readonly [string, (question: Question) => boolean])[] = [
  ['Two kernels', ({ sides }) => sides === 2],
  ['Invariants', ({ id }) => id.startsWith('invariant:')],
  ['Errnos', ({ id }) => id.startsWith('errno:')],
  ['Events', () => true],
];

/** The order of the groups. */
const ORDER = ['Two kernels', 'Events', 'Invariants', 'Errnos'];

/** Returns the questions by group, without empty groups. */
export function groupQuestions(questions: readonly Question[]): readonly QuestionGroup[] {
  const groupOf = (question: Question) => GROUPS.find(([, belongs]) => belongs(question))?.[0];
  return ORDER.map((title) => ({
    title,
    questions: questions.filter((question) => groupOf(question) === title),
  })).filter((one) => one.questions.length > 0);
}

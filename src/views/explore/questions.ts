// The list of questions in groups.

import type { Question } from '../../explore/questions.ts';

/** Some questions under a heading. */
export interface QuestionGroup {
  readonly title: string;
  readonly questions: readonly Question[];
}

const GROUPS: readonly (readonly [string, (question: Question) => boolean])[] = [
  ['Two kernels', ({ sides }) => sides === 2],
  ['Invariants', ({ id }) => id.startsWith('invariant:')],
  ['An errno', ({ id }) => id.startsWith('errno:')],
  ['Events', () => true],
];

/** In which order they are shown. */
const ORDER = ['Two kernels', 'Events', 'Invariants', 'An errno'];

/** The questions by group; groups without any are left out. */
export function groupQuestions(questions: readonly Question[]): readonly QuestionGroup[] {
  const groupOf = (question: Question) => GROUPS.find(([, belongs]) => belongs(question))?.[0];
  return ORDER.map((title) => ({
    title,
    questions: questions.filter((question) => groupOf(question) === title),
  })).filter((one) => one.questions.length > 0);
}

// The problems of a draft with the labels of the form, and the field that each of them is about.

import type { Problem } from '../../../../base/result.ts';
import { type LessonDraft, stepNumbers } from '../../../../lessons/make.ts';

/** The labels of the fields of a lesson and of a step. */
const LABELS: Readonly<Record<string, string>> = {
  id: 'Title',
  title: 'Title',
  about: 'Learning goal',
  minutes: 'Minutes',
  level: 'Level',
  requires: 'Lessons to take before',
  learned: 'Known at the end',
  script: 'Starting script',
  generation: 'Kernel',
  release: 'Kernel',
  ask: 'Question',
  goal: 'Goal',
  hint: 'Hint',
  explain: 'Explanation',
  source: 'Source',
  notes: 'Notes for the presenter',
  choices: 'Answers',
};

/** The parts of an answer. */
const ANSWER: Readonly<Record<string, string>> = { text: '', holds: ' is right when', feedback: ' feedback' };

/** A problem in words, and the `data-field` of its field. */
export interface PlacedProblem {
  readonly text: string;
  readonly field: string;
}

/** Returns a problem such as `Step 1, Question: empty; enter some text`. */
export function placedProblem(problem: Problem, draft: LessonDraft): PlacedProblem {
  const { place, field } = placeOf(problem, draft);
  if (problem.found === '""') return { text: `${place}: empty; enter some text`, field };
  const column = problem.at.column === undefined ? '' : ` (column ${problem.at.column})`;
  return { text: `${place}${column}: expected ${problem.expected}, found ${problem.found}`, field };
}

function placeOf(
  { at }: Problem,
  { lines }: LessonDraft,
): { readonly place: string; readonly field: string } {
  const [head = '', number, name, choice, part] = (at.path ?? '').split('.');
  if (head !== 'steps' || number === undefined) {
    const line = head === 'script' && at.line !== undefined ? `, line ${at.line}` : '';
    return {
      place: head === 'steps' ? 'Steps' : `${LABELS[head] ?? head}${line}`,
      field: head === 'id' ? 'title' : head === 'steps' ? 'script' : head,
    };
  }
  const step = `Step ${Number(number) + 1}`;
  const numbers = stepNumbers(lines);
  if (name === 'run' || name === 'solution') {
    const line = numbers.indexOf(Number(number)) + (at.line ?? 1) - 1;
    return { place: `${step}, line ${line + 1} after the cursor`, field: `lines.${line}` };
  }
  if (name === undefined) {
    const own = lines[numbers.lastIndexOf(Number(number))];
    return {
      place: `${step}, ${own?.use === 'do' ? 'Goal' : 'Answers'}`,
      field: own?.use === 'do' ? `steps.${number}.goal` : `steps.${number}.choices.0.holds`,
    };
  }
  if (name === 'choices' && choice !== undefined)
    return {
      place: `${step}, Answer ${Number(choice) + 1}${ANSWER[part ?? ''] ?? ''}`,
      field: `steps.${number}.choices.${choice}.${part ?? 'text'}`,
    };
  const field = name === 'choices' ? 'choices.0.text' : name === 'generation' ? 'release' : name;
  return { place: `${step}, ${LABELS[name] ?? name}`, field: `steps.${number}.${field}` };
}

/** Moves the focus to a field of the form, and opens the part of the form that hides it. */
export function focusField(form: HTMLElement | null, field: string): void {
  const found = form?.querySelector<HTMLElement>(`[data-field="${field}"]`);
  const hiding = found?.closest('details');
  if (hiding != null) hiding.open = true;
  found?.focus();
  found?.scrollIntoView?.({ block: 'center' });
}

// The lesson editor by role and name: the list of drafts, the live check of predicates, and problems that lead to their fields.

import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import {
  draftsSlice,
  keepDraft,
  loadDrafts,
  openNewDraft,
  showDraft,
} from '../../src/app/features/learn/drafts.ts';
import { LessonMaker } from '../../src/app/features/learn/lesson/LessonMaker.tsx';
import { LESSONS } from '../../src/lessons/index.ts';
import { draftOfLesson } from '../../src/lessons/make.ts';
import { letDialogsOpen } from './dialogs.ts';
import { createPage } from './page.tsx';

const { app, render } = createPage();

letDialogsOpen();

test('the editor lists drafts, moves the focus with them, and judges predicates while the author types', async () => {
  const user = userEvent.setup();
  const lesson = LESSONS.find(({ id }) => id === 'ebadf');
  if (lesson === undefined) throw new Error('no lesson ebadf');
  loadDrafts(app);
  const draft = draftOfLesson(lesson, false);
  openNewDraft(app, draft);
  keepDraft(app, app.get(draftsSlice).shown ?? '', { ...draft, title: 'Mine' });
  showDraft(app, null);
  render(<LessonMaker />);

  await user.click(screen.getByRole('button', { name: 'Remove Mine' }));
  expect(screen.queryByRole('listitem')).toBeNull();
  expect(screen.getByRole('button', { name: 'Undo' })).toHaveFocus();
  await user.keyboard('{Enter}');
  await user.click(screen.getByRole('button', { name: 'Open Mine' }));
  expect(screen.getByRole('group', { name: 'The lesson' })).toHaveFocus();

  const [step] = screen.getAllByRole('group', { name: /^Step 1/ });
  if (step === undefined) throw new Error('no form of the first step');
  const field = within(step).getByRole('combobox', { name: 'Answer 1 is right when' });
  expect(within(step).getByText('Answer 2 is the right one (B).')).toBeVisible();
  await user.clear(field);
  await user.type(field, 'cached 1');
  expect(within(step).getByText('Answers 1 and 2 are right; exactly one must be.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: /^Step 1, Answers: expected exactly one/ }));
  expect(field).toHaveFocus();
  await user.clear(field);
  await user.type(field, 'purple');
  expect(within(step).getByRole('alert')).toHaveTextContent('column 1: expected a predicate');

  const goal = screen.getByRole('combobox', { name: 'Goal' });
  expect(goal).toHaveAccessibleDescription('True now after the solution, and false before it.');
  await user.click(screen.getByRole('button', { name: 'All drafts' }));
  expect(screen.getByRole('group', { name: 'Drafts' })).toHaveFocus();
});

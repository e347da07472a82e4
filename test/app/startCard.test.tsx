// The card of a first visit: its first way is Lesson 1, as the list of lessons has it, and it has the focus.
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { StartCard } from '../../src/app/features/start/StartCard.tsx';
import { LESSONS } from '../../src/lessons/index.ts';
import { letDialogsOpen } from './dialogs.ts';
import { createPage } from './page.tsx';

const { render } = createPage();

letDialogsOpen();

test('the first way is the first lesson with its title and minutes', () => {
  render(<StartCard />);
  const [first] = LESSONS;
  const [way] = screen.getAllByRole('link');
  expect(way).toHaveTextContent(`Lesson 1: ${first?.title} (${first?.minutes} minutes)`);
  expect(way).toHaveAttribute('href', `#lesson=${first?.id}`);
});

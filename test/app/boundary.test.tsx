// A part of the page that fails leaves the others, and offers the session's link.

import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { Boundary } from '../../src/app/ui/Boundary.tsx';
import { createPage } from './page.tsx';

const { render } = createPage();

afterEach(() => vi.restoreAllMocks());

test('a failing pane shows its error, the other panes stay, and another try shows it again', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  let fails = true;
  const Pane = () => {
    if (fails) throw new Error('row 3 has no vector');
    return <p>The rows</p>;
  };
  render(
    <>
      <Boundary what="The wiring" pane="wiring">
        <Pane />
      </Boundary>
      <p>The script</p>
    </>,
  );
  expect(screen.getByRole('alert')).toHaveTextContent('The wiring could not be shown. row 3 has no vector');
  expect(screen.getByText('The script')).toBeInTheDocument();
  fails = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(screen.getByText('The rows')).toBeInTheDocument();
});

test('the message copies the link of the session', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const user = userEvent.setup();
  const Broken = () => {
    throw new Error('broken');
  };
  render(
    <Boundary what="The timeline">
      <Broken />
    </Boundary>,
  );
  await user.click(await screen.findByRole('button', { name: 'Copy the link of the session' }));
  expect(await screen.findByText('Copied.')).toBeInTheDocument();
  expect(await navigator.clipboard.readText()).toMatch(/#v2=/);
});

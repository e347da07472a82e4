// The glossary sheet: focus, search, and links to the kernel source.
import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { Overlays } from '../../src/app/shell/Overlays.tsx';
import { labSlice } from '../../src/app/store/lab.ts';
import { showOverlay } from '../../src/app/store/overlay.ts';
import { shownPlace } from '../../src/app/store/places.ts';
import { openGlossary } from '../../src/app/store/term.ts';
import { letDialogsOpen } from './dialogs.ts';
import { createPage, failingState } from './page.tsx';

const { app, render } = createPage();

configure({ getElementError: (message) => new Error(message?.split('\n')[0]) });
letDialogsOpen();

beforeEach(() => {
  app.set(labSlice, failingState());
  showOverlay(app, null);
});

async function open(query = '') {
  render(<Overlays />);
  openGlossary(app, query);
  return within(await screen.findByRole('dialog', { name: 'Glossary' }));
}

test('opens with the focus in the search field', async () => {
  const sheet = await open();
  await waitFor(() => expect(sheet.getByRole('searchbox', { name: 'Find a term' })).toHaveFocus());
});

test('links a function to its line in the selected kernel, in a new tab without a referrer', async () => {
  const sheet = await open('vfio_msi_set_block');
  const [link] = sheet.getAllByRole('link', { name: /^vfio_msi_set_block on git\.kernel\.org/ });
  expect(link).toHaveAttribute('href', expect.stringMatching(/vfio_pci_intrs\.c\?h=v6\.12\.117#n538$/));
  expect(link).toHaveAttribute('target', '_blank');
  expect(link).toHaveAttribute('rel', 'noopener noreferrer');
});

test('shows the lines of another release when it is chosen', async () => {
  const user = userEvent.setup();
  const sheet = await open('vfio_msi_set_block');
  await user.selectOptions(sheet.getByRole('combobox', { name: /Kernel lines of/ }), 'v6.1.192');
  const [link] = sheet.getAllByRole('link', { name: /^vfio_msi_set_block on Elixir/ });
  expect(link).toHaveAttribute('href', expect.stringMatching(/v6\.1\.192.*vfio_pci_intrs\.c#L437$/));
});

test('opens the cited section of docs/ from a term', async () => {
  const user = userEvent.setup();
  const sheet = await open('unwind');
  await user.click(sheet.getByRole('button', { name: 'docs/facts.md 11' }));
  expect(shownPlace(app)).toBe('docs=facts&section=11');
});

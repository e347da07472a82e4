// The choice of the kernel by version.

import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { Page } from '../../src/app/shell/Page.tsx';
import { edit, labSlice } from '../../src/app/store/lab.ts';
import { chooseSetup } from '../../src/session/edits.ts';
import { currentSession } from '../../src/session/history.ts';
import { createPage, failingState } from './page.tsx';

const { app, render } = createPage();

// the menu is loaded on demand, which takes long on a busy machine

beforeEach(() => app.set(labSlice, failingState()));

const button = (name: string) =>
  screen.findByRole('button', { name: new RegExp(`^Kernel version: ?${name}$`) });
const session = () => currentSession(app.get(labSlice).history);

async function opened() {
  render(<Page />);
  const user = userEvent.setup();
  await button('6.12');
  const region = document.querySelector<HTMLElement>('[aria-label="Kernel version"]') ?? expect.fail();
  // jsdom cannot open a popover
  region.removeAttribute('popover');
  fireEvent(region, Object.assign(new Event('toggle'), { newState: 'open' }));
  const panel = within(region);
  await panel.findByRole('heading', { name: 'Releases' });
  return { user, panel };
}

test('lists releases, patches and alternatives with design and evidence', async () => {
  const { panel } = await opened();
  const names = panel.getAllByRole('button').map(({ textContent }) => textContent);
  expect(names).toEqual(
    expect.arrayContaining([
      '5.10 ≤ 6.4 static recorded 5.10.223',
      '6.4 as released ≤ 6.4 static read, not recorded',
      '7.3 ≥ 6.5 dynamic recorded 7.3.4',
      'V3 patch on 6.12.117 recorded',
    ]),
  );
  expect(panel.getByRole('button', { name: /^6\.12 /, pressed: true })).toBeInTheDocument();
  expect(
    panel.getByRole('link', {
      name: /^"\[PATCH V2 7\/8\].*28 March 2023 on lore, opens a new tab$/,
      hidden: true,
    }),
  ).toHaveAttribute('href', expect.stringMatching(/^https:\/\/lore\.kernel\.org\/all\/419f3ba2/));
});

test('a choice sets generation and facts, and shows the changes and facts of the release', async () => {
  const { user, panel } = await opened();
  await user.click(panel.getByRole('button', { name: /^7\.3 / }));
  expect(session()).toMatchObject({
    generation: 'dynamic',
    setup: { host: { errIndex: 'any', resetWarns: true } },
  });
  expect(await button('7.3')).toBeInTheDocument();
  expect(panel.getByText(/^Same as 6\.12 for MSI-X; since then: the changes of 7\.2/)).toBeInTheDocument();
  expect(panel.getByText(/^Facts of Linux 7\.3\.4: \d+ recorded, \d+ only read$/)).toBeInTheDocument();
  expect(panel.getByRole('button', { name: 'docs/facts.md N2' })).toBeInTheDocument();
  expect(
    panel.getByRole('link', { name: '4e3c1fc8abcb on git.kernel.org, opens a new tab' }),
  ).toBeInTheDocument();
  await user.click(panel.getByRole('button', { name: /^6\.1 / }));
  expect(session()).toMatchObject({ generation: 'static', setup: { host: { errIndex: 'express' } } });
  expect(screen.getByRole('radio', { name: '≤ 6.4 static' })).toBeChecked();
  expect(await button('6.1')).toBeInTheDocument();
});

test('the button names facts of another release and changed facts', async () => {
  const { panel } = await opened();
  edit(app, 'INTx handling', (now) =>
    chooseSetup(now, { ...now.setup, host: { ...now.setup.host, intx: 'legacy' } }),
  );
  expect(await button('6.12, changed facts')).toBeInTheDocument();
  expect(panel.queryByRole('button', { pressed: true })).toBeNull();
  expect(panel.getByText(/^No kernel in this list has exactly the facts of this host/)).toBeInTheDocument();
});

test('the radio buttons and keys 1 to 4 choose the recorded kernels of the designs', async () => {
  const { user, panel } = await opened();
  await user.click(panel.getByRole('button', { name: /^7\.3 / }));
  await user.click(screen.getByRole('radio', { name: 'V3 patch' }));
  expect(await button('V3 patch')).toBeInTheDocument();
  screen.getByRole('heading', { level: 1 }).focus();
  await user.keyboard('4');
  expect(await button('6.12')).toBeInTheDocument();
  await user.keyboard('1');
  expect(await button('6.1')).toBeInTheDocument();
});

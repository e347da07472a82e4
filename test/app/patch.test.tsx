// A pasted patch: its panel, the choice of policies, and what is refused.
import { readFileSync } from 'node:fs';
import { act, configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { Overlays } from '../../src/app/shell/Overlays.tsx';
import { Page } from '../../src/app/shell/Page.tsx';
import { KernelPanel } from '../../src/app/shell/topbar/KernelPanel.tsx';
import { compareSlice } from '../../src/app/store/compare.ts';
import { importedSlice } from '../../src/app/store/imported.ts';
import { labSlice } from '../../src/app/store/lab.ts';
import { openFile, openPasted } from '../../src/app/store/opening.ts';
import { overlaySlice, showOverlay } from '../../src/app/store/overlay.ts';
import { patchSlice, quotedForMail } from '../../src/app/store/patch.ts';
import { reviewSlice } from '../../src/app/store/review.ts';
import { openView, viewSlice } from '../../src/app/store/view.ts';
import { PolicyPicker } from '../../src/app/ui/PolicyPicker.tsx';
import { currentSession } from '../../src/session/history.ts';
import type { PolicyModel } from '../../src/views/patch/policies.ts';
import { letDialogsOpen } from './dialogs.ts';
import { createPage, failingState } from './page.tsx';

const { app, render } = createPage();

// every test draws the whole page, which is slow on a busy machine
configure({ getElementError: (message) => new Error(message?.split('\n')[0]) });

const fixture = (name: string) => readFileSync(`test/formats/patch/fixtures/${name}`, 'utf8');

beforeEach(() => {
  letDialogsOpen();
  app.set(labSlice, failingState());
  app.set(importedSlice, { imported: null });
  app.set(patchSlice, patchSlice.first(app));
  app.set(compareSlice, compareSlice.first(app));
  showOverlay(app, null);
  openView(app, 'lab');
});

const session = () => currentSession(app.get(labSlice).history);
const panel = () => screen.findByRole('dialog', { name: 'Patch of pasted text' });

async function paste(text: string) {
  render(<Page />);
  await act(() => openPasted(app, text));
  return panel();
}

test('shows the hunks with the functions that they touch, and guesses no policy', async () => {
  const shown = await paste(fixture('free-on-error.patch'));
  expect(within(shown).getByRole('heading', { level: 2 })).toHaveTextContent(
    '[RFC PATCH 1/2] vfio/pci: Free the irq of a failed assignment that allocated it',
  );
  expect(shown).toHaveTextContent(
    'From: Jörg Example <joerg@example.org>. Date: Tue, 3 Nov 2026 10:12:33 +0100.',
  );
  const [first, second] = within(shown).getAllByRole('region', { name: /^Hunk \d/ });
  if (first === undefined || second === undefined) throw new Error('the patch has two hunks');
  const functions = within(first).getByRole('list', { name: 'Functions that the hunk touches' });
  expect(functions).toHaveTextContent('vfio_msi_drop_irq: the model has no function of this name.');
  expect(functions).toHaveTextContent('vfio_msi_set_vector_signal: Detaches a vector from its eventfd');
  expect(within(second).getByText('removed:', { exact: false })).toBeInTheDocument();
  expect(second).toHaveTextContent('kfree(ctx->name);');
  // nothing is chosen, so no kernel is offered
  for (const choice of within(shown).getAllByRole('radio', { name: /^unchanged/ }))
    expect(choice).toBeChecked();
  expect(within(shown).getByRole('status')).toHaveTextContent('No policy is changed.');
  expect(within(shown).getByRole('button', { name: 'Use this kernel' })).toBeDisabled();
  expect(within(shown).getByRole('button', { name: 'Compare with the base' })).toBeDisabled();
});

test('opens the function of the model', async () => {
  const shown = await paste(fixture('order.diff'));
  const summary = within(shown).getByText('vfio_msi_set_block in the model');
  const details = summary.closest('details');
  if (details === null) throw new Error('the summary is in no details');
  act(() => {
    details.open = true;
  });
  const source = await within(shown).findByRole('group', {
    name: 'src/kernel/generations/dynamic.ts, vfio_msi_set_block',
  });
  expect(source.textContent).toMatch(/^function vfio_msi_set_block\([\s\S]*\n\}$/);
});

test('uses the kernel with the chosen policy, and keeps the choice when the panel opens again', async () => {
  const user = userEvent.setup();
  const shown = await paste(fixture('free-on-error.patch'));
  const failure = within(shown).getByRole('group', { name: /^Irq after a failed assignment/ });
  expect(failure).toHaveAccessibleName(/in vfio_msi_set_vector_signal, which the patch touches$/);
  await user.click(within(failure).getByRole('radio', { name: /free-own-on-error/ }));
  await user.click(within(shown).getByRole('button', { name: 'Use this kernel' }));
  await waitFor(() => expect(screen.queryByRole('dialog', { name: /^Patch of/ })).toBeNull());
  expect(session().generation).toBe('dynamic + free-own-on-error');
  act(() => showOverlay(app, 'patch'));
  const again = await panel();
  expect(within(again).getByRole('radio', { name: /free-own-on-error/ })).toBeChecked();
});

test('compares with the base on the facts of one release', async () => {
  const user = userEvent.setup();
  const shown = await paste(fixture('free-on-error.patch'));
  await user.click(within(shown).getByRole('radio', { name: /hold-on-swap/ }));
  await user.click(within(shown).getByRole('button', { name: 'Compare with the base' }));
  await waitFor(() => expect(app.get(viewSlice).view).toBe('compare'));
  const { lanes } = app.get(compareSlice);
  expect(lanes.map((lane) => (lane.kind === 'kernel' ? lane.generation : lane.kind))).toEqual([
    'dynamic',
    'dynamic + hold-on-swap',
  ]);
  const [base, changed] = lanes.map((lane) => (lane.kind === 'kernel' ? lane.host : null));
  expect(changed).toEqual(base);
});

test('reviews the kernel against its base', async () => {
  const user = userEvent.setup();
  const shown = await paste(fixture('free-on-error.patch'));
  await user.click(within(shown).getByRole('radio', { name: /free-own-on-error/ }));
  await user.click(within(shown).getByRole('button', { name: 'Review against the base' }));
  expect(app.get(overlaySlice).overlay).toBe('review');
  expect(app.get(reviewSlice)).toEqual({ a: 'dynamic + free-own-on-error', b: '6.12' });
});

test('copies a hunk as a quotation, and keeps the hunks for the mail', async () => {
  const user = userEvent.setup();
  const shown = await paste(fixture('order.diff'));
  await user.click(within(shown).getByRole('button', { name: 'Copy quoted hunk' }));
  await waitFor(() =>
    expect(within(shown).getByRole('status')).toHaveTextContent('Hunk copied as a quotation.'),
  );
  const copied = await navigator.clipboard.readText();
  expect(copied).toMatch(/^> @@ -490,7 \+490,7 @@ static int vfio_msi_set_block\(\n> {2}\t\}\n>\n/);
  expect(copied.split('\n').filter((line) => /^> [+-]/.test(line))).toEqual([
    '> -\t\tfor (i = start; i < j; i++)',
    '> +\t\tfor (i = j; i-- > start;)',
  ]);
  expect(quotedForMail(app)).toBe('');
  await user.click(within(shown).getByRole('checkbox', { name: 'Quote in the review mail' }));
  expect(`${quotedForMail(app)}\n`).toBe(copied);
});

test('a dropped file of other files only is refused with the file that is accepted', async () => {
  render(<Page />);
  const { history } = app.get(labSlice);
  await act(() => openFile(app, new File([fixture('other.patch')], 'core.patch')));
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('core.patch is not a patch that irqscope can show.');
  expect(alert).toHaveTextContent(
    'expected a unified diff that touches drivers/vfio/pci/vfio_pci_intrs.c, found a diff of drivers/vfio/pci/vfio_pci_core.c and 1 other file',
  );
  expect(app.get(labSlice).history).toBe(history);
});

test('the diff of two traces is still imported', async () => {
  const trace = new TextDecoder().decode(readFileSync('test/formats/imports/fixtures/kprobe/good.txt'));
  const diff = `--- a/old.txt\n+++ b/new.txt\n@@ -1,1 +1,1 @@\n${trace.trimEnd().replace(/^/gm, '+')}\n`;
  render(<Page />);
  await act(() => openPasted(app, diff));
  expect(await screen.findByRole('region', { name: 'Import result' })).toHaveTextContent(
    'was read as Kernel probe',
  );
  expect(app.get(patchSlice).patch).toBeNull();
});

test('the kernel menu opens the same choice without a patch', async () => {
  const user = userEvent.setup();
  const close = vi.fn();
  render(
    <>
      <KernelPanel close={close} />
      <Overlays />
    </>,
  );
  await user.click(screen.getByRole('button', { name: 'What-if kernel…' }));
  expect(close).toHaveBeenCalledOnce();
  const dialog = await screen.findByRole('dialog', { name: 'What-if kernel' });
  await user.click(within(dialog).getByRole('radio', { name: /hold-on-swap/ }));
  await user.click(within(dialog).getByRole('button', { name: 'Use this kernel' }));
  expect(session().generation).toBe('dynamic + hold-on-swap');
});

/** A model with two policies and ids that no other model has. */
const DOUBLE: PolicyModel = {
  policies: [
    {
      id: 'one',
      title: 'First policy',
      fn: 'vfio_msi_set_block',
      choices: [
        { token: 'one-a', title: 'choice A', text: 'A holds.' },
        { token: 'one-b', title: 'choice B', text: 'B holds.' },
      ],
    },
  ],
  baseOf: (id) => (id === 'static' ? 'static' : 'dynamic'),
  changesOf: () => [],
  tokensOf: (id) => [id === 'static' ? 'one-b' : 'one-a'],
  whatIfId: (base) => base,
};

test('the picker offers the base’s own choice as unchanged, and drops a change that a new base has itself', async () => {
  const user = userEvent.setup();
  const onChange = vi.fn();
  render(<PolicyPicker model={DOUBLE} base="dynamic" changes={['one-b']} onChange={onChange} />);
  const policy = screen.getByRole('group', { name: /^First policy/ });
  expect(
    within(policy)
      .getAllByRole('radio')
      .map((radio) => radio.closest('label')?.textContent),
  ).toEqual(['unchanged: choice A. A holds.', 'choice B. B holds. one-b']);
  expect(within(policy).getByRole('radio', { name: /^choice B/ })).toBeChecked();
  await user.click(within(policy).getByRole('radio', { name: /^unchanged/ }));
  expect(onChange).toHaveBeenLastCalledWith('dynamic', []);
  await user.selectOptions(screen.getByRole('combobox', { name: 'Base kernel' }), '≤ 6.4 static');
  expect(onChange).toHaveBeenLastCalledWith('static', []);
});

// Citations and the documentation sheet, by role and name.
import { configure, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readDocs } from '../../build/docs.ts';
import { Overlays } from '../../src/app/shell/Overlays.tsx';
import { commandById } from '../../src/app/store/commands.ts';
import { openDocs } from '../../src/app/store/docs.ts';
import { showOverlay } from '../../src/app/store/overlay.ts';
import { openPlace, shownPlace } from '../../src/app/store/places.ts';
import { Citation } from '../../src/app/ui/Citation.tsx';
import { printDocs } from '../../src/formats/docs/docs.ts';
import { letDialogsOpen } from '../app/dialogs.ts';
import { createPage } from '../app/page.tsx';

const { app, render } = createPage();

configure({ getElementError: (message) => new Error(message?.split('\n')[0]) });
letDialogsOpen();

let answer = () => new Response(printDocs(readDocs('docs')));

beforeEach(() => {
  Element.prototype.scrollIntoView = () => {};
  vi.stubGlobal('fetch', () => Promise.resolve(answer()));
});

afterEach(() => {
  vi.unstubAllGlobals();
  showOverlay(app, null);
});

const sheet = async () => within(await screen.findByRole('dialog', { name: 'Documentation' }));

test('shows an unreadable file as an alert and fetches again later', async () => {
  const good = answer;
  answer = () => new Response('{"version":9}');
  render(<Overlays />);
  openDocs(app, { doc: 'driver', section: null });
  expect(await (await sheet()).findByRole('alert')).toHaveTextContent(
    /^The documentation is unreadable: version: /,
  );
  answer = good;
});

test('a citation opens its section, and the rest of the source stays text', async () => {
  const { container } = render(
    <>
      <p>
        <Citation source="Linux 6.12 fs/eventfd.c; docs/driver.md §6.4 step 7, docs/facts.md 27" />
      </p>
      <Overlays />
    </>,
  );
  expect(container.querySelector('p')).toHaveTextContent(
    'Linux 6.12 fs/eventfd.c; docs/driver.md §6.4 step 7, docs/facts.md 27',
  );
  await userEvent.click(screen.getByRole('button', { name: 'docs/driver.md §6.4' }));
  const open = await sheet();
  const heading = await open.findByRole('heading', { name: /^6\.4 vfio_msi_set_vector_signal/ });
  expect(heading).toHaveFocus();
  expect(open.getByRole('link', { name: /^6\.4 / })).toHaveAttribute('aria-current', 'location');

  // with the documents already fetched
  await userEvent.click(open.getByRole('button', { name: 'Close' }));
  await userEvent.click(screen.getByRole('button', { name: 'docs/facts.md 27' }));
  expect(await (await sheet()).findByRole('heading', { name: /^27\. / })).toHaveFocus();
});

test('links inside go to their section without leaving the sheet', async () => {
  render(<Overlays />);
  commandById(app, 'view.docs').run(app);
  const open = await sheet();
  const documents = within(await open.findByRole('navigation', { name: 'Documents' }));
  await userEvent.click(documents.getByRole('link', { name: 'Facts from the recordings' }));
  expect(await open.findByRole('heading', { name: 'Facts from the recordings' })).toHaveFocus();
  await userEvent.click(open.getByRole('link', { name: /^N8\. / }));
  expect(open.getByRole('heading', { name: /^N8\. / })).toHaveFocus();
  expect(open.getByRole('link', { name: /^N8\. / })).toHaveAttribute('href', '#docs=facts&section=N8');
});

test('names a section that the document does not have', async () => {
  render(<Overlays />);
  openDocs(app, { doc: 'driver', section: '99' });
  expect(await (await sheet()).findByRole('alert')).toHaveTextContent('docs/driver.md has no section 99.');
});

test('a detail of a table opens the section of the table', async () => {
  render(<Overlays />);
  openDocs(app, { doc: 'recording-format', section: 'raise' });
  expect(await (await sheet()).findByRole('heading', { name: 'op' })).toHaveFocus();
});

test.each(['docs=facts&section=N8', 'docs=recording-format&section=calls', 'docs=history'])(
  'the address %s opens the sheet, and the sheet has that address',
  (fragment) => {
    expect(openPlace(app, `#${fragment}`)).toBe(true);
    expect(shownPlace(app)).toBe(fragment);
  },
);

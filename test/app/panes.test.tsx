// The separators of the lab, its commands for panes, and the kept sizes. test/e2e/panes.spec.ts measures the panes.
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { browserServices } from '../../src/app/services/services.ts';
import { ALL_COMMANDS } from '../../src/app/shell/commands/finding.ts';
import { Page } from '../../src/app/shell/Page.tsx';
import { setSizes, showKept, sizesSlice } from '../../src/app/shell/panes/kept.ts';
import { createApp } from '../../src/app/store/app.ts';
import { labSlice } from '../../src/app/store/lab.ts';
import { PANES, panesSlice } from '../../src/app/store/panes.ts';
import { focusPane } from '../../src/app/ui/focusPane.ts';
import { DEFAULTS } from '../../src/views/panes/sizes.ts';
import { createPage } from './page.tsx';

const { app, render } = createPage();

/** Pixels of the panes, because jsdom has no layout: width and height by class. */
const LAYOUT: Readonly<Record<string, readonly [number, number]>> = {
  left: [320, 680],
  script: [320, 280],
  composer: [320, 400],
  wiring: [600, 350],
  trace: [345, 350],
  'timeline-plot': [900, 180],
};

const sideOf = (side: 0 | 1) =>
  function read(this: HTMLElement): number {
    const found = Object.entries(LAYOUT).find(([name]) => this.classList.contains(name));
    return found?.[1][side] ?? 0;
  };

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockImplementation(sideOf(0));
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockImplementation(sideOf(1));
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1280);
});

afterEach(() => {
  vi.restoreAllMocks();
  act(() => {
    app.set(panesSlice, { maximised: undefined });
    setSizes(app, DEFAULTS);
  });
});

/** The separators load after the lab, which a loaded machine compiles slowly. */
const separator = (name: string) => screen.findByRole('separator', { name });
const run = (id: string) => act(() => ALL_COMMANDS.find((one) => one.id === id)?.run(app));
const kept = () => app.services.kept.read(PANES);

test('a separator tells the size of its pane and its limits, and keys change it', async () => {
  render(<Page />);
  const script = await separator('Width of the script');
  expect(script).toHaveAttribute('aria-orientation', 'vertical');
  expect(script).toHaveAttribute('aria-valuenow', '320');
  expect(script).toHaveAttribute('aria-valuemin', '240');
  // the wiring keeps a quarter of a window of 1280 pixels
  expect(script).toHaveAttribute('aria-valuemax', String(320 + 600 - 333));
  expect(await separator('Height of the timeline')).toHaveAttribute('aria-orientation', 'horizontal');
  fireEvent.keyDown(script, { key: 'ArrowRight' });
  expect(kept()).toBe('script=336');
  fireEvent.keyDown(await separator('Width of the kernel calls'), { key: 'ArrowLeft' });
  expect(kept()).toBe('script=336 calls=361');
  fireEvent.keyDown(await separator('Height of the script'), { key: 'ArrowDown' });
  expect(kept()).toBe('script=336 calls=361 lines=264');
  fireEvent.keyDown(script, { key: 'Enter' });
  fireEvent.doubleClick(await separator('Width of the kernel calls'));
  expect(kept()).toBe('lines=264');
  fireEvent.keyDown(script, { key: 'ArrowRight', ctrlKey: true });
  expect(kept()).toBe('lines=264');
});

test('a collapsed pane says so, and a command brings it back', async () => {
  render(<Page />);
  await separator('Width of the kernel calls');
  run('panes.collapse.calls');
  expect(await separator('Width of the kernel calls')).toHaveAttribute('aria-valuetext', 'collapsed');
  expect(screen.getByRole('main')).toHaveAttribute('data-sized', 'no-calls');
  expect(app.get(labSlice).announcement).toBe('Collapsed: kernel calls.');
  run('panes.collapse.script');
  // the height of a hidden column has no separator
  expect(screen.queryByRole('separator', { name: 'Height of the script' })).not.toBeInTheDocument();
  run('panes.restore');
  expect(await separator('Height of the script')).toBeInTheDocument();
  expect(kept()).toBeNull();
});

test('the pane with the focus fills the lab, and the key or Escape shows all panes', async () => {
  render(<Page />);
  await separator('Width of the script');
  const list = screen.getByRole('listbox', { name: 'Script' });
  list.focus();
  fireEvent.keyDown(list, { code: 'Digit0', altKey: true });
  const main = screen.getByRole('main');
  await waitFor(() => expect(main).toHaveAttribute('data-maximised', 'script'));
  expect(screen.queryByRole('separator')).not.toBeInTheDocument();
  expect(list).toHaveFocus();
  fireEvent.keyDown(list, { code: 'Escape', key: 'Escape' });
  await waitFor(() => expect(main).not.toHaveAttribute('data-maximised'));
  run('panes.maximise.timeline');
  expect(main).toHaveAttribute('data-maximised', 'timeline');
  expect(app.get(labSlice).announcement).toBe('The timeline fills the lab. Escape shows all panes.');
  fireEvent.click(await screen.findByRole('button', { name: 'All panes' }));
  await waitFor(() => expect(main).not.toHaveAttribute('data-maximised'));
});

test('a narrow window has nothing to maximise', async () => {
  render(<Page />);
  await separator('Width of the script');
  vi.stubGlobal('innerWidth', 390);
  run('panes.maximise.timeline');
  run('panes.collapse.calls');
  vi.unstubAllGlobals();
  expect(screen.getByRole('main')).not.toHaveAttribute('data-maximised');
  expect(kept()).toBeNull();
});

test('kept sizes are read back, and an unreadable text is the defaults', () => {
  const other = (text: string | null) => {
    const services = browserServices();
    return createApp({ ...services, kept: { ...services.kept, read: () => text } }, []);
  };
  const sized = other('calls=500 timeline=0');
  showKept(sized);
  expect(sized.get(panesSlice)).toEqual({
    style: { '--calls-size': '500px', '--timeline-size': '0px' },
    sized: 'calls no-timeline',
  });
  for (const text of [null, '', 'calls=wide', '{"calls":500}'])
    expect(other(text).get(sizesSlice).sizes).toEqual(DEFAULTS);
});

test('a key that leads to a pane does not take the focus back from the next key', async () => {
  render(<Page />);
  const list = screen.getByRole('listbox', { name: 'Script' });
  focusPane('script');
  expect(list).toHaveFocus();
  const next = screen.getByRole('button', { name: 'Notation…' });
  next.focus();
  await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
  expect(next).toHaveFocus();
});

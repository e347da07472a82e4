// Actions on whole panes: to fill the lab with one, to collapse one, to restore the sizes.

import { DEFAULTS } from '../../../views/panes/sizes.ts';
import type { App } from '../../store/app.ts';
import { panesSlice } from '../../store/panes.ts';
import { focusPane, type PaneName } from '../../ui/focusPane.ts';
import { announce } from '../../ui/useAnnounced.ts';
import { EDGES, type Edge } from './edges.ts';
import { setSize, setSizes, sizesSlice } from './kept.ts';
import './whole.css';

/** A pane that can fill the lab. */
export interface Whole {
  /** Its class. */
  readonly pane: string;
  /** For instance `kernel calls`. */
  readonly name: string;
  readonly focus: PaneName;
}

/** The panes that can fill the lab, in the order of the page. */
export const WHOLE: readonly Whole[] = [
  { pane: 'composer', name: 'composer', focus: 'compose' },
  { pane: 'script', name: 'script', focus: 'script' },
  { pane: 'wiring', name: 'wiring', focus: 'wiring' },
  { pane: 'trace', name: 'kernel calls', focus: 'trace' },
  { pane: 'timeline', name: 'timeline', focus: 'timeline' },
];

/** True where panes can be sized: a narrow window shows one pane at a time (layout.css). */
export function isSizable(): boolean {
  return window.innerWidth > 800;
}

/** Fills the lab with a pane; null restores all panes. */
export function maximise(app: App, whole: Whole | null): void {
  if (whole !== null && !isSizable()) return;
  app.set(panesSlice, { maximised: whole?.pane });
  announce(
    app,
    whole === null ? 'All panes are shown.' : `The ${whole.name} fills the lab. Escape shows all panes.`,
  );
  if (whole !== null && document.activeElement?.closest(`.${whole.pane}`) == null) focusPane(whole.focus);
}

/** Fills the lab with the pane that has the focus, else with the wiring; restores all panes if one fills the lab. */
export function toggleMaximised(app: App): void {
  const focused = WHOLE.find(({ pane }) => document.activeElement?.closest(`.lab .${pane}`) != null);
  const isMaximised = app.get(panesSlice).maximised !== undefined;
  maximise(app, isMaximised ? null : (focused ?? WHOLE.find(({ pane }) => pane === 'wiring') ?? null));
}

/** Collapses a pane, or gives a collapsed one its default size. */
export function toggleCollapsed(app: App, { name, pane }: Edge): void {
  if (!isSizable()) return;
  const isCollapsed = app.get(sizesSlice).sizes[name] === 0;
  setSize(app, name, isCollapsed ? null : 0);
  announce(app, isCollapsed ? `Shown: ${pane}.` : `Collapsed: ${pane}.`);
}

/** Gives every pane its default size. */
export function restoreSizes(app: App): void {
  setSizes(app, DEFAULTS);
  app.set(panesSlice, { maximised: undefined });
  announce(app, 'The panes have their default sizes.');
}

/** Shows and focuses an element that a collapsed pane, or a pane that fills the lab, hides. */
export function reveal(app: App, element: HTMLElement): void {
  const { maximised } = app.get(panesSlice);
  if (maximised !== undefined && element.closest(`.${maximised}`) === null) maximise(app, null);
  for (const { name, hides } of EDGES)
    if (app.get(sizesSlice).sizes[name] === 0 && element.closest(hides) !== null) setSize(app, name, null);
  // React has drawn the change by then
  setTimeout(() => element.focus());
}

// The searches of this visit: the choices of the form, the running search, the answers. The choices are also the address.

import type { Problem } from '../../../base/result.ts';
import { parseSearch, printSearch, type Shown } from '../../../formats/search/fragment.ts';
import { FIRST_SEARCH, type SearchSetup } from '../../../session/search.ts';
import { problemText } from '../../../text/problem.ts';
import { changeText } from '../../../views/explore/parts.ts';
import { questionIds } from '../../../views/explore/problem.ts';
import { type App, slice } from '../../store/app.ts';
import { setOwnFragment, viewSlice } from '../../store/view.ts';
import type { SearchAnswer, SearchProgress } from '../../workers/searchMessages.ts';
import { lackOf } from './needs.ts';

/** One search since its start. */
export interface Search {
  /** Counts from 1 in this visit. */
  readonly id: number;
  readonly setup: SearchSetup;
  /** Latest progress. */
  readonly progress: SearchProgress | null;
  readonly answer: SearchAnswer | null;
  /** The reason for an end without an answer. */
  readonly ended: 'cancelled' | { readonly wrong: string } | null;
}

/** Choices that a question needs and that came with it. */
interface Added {
  /** For instance `the device raises a vector`. */
  readonly text: string;
  readonly undo: Partial<SearchSetup>;
}

/** The state of the view. */
interface ExploreState {
  readonly setup: SearchSetup;
  readonly shown: Shown;
  /** Problems of the address. */
  readonly problems: readonly string[];
  /** Every search of this visit, the latest last. */
  readonly searches: readonly Search[];
  /** Id of the search on view; null before the first one. */
  readonly opened: number | null;
  /** The choices that the last chosen question added to the form, and the choices before that. */
  readonly added: Added | null;
}

/** The slice of the view. */
export const exploreSlice = slice<ExploreState>(() => ({
  setup: FIRST_SEARCH,
  shown: 'search',
  problems: [],
  searches: [],
  opened: null,
  added: null,
}));

/** Returns the search on view. */
export function openedSearch({ searches, opened }: ExploreState): Search | null {
  return searches.find(({ id }) => id === opened) ?? null;
}

/** Returns true while the search runs. */
export function isRunning({ answer, ended }: Search): boolean {
  return answer === null && ended === null;
}

/** Changes the choices of the form. */
export function chooseSearch(app: App, change: Partial<SearchSetup>): void {
  app.set(exploreSlice, ({ setup }) => ({ setup: { ...setup, ...change }, problems: [], added: null }));
}

/**
 * Changes the question and adds the operations, faults or host facts that it needs; `undoAdded` removes them. The additions of the
 * question before it are removed, so that arrow keys through the list do not collect them.
 */
export function chooseQuestion(app: App, change: Partial<SearchSetup>): void {
  const { added } = app.get(exploreSlice);
  chooseSearch(app, { ...added?.undo, ...change });
  addNeeds(app);
}

/** Adds the operations, faults or host facts that the chosen question needs and lacks. */
export function addNeeds(app: App): void {
  const { setup } = app.get(exploreSlice);
  const change = lackOf(setup)?.change ?? null;
  if (change === null) return;
  const { modes, device, parts, vectors, msi, irqs, cpuVectors, dynamic } = setup;
  const undo = { modes, device, parts, vectors, msi, irqs, cpuVectors, dynamic };
  const added = { text: changeText(change, setup), undo };
  app.set(exploreSlice, { setup: { ...setup, ...change }, problems: [], added });
}

/** Restores the choices before a question added its needs. */
export function undoAdded(app: App): void {
  const { added } = app.get(exploreSlice);
  if (added !== null) chooseSearch(app, added.undo);
}

/** Shows the search, the state graph or the atlas. */
export function showPart(app: App, shown: Shown): void {
  app.set(exploreSlice, { shown });
}

/** Shows an earlier search and restores its choices. */
export function openSearch(app: App, search: Search): void {
  app.set(exploreSlice, {
    opened: search.id,
    setup: search.setup,
    shown: 'search',
    problems: [],
    added: null,
  });
}

/** Changes one search. */
export function updateSearch(app: App, id: number, change: Partial<Search>): void {
  app.set(exploreSlice, ({ searches }) => ({
    searches: searches.map((search) => (search.id === id ? { ...search, ...change } : search)),
  }));
}

function takeAddress(app: App, fragment: string): void {
  const { setup, shown, problems } = parseSearch(fragment, questionIds());
  app.set(exploreSlice, {
    setup,
    shown,
    problems: problems.map((problem: Problem) => problemText(problem)),
    added: null,
  });
}

/** Keeps the choices and the address equal; returns a function that stops this. */
export function followAddress(app: App): () => void {
  const current = () => {
    const { setup, shown } = app.get(exploreSlice);
    return printSearch(setup, shown);
  };
  const { own } = app.get(viewSlice);
  // the bare view keeps the earlier choices
  if (own !== null && own !== 'explore=') takeAddress(app, own);
  // a damaged address stays until the person changes something
  if (app.get(exploreSlice).problems.length === 0) setOwnFragment(app, current());
  const unchosen = app.on(exploreSlice, (now, before) => {
    const changed = now.setup !== before.setup || now.shown !== before.shown;
    if (changed && now.problems.length === 0) setOwnFragment(app, current());
  });
  const unmoved = app.on(viewSlice, (now) => {
    if (now.own !== null && now.own !== 'explore=' && now.own !== current()) takeAddress(app, now.own);
  });
  return () => {
    unchosen();
    unmoved();
  };
}

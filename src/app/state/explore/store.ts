// The searches of this visit: what is chosen, what runs, and what was answered. What is chosen is also the address.

import { create } from 'zustand';
import { type Problem, problemText } from '../../../base/result.ts';
import { parseSearch, printSearch, type Shown } from '../../../formats/search/fragment.ts';
import type { SearchAnswer, SearchProgress } from '../../../formats/search/messages.ts';
import { FIRST_SEARCH, type SearchSetup } from '../../../session/search.ts';
import { setOwnFragment, useView } from '../view.ts';
import { questionIds } from './problem.ts';

/** One search, from its start on. */
export interface Search {
  /** Counted from 1 in this visit. */
  readonly id: number;
  readonly setup: SearchSetup;
  /** How far it is, or was when it ended without an answer. */
  readonly progress: SearchProgress | null;
  readonly answer: SearchAnswer | null;
  /** Why there will be no answer. */
  readonly ended: 'cancelled' | { readonly wrong: string } | null;
}

/** What the store holds. */
interface ExploreState {
  readonly setup: SearchSetup;
  readonly shown: Shown;
  /** What is wrong with the address. */
  readonly problems: readonly string[];
  /** Every search of this visit, the latest last. */
  readonly searches: readonly Search[];
  /** The search that is looked at, by its id; null before the first one. */
  readonly opened: number | null;
}

/** The store of the view. */
export const useExplore = create<ExploreState>()(() => ({
  setup: FIRST_SEARCH,
  shown: 'search',
  problems: [],
  searches: [],
  opened: null,
}));

/** The search that is looked at. */
export function openedSearch({ searches, opened }: ExploreState): Search | null {
  return searches.find(({ id }) => id === opened) ?? null;
}

/** True while it runs. */
export function isRunning({ answer, ended }: Search): boolean {
  return answer === null && ended === null;
}

/** Changes what is searched. */
export function chooseSearch(change: Partial<SearchSetup>): void {
  useExplore.setState(({ setup }) => ({ setup: { ...setup, ...change }, problems: [] }));
}

/** Shows the search, the state graph or the atlas. */
export function showPart(shown: Shown): void {
  useExplore.setState({ shown });
}

/** Looks at a search of before; what was chosen for it is chosen again. */
export function openSearch(search: Search): void {
  useExplore.setState({ opened: search.id, setup: search.setup, shown: 'search', problems: [] });
}

/** Changes one search. */
export function updateSearch(id: number, change: Partial<Search>): void {
  useExplore.setState(({ searches }) => ({
    searches: searches.map((search) => (search.id === id ? { ...search, ...change } : search)),
  }));
}

function takeAddress(fragment: string): void {
  const { setup, shown, problems } = parseSearch(fragment, questionIds());
  useExplore.setState({ setup, shown, problems: problems.map((problem: Problem) => problemText(problem)) });
}

/** Keeps what is chosen and the address the same, from now on; the result ends it. */
export function followAddress(): () => void {
  const said = () => {
    const { setup, shown } = useExplore.getState();
    return printSearch(setup, shown);
  };
  const { own } = useView.getState();
  // the bare view shows what was chosen before
  if (own !== null && own !== 'explore=') takeAddress(own);
  // a damaged address stays until something is chosen
  if (useExplore.getState().problems.length === 0) setOwnFragment(said());
  const unchosen = useExplore.subscribe((now, before) => {
    const changed = now.setup !== before.setup || now.shown !== before.shown;
    if (changed && now.problems.length === 0) setOwnFragment(said());
  });
  const unmoved = useView.subscribe((now) => {
    if (now.own !== null && now.own !== 'explore=' && now.own !== said()) takeAddress(now.own);
  });
  return () => {
    unchosen();
    unmoved();
  };
}

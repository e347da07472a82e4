// The one list of views. All but the lab are loaded when they are opened.

import { type ComponentType, lazy } from 'react';
import { LabView } from './LabView.tsx';
import type { ViewId } from './state/view.ts';

const CompareView = lazy(() =>
  import('./panes/compare/CompareView.tsx').then((made) => ({ default: made.CompareView })),
);

/** What the page needs to know of a view. */
export interface View {
  readonly label: string;
  readonly Component: ComponentType;
}

/** The views by their id. */
export const VIEWS: Readonly<Record<ViewId, View>> = {
  lab: { label: 'Lab', Component: LabView },
  compare: { label: 'Compare', Component: CompareView },
  explore: {
    label: 'Explore',
    Component: lazy(() =>
      import('./panes/explore/ExploreView.tsx').then((module) => ({ default: module.ExploreView })),
    ),
  },
  learn: {
    label: 'Lessons',
    Component: lazy(() =>
      import('./panes/learn/LearnView.tsx').then((module) => ({ default: module.LearnView })),
    ),
  },
};

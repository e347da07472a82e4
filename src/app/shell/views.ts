// The one list of views. All but the lab are loaded when they are opened.

import { type ComponentType, lazy } from 'react';
import type { ViewId } from '../store/view.ts';
import { LabView } from './LabView.tsx';

const CompareView = lazy(() =>
  import('../features/compare/CompareView.tsx').then((made) => ({ default: made.CompareView })),
);

/** A view with its name on the screen. */
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
      import('../features/explore/ExploreView.tsx').then((module) => ({ default: module.ExploreView })),
    ),
  },
  learn: {
    label: 'Lessons',
    Component: lazy(() =>
      import('../features/learn/LearnView.tsx').then((module) => ({ default: module.LearnView })),
    ),
  },
};

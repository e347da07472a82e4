// The tabs of the Lessons view, each loaded when it is shown. The address contains the tab's id (`#learn=lessons`).

import { type ComponentType, lazy } from 'react';

/** A tab. */
export interface LearnTab {
  readonly id: string;
  readonly label: string;
  readonly Component: ComponentType;
}

/** The tabs in their order; the first one is the default. */
export const LEARN_TABS: readonly [LearnTab, ...LearnTab[]] = [
  {
    id: 'lessons',
    label: 'Lesson list',
    Component: lazy(() => import('./LessonList.tsx').then((module) => ({ default: module.LessonList }))),
  },
  {
    id: 'scenarios',
    label: 'Scenarios',
    Component: lazy(() => import('./ScenarioTab.tsx').then((module) => ({ default: module.ScenarioTab }))),
  },
];

// The parts of the view Lessons. A part is fetched when it is shown; its id stands in the address (`#learn=lessons`).

import { type ComponentType, lazy } from 'react';

/** A part of the view. */
export interface LearnTab {
  readonly id: string;
  readonly label: string;
  readonly Component: ComponentType;
}

/** The parts in their order; the first is shown where the address names none that is known. */
export const LEARN_TABS: readonly [LearnTab, ...LearnTab[]] = [
  {
    id: 'lessons',
    label: 'Lessons',
    Component: lazy(() => import('./LessonList.tsx').then((module) => ({ default: module.LessonList }))),
  },
  {
    id: 'scenarios',
    label: 'Scenarios',
    Component: lazy(() => import('./ScenarioTab.tsx').then((module) => ({ default: module.ScenarioTab }))),
  },
];

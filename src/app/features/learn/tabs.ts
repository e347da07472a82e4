// The tabs and pages of the Lessons view, each loaded when it is shown. The address contains the id (`#learn=lessons`).

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
  {
    id: 'course',
    label: 'Course',
    Component: lazy(() => import('./class/CourseTab.tsx').then((module) => ({ default: module.CourseTab }))),
  },
  {
    id: 'own',
    label: 'My lessons',
    Component: lazy(() => import('./class/OwnTab.tsx').then((module) => ({ default: module.OwnTab }))),
  },
  {
    id: 'results',
    label: 'Results',
    Component: lazy(() =>
      import('./class/ResultsTab.tsx').then((module) => ({ default: module.ResultsTab })),
    ),
  },
  {
    id: 'teach',
    label: 'Teach',
    Component: lazy(() => import('./class/TeachTab.tsx').then((module) => ({ default: module.TeachTab }))),
  },
];

const WorksheetPage = lazy(() =>
  import('./class/WorksheetPage.tsx').then((module) => ({ default: module.WorksheetPage })),
);

/** The pages without a tab; worksheets have an earlier name too. */
const LEARN_PAGES: readonly LearnTab[] = [
  { id: 'worksheet', label: 'Worksheet', Component: WorksheetPage },
  { id: 'handout', label: 'Worksheet', Component: WorksheetPage },
];

/** Returns the tab or page of the view's own fragment, for instance `learn=scenarios` or `course=v1.…`. */
export function learnTabOf(own: string | null): LearnTab {
  const [, id] = /^(?:learn=)?([a-z]+)/.exec(own ?? '') ?? [];
  return [...LEARN_TABS, ...LEARN_PAGES].find((tab) => tab.id === id) ?? LEARN_TABS[0];
}

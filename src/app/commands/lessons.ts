// The commands of the lessons.

import { openView } from '../state/view.ts';
import type { Command } from './command.ts';

const section = 'Lessons' as const;

/** Opening the list of lessons. */
export const LESSON_COMMANDS: readonly Command[] = [
  {
    id: 'lessons.open',
    section,
    title: 'Lessons: short guided tours in the lab',
    keys: ['KeyQ'],
    run: () => openView('learn'),
  },
];

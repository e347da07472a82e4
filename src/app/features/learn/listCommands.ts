// The commands of the list of lessons, which brings them.

import type { Command } from '../../store/commands.ts';
import { lessonSlice } from '../../store/lesson.ts';

const section = 'Lessons' as const;

/** Commands for making a lesson, and for files of lessons and progress. */
export const LIST_COMMANDS: readonly Command[] = [
  {
    id: 'lesson.make',
    section,
    title: 'Make a lesson from here',
    run: (app) => app.set(lessonSlice, { making: true }),
  },
  {
    id: 'lesson.file',
    section,
    title: 'Open a lesson or progress from a file',
    run: (app) => void import('./lessonFiles.ts').then(({ chooseLessonFile }) => chooseLessonFile(app)),
  },
  {
    id: 'progress.export',
    section,
    title: 'Export progress with the lessons',
    run: (app) => void import('./progress.ts').then(({ exportProgress }) => exportProgress(app)),
  },
];

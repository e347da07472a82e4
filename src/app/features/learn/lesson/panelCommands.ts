// The commands of the open lesson without a key; the lesson's panel brings them.

import type { Command } from '../../../store/commands.ts';
import { isTaking, lessonSlice } from '../../../store/lesson.ts';
import { learning } from '../lessonLoading.ts';

const section = 'Lessons' as const;

/** Commands for leaving, repeating and sharing the open lesson. */
export const PANEL_COMMANDS: readonly Command[] = [
  {
    id: 'lesson.over',
    section,
    title: 'Restart the step of the lesson',
    enabled: isTaking,
    run: (app) => void learning().then(({ startOver }) => startOver(app)),
  },
  {
    id: 'lesson.leave',
    section,
    title: 'Close the lesson and return to your own work',
    enabled: isTaking,
    run: (app) => void learning().then(({ leaveLesson }) => leaveLesson(app)),
  },
  {
    id: 'lesson.worksheet',
    section,
    title: 'Show the lesson as a worksheet to print',
    enabled: isTaking,
    run: (app) => {
      const lesson = app.get(lessonSlice).open?.taking.lesson;
      if (lesson !== undefined)
        void import('../class/worksheetLink.ts').then(({ showWorksheet }) => showWorksheet(app, { lesson }));
    },
  },
  {
    id: 'lesson.edit',
    section,
    title: 'Edit a copy of the lesson',
    enabled: isTaking,
    run: (app) => {
      const { open } = app.get(lessonSlice);
      if (open !== null)
        void import('../making.ts').then(({ editCopy }) => editCopy(app, open.taking.lesson));
    },
  },
  {
    id: 'lesson.link',
    section,
    title: 'Copy a link to the lesson',
    enabled: isTaking,
    run: (app) => void import('../lessonFiles.ts').then(({ copyLessonLink }) => copyLessonLink(app)),
  },
];

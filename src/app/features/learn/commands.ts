// The commands of the lessons. Their code is loaded with the first lesson.

import type { Command } from '../../store/commands.ts';
import { isPresenting, isTaking } from '../../store/lesson.ts';
import { openView } from '../../store/view.ts';
import { learning, presentation } from './lessonLoading.ts';

const section = 'Lessons' as const;

/** Commands for the list of lessons and the open lesson; listCommands.ts and lesson/panelCommands.ts have those without a key. */
export const LESSON_COMMANDS: readonly Command[] = [
  {
    id: 'lessons.open',
    section,
    title: 'Lessons: guided tours in the lab',
    keys: ['KeyQ'],
    run: (app) => openView(app, 'learn'),
  },
  {
    id: 'lesson.next',
    section,
    title: 'Next step of the lesson',
    keys: ['Alt+PageDown'],
    inFields: true,
    enabled: isTaking,
    run: (app) => void learning().then(({ goStep }) => goStep(app, true)),
  },
  {
    id: 'lesson.back',
    section,
    title: 'Previous step of the lesson',
    keys: ['Alt+PageUp'],
    inFields: true,
    enabled: isTaking,
    run: (app) => void learning().then(({ goStep }) => goStep(app, false)),
  },
  {
    id: 'lesson.present',
    section,
    title: 'Present the lesson in large type, answers hidden',
    keys: ['KeyP'],
    run: (app) => void presentation().then(({ setPresenting }) => setPresenting(app, true)),
  },
];

/** The keys of a presentation, including those of a clicker; they precede all other keys. */
export const PRESENTING: readonly Command[] = [
  {
    id: 'presenting.next',
    section: 'Presenting',
    title: 'Show the answer or the next question',
    keys: ['PageDown', 'ArrowRight', 'Space'],
    run: (app) => void presentation().then(({ present }) => present(app, true)),
  },
  {
    id: 'presenting.back',
    section: 'Presenting',
    title: 'Go back one part',
    keys: ['PageUp', 'ArrowLeft'],
    run: (app) => void presentation().then(({ present }) => present(app, false)),
  },
  {
    id: 'presenting.leave',
    section: 'Presenting',
    title: 'Return to the step, or end the presentation',
    keys: ['Escape'],
    inFields: true,
    enabled: isPresenting,
    run: (app) => void presentation().then(({ leaveSlide }) => leaveSlide(app)),
  },
];

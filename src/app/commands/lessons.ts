// The commands of the lessons. What they do is fetched with the first lesson.

import { isPresenting, isTaking, useLesson } from '../state/lesson.ts';
import { learning } from '../state/lessonLoading.ts';
import { openView } from '../state/view.ts';
import type { Command } from './command.ts';

const section = 'Lessons' as const;
const files = () => import('../state/lessonFiles.ts');
const progress = () => import('../state/progress.ts');

/** The list of lessons, the one that is open, and making one. */
export const LESSON_COMMANDS: readonly Command[] = [
  {
    id: 'lessons.open',
    section,
    title: 'Lessons: short guided tours in the lab',
    keys: ['KeyQ'],
    run: () => openView('learn'),
  },
  {
    id: 'lesson.next',
    section,
    title: 'Next step of the lesson',
    keys: ['Alt+PageDown'],
    inFields: true,
    enabled: isTaking,
    run: () => void learning().then(({ goStep }) => goStep(true)),
  },
  {
    id: 'lesson.back',
    section,
    title: 'Previous step of the lesson',
    keys: ['Alt+PageUp'],
    inFields: true,
    enabled: isTaking,
    run: () => void learning().then(({ goStep }) => goStep(false)),
  },
  {
    id: 'lesson.over',
    section,
    title: 'Begin the step of the lesson again',
    enabled: isTaking,
    run: () => void learning().then(({ startOver }) => startOver()),
  },
  {
    id: 'lesson.leave',
    section,
    title: 'Leave the lesson, back to your own work',
    enabled: isTaking,
    run: () => void learning().then(({ leaveLesson }) => leaveLesson()),
  },
  {
    id: 'lesson.present',
    section,
    title: 'Present the lesson: large, answers hidden',
    keys: ['KeyP'],
    enabled: isTaking,
    run: () => void learning().then(({ setPresenting }) => setPresenting(true)),
  },
  {
    id: 'lesson.handout',
    section,
    title: 'The lesson as a handout, to be printed',
    enabled: isTaking,
    run: () => {
      useLesson.setState(({ open }) => ({ handout: open?.taking.lesson ?? null }));
      openView('learn');
    },
  },
  {
    id: 'lesson.link',
    section,
    title: 'Copy a link to the lesson',
    enabled: isTaking,
    run: () => void files().then(({ copyLessonLink }) => copyLessonLink()),
  },
  {
    id: 'lesson.make',
    section,
    title: 'Make a lesson from here',
    run: () => useLesson.setState({ making: true }),
  },
  {
    id: 'lesson.file',
    section,
    title: 'Open a lesson or progress from a file',
    run: () => void files().then(({ chooseLessonFile }) => chooseLessonFile()),
  },
  {
    id: 'progress.export',
    section,
    title: 'Export progress with the lessons',
    run: () => void progress().then(({ exportProgress }) => exportProgress()),
  },
];

/** A presentation has keys of its own, those of a clicker among them; they come before all others. */
export const PRESENTING: readonly Command[] = [
  {
    id: 'presenting.next',
    section: 'Presenting',
    title: 'Presentation: show the answer, or the next question',
    keys: ['PageDown', 'ArrowRight'],
    run: () => void learning().then(({ present }) => present(true)),
  },
  {
    id: 'presenting.back',
    section: 'Presenting',
    title: 'Presentation: one back',
    keys: ['PageUp', 'ArrowLeft'],
    run: () => void learning().then(({ present }) => present(false)),
  },
  {
    id: 'presenting.leave',
    section: 'Presenting',
    title: 'Leave the presentation',
    keys: ['Escape'],
    inFields: true,
    enabled: isPresenting,
    run: () => void learning().then(({ setPresenting }) => setPresenting(false)),
  },
];

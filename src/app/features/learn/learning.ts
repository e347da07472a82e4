// Taking a lesson in the lab. Each step is an edit of the session, so undo reverts it and the person's own work stays in
// its branch. Every change of the session checks the goal of the step.

import { letterOf, notQuite } from '../../../lessons/answers.ts';
import { type Course, isBuiltIn, progressKey } from '../../../lessons/course.ts';
import type { LessonBody } from '../../../lessons/lesson.ts';
import { kernelText } from '../../../lessons/play.ts';
import { isFinished, scoreParts } from '../../../lessons/score.ts';
import * as taken from '../../../lessons/taking.ts';
import { currentSession, type History } from '../../../session/history.ts';
import type { Session } from '../../../session/session.ts';
import { counted } from '../../../text/numbers.ts';
import { FIRST_DRAFT } from '../../../views/composer/draft.ts';
import { type App, local } from '../../store/app.ts';
import { switchTo } from '../../store/branches.ts';
import { replayOf } from '../../store/derived.ts';
import { edit, labSlice, showProblem } from '../../store/lab.ts';
import { isBelow, KEPT_LESSON, lessonSlice, type OpenLesson } from '../../store/lesson.ts';
import { progressSlice } from '../../store/progress.ts';
import { openView } from '../../store/view.ts';
import { courseFragment, showCourse } from './class/courseLink.ts';
import { keptText, readKeptLesson } from './keptLesson.ts';
import { lessonFragment } from './lessonLink.ts';
import { note } from './progress.ts';

/**
 * Opens a lesson in the lab: a built-in one, or one from a file or link. `step` counts from 0; the lesson's own lines replace
 * the steps before it. `course`: the lesson is taken as a part of that course.
 */
export function openLesson(
  app: App,
  lesson: LessonBody,
  presenting = false,
  step = 0,
  course: Course | null = null,
): void {
  app.local(following);
  const taking = taken.beginAt(lesson, step);
  const { open } = app.get(lessonSlice);
  const home = open !== null && isInLesson(app) ? open.home : app.get(labSlice).history.current;
  app.set(labSlice, { opened: null, recordingFile: null, problem: null, draft: FIRST_DRAFT });
  edit(app, `lesson ${lesson.title}`, () => taken.startOf(taking));
  const entry = app.get(labSlice).history.current;
  app.set(lessonSlice, {
    open: { taking, ...namesOf(app, lesson, course), home, entry, ended: false, presenting },
    making: false,
  });
  openView(app, 'lab');
  // the heading, which takes the focus, has the title and the step
  announce(app, taken.stepOf(taking).ask);
}

/** Returns the course, the name of a lesson's progress and its address. An address with a file in it follows later. */
function namesOf(
  app: App,
  lesson: LessonBody,
  course: Course | null,
): Pick<OpenLesson, 'key' | 'fragment' | 'course'> {
  const key = progressKey(lesson, course);
  if (course === null && isBuiltIn(lesson)) return { key, course, fragment: `lesson=${lesson.id}` };
  void addressOf(lesson, course).then((fragment) => {
    app.set(lessonSlice, ({ open }) => ({
      open: open?.taking.lesson === lesson && open.course === course ? { ...open, fragment } : open,
    }));
  });
  return { key, course, fragment: null };
}

async function addressOf(lesson: LessonBody, course: Course | null): Promise<string> {
  return course === null ? lessonFragment(lesson) : `${await courseFragment(course)}&lesson=${lesson.id}`;
}

/** Shows a step beside the session at `node`, which the lab shows already: Back and Forward lead there. */
export function returnToStep(
  app: App,
  lesson: LessonBody,
  step: number,
  node: number,
  course: Course | null = null,
): void {
  app.local(following);
  const { history } = app.get(labSlice);
  if (history.current !== node) return;
  const open = opened(app);
  if (open !== null && open.taking.lesson.id === lesson.id && isInLesson(app)) {
    if (open.taking.starts.length > step) put(app, { ...open.taking, at: step });
    return;
  }
  const home = history.nodes[node]?.parent ?? node;
  const taking = taken.beginAt(lesson, step);
  app.set(lessonSlice, {
    open: { taking, ...namesOf(app, lesson, course), home, entry: node, ended: false, presenting: false },
  });
}

function stepText(taking: taken.Taking): string {
  const { at, lesson } = taking;
  return `Step ${at + 1} of ${lesson.steps.length}. ${taken.stepOf(taking).ask}`;
}

function announce(app: App, announcement: string): void {
  app.set(labSlice, { announcement });
}

function opened(app: App): OpenLesson | null {
  return app.get(lessonSlice).open;
}

function put(app: App, taking: taken.Taking, ended = false): void {
  app.set(lessonSlice, ({ open }) => ({ open: open === null ? null : { ...open, taking, ended } }));
}

/** Returns true while the lab shows the lesson's own branch. */
export function isInLesson(app: App): boolean {
  const open = opened(app);
  return open !== null && isBelow(app.get(labSlice).history, open.entry);
}

/** Shows the session of a step. */
function show(app: App, taking: taken.Taking, session: Session, label: string): void {
  const open = opened(app);
  if (open === null) return;
  if (!isInLesson(app)) switchTo(app, open.entry);
  put(app, taking);
  const { lesson, at } = taking;
  edit(app, `${lesson.title}, step ${at + 1}: ${label}`, (now) => {
    const isSame = now.script === session.script && now.generation === session.generation;
    return isSame && now.setup === session.setup ? now : session;
  });
}

/** Chooses an answer of a prediction. */
export function chooseAnswer(app: App, choice: number): void {
  const open = opened(app);
  if (open !== null) put(app, taken.choose(open.taking, choice));
}

/** Runs the step's own lines: the lines of a prediction, or the solution of a goal. */
export function runStep(app: App): void {
  const open = opened(app);
  if (open === null) return;
  const taking = taken.reveal(open.taking);
  const step = taken.stepOf(taking);
  const { end, chosen } = taken.markOf(taking);
  if (end === null) return;
  show(app, taking, end, step.kind === 'predict' ? 'run' : 'solution');
  if (step.kind === 'do') {
    if (!open.presenting) note(app, open.key, taking.at, { done: false, helped: true });
    announce(app, `The solution has run. ${step.explain}`);
    return;
  }
  const right = taken.rightAnswer(step, end);
  if (right === null) return;
  const text = step.choices[right]?.text ?? '';
  if (open.presenting || chosen === null) announce(app, `${text}. ${step.explain}`);
  else {
    note(app, open.key, taking.at, { done: true, right: chosen === right, first: chosen, tries: 1 });
    announce(
      app,
      chosen === right
        ? `Right. ${text}. ${step.explain}`
        : `${notQuite(step, chosen)} Right answer: ${letterOf(right)} ${text}. ${step.explain}`,
    );
  }
}

/** Shows the hint of a goal. */
export function showHint(app: App): void {
  const open = opened(app);
  if (open === null) return;
  const step = taken.stepOf(open.taking);
  if (step.kind !== 'do') return;
  put(app, taken.hint(open.taking));
  note(app, open.key, open.taking.at, { done: false, hinted: true });
  announce(app, `Hint: ${step.hint}`);
}

/** Restarts the step; with `written`, from the state that the lesson's own lines lead to. */
export function startOver(app: App, written = false): void {
  const open = opened(app);
  if (open === null) return;
  const taking = written ? taken.asWritten(open.taking) : taken.startOver(open.taking);
  show(app, taking, taken.startOf(taking), 'start over');
  announce(app, `Step restarted. ${stepText(taking)}`);
}

/** Goes to the next or the previous step. */
export function goStep(app: App, forward: boolean): void {
  const open = opened(app);
  if (open === null) return;
  if (open.ended) {
    if (!forward) put(app, open.taking);
    return;
  }
  const taking = forward ? taken.next(open.taking) : taken.previous(open.taking);
  if (taking.at === open.taking.at) {
    if (forward && !open.presenting && taken.markOf(taking).revealed) finishLesson(app);
    return;
  }
  show(app, taking, taken.shownSession(taking), forward ? 'next' : 'back');
  const kernel = kernelText(taken.kernelOf(taking));
  const told = kernel === kernelText(taken.kernelOf(open.taking)) ? '' : ` The kernel is now ${kernel}.`;
  announce(app, `${taken.stepOf(taking).ask}${told}`);
}

/** Shows the end of the lesson: the conclusions, the score and the next lesson. */
export function finishLesson(app: App): void {
  const open = opened(app);
  if (open === null) return;
  app.set(lessonSlice, { open: { ...open, ended: true } });
  const { lesson } = open.taking;
  const made = app.get(progressSlice).progress[open.key];
  const told = isFinished(lesson, made) ? 'Lesson finished' : 'End of the lesson';
  announce(
    app,
    [`${told}: ${lesson.title}`, ...scoreParts(lesson, made)].map((part) => `${part}.`).join(' '),
  );
}

/** Closes the lesson and shows the earlier work again; the lesson's work stays in its branch. */
export function leaveLesson(app: App): void {
  const open = opened(app);
  if (open === null) return;
  if (isInLesson(app)) switchTo(app, open.home);
  app.set(lessonSlice, { open: null });
  announce(app, `Lesson closed: ${open.taking.lesson.title}. The lab shows your own work.`);
}

/** Closes the lesson and shows its course, which names the next lesson; without a course it shows the list of lessons. */
export async function toCourse(app: App): Promise<void> {
  const course = opened(app)?.course ?? null;
  leaveLesson(app);
  if (course === null) openView(app, 'learn');
  else await showCourse(app, course);
}

/** Takes the lab back to the kernel of the step, after the person has chosen another one; the script stays. */
export function backToKernel(app: App): void {
  const open = opened(app);
  if (open === null) return;
  const kernel = taken.kernelOf(open.taking);
  edit(app, 'kernel of the lesson', (now) => taken.onKernel(now, kernel));
  announce(app, `The kernel is ${kernelText(kernel)} again.`);
}

/** Returns from other work to the session of the lesson's step. */
export function backToLesson(app: App): void {
  const open = opened(app);
  if (open !== null) show(app, open.taking, taken.shownSession(open.taking), 'back to the lesson');
}

/** Reopens the lesson that was open before a reload. */
export function bringBack(app: App): void {
  app.local(following);
  const text = app.services.tab.read(KEPT_LESSON);
  if (text === null || opened(app) !== null) return;
  const kept = readKeptLesson(text);
  if (kept === null) {
    showProblem(app, {
      title: 'The lesson that was open cannot be reopened.',
      details: ['The branches still contain its work.'],
    });
    app.services.tab.remove(KEPT_LESSON);
    return;
  }
  const { taking, home, entry } = kept;
  const { nodes } = app.get(labSlice).history;
  // the kept nodes belong to another history
  if (nodes[entry] === undefined || nodes[home] === undefined || taking.starts.length <= taking.at) return;
  const names = namesOf(app, taking.lesson, kept.course);
  app.set(lessonSlice, { open: { ...kept, ...names, presenting: false } });
}

/** Returns whether a person has just changed the script: not an undo, a change of the kernel or a move to another step. */
function isOwnEdit({ taking }: OpenLesson, now: History, before: History): boolean {
  const { script } = currentSession(now);
  const isNew = now.nodes.length > before.nodes.length && script !== currentSession(before).script;
  return isNew && script !== taken.startOf(taking).script && script !== taken.markOf(taking).end?.script;
}

/** Checks the goal of the open step after each edit, and keeps the lesson for a reload. */
function follow(app: App): void {
  app.on(labSlice, (state, before) => {
    const open = opened(app);
    if (open === null || state.history === before.history || !isInLesson(app)) return;
    const now = currentSession(state.history);
    const isTry = !open.presenting && isOwnEdit(open, state.history, before.history);
    const tried = isTry ? taken.countTry(open.taking) : open.taking;
    const taking = taken.check(tried, now, replayOf(app, now));
    if (taking === open.taking) return;
    put(app, taking, open.ended);
    const { revealed, used, helped, tries } = taken.markOf(taking);
    if (open.presenting) return;
    const more = tries > taken.markOf(open.taking).tries ? { tries: 1 } : {};
    if (!revealed || helped) {
      note(app, open.key, taking.at, { done: false, ...more });
      return;
    }
    note(app, open.key, taking.at, { done: true, ...(used === null ? {} : { used }), ...more });
    const { explain } = taken.stepOf(taking);
    const isNew = !taken.markOf(open.taking).revealed;
    if (isNew)
      announce(app, `Goal reached${used === null ? '' : ` with ${counted(used, 'line')}`}. ${explain}`);
  });

  app.on(lessonSlice, ({ open }) => {
    const { tab } = app.services;
    if (open === null) {
      tab.remove(KEPT_LESSON);
      return;
    }
    // without storage a reload closes the lesson; its work stays in the branches
    tab.write(KEPT_LESSON, keptText(open));
  });
}

/** Begins to follow the lessons of an app, once. */
const following = local((app) => {
  follow(app);
  return {};
});

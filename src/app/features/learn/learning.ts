// Taking a lesson in the lab. Each step is an edit of the session, so undo reverts it and the person's own work stays in
// its branch. Every change of the session checks the goal of the step.

import { parseKept, printKept } from '../../../formats/lesson/kept.ts';
import { printLesson, readLesson } from '../../../lessons/file.ts';
import { LESSONS } from '../../../lessons/index.ts';
import type { LessonBody } from '../../../lessons/lesson.ts';
import { kernelText } from '../../../lessons/play.ts';
import * as taken from '../../../lessons/taking.ts';
import { currentSession } from '../../../session/history.ts';
import type { Session } from '../../../session/session.ts';
import { counted } from '../../../text/numbers.ts';
import { FIRST_DRAFT } from '../../../views/composer/draft.ts';
import { type App, local } from '../../store/app.ts';
import { switchTo } from '../../store/branches.ts';
import { replayOf } from '../../store/derived.ts';
import { edit, labSlice, showProblem } from '../../store/lab.ts';
import { isBelow, KEPT_LESSON, lessonSlice, type OpenLesson } from '../../store/lesson.ts';
import { openView } from '../../store/view.ts';
import { lessonFragment } from './lessonLink.ts';
import { note } from './progress.ts';

/**
 * Opens a lesson in the lab: a built-in one, or one from a file or link. `step` counts from 0; the lesson's own lines replace
 * the steps before it.
 */
export function openLesson(app: App, lesson: LessonBody, presenting = false, step = 0): void {
  app.local(following);
  const taking = taken.beginAt(lesson, step);
  const { open } = app.get(lessonSlice);
  const home = open !== null && isInLesson(app) ? open.home : app.get(labSlice).history.current;
  app.set(labSlice, { opened: null, recordingFile: null, problem: null, draft: FIRST_DRAFT });
  edit(app, `lesson ${lesson.title}`, () => taken.startOf(taking));
  const entry = app.get(labSlice).history.current;
  app.set(lessonSlice, {
    open: { taking, ...namesOf(app, lesson), home, entry, presenting },
    handout: null,
    making: false,
  });
  openView(app, 'lab');
  // the heading, which takes the focus, has the title and the step
  announce(app, taken.stepOf(taking).ask);
}

/** Returns the name of a lesson's progress and its address. The address of a lesson from a file follows later. */
function namesOf(app: App, lesson: LessonBody): Pick<OpenLesson, 'key' | 'fragment'> {
  if (LESSONS.some((known) => known === lesson)) return { key: lesson.id, fragment: `lesson=${lesson.id}` };
  void lessonFragment(lesson).then((fragment) => {
    app.set(lessonSlice, ({ open }) => ({
      open: open?.taking.lesson === lesson ? { ...open, fragment } : open,
    }));
  });
  return { key: `file:${lesson.id}`, fragment: null };
}

/** Shows a step beside the session at `node`, which the lab shows already: Back and Forward lead there. */
export function returnToStep(app: App, lesson: LessonBody, step: number, node: number): void {
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
    open: { taking, ...namesOf(app, lesson), home, entry: node, presenting: false },
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

function put(app: App, taking: taken.Taking): void {
  app.set(lessonSlice, ({ open }) => ({ open: open === null ? null : { ...open, taking } }));
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
    announce(app, `The solution has run. ${step.explain}`);
    return;
  }
  const right = taken.rightAnswer(step, end);
  if (right === null) return;
  const text = step.choices[right]?.text ?? '';
  if (open.presenting || chosen === null) announce(app, `${text}. ${step.explain}`);
  else {
    note(app, open.key, taking.at, { done: true, right: chosen === right });
    announce(app, `${chosen === right ? 'Right' : 'Wrong'}: ${text}. ${step.explain}`);
  }
}

/** Shows the hint of a goal. */
export function showHint(app: App): void {
  const open = opened(app);
  if (open === null) return;
  const step = taken.stepOf(open.taking);
  if (step.kind !== 'do') return;
  put(app, taken.hint(open.taking));
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
  const taking = forward ? taken.next(open.taking) : taken.previous(open.taking);
  if (taking.at === open.taking.at) return;
  show(app, taking, taken.shownSession(taking), forward ? 'next' : 'back');
  const kernel = kernelText(taken.kernelOf(taking));
  const told = kernel === kernelText(taken.kernelOf(open.taking)) ? '' : ` The kernel is now ${kernel}.`;
  announce(app, `${taken.stepOf(taking).ask}${told}`);
}

/** Closes the lesson and shows the earlier work again; the lesson's work stays in its branch. */
export function leaveLesson(app: App): void {
  const open = opened(app);
  if (open === null) return;
  if (isInLesson(app)) switchTo(app, open.home);
  app.set(lessonSlice, { open: null });
  announce(app, `Lesson closed: ${open.taking.lesson.title}. The lab shows your own work.`);
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
  const read = parseKept(text);
  const lesson = read.ok ? keptLesson(read.value) : null;
  const { nodes } = app.get(labSlice).history;
  if (!read.ok || lesson === null) {
    showProblem(app, {
      title: 'The lesson that was open cannot be reopened.',
      details: ['The branches still contain its work.'],
    });
    app.services.tab.remove(KEPT_LESSON);
    return;
  }
  const { at, home, entry, starts, marks } = read.value;
  // the kept nodes belong to another history
  if (nodes[entry] === undefined || nodes[home] === undefined || starts.length <= at) return;
  const taking = { lesson, at, starts, marks };
  app.set(lessonSlice, { open: { taking, ...namesOf(app, lesson), home, entry, presenting: false } });
}

function keptLesson({
  id,
  file,
}: {
  readonly id: string | null;
  readonly file: string | null;
}): LessonBody | null {
  if (file === null) return LESSONS.find((lesson) => lesson.id === id) ?? null;
  const read = readLesson(file);
  return read.ok ? read.value : null;
}

/** Checks the goal of the open step after each edit, and keeps the lesson for a reload. */
function follow(app: App): void {
  app.on(labSlice, (state, before) => {
    const open = opened(app);
    if (open === null || state.history === before.history || !isInLesson(app)) return;
    const now = currentSession(state.history);
    const taking = taken.check(open.taking, now, replayOf(app, now));
    if (taking === open.taking) return;
    put(app, taking);
    const { revealed, used, helped } = taken.markOf(taking);
    if (!revealed || helped || open.presenting) return;
    note(app, open.key, taking.at, { done: true, ...(used === null ? {} : { used }) });
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
    const { taking, home, entry } = open;
    const { lesson, at, starts, marks } = taking;
    const isOwn = LESSONS.some((known) => known === lesson);
    const from = isOwn ? { id: lesson.id, file: null } : { id: null, file: printLesson(lesson) };
    const kept = { ...from, at, home, entry, starts: [...starts], marks: [...marks] };
    // without storage a reload closes the lesson; its work stays in the branches
    tab.write(KEPT_LESSON, printKept(kept));
  });
}

/** Begins to follow the lessons of an app, once. */
const following = local((app) => {
  follow(app);
  return {};
});

// Taking a lesson in the lab: each step is an edit of the session, so undo takes it back and the person's own work stays in
// the tree. The goal of a step is looked at after every change of the session, however it was made.

import { parseKept, printKept } from '../../formats/lesson/kept.ts';
import { generation } from '../../kernel/generations/index.ts';
import { printLesson, readLesson } from '../../lessons/file.ts';
import { LESSONS } from '../../lessons/index.ts';
import type { LessonBody } from '../../lessons/lesson.ts';
import * as taken from '../../lessons/taking.ts';
import { currentSession, type History } from '../../session/history.ts';
import type { Session } from '../../session/session.ts';
import { counted } from '../../views/words/numbers.ts';
import { switchTo } from './branches.ts';
import { replayOf } from './derived.ts';
import { edit, showProblem, useLab } from './lab.ts';
import { KEPT_LESSON, type OpenLesson, useLesson } from './lesson.ts';
import { note } from './progress.ts';
import { openView } from './view.ts';

/** Opens a lesson in the lab. One from a file or link is no lesson of the page. */
export function openLesson(lesson: LessonBody, presenting = false): void {
  const taking = taken.begin(lesson);
  const { open } = useLesson.getState();
  const home = open !== null && isInLesson() ? open.home : useLab.getState().history.current;
  const isOwn = LESSONS.some((known) => known === lesson);
  useLab.setState({ opened: null, recordingFile: null, problem: null });
  edit(`lesson ${lesson.title}`, () => taken.startOf(taking));
  const entry = useLab.getState().history.current;
  const key = isOwn ? lesson.id : `file:${lesson.id}`;
  useLesson.setState({ open: { taking, key, home, entry, presenting }, handout: null, making: false });
  openView('lab');
  announce(`Lesson ${lesson.title}. ${stepText(taking)}`);
}

function stepText(taking: taken.Taking): string {
  const { at, lesson } = taking;
  return `Step ${at + 1} of ${lesson.steps.length}. ${taken.stepOf(taking).ask}`;
}

function announce(announcement: string): void {
  useLab.setState({ announcement });
}

function opened(): OpenLesson | null {
  return useLesson.getState().open;
}

function put(taking: taken.Taking): void {
  useLesson.setState(({ open }) => ({ open: open === null ? null : { ...open, taking } }));
}

/** True where the lab shows the lesson's work, and not something older or of another branch. */
export function isInLesson(): boolean {
  const open = opened();
  return open !== null && isBelow(useLab.getState().history, open.entry);
}

/** True where the current node is `top` or below it. */
export function isBelow({ nodes, current }: History, top: number): boolean {
  let at: number | null = current;
  while (at !== null && at > top) at = nodes[at]?.parent ?? null;
  return at === top;
}

/** Shows the session that belongs to the step. */
function show(taking: taken.Taking, session: Session, label: string): void {
  const open = opened();
  if (open === null) return;
  if (!isInLesson()) switchTo(open.entry);
  put(taking);
  const { lesson, at } = taking;
  edit(`${lesson.title}, step ${at + 1}: ${label}`, (now) => {
    const isSame = now.script === session.script && now.generation === session.generation;
    return isSame && now.setup === session.setup ? now : session;
  });
}

/** Chooses an answer of a prediction. */
export function chooseAnswer(choice: number): void {
  const open = opened();
  if (open !== null) put(taken.choose(open.taking, choice));
}

/** Runs the step's own lines: of a prediction they tell what happens, of a goal they are the solution. */
export function runStep(): void {
  const open = opened();
  if (open === null) return;
  const taking = taken.reveal(open.taking);
  const step = taken.stepOf(taking);
  const { end, chosen } = taken.markOf(taking);
  if (end === null) return;
  show(taking, end, step.kind === 'predict' ? 'run' : 'solution');
  if (step.kind === 'do') {
    announce(`The solution was run. ${step.explain}`);
    return;
  }
  const right = taken.rightAnswer(step, end);
  if (right === null) return;
  const text = step.choices[right]?.text ?? '';
  if (open.presenting || chosen === null) announce(`${text}. ${step.explain}`);
  else {
    note(open.key, taking.at, { done: true, right: chosen === right });
    announce(`${chosen === right ? 'Right' : 'Wrong'}: ${text}. ${step.explain}`);
  }
}

/** Shows the hint of a goal. */
export function showHint(): void {
  const open = opened();
  if (open === null) return;
  const step = taken.stepOf(open.taking);
  if (step.kind !== 'do') return;
  put(taken.hint(open.taking));
  announce(`Hint: ${step.hint}`);
}

/** Begins the step again; `written`: as the lesson itself would begin it. */
export function startOver(written = false): void {
  const open = opened();
  if (open === null) return;
  const taking = written ? taken.asWritten(open.taking) : taken.startOver(open.taking);
  show(taking, taken.startOf(taking), 'start over');
  announce(`Begun again. ${stepText(taking)}`);
}

/** Goes to the next or the previous step. */
export function goStep(forward: boolean): void {
  const open = opened();
  if (open === null) return;
  const taking = forward ? taken.next(open.taking) : taken.previous(open.taking);
  if (taking.at === open.taking.at) return;
  show(taking, taken.shownSession(taking), forward ? 'next' : 'back');
  const before = open.taking.starts[open.taking.at]?.generation;
  const kernel = taken.startOf(taking).generation;
  const told = kernel === before ? '' : ` The kernel is now ${generation(kernel).label}.`;
  announce(`${stepText(taking)}${told}`);
}

/** The next press of a clicker: first the answer, then the next question. Backwards the same way. */
export function present(forward: boolean): void {
  const open = opened();
  if (open === null) return;
  const { revealed } = taken.markOf(open.taking);
  if (forward && !revealed) runStep();
  else if (!forward && revealed) startOver();
  else goStep(forward);
}

/** Begins or ends the presentation. It begins with the question. */
export function setPresenting(presenting: boolean): void {
  const open = opened();
  if (open === null || open.presenting === presenting) return;
  useLesson.setState({ open: { ...open, presenting } });
  if (presenting && taken.markOf(open.taking).revealed) startOver();
  openView('lab');
  announce(presenting ? 'Presentation. Page Down goes on, Escape leaves.' : 'Presentation left.');
}

/** Puts the lesson away and shows what was there before; the lesson's work stays in the tree. */
export function leaveLesson(): void {
  const open = opened();
  if (open === null) return;
  if (isInLesson()) switchTo(open.home);
  useLesson.setState({ open: null });
  announce(`Lesson left: ${open.taking.lesson.title}. The lab shows your own work.`);
}

/** Shows the lesson's work again where the lab shows something else. */
export function backToLesson(): void {
  const open = opened();
  if (open !== null) show(open.taking, taken.shownSession(open.taking), 'back to the lesson');
}

useLab.subscribe((state, before) => {
  const open = opened();
  if (open === null || state.history === before.history || !isInLesson()) return;
  const now = currentSession(state.history);
  const taking = taken.check(open.taking, now, replayOf(now));
  if (taking === open.taking) return;
  put(taking);
  const { revealed, used, helped } = taken.markOf(taking);
  if (!revealed || helped || open.presenting) return;
  note(open.key, taking.at, { done: true, ...(used === null ? {} : { used }) });
  const { explain } = taken.stepOf(taking);
  const isNew = !taken.markOf(open.taking).revealed;
  if (isNew) announce(`Goal reached${used === null ? '' : ` with ${counted(used, 'line')}`}. ${explain}`);
});

useLesson.subscribe(({ open }) => {
  try {
    if (open === null) {
      sessionStorage.removeItem(KEPT_LESSON);
      return;
    }
    const { taking, home, entry } = open;
    const { lesson, at, starts, marks } = taking;
    const isOwn = LESSONS.some((known) => known === lesson);
    const from = isOwn ? { id: lesson.id, file: null } : { id: null, file: printLesson(lesson) };
    const kept = { ...from, at, home, entry, starts: [...starts], marks: [...marks] };
    sessionStorage.setItem(KEPT_LESSON, printKept(kept));
  } catch {
    // without storage a reload ends the lesson; the work is in the tree
  }
});

/** Brings back the lesson that was open before a reload. */
export function bringBack(): void {
  const text = sessionStorage.getItem(KEPT_LESSON);
  if (text === null || opened() !== null) return;
  const read = parseKept(text);
  const lesson = read.ok ? keptLesson(read.value) : null;
  const { nodes } = useLab.getState().history;
  if (!read.ok || lesson === null) {
    showProblem({
      title: 'The lesson that was open cannot be shown again.',
      details: ['Its work is in the branches.'],
    });
    sessionStorage.removeItem(KEPT_LESSON);
    return;
  }
  const { at, home, entry, starts, marks } = read.value;
  // another tree: the lesson begins where it was, as a new edit
  if (nodes[entry] === undefined || nodes[home] === undefined || starts.length <= at) return;
  const key = read.value.id ?? `file:${lesson.id}`;
  const taking = { lesson, at, starts, marks };
  useLesson.setState({ open: { taking, key, home, entry, presenting: false } });
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

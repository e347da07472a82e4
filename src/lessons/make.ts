// Makes a lesson from the lab: the script up to the cursor is the starting script, and each later line becomes the draft of
// a step. The result of the line gives the first predicates, which the author edits.

import type { LevelId } from '../formats/lesson/levels.ts';
import { printScript } from '../formats/notation/print.ts';
import { printLine } from '../formats/notation/printLine.ts';
import type { ReleaseId } from '../kernel/releases.ts';
import { scriptOf } from '../session/deviceSpec.ts';
import { type Replay, runAt } from '../session/replay.ts';
import type { Session } from '../session/session.ts';
import type { LessonBody, LessonStep } from './lesson.ts';

/** The use of a line in the lesson. */
export type LineUse = 'predict' | 'do' | 'with the next';

/** An answer in the editor. */
export interface AnswerSketch {
  readonly text: string;
  readonly holds: string;
  /** For the person who has chosen this wrong answer; empty without any. */
  readonly feedback: string;
}

/** The author's draft for one line. */
export interface Sketch {
  /** The line in notation. */
  readonly text: string;
  readonly use: LineUse;
  readonly ask: string;
  /** The choices of a prediction. */
  readonly choices: readonly AnswerSketch[];
  readonly goal: string;
  readonly hint: string;
  readonly explain: string;
  readonly source: string;
  /** Notes for the presenter; empty without any. */
  readonly notes: string;
  /** The kernel from this step on: a generation or a release; both null for the kernel before. */
  readonly generation: LessonBody['generation'] | null;
  readonly release: ReleaseId | null;
}

/** A lesson in the editor. */
export interface LessonDraft {
  /** The id of the lesson that the draft was made from; empty for an id from the title. */
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly minutes: number | null;
  readonly level: LevelId | null;
  readonly requires: readonly string[];
  /** One sentence each; blank ones do not count. */
  readonly learned: readonly string[];
  readonly generation: LessonBody['generation'];
  readonly script: string;
  readonly lines: readonly Sketch[];
}

/** The most lines that a draft takes over. */
const MOST = 40;

const BLANK_DRAFT = {
  id: '',
  title: '',
  about: '',
  minutes: null,
  level: null,
  requires: [],
  learned: [],
};

/** Returns the sketch of a line about which the author has written nothing. */
export function blankSketch(text: string, use: LineUse): Sketch {
  return {
    text,
    use,
    ask: '',
    choices: [
      { text: 'The call succeeds', holds: 'not fails', feedback: '' },
      { text: 'The call fails', holds: 'fails', feedback: '' },
    ],
    goal: '',
    hint: '',
    explain: '',
    source: '',
    notes: '',
    generation: null,
    release: null,
  };
}

/** Returns the first draft for the lab's session, without disabled lines. */
export function draftOf(session: Session, replayed: Replay): LessonDraft {
  const { line } = session.cursor;
  const used = (from: number, to: number) =>
    session.script
      .slice(from, to)
      .map((entry, at) => ({ entry, line: from + at + 1 }))
      .filter(({ entry }) => !entry.disabled);
  const { device } = scriptOf(session);
  return {
    ...BLANK_DRAFT,
    generation: session.generation,
    script: printScript({ device, lines: used(0, line).map(({ entry }) => entry) }).trim(),
    lines: used(line, line + MOST).map(({ entry, line: at }) => sketch(printLine(entry), replayed, at)),
  };
}

function sketch(text: string, replayed: Replay, line: number): Sketch {
  const made = runAt(replayed, line);
  const errno = made?.errno ?? null;
  const blank = blankSketch(text, 'predict');
  const [succeeds] = blank.choices;
  const choices =
    errno === null || succeeds === undefined
      ? blank.choices
      : [succeeds, { text: errno, holds: `errno ${errno}`, feedback: '' }];
  const irqs = made?.after.domain.descs.size ?? 0;
  return { ...blank, choices, goal: `irqs ${irqs}` };
}

/** Returns a lesson as a draft, each line of a step as a line of its own. `keepsId`: the draft stays the same lesson. */
export function draftOfLesson(lesson: LessonBody, keepsId: boolean): LessonDraft {
  const { id, title, about, minutes, level, requires, learned, generation, script, steps } = lesson;
  return {
    id: keepsId ? id : '',
    title,
    about,
    minutes: minutes ?? null,
    level: level ?? null,
    requires: requires ?? [],
    learned: learned ?? [],
    generation,
    script: script.trim(),
    lines: steps.flatMap(sketchesOf),
  };
}

function sketchesOf(step: LessonStep): readonly Sketch[] {
  const texts = (step.kind === 'predict' ? step.run : step.solution)
    .split('\n')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  const last = texts.at(-1) ?? '';
  const { ask, explain, source, notes, generation, release } = step;
  const common = {
    ask,
    explain,
    source,
    notes: notes ?? '',
    generation: generation ?? null,
    release: release ?? null,
  };
  const blank = blankSketch(last, step.kind);
  const own: Sketch =
    step.kind === 'predict'
      ? {
          ...blank,
          ...common,
          choices: step.choices.map(({ text, holds, feedback }) => ({
            text,
            holds,
            feedback: feedback ?? '',
          })),
        }
      : { ...blank, ...common, goal: step.goal, hint: step.hint };
  return [...texts.slice(0, -1).map((text) => blankSketch(text, 'with the next')), own];
}

/** Returns the lesson of a draft. A line with the use 'with the next' runs in the step of the next line. */
export function lessonOf(draft: LessonDraft): LessonBody {
  const { id, title, about, minutes, level, requires, generation, script, lines } = draft;
  const learned = draft.learned.filter((sentence) => sentence.trim() !== '');
  const steps: LessonStep[] = [];
  let waiting: string[] = [];
  for (const line of lines) {
    waiting.push(line.text);
    if (line.use === 'with the next') continue;
    steps.push(stepOf(line, waiting.join('\n')));
    waiting = [];
  }
  return {
    id: id === '' ? idOf(title) : id,
    title,
    about,
    ...(minutes === null ? {} : { minutes }),
    ...(level === null ? {} : { level }),
    ...(requires.length === 0 ? {} : { requires }),
    ...(learned.length === 0 ? {} : { learned }),
    generation,
    script,
    steps,
  };
}

function stepOf(line: Sketch, run: string): LessonStep {
  const { use, ask, choices, goal, hint, explain, source, notes, generation, release } = line;
  const common = {
    ask,
    explain,
    source,
    ...(notes.trim() === '' ? {} : { notes }),
    ...(generation === null ? {} : { generation }),
    ...(release === null ? {} : { release }),
  };
  if (use === 'do') return { kind: 'do', ...common, goal, hint, solution: run };
  return {
    kind: 'predict',
    ...common,
    run,
    choices: choices.map(({ text, holds, feedback }) => ({
      text,
      holds,
      ...(feedback.trim() === '' ? {} : { feedback }),
    })),
  };
}

/** Returns for each line the number of its step, counted from 0; the lines after the last step have the next number. */
export function stepNumbers(lines: readonly Sketch[]): readonly number[] {
  let step = 0;
  return lines.map(({ use }) => (use === 'with the next' ? step : step++));
}

/** Returns the title as an id, for instance `cached-irqs`. */
function idOf(title: string): string {
  const id = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return id === '' ? 'lesson' : id;
}

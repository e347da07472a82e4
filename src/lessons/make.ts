// Makes a lesson from the lab: the script up to the cursor is the starting script, and each later line becomes the draft of
// a step. The result of the line gives the first predicates, which the author edits.

import { printScript } from '../formats/notation/print.ts';
import { printLine } from '../formats/notation/printLine.ts';
import { scriptOf } from '../session/deviceSpec.ts';
import { type Replay, runAt } from '../session/replay.ts';
import type { Session } from '../session/session.ts';
import type { LessonBody, LessonStep } from './lesson.ts';

/** The use of a line in the lesson. */
export type LineUse = 'predict' | 'do' | 'with the next';

/** The author's draft for one line. */
export interface Sketch {
  /** The line in notation. */
  readonly text: string;
  readonly use: LineUse;
  readonly ask: string;
  /** The choices of a prediction. */
  readonly choices: readonly { readonly text: string; readonly holds: string }[];
  readonly goal: string;
  readonly hint: string;
  readonly explain: string;
  readonly source: string;
}

/** A lesson in the editor. */
export interface LessonDraft {
  readonly title: string;
  readonly about: string;
  readonly generation: LessonBody['generation'];
  readonly script: string;
  readonly lines: readonly Sketch[];
}

/** The most lines that a draft takes over. */
const MOST = 40;

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
    title: '',
    about: '',
    generation: session.generation,
    script: printScript({ device, lines: used(0, line).map(({ entry }) => entry) }).trim(),
    lines: used(line, line + MOST).map(({ entry, line: at }) => sketch(printLine(entry), replayed, at)),
  };
}

function sketch(text: string, replayed: Replay, line: number): Sketch {
  const made = runAt(replayed, line);
  const errno = made?.errno ?? null;
  const choices =
    errno === null
      ? [
          { text: 'The call succeeds', holds: 'not fails' },
          { text: 'The call fails', holds: 'fails' },
        ]
      : [
          { text: 'The call succeeds', holds: 'not fails' },
          { text: errno, holds: `errno ${errno}` },
        ];
  const irqs = made?.after.domain.descs.size ?? 0;
  return {
    text,
    use: 'predict',
    ask: '',
    choices,
    goal: `irqs ${irqs}`,
    hint: '',
    explain: '',
    source: '',
  };
}

/** Returns the lesson of a draft. A line with the use 'with the next' runs in the step of the next line. */
export function lessonOf({ title, about, generation, script, lines }: LessonDraft): LessonBody {
  const steps: LessonStep[] = [];
  let waiting: string[] = [];
  for (const { text, use, ask, choices, goal, hint, explain, source } of lines) {
    waiting.push(text);
    if (use === 'with the next') continue;
    const run = waiting.join('\n');
    waiting = [];
    steps.push(
      use === 'predict'
        ? { kind: 'predict', ask, run, choices, explain, source }
        : { kind: 'do', ask, goal, hint, solution: run, explain, source },
    );
  }
  return { id: idOf(title), title, about, generation, script, steps };
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

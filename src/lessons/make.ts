// A lesson made from what stands in the lab: the script up to the cursor is the beginning, each later line the skeleton of
// a step. What the model answers to the line gives the first predicates; the author changes them.

import { printScript } from '../formats/notation/print.ts';
import { printLine } from '../formats/notation/printLine.ts';
import { scriptOf } from '../session/deviceSpec.ts';
import { type Replay, runAt } from '../session/replay.ts';
import type { Session } from '../session/session.ts';
import type { LessonBody, LessonStep } from './lesson.ts';

/** What a line becomes. */
export type LineUse = 'predict' | 'do' | 'with the next';

/** A later line with what the author says about it. */
export interface Sketch {
  /** The line in notation. */
  readonly text: string;
  readonly use: LineUse;
  readonly ask: string;
  /** Answers of a prediction. */
  readonly choices: readonly { readonly text: string; readonly holds: string }[];
  readonly goal: string;
  readonly hint: string;
  readonly explain: string;
  readonly source: string;
}

/** A lesson that is being made. */
export interface LessonDraft {
  readonly title: string;
  readonly about: string;
  readonly generation: LessonBody['generation'];
  readonly script: string;
  readonly lines: readonly Sketch[];
}

/** Lines that are offered. */
const MOST = 40;

/** The draft that the lab's session offers. Lines that are left out are not in it. */
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
          { text: 'It succeeds', holds: 'not fails' },
          { text: 'It fails', holds: 'fails' },
        ]
      : [
          { text: 'It succeeds', holds: 'not fails' },
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

/** The lesson that a draft says. Lines that go with the next one are run by its step. */
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

/** The title as an id, for instance `what-is-cached`. */
function idOf(title: string): string {
  const id = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return id === '' ? 'lesson' : id;
}

// The lesson editor. The script up to the cursor is the lesson's starting script; the author writes a step for each later
// line. Problems appear while the author types, and the browser keeps the draft.

import { useEffect, useMemo, useRef, useState } from 'react';
import type { Problem } from '../../../../base/result.ts';
import { printLesson, readLesson } from '../../../../lessons/file.ts';
import { draftOf, type LessonDraft, lessonOf, type Sketch } from '../../../../lessons/make.ts';
import { currentSession } from '../../../../session/history.ts';
import { problemText } from '../../../../text/problem.ts';
import { replayOf } from '../../../store/derived.ts';
import { labSlice } from '../../../store/lab.ts';
import { lessonSlice } from '../../../store/lesson.ts';
import { openLesson } from '../learning.ts';
import { forgetDraft, keepDraft, keptDraft } from '../lessonDraft.ts';
import { copyLessonLink, saveLesson } from '../lessonFiles.ts';
import { SketchForm } from './SketchForm.tsx';
import { TextField } from './TextField.tsx';
import '../../../ui/overlays.css';
import type { App } from '../../../store/app.ts';
import { useApp } from '../../../store/appContext.ts';
import './maker.css';

const SHOWN = 6;

function draftFromLab(app: App): LessonDraft {
  const session = currentSession(app.get(labSlice).history);
  return draftOf(session, replayOf(app, session));
}

export function LessonMaker() {
  const app = useApp();
  const ref = useRef<HTMLDialogElement>(null);
  const [draft, setDraft] = useState(() => keptDraft(app) ?? draftFromLab(app));
  const isEdited = useRef(false);
  useEffect(() => {
    if (isEdited.current) keepDraft(app, draft);
  }, [app, draft]);
  const read = useMemo(() => readLesson(printLesson(lessonOf(draft))), [draft]);
  useEffect(() => {
    if (ref.current?.open === false) ref.current.showModal();
  }, []);
  const change = (part: Partial<LessonDraft>) => {
    isEdited.current = true;
    setDraft((now) => ({ ...now, ...part }));
  };
  const changeLine = (at: number, part: Partial<Sketch>) =>
    change({ lines: draft.lines.map((line, other) => (other === at ? { ...line, ...part } : line)) });
  const startFromLab = () => {
    isEdited.current = false;
    forgetDraft(app);
    setDraft(draftFromLab(app));
  };
  const problems = read.ok ? [] : read.problems;
  return (
    <dialog
      ref={ref}
      className="overlay maker"
      aria-label="Make a lesson"
      onClose={() => app.set(lessonSlice, { making: false })}
    >
      <header>
        <h2>Make a lesson</h2>
        <span className="cluster gap-8">
          <button type="button" onClick={startFromLab}>
            Discard draft and start from the lab
          </button>
          <button type="button" onClick={() => ref.current?.close()}>
            Close and keep draft
          </button>
        </span>
      </header>
      <div className="maker-body stack gap-8 scroll low" role="group" aria-label="The lesson" tabIndex={0}>
        <TextField label="Title" value={draft.title} onChange={(title) => change({ title })} />
        <TextField label="Learning goal" value={draft.about} onChange={(about) => change({ about })} />
        <p>Starting script, the lab’s script up to the cursor:</p>
        <pre>{draft.script}</pre>
        {draft.lines.length === 0 ? (
          <p>
            The lab’s script has no line after the cursor. Close the editor, move the cursor to the line where
            the lesson begins, and open the editor again.
          </p>
        ) : (
          draft.lines.map((line, at) => (
            <SketchForm
              // biome-ignore lint/suspicious/noArrayIndexKey: lines neither move nor go
              key={at}
              number={at + 1}
              line={line}
              last={at === draft.lines.length - 1}
              onChange={(part) => changeLine(at, part)}
            />
          ))
        )}
      </div>
      <footer>
        <div role="status" className="maker-problems aside scroll">
          {problems.length === 0 ? (
            <p>The lesson is valid.</p>
          ) : (
            <ul>
              {problems.slice(0, SHOWN).map((problem) => (
                <li key={problemText(problem)}>{problemWords(problem)}</li>
              ))}
              {problems.length > SHOWN && <li>… {problems.length - SHOWN} more</li>}
            </ul>
          )}
        </div>
        <button type="button" disabled={!read.ok} onClick={() => read.ok && openLesson(app, read.value)}>
          Try it
        </button>
        <button
          type="button"
          disabled={!read.ok}
          onClick={() => read.ok && void copyLessonLink(app, read.value)}
        >
          Copy link to this lesson
        </button>
        <button
          type="button"
          className="primary"
          disabled={!read.ok}
          onClick={() => read.ok && saveLesson(app, read.value)}
        >
          Save as file
        </button>
      </footer>
    </dialog>
  );
}

/** The labels of the fields of a lesson. */
const FIELDS: Readonly<Record<string, string>> = {
  title: 'Title',
  about: 'Learning goal',
  script: 'Starting script',
  steps: 'Steps',
  ask: 'Question',
  goal: 'Goal',
  hint: 'Hint',
  explain: 'Explanation',
  source: 'Source',
  choices: 'Answers',
};

/** Returns a problem with the labels of the form: `Step 1, Question: empty; enter some text`. */
function problemWords(problem: Problem): string {
  const [head, step, ...rest] = (problem.at.path ?? '').split('.');
  const field = head === 'steps' && step !== undefined ? (rest[0] ?? '') : (head ?? '');
  const name = rest[1] === undefined ? (FIELDS[field] ?? field) : `Answer ${Number(rest[1]) + 1}`;
  const place =
    head === 'steps' && step !== undefined
      ? `Step ${Number(step) + 1}${name === '' ? '' : `, ${name}`}`
      : name;
  if (problem.found === '""') return `${place}: empty; enter some text`;
  const column = problem.at.column === undefined ? '' : ` (column ${problem.at.column})`;
  return `${place}${column}: expected ${problem.expected}, found ${problem.found}`;
}

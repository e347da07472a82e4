// Making a lesson from the lab: the script up to the cursor is its beginning, the author says what is asked of each line
// behind it. What is wrong is told while it is written.

import { useEffect, useMemo, useRef, useState } from 'react';
import { type Problem, problemText } from '../../../base/result.ts';
import { printLesson, readLesson } from '../../../lessons/file.ts';
import { draftOf, type LessonDraft, lessonOf, type Sketch } from '../../../lessons/make.ts';
import { currentSession } from '../../../session/history.ts';
import { replayOf } from '../../state/derived.ts';
import { useLab } from '../../state/lab.ts';
import { openLesson } from '../../state/learning.ts';
import { useLesson } from '../../state/lesson.ts';
import { copyLessonLink, saveLesson } from '../../state/lessonFiles.ts';
import { SketchForm } from './SketchForm.tsx';
import { TextField } from './TextField.tsx';
import '../../commands/overlays.css';
import './maker.css';

const SHOWN = 6;

function firstDraft(): LessonDraft {
  const session = currentSession(useLab.getState().history);
  return draftOf(session, replayOf(session));
}

/** The dialog. */
export function LessonMaker() {
  const ref = useRef<HTMLDialogElement>(null);
  const [draft, setDraft] = useState(firstDraft);
  const read = useMemo(() => readLesson(printLesson(lessonOf(draft))), [draft]);
  useEffect(() => {
    if (ref.current?.open === false) ref.current.showModal();
  }, []);
  const change = (part: Partial<LessonDraft>) => setDraft((now) => ({ ...now, ...part }));
  const changeLine = (at: number, part: Partial<Sketch>) =>
    setDraft((now) => ({
      ...now,
      lines: now.lines.map((line, other) => (other === at ? { ...line, ...part } : line)),
    }));
  const problems = read.ok ? [] : read.problems;
  return (
    <dialog
      ref={ref}
      className="overlay maker"
      aria-label="Make a lesson"
      onClose={() => useLesson.setState({ making: false })}
    >
      <header>
        <h2>Make a lesson</h2>
        <button type="button" onClick={() => ref.current?.close()}>
          Close
        </button>
      </header>
      <div className="maker-body" role="group" aria-label="The lesson" tabIndex={0}>
        <TextField label="Title" value={draft.title} onChange={(title) => change({ title })} />
        <TextField
          label="What one knows afterwards"
          value={draft.about}
          onChange={(about) => change({ about })}
        />
        <p>The script up to the cursor is how the lesson begins:</p>
        <pre>{draft.script}</pre>
        {draft.lines.length === 0 ? (
          <p>There is no line behind the cursor. Go back in the script to where the lesson shall begin.</p>
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
        <div role="status" className="maker-problems">
          {problems.length === 0 ? (
            <p>The lesson can be taken.</p>
          ) : (
            <ul>
              {problems.slice(0, SHOWN).map((problem) => (
                <li key={problemText(problem)}>{problemWords(problem)}</li>
              ))}
              {problems.length > SHOWN && <li>… {problems.length - SHOWN} more</li>}
            </ul>
          )}
        </div>
        <button type="button" disabled={!read.ok} onClick={() => read.ok && openLesson(read.value)}>
          Try it
        </button>
        <button type="button" disabled={!read.ok} onClick={() => read.ok && void copyLessonLink(read.value)}>
          Copy link
        </button>
        <button
          type="button"
          className="primary"
          disabled={!read.ok}
          onClick={() => read.ok && saveLesson(read.value)}
        >
          Save as file
        </button>
      </footer>
    </dialog>
  );
}

/** What the form calls the fields of a lesson. */
const FIELDS: Readonly<Record<string, string>> = {
  title: 'Title',
  about: 'What one knows afterwards',
  script: 'The script',
  steps: 'The steps',
  ask: 'Question',
  goal: 'Goal',
  hint: 'Hint',
  explain: 'Explanation',
  source: 'Source',
  choices: 'Answers',
};

/** A problem in the words of the form: `Step 1, Question: is empty`. */
function problemWords(problem: Problem): string {
  const [head, step, ...rest] = (problem.at.path ?? '').split('.');
  const field = head === 'steps' && step !== undefined ? (rest[0] ?? '') : (head ?? '');
  const name = rest[1] === undefined ? (FIELDS[field] ?? field) : `Answer ${Number(rest[1]) + 1}`;
  const place =
    head === 'steps' && step !== undefined
      ? `Step ${Number(step) + 1}${name === '' ? '' : `, ${name}`}`
      : name;
  if (problem.found === '""') return `${place}: is empty`;
  const column = problem.at.column === undefined ? '' : ` (column ${problem.at.column})`;
  return `${place}${column}: expected ${problem.expected}, found ${problem.found}`;
}

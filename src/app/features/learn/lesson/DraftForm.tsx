// One draft in the lesson editor: its fields, and its problems as links to the fields.

import { useEffect, useMemo, useRef } from 'react';
import { printLesson, readLesson } from '../../../../lessons/file.ts';
import { liveSteps } from '../../../../lessons/live.ts';
import {
  blankSketch,
  type LessonDraft,
  lessonOf,
  type Sketch,
  stepNumbers,
} from '../../../../lessons/make.ts';
import { useApp } from '../../../store/appContext.ts';
import { PredicateGuide } from '../../../ui/PredicateGuide.tsx';
import { keepDraft } from '../drafts.ts';
import { copyLessonLink, saveLesson } from '../lessonFiles.ts';
import { previewDraft } from '../making.ts';
import { AboutFields } from './AboutFields.tsx';
import { focusField, placedProblem } from './makerProblems.ts';
import { SketchForm } from './SketchForm.tsx';

/** Problems that the foot lists. */
const SHOWN = 6;

interface DraftFormProps {
  readonly id: string;
  readonly draft: LessonDraft;
}

export function DraftForm({ id, draft }: DraftFormProps) {
  const app = useApp();
  const body = useRef<HTMLDivElement>(null);
  // the button in the list that has opened the draft has disappeared
  useEffect(() => {
    body.current?.focus();
  }, []);
  const read = useMemo(() => readLesson(printLesson(lessonOf(draft))), [draft]);
  const live = useMemo(() => liveSteps(draft), [draft]);
  const numbers = useMemo(() => stepNumbers(draft.lines), [draft.lines]);
  const { lines } = draft;
  const change = (part: Partial<LessonDraft>) => keepDraft(app, id, { ...draft, ...part });
  const changeLine = (at: number, part: Partial<Sketch>) =>
    change({ lines: lines.map((line, other) => (other === at ? { ...line, ...part } : line)) });
  const problems = read.ok ? [] : read.problems.map((problem) => placedProblem(problem, draft));
  const lesson = read.ok ? read.value : null;
  return (
    <>
      <div
        ref={body}
        className="maker-body stack gap-8 scroll low"
        role="group"
        aria-label="The lesson"
        tabIndex={0}
      >
        <AboutFields draft={draft} onChange={change} />
        {lines.length === 0 && (
          <p>
            The lesson has no line after its starting script. Add one, or move the lab’s cursor to the line
            where the lesson begins and make a new draft from the lab.
          </p>
        )}
        {lines.map((line, at) => (
          <SketchForm
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
            key={at}
            at={at}
            step={numbers[at] ?? 0}
            line={line}
            last={at === lines.length - 1}
            live={live[numbers[at] ?? 0] ?? null}
            onChange={(part) => changeLine(at, part)}
            onRemove={() => change({ lines: lines.toSpliced(at, 1) })}
          />
        ))}
        <p>
          <button type="button" onClick={() => change({ lines: [...lines, blankSketch('', 'predict')] })}>
            Add a line
          </button>
        </p>
        <details>
          <summary>The words of predicates</summary>
          <PredicateGuide kernels={1} />
        </details>
      </div>
      <footer>
        <div role="status" className="maker-problems aside scroll">
          {problems.length === 0 ? (
            <p>The lesson is valid.</p>
          ) : (
            <ul>
              {problems.slice(0, SHOWN).map(({ text, field }) => (
                <li key={`${field} ${text}`}>
                  <button
                    type="button"
                    className="maker-problem"
                    onClick={() => focusField(body.current, field)}
                  >
                    {text}
                  </button>
                </li>
              ))}
              {problems.length > SHOWN && <li>… {problems.length - SHOWN} more</li>}
            </ul>
          )}
        </div>
        <button
          type="button"
          disabled={lesson === null}
          onClick={() => lesson !== null && previewDraft(app, id, draft, lesson)}
        >
          Preview as learner
        </button>
        <button
          type="button"
          disabled={lesson === null}
          onClick={() => lesson !== null && void copyLessonLink(app, lesson)}
        >
          Copy link to this lesson
        </button>
        <button
          type="button"
          className="primary"
          disabled={lesson === null}
          onClick={() => lesson !== null && saveLesson(app, lesson)}
        >
          Save as file
        </button>
      </footer>
    </>
  );
}

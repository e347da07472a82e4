// The presenter's notes of one step, with buttons that control the presentation.

import { useEffect, useState } from 'react';
import type { NotesAction, PresentedPart } from '../../../../../formats/lesson/notes.ts';
import { counted } from '../../../../../text/numbers.ts';
import './notes.css';

interface NotesViewProps {
  readonly part: PresentedPart;
  readonly onAction: (action: NotesAction) => void;
}

/** Milliseconds between two looks at the clock. */
const TICK = 5_000;

/** Returns the whole minutes since a moment. */
function useMinutes(since: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = window.setInterval(() => setNow(Date.now()), TICK);
    return () => window.clearInterval(timer);
  }, []);
  return Math.max(0, Math.floor((now - since) / 60_000));
}

/** The notes, the question, the right answer and the next step. */
export function NotesView({ part, onAction }: NotesViewProps) {
  const minutes = useMinutes(part.since);
  const { lesson, step, steps, kernel, ask, notes, answer, explain, next, revealed, isFirst, isEnd } = part;
  return (
    <div className="notes-view stack gap-12">
      <header className="cluster apart middle gap-8">
        <h2>
          {lesson} <span>{isEnd ? 'End' : `Step ${step} of ${steps}`}</span>
        </h2>
        <p>{counted(minutes, 'minute')} since the start</p>
      </header>
      <p className="notes-buttons cluster gap-8">
        <button type="button" disabled={isFirst} onClick={() => onAction('back')}>
          Back
        </button>
        <button
          type="button"
          className={revealed || isEnd ? undefined : 'primary'}
          disabled={revealed || isEnd}
          onClick={() => onAction('answer')}
        >
          Answer
        </button>
        <button
          type="button"
          className={revealed && !isEnd ? 'primary' : undefined}
          disabled={isEnd}
          onClick={() => onAction('next')}
        >
          Next
        </button>
      </p>
      {isEnd ? (
        <p>The screen shows the end of the lesson.</p>
      ) : (
        <>
          <section aria-label="Notes">
            <h3>{notes === '' ? 'Explanation (the step has no notes)' : 'Notes'}</h3>
            <p className="notes-text">{notes === '' ? explain : notes}</p>
          </section>
          <dl>
            <dt>Question</dt>
            <dd>{ask}</dd>
            <dt>Right answer, {revealed ? 'shown' : 'not shown yet'}</dt>
            <dd className="notes-text">{answer}</dd>
            {notes !== '' && (
              <>
                <dt>Explanation</dt>
                <dd>{explain}</dd>
              </>
            )}
            <dt>Kernel</dt>
            <dd>{kernel}</dd>
            <dt>Next step</dt>
            <dd>{next === '' ? 'None: the end of the lesson follows.' : next}</dd>
          </dl>
        </>
      )}
    </div>
  );
}

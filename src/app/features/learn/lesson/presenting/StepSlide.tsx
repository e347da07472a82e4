// A step in large type: the question with its lines, the answers as letters, and after the answer the explanation.

import { useMemo } from 'react';
import type { Predict } from '../../../../../lessons/lesson.ts';
import { letterOf } from '../../../../../lessons/presented.ts';
import { markOf, rightAnswer, stepOf, type Taking } from '../../../../../lessons/taking.ts';
import { Explained } from '../Explained.tsx';

export function StepSlide({ taking }: { readonly taking: Taking }) {
  const step = stepOf(taking);
  const { revealed, end } = markOf(taking);
  const right = useMemo(
    () => (step.kind === 'predict' && end !== null ? rightAnswer(step, end) : null),
    [step, end],
  );
  const lines = step.kind === 'predict' ? step.run.trim() : revealed ? step.solution.trim() : '';
  return (
    <div className="presenting-step tracks rigid" role="group" aria-label="The step">
      <div className="presenting-ask">
        <p>{step.ask}</p>
        {lines !== '' && <pre>{lines}</pre>}
      </div>
      {(step.kind === 'predict' || revealed) && (
        <div className="presenting-answer stack gap-12">
          {step.kind === 'predict' && <Answers step={step} revealed={revealed} right={right} />}
          {revealed && (
            <Explained step={step}>
              {step.kind === 'predict' && right === null && (
                <p>
                  No answer matches the result, because the step began in another state than the lesson
                  expects.
                </p>
              )}
            </Explained>
          )}
        </div>
      )}
    </div>
  );
}

interface AnswersProps {
  readonly step: Predict;
  readonly revealed: boolean;
  /** The index of the right answer; null while it is hidden, and if none is right. */
  readonly right: number | null;
}

/** The answers with letters. The right one gets a frame, a tick and a word, and the others become smaller. */
function Answers({ step, revealed, right }: AnswersProps) {
  return (
    <ul className="presenting-answers stack" aria-label="Answers">
      {step.choices.map(({ text }, at) => {
        const isRight = revealed && at === right;
        const look = !revealed ? undefined : isRight ? 'right' : 'other';
        return (
          <li key={text} data-look={look}>
            <b className="presenting-letter">{letterOf(at)}</b>{' '}
            <span>
              {text}
              {isRight && <b> – correct ✓</b>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

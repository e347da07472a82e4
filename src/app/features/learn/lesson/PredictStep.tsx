// A prediction step: the choices, the lines to run, and the result.

import { useId } from 'react';
import type { Predict } from '../../../../lessons/lesson.ts';
import type { Mark } from '../../../../lessons/taking.ts';
import { useApp } from '../../../store/appContext.ts';
import { chooseAnswer, runStep } from '../learning.ts';
import { Explained } from './Explained.tsx';

interface PredictStepProps {
  readonly step: Predict;
  readonly mark: Mark;
  /** Index of the right choice; null before the lines have run, or if no choice is right. */
  readonly right: number | null;
}

export function PredictStep({ step, mark, right }: PredictStepProps) {
  const app = useApp();
  const name = useId();
  const { chosen, revealed } = mark;
  return (
    <>
      <div className="lesson-ask">
        <p>{step.ask}</p>
        <pre>{step.run.trim()}</pre>
      </div>
      <div className="lesson-answer stack gap-4">
        <fieldset className="lesson-choices" disabled={revealed}>
          <legend>What will happen?</legend>
          {step.choices.map(({ text }, at) => (
            <label key={text} className={revealed && at === right ? 'right' : undefined}>
              <input
                type="radio"
                name={name}
                checked={chosen === at}
                onChange={() => chooseAnswer(app, at)}
              />
              <span>
                {text}
                {revealed && at === right && <b> – correct</b>}
                {revealed && at === chosen && at !== right && <b className="wrong"> – your answer</b>}
              </span>
            </label>
          ))}
        </fieldset>
        {!revealed && (
          <button type="button" className="primary" disabled={chosen === null} onClick={() => runStep(app)}>
            Run it
          </button>
        )}
        {revealed && (
          <Explained step={step}>
            <Verdict step={step} chosen={chosen} right={right} />
          </Explained>
        )}
      </div>
    </>
  );
}

function Verdict({
  step,
  chosen,
  right,
}: {
  readonly step: Predict;
  readonly chosen: number | null;
  readonly right: number | null;
}) {
  if (right === null)
    return (
      <p className="lesson-verdict">
        No answer matches the result, because the step began in another state than the lesson expects.
      </p>
    );
  if (chosen === null) return null;
  const text = step.choices[right]?.text ?? '';
  return chosen === right ? (
    <p className="lesson-verdict right">
      <b>Right.</b> {text}.
    </p>
  ) : (
    <p className="lesson-verdict wrong">
      <b>Wrong.</b> Correct: {text}.
    </p>
  );
}

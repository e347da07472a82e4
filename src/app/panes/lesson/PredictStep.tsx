// "What will happen?": choices, the lines that run, and then what happened.

import { useId } from 'react';
import type { Predict } from '../../../lessons/lesson.ts';
import type { Mark } from '../../../lessons/taking.ts';
import { chooseAnswer, runStep } from '../../state/learning.ts';
import { Explained } from './Explained.tsx';

/** What the step needs. */
interface PredictStepProps {
  readonly step: Predict;
  readonly mark: Mark;
  /** The choice that holds, counted from 0; null before the lines have run, or where none does. */
  readonly right: number | null;
  /** Nobody chooses: an audience thinks. */
  readonly presenting: boolean;
}

/** The step. */
export function PredictStep({ step, mark, right, presenting }: PredictStepProps) {
  const name = useId();
  const { chosen, revealed } = mark;
  return (
    <>
      <div className="lesson-ask">
        <p>{step.ask}</p>
        <pre>{step.run.trim()}</pre>
      </div>
      <div className="lesson-answer">
        {presenting ? (
          <ul className="lesson-choices">
            {step.choices.map(({ text }, at) => (
              <li key={text} className={revealed && at === right ? 'right' : undefined}>
                {text}
                {revealed && at === right && <b> happened</b>}
              </li>
            ))}
          </ul>
        ) : (
          <fieldset className="lesson-choices" disabled={revealed}>
            <legend>What will happen?</legend>
            {step.choices.map(({ text }, at) => (
              <label key={text} className={revealed && at === right ? 'right' : undefined}>
                <input type="radio" name={name} checked={chosen === at} onChange={() => chooseAnswer(at)} />
                <span>
                  {text}
                  {revealed && at === right && <b> happened</b>}
                  {revealed && at === chosen && at !== right && <b className="wrong"> your answer</b>}
                </span>
              </label>
            ))}
          </fieldset>
        )}
        {!revealed && !presenting && (
          <button type="button" className="primary" disabled={chosen === null} onClick={runStep}>
            Run it
          </button>
        )}
        {revealed && <Verdict step={step} chosen={presenting ? null : chosen} right={right} />}
        {revealed && <Explained step={step} />}
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
        None of the answers is the one that holds: the step did not begin as the lesson expects.
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
      <b>Wrong.</b> What happened: {text}.
    </p>
  );
}

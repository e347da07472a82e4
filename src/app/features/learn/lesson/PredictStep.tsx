// A prediction step: the choices, the lines to run, and the result.

import { type RefObject, useEffect, useId, useRef } from 'react';
import { letterOf } from '../../../../lessons/answers.ts';
import type { Predict } from '../../../../lessons/lesson.ts';
import type { Mark } from '../../../../lessons/taking.ts';
import type { App } from '../../../store/app.ts';
import { useApp } from '../../../store/appContext.ts';
import { composeSlice } from '../../../store/compose.ts';
import { chooseAnswer, runStep } from '../learning.ts';
import { Explained } from './Explained.tsx';

interface PredictStepProps {
  readonly step: Predict;
  readonly mark: Mark;
  /** Index of the right choice; null before the lines have run, or if no choice is right. */
  readonly right: number | null;
}

/** A letter without a modifier chooses its answer while the focus is in the step. */
function useLetters(app: App, choices: RefObject<HTMLFieldSetElement | null>): void {
  useEffect(() => {
    const step = choices.current?.closest('.lesson-body');
    if (!(step instanceof HTMLElement)) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, altKey, ctrlKey, metaKey } = event;
      if (altKey || ctrlKey || metaKey || !app.get(composeSlice).letters) return;
      const inputs = [...(choices.current?.querySelectorAll('input:enabled') ?? [])];
      const input = inputs.find((_, at) => letterOf(at) === key.toUpperCase());
      if (!(input instanceof HTMLInputElement)) return;
      // the page has other commands with these letters
      event.preventDefault();
      input.focus();
      input.click();
    };
    step.addEventListener('keydown', onKeyDown);
    return () => step.removeEventListener('keydown', onKeyDown);
  }, [app, choices]);
}

/** The letter of an answer and its text. */
function Answer({ at, text }: { readonly at: number; readonly text: string }) {
  return (
    <>
      <b className="lesson-letter">{letterOf(at)}</b> {text}
    </>
  );
}

export function PredictStep({ step, mark, right }: PredictStepProps) {
  const app = useApp();
  const name = useId();
  const choices = useRef<HTMLFieldSetElement>(null);
  useLetters(app, choices);
  const { chosen, revealed } = mark;
  return (
    <>
      <div className="lesson-ask">
        <p>{step.ask}</p>
        <pre>{step.run.trim()}</pre>
      </div>
      <div className="lesson-answer stack gap-4">
        <fieldset ref={choices} className="lesson-choices" disabled={revealed}>
          <legend>What will happen?</legend>
          {step.choices.map(({ text }, at) => (
            <label key={text} className={revealed && at === right ? 'right' : undefined}>
              <input
                type="radio"
                name={name}
                checked={chosen === at}
                aria-keyshortcuts={letterOf(at)}
                onChange={() => chooseAnswer(app, at)}
              />
              <span>
                <Answer at={at} text={text} />
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
  if (chosen === right)
    return (
      <p className="lesson-verdict right">
        <b>Right.</b> {text}.
      </p>
    );
  return (
    <>
      <p className="lesson-verdict wrong">
        <b>Not quite.</b> {step.choices[chosen]?.feedback}
      </p>
      <p>
        <b>Right answer:</b> <Answer at={right} text={text} />.
      </p>
    </>
  );
}

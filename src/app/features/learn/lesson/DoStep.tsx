// A goal step. Every change of the script checks the goal.

import { useRef } from 'react';
import { PLACES } from '../../../../formats/lesson/places.ts';
import type { Do } from '../../../../lessons/lesson.ts';
import type { Mark } from '../../../../lessons/taking.ts';
import { counted } from '../../../../text/numbers.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { isAssignment, lessonSlice } from '../../../store/lesson.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';
import { runStep, showHint } from '../learning.ts';
import { Explained } from './Explained.tsx';
import { useTakeLostFocus } from './useTakeLostFocus.ts';

interface DoStepProps {
  readonly step: Do;
  readonly mark: Mark;
  /** Number of lines that the person has added; null if the beginning of the step has changed. */
  readonly used: number | null;
  /** The parts of the goal that are false after the last line, in words; null before a try. */
  readonly missing: string | null;
}

export function DoStep({ step, mark, used, missing }: DoStepProps) {
  const app = useApp();
  const withoutSolution = useSlice(lessonSlice, isAssignment);
  const { revealed, hinted, helped } = mark;
  return (
    <>
      <div className="lesson-ask">
        <p>{step.ask}</p>
        <Standing step={step} mark={mark} used={used} />
        {!revealed && (
          <>
            <p className="small">Act here: {placeOf(step)}, outlined in the lab.</p>
            {/* always there, so that a screen reader tells its changes */}
            <p aria-live="polite">
              {missing !== null && (
                <>
                  <b>Still missing:</b> {missing}.
                </>
              )}
            </p>
          </>
        )}
      </div>
      <div className="lesson-answer stack gap-4">
        {hinted && !revealed && <Hint text={step.hint} />}
        {!revealed && (
          <p className="flex gap-8">
            {step.hint !== '' && !hinted && (
              <button type="button" onClick={() => showHint(app)}>
                Hint
              </button>
            )}
            {!withoutSolution && (
              <button type="button" onClick={() => runStep(app)}>
                Show solution
              </button>
            )}
            {used !== 0 && <CommandButton id="time.undo">Undo</CommandButton>}
          </p>
        )}
        {revealed && (
          <Explained step={step}>
            <p className={`lesson-verdict ${helped ? '' : 'right'}`}>
              <b>{helped ? 'The solution has run.' : 'Goal reached.'}</b>
            </p>
          </Explained>
        )}
      </div>
    </>
  );
}

function placeOf({ where = 'composer' }: Do): string {
  return PLACES.find(({ id }) => id === where)?.word ?? '';
}

function Hint({ text }: { readonly text: string }) {
  const ref = useRef<HTMLParagraphElement>(null);
  useTakeLostFocus(ref);
  return (
    <p ref={ref} tabIndex={-1} className="lesson-hint">
      Hint: {text}
    </p>
  );
}

function Standing({ step, mark, used }: Pick<DoStepProps, 'step' | 'mark' | 'used'>) {
  const lines =
    used === null
      ? 'lines are not counted: the beginning of the step has changed'
      : `${counted(used, 'line')} so far`;
  return (
    <p className="small">
      {mark.revealed ? 'Reached' : 'Not reached yet'} · {lines}
      {mark.used !== null && ` · your best: ${mark.used}`}
      {step.best !== undefined && ` · shortest: ${counted(step.best, 'ioctl')}, proven by search`}
    </p>
  );
}

// "Reach this": the goal is looked at after every change of the script, however it was made.

import type { Do } from '../../../lessons/lesson.ts';
import type { Mark } from '../../../lessons/taking.ts';
import { counted } from '../../../views/words/numbers.ts';
import { runStep, showHint } from '../../state/learning.ts';
import { Explained } from './Explained.tsx';

/** What the step needs. */
interface DoStepProps {
  readonly step: Do;
  readonly mark: Mark;
  /** Lines that the person has added; null where the step's own beginning was changed. */
  readonly used: number | null;
  readonly presenting: boolean;
}

/** The step. */
export function DoStep({ step, mark, used, presenting }: DoStepProps) {
  const { revealed, hinted, helped } = mark;
  return (
    <>
      <div className="lesson-ask">
        <p>{step.ask}</p>
        {!presenting && <Standing step={step} mark={mark} used={used} />}
        {presenting && revealed && <pre>{step.solution.trim()}</pre>}
      </div>
      <div className="lesson-answer">
        {hinted && !revealed && <p className="lesson-hint">Hint: {step.hint}</p>}
        {!revealed && !presenting && (
          <p className="lesson-buttons">
            {step.hint !== '' && !hinted && (
              <button type="button" onClick={showHint}>
                Hint
              </button>
            )}
            <button type="button" onClick={runStep}>
              Show solution
            </button>
          </p>
        )}
        {revealed && !presenting && (
          <p className={`lesson-verdict ${helped ? '' : 'right'}`}>
            <b>{helped ? 'This is the solution.' : 'Goal reached.'}</b>
          </p>
        )}
        {revealed && <Explained step={step} />}
      </div>
    </>
  );
}

function Standing({ step, mark, used }: Pick<DoStepProps, 'step' | 'mark' | 'used'>) {
  const lines =
    used === null
      ? 'The step’s own beginning was changed: lines are not counted'
      : `${counted(used, 'line')} so far`;
  return (
    <p className="lesson-standing">
      {mark.revealed ? 'Reached' : 'Not reached yet'} · {lines}
      {mark.used !== null && ` · your best: ${mark.used}`}
      {step.best !== undefined && ` · best: ${counted(step.best, 'ioctl')}, proven by search`}
    </p>
  );
}

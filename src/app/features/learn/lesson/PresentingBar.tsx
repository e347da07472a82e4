// The controls of a presentation for touch and mouse; the keys of a clicker do the same.

import { markOf, type Taking } from '../../../../lessons/taking.ts';
import { useApp } from '../../../store/appContext.ts';
import { present, setPresenting } from '../learning.ts';

/** Back, forward and end. */
export function PresentingBar({ taking }: { readonly taking: Taking }) {
  const app = useApp();
  const { revealed } = markOf(taking);
  const { at, lesson } = taking;
  const isAtEnd = revealed && at === lesson.steps.length - 1;
  return (
    <div className="lesson-presenting cluster gap-8" role="toolbar" aria-label="Presentation">
      <button type="button" disabled={at === 0 && !revealed} onClick={() => present(app, false)}>
        Back
      </button>
      <button type="button" className="primary" disabled={isAtEnd} onClick={() => present(app, true)}>
        {revealed ? 'Next question' : 'Show answer'}
      </button>
      <button type="button" onClick={() => setPresenting(app, false)}>
        End presentation
      </button>
    </div>
  );
}

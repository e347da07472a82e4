// Going through time: over lines, and into a line through its kernel calls.

import { canRedo, canUndo } from '../../../session/history.ts';
import { framesOf } from '../../../session/replay.ts';
import { kernelSteps } from '../../../session/steps.ts';
import { go, redoEdit, undoEdit, useLab, useSession } from '../../state/lab.ts';
import { useReplay } from '../../state/useMoment.ts';

/** The transport buttons with the position. */
export function Transport() {
  const { cursor, script } = useSession();
  const replayed = useReplay();
  const history = useLab((state) => state.history);
  const steps = kernelSteps(framesOf(replayed, cursor.line)).length;
  const inside = cursor.step !== null;
  const atStart = cursor.line === 0;
  const atEnd = cursor.line === script.length && !inside;
  return (
    <div className="transport">
      <button
        type="button"
        aria-label="First line"
        title="First (Home)"
        disabled={atStart}
        onClick={() => go('first')}
      >
        <Arrow d="M3 3v8M11 3 5 7l6 4Z" />
      </button>
      <button
        type="button"
        aria-label="Previous"
        title="Previous (←)"
        disabled={atStart}
        onClick={() => go('previous')}
      >
        <Arrow d="M10 3 4 7l6 4Z" />
      </button>
      <button type="button" aria-label="Next" title="Next (→)" disabled={atEnd} onClick={() => go('next')}>
        <Arrow d="m4 3 6 4-6 4Z" />
      </button>
      <button
        type="button"
        aria-label="Last line"
        title="Last (End)"
        disabled={atEnd}
        onClick={() => go('last')}
      >
        <Arrow d="M11 3v8M3 3l6 4-6 4Z" />
      </button>
      {inside ? (
        <button type="button" title="Step out (↑)" onClick={() => go('out')}>
          Step out ↑
        </button>
      ) : (
        <button type="button" title="Step into (↓)" disabled={steps === 0} onClick={() => go('into')}>
          Step into ↓
        </button>
      )}
      <span className="position">
        line {cursor.line} / {script.length}
        {inside && ` · call ${(cursor.step ?? 0) + 1} / ${steps}`}
      </span>
      <button type="button" disabled={!canUndo(history)} title="Undo (Ctrl Z)" onClick={undoEdit}>
        Undo
      </button>
      <button type="button" disabled={!canRedo(history)} title="Redo (Ctrl Shift Z)" onClick={redoEdit}>
        Redo
      </button>
    </div>
  );
}

function Arrow({ d }: { readonly d: string }) {
  return (
    <svg width="14" height="14" aria-hidden="true">
      <path d={d} fill="currentColor" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  );
}

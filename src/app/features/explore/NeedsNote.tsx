// A note below the question: the choices that came with it, or the choices without which it cannot happen.

import { useMemo } from 'react';
import { changeText } from '../../../views/explore/parts.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { lackOf } from './needs.ts';
import { addNeeds, exploreSlice, undoAdded } from './store.ts';

/** The note; empty while all needs of the question are met. */
export function NeedsNote() {
  const app = useApp();
  const setup = useSlice(exploreSlice, (state) => state.setup);
  const added = useSlice(exploreSlice, (state) => state.added);
  const lack = useMemo(() => lackOf(setup), [setup]);
  if (lack !== null) {
    const { missing, change } = lack;
    return (
      <div className="explore-needs cluster middle small" data-lacking="true" role="status">
        <p>
          <i aria-hidden="true">⊘</i> Cannot happen with these operations: {missing}.
        </p>
        {change === null ? (
          <p>No choice on this page adds it.</p>
        ) : (
          <button type="button" onClick={() => addNeeds(app)}>
            Add: {changeText(change, setup)}
          </button>
        )}
      </div>
    );
  }
  if (added === null) return null;
  return (
    <div className="explore-needs cluster middle small" role="status">
      <p>Added for this question: {added.text}.</p>
      <button type="button" onClick={() => undoAdded(app)}>
        Undo
      </button>
    </div>
  );
}

// The mark of a line behind which the last edit has left another state.

import { useMemo } from 'react';
import { type Changes, stateChange } from '../../../views/script/changes.ts';

/** What the mark needs. */
interface StateMarkProps {
  readonly changes: Changes;
  readonly line: number;
}

/** The mark, where the state is another. */
export function StateMark({ changes, line }: StateMarkProps) {
  const state = useMemo(() => stateChange(changes, line), [changes, line]);
  return state === null ? null : (
    <span className="state-mark" title={`State changed: ${state}`}>
      state changed
    </span>
  );
}

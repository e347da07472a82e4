// The mark of a line whose state differs since the last edit.

import { useMemo } from 'react';
import { type Changes, stateChange } from '../../../views/script/changes.ts';

interface StateMarkProps {
  readonly changes: Changes;
  readonly line: number;
}

/** Draws the mark if the state differs. */
export function StateMark({ changes, line }: StateMarkProps) {
  const state = useMemo(() => stateChange(changes, line), [changes, line]);
  return state === null ? null : (
    <span className="state-mark" title={`State changed: ${state}`}>
      state changed
    </span>
  );
}

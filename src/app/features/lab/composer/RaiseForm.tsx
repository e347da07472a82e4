// The device's own interrupt, one click away: nearly every script raises one after an ioctl.

import { memo } from 'react';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { commandById } from '../../../store/commands.ts';
import { compose, composeSlice } from '../../../store/compose.ts';

/** The button with the number of the vector. */
export const RaiseForm = memo(function RaiseForm() {
  const app = useApp();
  const vector = useSlice(composeSlice, (state) => state.vector);
  return (
    <form
      className="raise bar gap-4 rigid"
      onSubmit={(event) => {
        event.preventDefault();
        commandById(app, 'op.raise').run(app);
      }}
    >
      <button type="submit" title="The device raises this vector (R)">
        raise
      </button>
      <input
        className="raise-vector"
        aria-label="Vector to raise"
        inputMode="numeric"
        value={vector}
        onChange={(event) => compose(app, { vector: event.target.value })}
      />
    </form>
  );
});

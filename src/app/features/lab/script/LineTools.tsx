// The buttons of the script pane.

import { keyText } from '../../../../views/commands/keys.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { useSession } from '../../../store/lab.ts';
import { lineCommands } from './lineActions.ts';
import { selectionSlice } from './selection.ts';

/** The commands for the current line or the selected lines. */
export function LineTools() {
  const app = useApp();
  const session = useSession();
  useSlice(selectionSlice);
  return (
    <div className="tools" role="group" aria-label="Line">
      {lineCommands(app, session)
        .filter(({ shown }) => shown)
        .map(({ id, label, name, key, off, run }) => (
          <button
            key={id}
            type="button"
            disabled={off}
            title={`${name} (${keyText(key)})`}
            aria-label={name}
            onClick={run}
          >
            {label}
          </button>
        ))}
    </div>
  );
}

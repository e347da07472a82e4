// The commands of the call pane.

import { currentSession } from '../../../../session/history.ts';
import { framesOf } from '../../../../session/replay.ts';
import type { Command } from '../../../store/commands.ts';
import { replayOf } from '../../../store/derived.ts';
import { labSlice } from '../../../store/lab.ts';
import { viewSlice } from '../../../store/view.ts';
import { copyCalls } from './copyCalls.ts';

/** The commands that only the palette offers. */
export const CALLS: readonly Command[] = [
  {
    id: 'calls.copy',
    section: 'Script',
    title: 'Copy the kernel calls of the line as text',
    enabled: (app) => {
      const session = currentSession(app.get(labSlice).history);
      return (
        app.get(viewSlice).view === 'lab' && framesOf(replayOf(app, session), session.cursor.line).length > 0
      );
    },
    run: (app) => void copyCalls(app),
  },
];

// Opens imported and generated scripts.

import { grouped } from '../../base/grouped.ts';
import { withScript } from '../../session/deviceSpec.ts';
import type { Script } from '../../session/script.ts';
import { START } from '../../session/session.ts';
import { type Workload, workload } from '../../session/workload.ts';
import { counted } from '../../text/numbers.ts';
import type { App } from './app.ts';
import { edit, labSlice } from './lab.ts';

/** Opens a script as the session, as an edit that can be undone. */
export function openScript(app: App, name: string, script: Script): void {
  const lines = counted(script.lines.length, 'line');
  app.set(labSlice, { opened: null, recordingFile: null, problem: null });
  edit(app, `open ${name}`, (now) => withScript(now, { cursor: START, ...script }));
  app.set(labSlice, { announcement: `${name} opened, ${lines}.` });
}

/** Opens a generated script. */
export function openWorkload(app: App, asked: Workload): void {
  openScript(app, `workload ${grouped(asked.lines)}`, workload(asked));
}

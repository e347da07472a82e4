// Opening a script that was read, or a generated one.

import { withScript } from '../../session/deviceSpec.ts';
import type { Script } from '../../session/script.ts';
import { START } from '../../session/session.ts';
import { type Workload, workload } from '../../session/workload.ts';
import { counted } from '../../views/words/numbers.ts';
import { edit, useLab } from './lab.ts';

/** Makes a script the session; undo takes it back. */
export function openScript(name: string, script: Script): void {
  const lines = counted(script.lines.length, 'line');
  useLab.setState({ opened: null, recordingFile: null, problem: null });
  edit(`open ${name}`, (now) => withScript(now, { cursor: START, ...script }));
  useLab.setState({ announcement: `${name} opened, ${lines}.` });
}

/** Opens a generated script. */
export function openWorkload(asked: Workload): void {
  openScript(`workload ${asked.lines.toLocaleString('en')}`, workload(asked));
}

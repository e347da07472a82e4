// Copies the calls of the current line.

import { shortLine } from '../../../../formats/shortLine.ts';
import { currentSession } from '../../../../session/history.ts';
import { framesOf, runAt } from '../../../../session/replay.ts';
import { kernelSteps } from '../../../../session/steps.ts';
import { counted } from '../../../../text/numbers.ts';
import { callText } from '../../../../views/trace/callText.ts';
import type { App } from '../../../store/app.ts';
import { replayOf } from '../../../store/derived.ts';
import { labSlice, showProblem } from '../../../store/lab.ts';
import { foldedSlice, listedCalls } from './calls.ts';

/** Copies the listed calls as text; nothing for a line without calls. */
export async function copyCalls(app: App): Promise<void> {
  const session = currentSession(app.get(labSlice).history);
  const { line, step } = session.cursor;
  const entry = session.script[line - 1];
  const replayed = replayOf(app, session);
  const frames = framesOf(replayed, line);
  if (entry === undefined || frames.length === 0) return;
  const run = runAt(replayed, line);
  const at = step === null ? null : (kernelSteps(frames)[step] ?? null);
  const calls = listedCalls(frames, run, app.get(foldedSlice).folded, at);
  const head = `script line ${line}: ${shortLine(entry.line.op, run)}`;
  if (await app.services.copyText(callText(head, calls, frames)))
    app.set(labSlice, { announcement: `Copied ${counted(calls.length, 'call')} of line ${line} as text.` });
  else
    showProblem(app, {
      title: 'The browser blocks copying.',
      details: ['The text of a call can be selected with the mouse.'],
    });
}

// A found script as sessions: parsed from notation as any text is, and replayed by the model.

import { ok, type Result } from '../../../base/result.ts';
import { parseScript } from '../../../formats/notation/parse.ts';
import type { GenerationId } from '../../../kernel/generations/generation.ts';
import { kernelLane } from '../../../session/lanes.ts';
import { type Replay, replayWhole } from '../../../session/replay.ts';
import type { SearchSetup } from '../../../session/search.ts';
import type { Session } from '../../../session/session.ts';
import { kernelsOf, sideSetup } from '../../../views/explore/problem.ts';
import type { App } from '../../store/app.ts';
import { openCompare } from '../../store/compare.ts';
import { edit, labSlice } from '../../store/lab.ts';
import { openView } from '../../store/view.ts';

/** The replay of a found script under one kernel, with the cursor on the last line, which contains the find. */
export interface FoundRun {
  readonly generation: GenerationId;
  readonly session: Session;
  readonly replayed: Replay;
}

/** Replays the script under every kernel of the search. */
export function foundRuns(setup: SearchSetup, text: string): Result<readonly FoundRun[]> {
  const kernels = kernelsOf(setup);
  if (!kernels.ok) return kernels;
  return ok(kernels.value.map((generation) => foundRun(setup, generation, text)));
}

/** Replays the script under one kernel. */
export function foundRun(setup: SearchSetup, generation: GenerationId, text: string): FoundRun {
  const { lines } = parseScript(text).script;
  const session: Session = {
    setup: sideSetup(setup, generation),
    generation,
    script: lines,
    cursor: { line: lines.length, step: null },
  };
  return { generation, session, replayed: replayWhole(session) };
}

/** Opens a session in the lab, as an edit of the present work. */
export function openInLab(app: App, session: Session, label: string): void {
  openView(app, 'lab');
  app.set(labSlice, { opened: null, recordingFile: null, problem: null });
  edit(app, label, () => session);
}

/** Opens a found script in Compare: one lane per kernel, each with its host, the cursor on the differing line. */
export function openFoundInCompare(app: App, runs: readonly FoundRun[]): void {
  const [first] = runs;
  if (first === undefined) return;
  app.set(labSlice, { opened: null, recordingFile: null, problem: null });
  openCompare(
    app,
    runs.map(({ generation }) => kernelLane(generation)),
    first.session,
  );
}

// A script that a search has found, as sessions: it is read from notation like any text, and run again by the model.

import { ok, type Result } from '../../../base/result.ts';
import { parseScript } from '../../../formats/notation/parse.ts';
import type { GenerationId } from '../../../kernel/generations/generation.ts';
import { kernelLane } from '../../../session/lanes.ts';
import { type Replay, replayWhole } from '../../../session/replay.ts';
import type { SearchSetup } from '../../../session/search.ts';
import type { Session } from '../../../session/session.ts';
import { openCompare } from '../compare.ts';
import { edit, useLab } from '../lab.ts';
import { openView } from '../view.ts';
import { kernelsOf, sideSetup } from './problem.ts';

/** One kernel's run of a found script; the cursor is on the last line, where it happens. */
export interface FoundRun {
  readonly generation: GenerationId;
  readonly session: Session;
  readonly replayed: Replay;
}

/** The script under every kernel of the search. */
export function foundRuns(setup: SearchSetup, text: string): Result<readonly FoundRun[]> {
  const kernels = kernelsOf(setup);
  if (!kernels.ok) return kernels;
  return ok(kernels.value.map((generation) => foundRun(setup, generation, text)));
}

/** The script under one kernel. */
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

/** Shows a session in the lab, as one more edit of the work that is there. */
export function openInLab(session: Session, label: string): void {
  openView('lab');
  useLab.setState({ opened: null, recordingFile: null, problem: null });
  edit(label, () => session);
}

/** Shows a find beside itself: one lane a kernel, each with its host, the cursor on the line in which they differ. */
export function openFoundInCompare(runs: readonly FoundRun[]): void {
  const [first] = runs;
  if (first === undefined) return;
  useLab.setState({ opened: null, recordingFile: null, problem: null });
  openCompare(
    runs.map(({ generation }) => kernelLane(generation)),
    first.session,
  );
}

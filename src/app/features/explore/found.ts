// A found script as sessions: parsed from notation as any text is, and replayed by the model.

import { grouped } from '../../../base/grouped.ts';
import { ok, type Result } from '../../../base/result.ts';
import { parseScript } from '../../../formats/notation/parse.ts';
import { printScript } from '../../../formats/notation/print.ts';
import type { GenerationId } from '../../../kernel/generations/generation.ts';
import { generation } from '../../../kernel/generations/index.ts';
import { scriptOf } from '../../../session/deviceSpec.ts';
import { kernelLane } from '../../../session/lanes.ts';
import { type Replay, replayWhole, runAt } from '../../../session/replay.ts';
import type { SearchSetup } from '../../../session/search.ts';
import type { Session } from '../../../session/session.ts';
import { kernelsOf, searchTitle, sideSetup } from '../../../views/explore/problem.ts';
import { verdictLine } from '../../../views/explore/verdict.ts';
import type { App } from '../../store/app.ts';
import { openCompare } from '../../store/compare.ts';
import { edit, labSlice } from '../../store/lab.ts';
import { openView } from '../../store/view.ts';
import type { SearchAnswer } from '../../workers/searchMessages.ts';

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

/**
 * Returns the answer of a search as text. A found script is in notation with its device, and each line has its result under each
 * kernel as a note, so the text reads back as a script. Every other answer is one line.
 */
export function answerText(setup: SearchSetup, answer: SearchAnswer): string {
  const line = verdictLine(answer, setup, searchTitle(setup));
  const runs = answer.script === null ? null : foundRuns(setup, answer.script);
  const first = runs?.ok ? runs.value[0] : undefined;
  if (!runs?.ok || first === undefined) return `${line}\n`;
  const script = scriptOf(first.session);
  const lines = script.lines.map((entry, at) => {
    const results = runs.value.map(
      ({ generation: id, replayed }) => `${generation(id).label}: ${resultText(runAt(replayed, at + 1))}`,
    );
    return { ...entry, note: results.join('; ') };
  });
  return `# ${line}\n# ${grouped(answer.states)} states searched; no shorter script does this\n${printScript({ ...script, lines })}`;
}

/** Returns the result of a line: a number, or an errno such as `-EBADF`. */
export function resultText(run: ReturnType<typeof runAt>): string {
  if (run === null) return '';
  return run.errno === null ? String(run.ret) : `-${run.errno}`;
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

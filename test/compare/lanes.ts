// Lanes for tests: a script in notation on several kernels, and the result of the comparison.

import { parseScript } from '../../src/formats/notation/parse.ts';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { generation } from '../../src/kernel/generations/index.ts';
import { line } from '../../src/kernel/line.ts';
import { kindsOf } from '../../src/session/differenceKinds.ts';
import { Divergence } from '../../src/session/divergence.ts';
import { type LaneRuns, modelRuns } from '../../src/session/laneRuns.ts';
import { kernelLane, type Lane, laneSession } from '../../src/session/lanes.ts';
import { replay } from '../../src/session/replay.ts';
import { scriptMachine } from '../../src/session/scriptMachine.ts';
import { type Session, START, scriptLine } from '../../src/session/session.ts';
import { problemText } from '../../src/text/problem.ts';

/** Descriptors 10 to 49 are open eventfds before the first line of a script. */
const OPEN = { from: 10, to: 49 };
/** The number of lines before the script's own. */
export const BEFORE = OPEN.to - OPEN.from + 1;

/** Returns a session from notation, on the merged driver. */
export function sessionOf(text: string): Session {
  const { script, problems } = parseScript(text);
  if (problems.length > 0) throw new Error(problems.map(problemText).join('\n'));
  const made = scriptMachine(script.device, generation('dynamic'));
  if (!made.ok) throw new Error(made.problems.map(problemText).join('\n'));
  const { device, host, pci } = made.value.machine;
  const opening = Array.from({ length: BEFORE }, (_, at) =>
    scriptLine(line({ op: 'eventfd', fd: OPEN.from + at, initval: 0n, semaphore: false })),
  );
  return {
    setup: { deviceName: script.device?.model ?? 'nvme', device, host, command: pci.command },
    generation: 'dynamic',
    script: [...opening, ...script.lines],
    cursor: START,
  };
}

/** Returns the runs of lanes of kernels. */
export function runsOf(lanes: readonly Lane[], session: Session): readonly LaneRuns[] {
  return lanes.map((lane) => {
    const own = laneSession(lane, session);
    if (own === null) throw new Error('a recording has no session');
    return modelRuns(replay(own));
  });
}

/** Returns the whole comparison of some generations over a script. */
export function compared(text: string, ...ids: readonly GenerationId[]): Divergence {
  const made = new Divergence(
    runsOf(
      ids.map((id) => kernelLane(id)),
      sessionOf(text),
    ),
  );
  while (made.advance(7));
  return made;
}

/** Returns the differing lines of the script with their kinds, for instance `2 return allocated`. */
export function said(divergence: Divergence): readonly string[] {
  return divergence.lines.map((at) => `${at - BEFORE} ${kindsOf(divergence.at(at)).join(' ')}`);
}

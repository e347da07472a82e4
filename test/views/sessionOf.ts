// A session from a script in the notation, for tests.
import { parseScript } from '../../src/formats/notation/parse.ts';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { type Replay, replay } from '../../src/session/replay.ts';
import { emptySession, type Session } from '../../src/session/session.ts';

/** Returns the session of a script with the cursor at its end. */
export function sessionOf(text: string, generation: GenerationId = 'dynamic', device = 'nvme'): Session {
  const parsed = parseScript(text);
  if (parsed.problems.length > 0) throw new Error(JSON.stringify(parsed.problems));
  const { lines } = parsed.script;
  return {
    ...emptySession(generation, device),
    script: lines,
    cursor: { line: lines.length, step: null },
  };
}

/** The replay of a script. */
export function replayOf(text: string, generation: GenerationId = 'dynamic', device = 'nvme'): Replay {
  return replay(sessionOf(text, generation, device));
}

/** The debate's case: three vectors attached, then vector 1 assigned to a closed descriptor. */
export const FAILED_ASSIGNMENT = `eventfd 100
eventfd 101
eventfd 102
set_irqs msix trigger eventfd 0 [100 101 102]
set_irqs msix trigger eventfd 1 [999]`;

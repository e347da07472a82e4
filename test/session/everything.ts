// All results of a replay, line by line, in comparable form.
import type { Run } from '../../src/kernel/frame.ts';
import { lineCount, machineAfter, type Replay, runAt } from '../../src/session/replay.ts';
import { plainMachine } from '../machine/plain.ts';

/** The machine after 0, 1, 2 … lines. */
export function everyMachine(replayed: Replay): readonly unknown[] {
  return Array.from({ length: lineCount(replayed) + 1 }, (_, line) =>
    plainMachine(machineAfter(replayed, line)),
  );
}

/** The run of every line. */
export function everyRun(replayed: Replay): readonly (Run | null)[] {
  return Array.from({ length: lineCount(replayed) }, (_, at) => runAt(replayed, at + 1));
}

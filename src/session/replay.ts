// What the model answers to a session: one run a line. A replay made after an edit takes over the runs of the common
// beginning; the kernel calls inside a line are made on demand by running that line once more.

import type { Frame, Run } from '../kernel/frame.ts';
import type { Generation } from '../kernel/generations/generation.ts';
import { generation } from '../kernel/generations/index.ts';
import { run } from '../kernel/run.ts';
import type { Machine } from '../machine/machine.ts';
import type { ScriptLine } from './script.ts';
import { type Session, type Setup, startingMachine } from './session.ts';

/** The runs of a session's script. */
export interface Replay {
  readonly generation: Generation;
  readonly setup: Setup;
  readonly script: readonly ScriptLine[];
  readonly start: Machine;
  /** One a line; null for a line that is left out. */
  readonly runs: readonly (Run | null)[];
  /** The machine after n lines; `machines[0]` is the start. */
  readonly machines: readonly Machine[];
}

/** Runs a session's script, reusing what `previous` has of the same beginning. */
export function replay(session: Session, previous: Replay | null = null): Replay {
  const { setup, script } = session;
  const made = generation(session.generation);
  const kept =
    previous !== null && previous.setup === setup && previous.generation === made ? previous : null;
  if (kept !== null && kept.script === script) return kept;
  const start = kept?.start ?? startingMachine(setup);
  const common = kept === null ? 0 : commonLength(kept.script, script);
  const runs = kept?.runs.slice(0, common) ?? [];
  const machines = kept?.machines.slice(0, common + 1) ?? [start];
  let machine = machines.at(-1) ?? start;
  for (const { line, disabled } of script.slice(common)) {
    const result = disabled ? null : run(made, machine, line);
    machine = result?.after ?? machine;
    runs.push(result);
    machines.push(machine);
  }
  return { generation: made, setup, script, start, runs, machines };
}

function commonLength(a: readonly ScriptLine[], b: readonly ScriptLine[]): number {
  let length = 0;
  while (length < a.length && sameRun(a[length], b[length])) length++;
  return length;
}

/** A note does not change what a line does. */
function sameRun(a: ScriptLine | undefined, b: ScriptLine | undefined): boolean {
  return a !== undefined && b !== undefined && a.line === b.line && a.disabled === b.disabled;
}

/** The machine after `line` lines; past the end it is the last one. */
export function machineAfter(replayed: Replay, line: number): Machine {
  return replayed.machines[line] ?? replayed.machines.at(-1) ?? replayed.start;
}

/** How many lines the script has. */
export function lineCount(replayed: Replay): number {
  return replayed.script.length;
}

/** The run of the `line`th line (counted from 1), or null: it is left out, or there is no such line. */
export function runAt(replayed: Replay, line: number): Run | null {
  return replayed.runs[line - 1] ?? null;
}

const traced = new WeakMap<Run, readonly Frame[]>();

/** The kernel calls of the `line`th line (counted from 1), made again and remembered. */
export function framesOf(replayed: Replay, line: number): readonly Frame[] {
  const result = replayed.runs[line - 1];
  const entry = replayed.script[line - 1];
  if (result === null || result === undefined || entry === undefined) return [];
  const known = traced.get(result);
  if (known !== undefined) return known;
  const { frames } = run(replayed.generation, result.before, entry.line, { frames: true });
  traced.set(result, frames);
  return frames;
}

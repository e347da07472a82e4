// Lets a client act on a machine. Only results go back to it.

import type { Run } from '../kernel/frame.ts';
import type { Generation } from '../kernel/generations/generation.ts';
import { type Line, line, type Op } from '../kernel/line.ts';
import { run } from '../kernel/run.ts';
import type { Machine } from '../machine/machine.ts';
import type { Action, Answer, Client, Operations } from './client.ts';

/** A client at work: its state and the machine that it has reached. */
export interface Played<State> {
  readonly state: State;
  readonly machine: Machine;
  /** The lines that it took, in order. */
  readonly lines: readonly Line[];
  /** What each of them did. */
  readonly runs: readonly Run[];
}

function answerOf({ ret, out }: Run): Answer {
  return { ret, flags: out?.flags ?? 0, count: out?.count ?? 0 };
}

function drive<State>(generation: Generation, start: Machine, operations: Operations<State>): Played<State> {
  const lines: Line[] = [];
  const runs: Run[] = [];
  let machine = start;
  const perform = (op: Op): Answer => {
    const made = line(op);
    const result = run(generation, machine, made);
    lines.push(made);
    runs.push(result);
    machine = result.after;
    return answerOf(result);
  };
  let step = operations.next();
  while (step.done !== true) step = operations.next(perform(step.value));
  return { state: step.value, machine, lines, runs };
}

/** The client opens the device. */
export function openClient<State>(
  client: Client<State>,
  generation: Generation,
  machine: Machine,
): Played<State> {
  return drive(generation, machine, client.open());
}

/** Something happens to it. */
export function actClient<State>(
  client: Client<State>,
  generation: Generation,
  played: Pick<Played<State>, 'state' | 'machine'>,
  action: Action,
): Played<State> {
  return drive(generation, played.machine, client.act(played.state, action));
}

// Lets a client act. Only results go back to it: of runs on a machine, or of lines that a script has already.

import type { Run } from '../kernel/frame.ts';
import type { Generation } from '../kernel/generations/generation.ts';
import { type Line, line, type Op, type RaiseAt } from '../kernel/line.ts';
import { run } from '../kernel/run.ts';
import type { Machine } from '../machine/machine.ts';
import type { Action, Answer, Client, Kept, Operations } from './client.ts';

/** Answers an operation; null ends the client's work. */
export type Perform = (op: Op) => Answer | null;

/** A client in a state that is its own business. */
export interface ClientAt {
  readonly kept: Kept;
  /** After an action; null where an operation was not answered. */
  readonly act: (action: Action, perform: Perform) => ClientAt | null;
}

/** The client after it has opened the device; null where an operation was not answered. */
export function startClient<State>(client: Client<State>, perform: Perform): ClientAt | null {
  return drive(client, client.open(), perform);
}

function drive<State>(
  client: Client<State>,
  operations: Operations<State>,
  perform: Perform,
): ClientAt | null {
  let step = operations.next();
  while (step.done !== true) {
    const answer = perform(step.value);
    if (answer === null) return null;
    step = operations.next(answer);
  }
  const state = step.value;
  return {
    kept: client.kept(state),
    act: (action, next) => drive(client, client.act(state, action), next),
  };
}

/** What a client learns of a run. */
export function answerOf({ ret, out }: Pick<Run, 'ret' | 'out'>): Answer {
  return { ret, flags: out?.flags ?? 0, count: out?.count ?? 0 };
}

/** Operations run one after the other on a machine. */
export class Playing {
  readonly lines: Line[] = [];
  readonly runs: Run[] = [];
  machine: Machine;
  readonly #generation: Generation;
  readonly #meanwhile: (op: Op) => readonly RaiseAt[];

  /** `meanwhile`: what the device raises while an operation runs. */
  constructor(
    generation: Generation,
    machine: Machine,
    meanwhile: (op: Op) => readonly RaiseAt[] = () => [],
  ) {
    this.machine = machine;
    this.#generation = generation;
    this.#meanwhile = meanwhile;
  }

  readonly perform = (op: Op): Answer => {
    const raises = this.#meanwhile(op);
    const made: Line = raises.length === 0 ? line(op) : { op, faults: [], raises };
    const result = run(this.#generation, this.machine, made);
    this.lines.push(made);
    this.runs.push(result);
    this.machine = result.after;
    return answerOf(result);
  };
}

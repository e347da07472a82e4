// Drives a client. It sees only results: of runs on a machine, or of existing lines of a script.

import type { Run } from '../kernel/frame.ts';
import type { Generation } from '../kernel/generations/generation.ts';
import { type Line, line, type Op, type RaiseAt } from '../kernel/line.ts';
import { run } from '../kernel/run.ts';
import type { Device } from '../machine/device.ts';
import type { Machine } from '../machine/machine.ts';
import type { Action, Answer, Client, Kept, Operations } from './client.ts';

/** Returns the result of an operation; null stops the client. */
export type Perform = (op: Op) => Answer | null;

/** A client with its private state. */
export interface ClientAt {
  readonly kept: Kept;
  /** The client after an action; null when an operation has no result. */
  readonly act: (action: Action, perform: Perform) => ClientAt | null;
}

/** Returns the client after it opened the device; null when an operation has no result. */
export function startClient<State>(client: Client<State>, device: Device, perform: Perform): ClientAt | null {
  return drive(client, client.open(device), perform);
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

/** Returns the part of a run that a client sees. */
export function answerOf({ ret, out }: Pick<Run, 'ret' | 'out'>): Answer {
  const seen = { ret, flags: out?.flags ?? 0, count: out?.count ?? 0 };
  return out?.value === undefined ? seen : { ...seen, value: Number(out.value) };
}

/** Runs operations one after the other on a machine. */
export class Playing {
  readonly lines: Line[] = [];
  readonly runs: Run[] = [];
  machine: Machine;
  readonly #generation: Generation;
  readonly #meanwhile: (op: Op) => readonly RaiseAt[];

  /** `meanwhile`: interrupts that the device raises during an operation. */
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

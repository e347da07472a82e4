// The result of a comparison: the number of compared fields, the differing ones, and the pairs of equal irq numbers.

import type { ObservedState } from '../session/observe.ts';
import {
  BY_NUMBER,
  type Comparable,
  compareStates,
  Differences,
  pathOf,
} from '../session/stateDifferences.ts';

/** One field in which the model and the kernel differ. */
export interface Mismatch {
  /** Step number, or −1 for the initial state. */
  readonly step: number;
  /** The field, for instance `after.irqs[3].requested` or `calls[4].ret`. */
  readonly field: string;
  readonly kernel: string;
  readonly model: string;
}

/** Counts compared fields and collects differences. */
export class Comparison {
  readonly mismatches: Mismatch[] = [];
  compared = 0;
  #step = -1;

  /** Assigns later differences to this step. */
  atStep(step: number): void {
    this.#step = step;
  }

  /** Compares one field. */
  field(field: string, kernel: Comparable, model: Comparable): void {
    this.compared++;
    if (kernel === model) return;
    this.mismatches.push({ step: this.#step, field, kernel: String(kernel), model: String(model) });
  }

  /** Compares two states. Messages are compared only by whether they are programmed. */
  states(irqs: IrqIdentity, kernel: ObservedState, model: ObservedState): void {
    const found = new Differences();
    compareStates(found, kernel, model, {
      ...BY_NUMBER,
      irq: (recorded, modelled) => irqs.expected(recorded, modelled),
    });
    this.compared += found.compared;
    for (const one of found.list) {
      const [left, right] = [String(one.left), String(one.right)];
      this.mismatches.push({ step: this.#step, field: `after.${pathOf(one)}`, kernel: left, model: right });
    }
  }
}

/** Pairs irq numbers of two machines: the numbers can differ, their identity must agree. */
export class IrqIdentity {
  readonly #toModel = new Map<number, number>();
  readonly #toKernel = new Map<number, number>();

  /** Returns the model's number for a recorded one; two new numbers become the same irq. */
  expected(kernel: number, model: number): number {
    const known = this.#toModel.get(kernel);
    if (known !== undefined) return known;
    if (this.#toKernel.has(model)) return -1;
    this.#toModel.set(kernel, model);
    this.#toKernel.set(model, kernel);
    return model;
  }
}

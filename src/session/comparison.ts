// The bookkeeping of a comparison: what was compared, what differs, and which irq numbers stand for the same irq.

/** One field in which the model and the kernel differ. */
export interface Mismatch {
  /** Step number, or −1 for the initial state. */
  readonly step: number;
  /** The field, for instance `after.irqs[3].requested` or `calls[4].ret`. */
  readonly field: string;
  readonly kernel: string;
  readonly model: string;
}

/** Counts comparisons and collects what differs. */
export class Comparison {
  readonly mismatches: Mismatch[] = [];
  compared = 0;
  #step = -1;

  /** Differences noted from now on belong to this step. */
  atStep(step: number): void {
    this.#step = step;
  }

  /** Compares one field. */
  field(field: string, kernel: Comparable, model: Comparable): void {
    this.compared++;
    if (kernel === model) return;
    this.mismatches.push({ step: this.#step, field, kernel: String(kernel), model: String(model) });
  }
}

/** What can be compared as a whole. */
export type Comparable = string | number | bigint | boolean | null | undefined;

/** Linux irq numbers belong to the machine; what must agree is which are the same. */
export class IrqIdentity {
  readonly #toModel = new Map<number, number>();
  readonly #toKernel = new Map<number, number>();

  /** The model's number for a recorded one; a pair of numbers that are new to both becomes the same irq. */
  expected(kernel: number, model: number): number {
    const known = this.#toModel.get(kernel);
    if (known !== undefined) return known;
    if (this.#toKernel.has(model)) return -1;
    this.#toModel.set(kernel, model);
    this.#toKernel.set(model, kernel);
    return model;
  }
}

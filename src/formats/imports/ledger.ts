// Keeps lines whose outcome depends on later lines, and returns decided outcomes in the order of lines.

import { type Outcome, passed } from './format.ts';

/** The most lines that wait for a decision. After that the oldest is given up, so that traces can have any length. */
const MOST_OPEN = 20_000;

/** Returns the outcome of a line. Decisions run in the order of lines, so that they can depend on earlier outcomes. */
type Decision = () => Outcome;

function outcomeOf(decided: Decision | Outcome): Outcome {
  return typeof decided === 'function' ? decided() : decided;
}

/** Keeps lines in order. */
export class Ledger {
  /** The decision or the outcome of each line that is not returned yet, or null. */
  #waiting: (Decision | Outcome | null)[] = [];
  /** The number of returned lines. */
  #told = 0;
  readonly #giveUp: (line: number) => Outcome;

  /** `giveUp` returns the outcome of a line that is never decided. */
  constructor(giveUp: (line: number) => Outcome) {
    this.#giveUp = giveUp;
  }

  /** Adds the next line and returns its number, from 1. */
  next(): number {
    this.#waiting.push(null);
    return this.#told + this.#waiting.length;
  }

  /** Decides a line, by its outcome or by what returns it in its turn. Only the first decision counts. */
  decide(line: number, decision: Decision | Outcome): void {
    const at = line - this.#told - 1;
    if (at >= 0 && at < this.#waiting.length) this.#waiting[at] ??= decision;
  }

  /** Decides that a line has no operation. `of` is the number of another line, which is told after the reason. */
  pass(line: number, why: string, of?: number): void {
    this.decide(line, passed(why, of));
  }

  /** Returns the outcomes of the earliest lines, up to the first undecided one. */
  take(): readonly Outcome[] {
    const [first] = this.#waiting;
    if (this.#waiting.length === 1 && first != null) {
      this.#waiting.length = 0;
      this.#told++;
      return [outcomeOf(first)];
    }
    const outcomes: Outcome[] = [];
    const most = Math.max(0, this.#waiting.length - MOST_OPEN);
    let at = 0;
    for (; at < this.#waiting.length; at++) {
      const decision = this.#waiting[at] ?? null;
      if (decision === null && at >= most) break;
      const line = this.#told + at + 1;
      outcomes.push(decision === null ? this.#giveUp(line) : outcomeOf(decision));
    }
    this.#waiting.splice(0, at);
    this.#told += at;
    return outcomes;
  }

  /** Returns all remaining outcomes at the end of the text. */
  end(): readonly Outcome[] {
    for (let at = 0; at < this.#waiting.length; at++) {
      const line = this.#told + at + 1;
      this.#waiting[at] ??= () => this.#giveUp(line);
    }
    return this.take();
  }
}

// Lines whose outcome is decided by what comes behind them: what is decided is told in order of lines.

import { type Outcome, passed } from './format.ts';

/** After so many lines an open one is given up, so that a trace of any length can be read. */
const MOST_OPEN = 20_000;

/** What a line becomes is asked for in order of lines, so that it can depend on what the lines before it became. */
type Decision = () => Outcome;

/** Keeps lines in order. */
export class Ledger {
  /** Of each line that was not told of yet: how it was decided, or null. */
  #waiting: (Decision | null)[] = [];
  /** Lines that were told of. */
  #told = 0;
  readonly #giveUp: (line: number) => Outcome;

  /** `giveUp` says what becomes of a line that nothing decides. */
  constructor(giveUp: (line: number) => Outcome) {
    this.#giveUp = giveUp;
  }

  /** The next line; the result is its number, from 1. */
  next(): number {
    this.#waiting.push(null);
    return this.#told + this.#waiting.length;
  }

  /** Decides a line; the first decision holds. */
  decide(line: number, decision: Decision): void {
    const at = line - this.#told - 1;
    if (at >= 0 && at < this.#waiting.length) this.#waiting[at] ??= decision;
  }

  /** Decides a line that is no operation. */
  pass(line: number, why: string): void {
    this.decide(line, () => passed(why));
  }

  /** What is decided now, of the earliest lines that were not told of. */
  take(): readonly Outcome[] {
    const outcomes: Outcome[] = [];
    const most = Math.max(0, this.#waiting.length - MOST_OPEN);
    let at = 0;
    for (; at < this.#waiting.length; at++) {
      const decision = this.#waiting[at] ?? null;
      if (decision === null && at >= most) break;
      const line = this.#told + at + 1;
      outcomes.push(decision === null ? this.#giveUp(line) : decision());
    }
    this.#waiting.splice(0, at);
    this.#told += at;
    return outcomes;
  }

  /** Everything else, when the text has ended. */
  end(): readonly Outcome[] {
    for (let at = 0; at < this.#waiting.length; at++) {
      const line = this.#told + at + 1;
      this.#waiting[at] ??= () => this.#giveUp(line);
    }
    return this.take();
  }
}

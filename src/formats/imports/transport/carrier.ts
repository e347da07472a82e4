// Undoes the travel of a text that arrives line by line.

import { stepOf } from './detect.ts';
import { type Begins, type Carried, lineOf, type Put, type Step } from './line.ts';
import type { Loss, Travel } from './travel.ts';

/** One text on its way to a reader. Its memory is bounded, whatever the length of the text. */
export class Carrier {
  readonly #steps: readonly Step[];
  readonly #losses: Loss[] = [];
  #count = 0;

  /** `travels` are the ways found by `travelOf`, the outermost first; `begins` is the function given to it. */
  constructor(travels: readonly Travel[], begins: Begins) {
    this.#steps = travels.map((travel) => stepOf(travel, begins, (loss) => this.#losses.push(loss)));
  }

  /** Takes the next line of the text, and returns the lines that are ready. */
  push(text: string): readonly Carried[] {
    this.#count++;
    if (this.#steps.length === 0) return [{ text, lines: [this.#count], shift: 0 }];
    const out: Carried[] = [];
    this.#from(0, out)(lineOf(text, this.#count));
    return out;
  }

  /** Ends the text, and returns the lines that waited. */
  end(): readonly Carried[] {
    const out: Carried[] = [];
    for (const [at, step] of this.#steps.entries()) step.end(this.#from(at + 1, out));
    return out;
  }

  /** The losses so far; complete after `end`. */
  get losses(): readonly Loss[] {
    return this.#losses;
  }

  /** Returns a function that gives a line to the step `at` and the steps after it. */
  #from(at: number, out: Carried[]): Put {
    const step = this.#steps[at];
    if (step === undefined) {
      return ({ text, lines, shift }) => {
        out.push({ text, lines, shift });
      };
    }
    const next = this.#from(at + 1, out);
    return (line) => step.push(line, next);
  }
}

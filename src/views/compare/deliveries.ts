// The deliveries of each irq of a lane, as /proc/interrupts counts them, after any line. Counted together with the comparison, so
// that a long script is counted in slices; a sum is kept for every few lines.

import type { LaneRuns } from '../../session/laneRuns.ts';
import { type Origins, originsFold } from '../wiring/origins.ts';
import type { Counts } from './host.ts';

/** Lines between two kept sums. */
const STEP = 64;

/** Counts the deliveries of a lane, line by line. */
export class DeliveryCounter {
  readonly #lane: LaneRuns;
  /** The sums after 0, STEP, 2 · STEP … lines. */
  readonly #kept: Origins[] = [originsFold.start];
  #done = 0;
  #sum = originsFold.start;

  constructor(lane: LaneRuns) {
    this.#lane = lane;
  }

  /** Counts up to a line. */
  advanceTo(line: number): void {
    while (this.#done < line) {
      this.#done++;
      this.#sum = this.#plus(this.#sum, this.#done);
      if (this.#done % STEP === 0) this.#kept.push(this.#sum);
    }
  }

  /** Returns the deliveries since each irq's allocation, after a line that is counted. */
  after(line: number): Counts {
    const to = Math.min(line, this.#done);
    let at = Math.floor(to / STEP);
    let sum = this.#kept[at] ?? originsFold.start;
    for (at *= STEP; at < to; at++) sum = this.#plus(sum, at + 1);
    return sum.delivered;
  }

  #plus(sum: Origins, line: number): Origins {
    const run = this.#lane.runAt(line);
    return run === null ? sum : originsFold.add(sum, run, line);
  }
}

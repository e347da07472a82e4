// Builds the call tree of a run, with the machine before and after each call.

import type { Machine } from '../machine/machine.ts';
import type { Errno } from '../uapi/errno.ts';
import type { CheckId } from './checks.ts';
import type { Args, Fired } from './frame.ts';

/** A call under construction; `leave` fills in the rest. */
export interface OpenFrame {
  fn: string;
  depth: number;
  args: Args;
  ret?: number | Errno;
  interrupt: boolean;
  deferred: boolean;
  below: number;
  check?: CheckId;
  fired?: Fired;
  before: Machine;
  after: Machine;
}

/** The call tree, in order of entry. */
export class CallTree {
  readonly frames: OpenFrame[] = [];
  #depth = 0;
  #interrupt = false;
  #deferred = false;

  /** Opens a call; `now` is the machine at that moment. */
  enter(fn: string, args: Args, now: Machine): OpenFrame {
    const frame: OpenFrame = {
      fn,
      depth: this.#depth,
      args,
      interrupt: this.#interrupt,
      deferred: this.#deferred,
      below: this.frames.length,
      before: now,
      after: now,
    };
    this.frames.push(frame);
    this.#depth++;
    return frame;
  }

  /** Closes a call. */
  leave(frame: OpenFrame, now: Machine): void {
    this.#depth--;
    frame.below = this.frames.length - frame.below - 1;
    frame.after = now;
  }

  /** Returns whether the frame has made no call so far. */
  isLast(frame: OpenFrame): boolean {
    return this.frames.at(-1) === frame;
  }

  /** Marks the calls within `body` as those of an interrupt handler. */
  interrupt(body: () => void): void {
    const outer = this.#interrupt;
    this.#interrupt = true;
    body();
    this.#interrupt = outer;
  }

  /** Marks the calls within `body` as those of a work queue. */
  deferred(body: () => void): void {
    const outer = this.#deferred;
    this.#deferred = true;
    body();
    this.#deferred = outer;
  }
}

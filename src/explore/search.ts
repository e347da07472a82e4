// The search: breadth first over exact states, so that its first find is a shortest script. It is a generator, so that a worker
// can report progress and stop it.

import { cannotHappen } from './needs.ts';
import { OneSpace } from './oneSpace.ts';
import { PairSpace } from './pairSpace.ts';
import type { Answer, Problem, Progress } from './problem.ts';
import type { Space } from './space.ts';
import { CUT, REPORT_AFTER, Trail } from './trail.ts';

/** The answer of a question that cannot happen, without the reason. */
export const NO_SEARCH = {
  verdict: 'cannot-happen',
  states: 0,
  transitions: 0,
  depth: 0,
  frontier: 0,
  script: null,
  found: null,
  bytes: 0,
} as const;

/**
 * Searches every script over the alphabet, shortest first. Yields progress every few milliseconds of work. Returns `found`
 * with a shortest script, `exhausted` when it has examined every reachable state, `bounded` when a limit ended it, and
 * `cannot-happen` without a search when the problem lacks something that the question needs. Throws when the number of sides
 * differs from that of the question.
 */
export function* explore(problem: Problem): Generator<Progress, Answer, void> {
  const missing = cannotHappen(problem.question.needs, problem);
  return missing === null ? yield* new Search(problem).run() : { ...NO_SEARCH, missing };
}

function spaceOf(problem: Problem): Space {
  const { sides, question } = problem;
  if (question.sides === 1 && sides.length === 1) return new OneSpace(problem, sides[0], question);
  if (question.sides === 2 && sides.length === 2) return new PairSpace(problem, sides, question);
  throw new Error(`${question.id} needs ${question.sides} kernels, and the problem has ${sides.length}`);
}

/** A search that can be continued, and continued by several workers (shared.ts). */
export class Search {
  readonly problem: Problem;
  readonly space: Space;
  readonly trail = new Trail();
  /** The next state whose lines are tried. */
  state = 0;

  /** Throws like `explore`. The question must be one that can happen. */
  constructor(problem: Problem) {
    this.problem = problem;
    this.space = spaceOf(problem);
  }

  /** Continues the search to its end. Yields progress between two states, after so much work. */
  *run(reportAfter = REPORT_AFTER): Generator<Progress, Answer, void> {
    const { space, trail, problem } = this;
    const { alphabet, bounds } = problem;
    let work = 0;
    while (this.state < space.size && this.enter(this.state)) {
      const { state } = this;
      space.enter(state);
      for (let line = 0; line < alphabet.length; line++) {
        work++;
        trail.transitions++;
        if (space.go(line)) return this.foundAt(state, line);
        if (space.to >= 0) continue;
        if (space.size >= bounds.maxStates) return this.cutAt(state);
        space.add();
        trail.add(state, line);
      }
      this.state++;
      if (work + space.work < reportAfter) continue;
      work = 0;
      space.work = 0;
      yield trail.progress(space.size, this.state);
    }
    return this.exhausted();
  }

  /** Begins with a state. Returns false if the limit of depth excludes it and all later ones. */
  enter(state: number): boolean {
    const { trail, space, problem } = this;
    trail.enter(state, space.size);
    const { maxDepth } = problem.bounds;
    if (maxDepth === null || trail.depth <= maxDepth) return true;
    trail.cutAt(state);
    return false;
  }

  /** Returns the answer of a find: that line in that state. */
  foundAt(state: number, line: number): Answer {
    const { trail, space, problem } = this;
    const script = trail.script(problem.alphabet, state, line);
    const ending = { verdict: 'found', script, found: space.found(script), missing: null } as const;
    return { ...trail.progress(space.size, state), ...ending, bytes: this.bytes };
  }

  /** Returns the answer of a search whose limit of states excludes a state that a line of `state` leads to. */
  cutAt(state: number): Answer {
    return { ...this.trail.progress(this.space.size, state), ...CUT, bytes: this.bytes };
  }

  /** Returns the answer of a search that has tried all lines, up to the limit of depth. */
  exhausted(): Answer {
    return this.trail.nothing(this.space.size, this.bytes);
  }

  /** Memory in bytes. */
  get bytes(): number {
    return this.space.bytes + this.trail.bytes;
  }
}

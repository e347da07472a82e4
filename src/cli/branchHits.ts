// Collects the branches that the instrumented model takes (branches.ts).

/** One outcome of a condition, loop or switch in the model's source. */
export interface Branch {
  /** Path of the source file, such as `src/kernel/setIrqs.ts`. */
  readonly file: string;
  readonly line: number;
  /** The source text of the condition. */
  readonly condition: string;
  /** `true` or `false`, for loops `entered` or `no pass`, for a switch its case. */
  readonly outcome: string;
}

const all: Branch[] = [];
const taken = new Set<number>();

/** The functions that an instrumented file calls; numbers count its branches from 0. */
interface Taker {
  /** Takes branch `at`. */
  (at: number): void;
  /** Takes branch `at` for a true value, else the next one, and returns the value. */
  readonly test: <T>(at: number, value: T) => T;
  /** Takes branch `at` for null or undefined, else the next one, and returns the value. */
  readonly missing: <T>(at: number, value: T) => T;
}

/**
 * Registers the branches of a file: line, condition and outcome each. Called by every instrumented file when it loads.
 * @public
 */
export function takerOf(file: string, branches: readonly (readonly [number, string, string])[]): Taker {
  const first = all.length;
  for (const [line, condition, outcome] of branches) all.push({ file, line, condition, outcome });
  const take = (at: number) => {
    taken.add(first + at);
  };
  return Object.assign(take, {
    test: <T>(at: number, value: T) => {
      take(value ? at : at + 1);
      return value;
    },
    missing: <T>(at: number, value: T) => {
      take(value === null || value === undefined ? at : at + 1);
      return value;
    },
  });
}

/** Returns every branch of the instrumented files. */
export function allBranches(): readonly Branch[] {
  return all;
}

/** Returns the indexes of the branches taken since the last call. */
export function takenBranches(): readonly number[] {
  const found = [...taken];
  taken.clear();
  return found;
}

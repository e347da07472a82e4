// Runs long work on the page or in a worker in slices; events and messages are handled between them.

/** Milliseconds of one slice. */
const SLICE = 12;

/** The time in milliseconds, and a call after the waiting events. */
export interface Clock {
  readonly now: () => number;
  readonly later: (go: () => void) => void;
}

const CLOCK: Clock = { now: () => performance.now(), later: (go) => void setTimeout(go) };

/**
 * Runs a generator to its end. After each slice `told` gets the last yielded value; if it returns false the work ends, and the
 * result is null.
 */
export async function inSlices<T>(
  work: Generator<number, T>,
  told: (part: number) => boolean,
  { now, later }: Clock = CLOCK,
): Promise<T | null> {
  for (;;) {
    const end = now() + SLICE;
    let part = 0;
    do {
      const { done, value } = work.next();
      if (done === true) return value;
      part = value;
    } while (now() < end);
    if (!told(part)) return null;
    await new Promise<void>((resolve) => later(resolve));
  }
}

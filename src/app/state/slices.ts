// Long work on the page in slices: between two of them the page answers.

/** Milliseconds of one slice. */
const SLICE = 12;

/**
 * Runs a generator to its end. After each slice `told` gets the last thing that it yielded, and may end the work by saying
 * false; the result is then null.
 */
export async function inSlices<T>(
  work: Generator<number, T>,
  told: (part: number) => boolean,
): Promise<T | null> {
  for (;;) {
    const end = performance.now() + SLICE;
    let part = 0;
    do {
      const { done, value } = work.next();
      if (done === true) return value;
      part = value;
    } while (performance.now() < end);
    if (!told(part)) return null;
    await new Promise((resolve) => setTimeout(resolve));
  }
}

// Runs long work on the page in slices; the page handles events between them.

/** Milliseconds of one slice. */
const SLICE = 12;

/**
 * Runs a generator to its end. After each slice `told` gets the last yielded value; if it returns false the work ends, and the
 * result is null.
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

// Collects the lines that the instrumented model runs (build/executedLines.ts), by call.

/** The lines that ran in each call: index of the frame → `file:line`. Index −1 is outside every call. */
export type Hits = ReadonlyMap<number, ReadonlySet<string>>;

let hits: Map<number, Set<string>> | null = null;
let open: number[] = [];
let entered = 0;

/**
 * Called by the instrumented model before each statement, with the statement's first and last line.
 * @public
 */
export function hit(file: string, first: number, last: number): void {
  if (hits === null) return;
  const frame = open.at(-1) ?? -1;
  const own = hits.get(frame) ?? new Set();
  hits.set(frame, own);
  for (let line = first; line <= last; line++) own.add(`${file}:${line}`);
}

/**
 * Called by the instrumented model when a call begins.
 * @public
 */
export function enter(): void {
  open.push(entered);
  entered++;
}

/**
 * Called by the instrumented model when a call ends.
 * @public
 */
export function leave(): void {
  open.pop();
}

/** Returns the lines that run in `body`, which must run the instrumented model once. */
export function hitsOf(body: () => void): Hits {
  const found = new Map<number, Set<string>>();
  hits = found;
  open = [];
  entered = 0;
  try {
    body();
  } finally {
    hits = null;
  }
  return found;
}

// The comparison of the script with its trace: the lines whose result differs, and the kernels and hosts that agree. Computed when a
// traced script is shown (features/lab/script/compareTraced.ts).

import type { Agreements } from '../../session/agreement.ts';
import type { TracedCount } from '../../session/traced.ts';
import { slice } from './app.ts';

/** The comparison. */
export interface TracedState {
  /** Null until every line is compared. */
  readonly count: TracedCount | null;
  /** The lines that differ, for the marks of the rows; empty until every line is compared. */
  readonly differ: ReadonlySet<number>;
  /** Null until the search has ended. */
  readonly agreements: Agreements | null;
  /** The part of the search that is done, 0 to 1; null if it does not run. */
  readonly searched: number | null;
}

const NOWHERE: ReadonlySet<number> = new Set();

/** A script without a trace. */
export const UNTRACED: TracedState = { count: null, differ: NOWHERE, agreements: null, searched: null };

/** The slice. */
export const tracedSlice = slice<TracedState>(() => UNTRACED);

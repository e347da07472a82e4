// Things that grow in place (the replay of a long script, the columns of the timeline) as values that React can compare.

import { useMemo } from 'react';

/** A thing at one stage of its growth. After each growth it is another object around the same thing. */
export interface Grown<T> {
  readonly of: T;
  /** Changes whenever the thing has grown. */
  readonly version: number;
}

/** Returns the thing at its present stage; the same object until `of` or `version` changes. */
export function useGrown<T>(of: T, version: number): Grown<T> {
  return useMemo(() => ({ of, version }), [of, version]);
}

// A value that is either given from outside or kept inside.

import { useCallback, useState } from 'react';

/** The value, and what changes it: `change` is told in both cases. */
export function useControlled<T>(
  given: T | undefined,
  change: ((value: T) => void) | undefined,
  initial: T,
): readonly [T, (value: T) => void] {
  const [kept, keep] = useState(initial);
  const set = useCallback(
    (value: T) => {
      if (given === undefined) keep(value);
      change?.(value);
    },
    [given, change],
  );
  return [given === undefined ? kept : given, set];
}

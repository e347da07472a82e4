// A value that is either controlled by a prop or kept in state.

import { useCallback, useState } from 'react';

/** Returns the value and its setter; `change` is called in both cases. */
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

// The answer of a button that copies: its label says so for a moment.

import { useEffect, useState } from 'react';

/** Milliseconds for which the label says that it has copied. */
const SHOWN = 4000;

/** Returns true for a moment after a call of the second value. */
export function useCopied(): readonly [boolean, () => void] {
  const [copies, setCopies] = useState(0);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (copies === 0) return undefined;
    setCopied(true);
    const timer = setTimeout(() => setCopied(false), SHOWN);
    return () => clearTimeout(timer);
  }, [copies]);
  return [copied, () => setCopies((now) => now + 1)];
}

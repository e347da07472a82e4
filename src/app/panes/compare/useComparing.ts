// The comparison of the lanes over the session's script. A short script is compared at once, a long one in slices, so
// that the page stays quick.

import { useEffect, useMemo, useRef, useState } from 'react';
import { Comparing } from '../../../views/compare/comparing.ts';
import { useCompare } from '../../state/compare.ts';
import { useLab, useSession } from '../../state/lab.ts';

/** So many lines are compared before anything is drawn. */
const AT_ONCE = 300;
const SLICE = 64;
/** Milliseconds that a slice may take: a frame and no more. */
const PATIENCE = 12;

/** The comparison as far as it has come; `version` changes with every slice. */
export function useComparing(): { readonly comparing: Comparing; readonly version: number } {
  const { lanes } = useCompare();
  const opened = useLab((state) => state.opened);
  const session = useSession();
  const { setup, generation, script } = session;
  const last = useRef<Comparing | null>(null);
  // the cursor is part of the session and says nothing about what is compared
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const comparing = useMemo(() => {
    const made = new Comparing(lanes, session, opened, last.current);
    last.current = made;
    made.advance(AT_ONCE);
    return made;
  }, [lanes, opened, setup, generation, script]);
  const [version, setVersion] = useState(0);
  useEffect(() => {
    let timer = 0;
    const slice = () => {
      const end = performance.now() + PATIENCE;
      let more = true;
      while (more && performance.now() < end) more = comparing.advance(SLICE);
      setVersion((before) => before + 1);
      if (more) timer = window.setTimeout(slice, 0);
    };
    const { done, length } = comparing.divergence;
    if (done < length) timer = window.setTimeout(slice, 0);
    return () => window.clearTimeout(timer);
  }, [comparing]);
  return { comparing, version };
}

// The comparison of the lanes over the session's script. A short script is compared at once, a long one in slices, so
// that the page stays responsive.

import { useEffect, useMemo, useRef, useState } from 'react';
import { START } from '../../../session/session.ts';
import { Comparing } from '../../../views/compare/comparing.ts';
import { useSlice } from '../../store/appContext.ts';
import { compareSlice } from '../../store/compare.ts';
import { labSlice, useSession } from '../../store/lab.ts';

/** Lines that are compared before the first drawing. */
const AT_ONCE = 200;
const SLICE = 16;
/** Milliseconds of a slice: one frame. */
const PATIENCE = 12;

/** Returns the comparison so far; `version` changes with every slice. */
export function useComparing(): { readonly comparing: Comparing; readonly version: number } {
  const { lanes } = useSlice(compareSlice);
  const opened = useSlice(labSlice, (state) => state.opened);
  const session = useSession();
  const { setup, generation, script } = session;
  const last = useRef<Comparing | null>(null);
  // the cursor is part of the session but not of the comparison
  const compared = useMemo(() => ({ setup, generation, script, cursor: START }), [setup, generation, script]);
  const comparing = useMemo(() => {
    const made = new Comparing(lanes, compared, opened, last.current);
    last.current = made;
    made.advance(AT_ONCE);
    return made;
  }, [lanes, opened, compared]);
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

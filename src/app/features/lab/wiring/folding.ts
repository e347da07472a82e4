// The folds of the wiring that a person has opened; they stay open until the page is closed.

import { useCallback } from 'react';
import { type VectorRange, withFold } from '../../../../views/wiring/folds.ts';
import { slice } from '../../../store/app.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import type { Folding } from '../../../ui/wiring/WiringTable.tsx';

const foldingSlice = slice<{ readonly opened: readonly VectorRange[] }>(() => ({ opened: [] }));

/** The opened folds, and their change. */
export function useFolding(): Folding {
  const app = useApp();
  const { opened } = useSlice(foldingSlice);
  const onFold = useCallback<Folding['onFold']>(
    (fold) => app.set(foldingSlice, (now) => ({ opened: withFold(now.opened, fold) })),
    [app],
  );
  return { opened, onFold };
}

// The dialogs over the page, fetched when they are first opened.

import { lazy, Suspense } from 'react';
import { useOverlay } from '../state/overlay.ts';

const Palette = lazy(() => import('./Palette.tsx').then((module) => ({ default: module.Palette })));
const HelpSheet = lazy(() => import('./HelpSheet.tsx').then((module) => ({ default: module.HelpSheet })));

/** The dialog that is open, if any. */
export function Overlays() {
  const { overlay } = useOverlay();
  return (
    <Suspense fallback={null}>
      {overlay === 'palette' && <Palette />}
      {overlay === 'help' && <HelpSheet />}
    </Suspense>
  );
}

// The dialogs over the page, each fetched at its first opening.

import { lazy, Suspense } from 'react';
import { useSlice } from '../store/appContext.ts';
import { overlaySlice } from '../store/overlay.ts';

/** Fetches the palette. */
export const loadPalette = () =>
  import('./sheets/Palette.tsx').then((module) => ({ default: module.Palette }));

const Palette = lazy(loadPalette);
const Dialogs = lazy(() => import('./Dialogs.tsx').then((module) => ({ default: module.Dialogs })));

/** The open dialog, if any. */
export function Overlays() {
  const { overlay } = useSlice(overlaySlice);
  return (
    <Suspense fallback={null}>
      {overlay === 'palette' ? <Palette /> : overlay !== null && <Dialogs overlay={overlay} />}
    </Suspense>
  );
}

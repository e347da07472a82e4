// The dialogs over the page, fetched when they are first opened.

import { lazy, Suspense } from 'react';
import { useOverlay } from '../state/overlay.ts';

/** Fetches the palette. */
export const loadPalette = () => import('./Palette.tsx').then((module) => ({ default: module.Palette }));

const Palette = lazy(loadPalette);
const HelpSheet = lazy(() => import('./HelpSheet.tsx').then((module) => ({ default: module.HelpSheet })));

const GlossarySheet = lazy(() =>
  import('./GlossarySheet.tsx').then((module) => ({ default: module.GlossarySheet })),
);

const TakeAway = lazy(() =>
  import('../panes/takeaway/TakeAwayDialog.tsx').then((module) => ({ default: module.TakeAwayDialog })),
);

const TrustSheet = lazy(() =>
  import('../panes/trust/TrustSheet.tsx').then((module) => ({ default: module.TrustSheet })),
);

const EmbedDialog = lazy(() =>
  import('../panes/embed/EmbedDialog.tsx').then((module) => ({ default: module.EmbedDialog })),
);

const ImportPanel = lazy(() =>
  import('../panes/import/ImportPanel.tsx').then((module) => ({ default: module.ImportPanel })),
);

/** The dialog that is open, if any. */
export function Overlays() {
  const { overlay } = useOverlay();
  return (
    <Suspense fallback={null}>
      {overlay === 'palette' && <Palette />}
      {overlay === 'help' && <HelpSheet />}
      {overlay === 'glossary' && <GlossarySheet />}
      {overlay === 'takeAway' && <TakeAway />}
      {overlay === 'trust' && <TrustSheet />}
      {overlay === 'embed' && <EmbedDialog />}
      {overlay === 'import' && <ImportPanel />}
    </Suspense>
  );
}

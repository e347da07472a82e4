// The dialogs over the page, each fetched at its first opening.

import { lazy, Suspense } from 'react';
import { useSlice } from '../store/appContext.ts';
import { overlaySlice } from '../store/overlay.ts';
import { glossarySlice } from '../store/term.ts';

/** Fetches the palette. */
export const loadPalette = () =>
  import('./sheets/Palette.tsx').then((module) => ({ default: module.Palette }));

const Palette = lazy(loadPalette);
const HelpSheet = lazy(() =>
  import('./sheets/HelpSheet.tsx').then((module) => ({ default: module.HelpSheet })),
);

const GlossarySheet = lazy(() =>
  import('./sheets/GlossarySheet.tsx').then((module) => ({ default: module.GlossarySheet })),
);

const TakeAway = lazy(() =>
  import('../features/export/TakeAwayDialog.tsx').then((module) => ({ default: module.TakeAwayDialog })),
);

const TrustSheet = lazy(() =>
  import('../features/trust/TrustSheet.tsx').then((module) => ({ default: module.TrustSheet })),
);

const DocsSheet = lazy(() =>
  import('../features/docs/DocsSheet.tsx').then((module) => ({ default: module.DocsSheet })),
);

const EmbedDialog = lazy(() =>
  import('../features/embed/EmbedDialog.tsx').then((module) => ({ default: module.EmbedDialog })),
);

const ImportPanel = lazy(() =>
  import('../features/import/ImportPanel.tsx').then((module) => ({ default: module.ImportPanel })),
);

const PatchPanel = lazy(() =>
  import('../features/patch/PatchPanel.tsx').then((module) => ({ default: module.PatchPanel })),
);

const WhatIfDialog = lazy(() =>
  import('../features/patch/WhatIfDialog.tsx').then((module) => ({ default: module.WhatIfDialog })),
);

const ReviewSheet = lazy(() =>
  import('../features/review/ReviewSheet.tsx').then((module) => ({ default: module.ReviewSheet })),
);

/** The open dialog, if any. */
export function Overlays() {
  const { overlay } = useSlice(overlaySlice);
  const { query } = useSlice(glossarySlice);
  return (
    <Suspense fallback={null}>
      {overlay === 'palette' && <Palette />}
      {overlay === 'help' && <HelpSheet />}
      {overlay === 'glossary' && <GlossarySheet key={query} />}
      {overlay === 'takeAway' && <TakeAway />}
      {overlay === 'trust' && <TrustSheet />}
      {overlay === 'docs' && <DocsSheet />}
      {overlay === 'embed' && <EmbedDialog />}
      {overlay === 'import' && <ImportPanel />}
      {overlay === 'patch' && <PatchPanel />}
      {overlay === 'whatIf' && <WhatIfDialog />}
      {overlay === 'review' && <ReviewSheet />}
    </Suspense>
  );
}

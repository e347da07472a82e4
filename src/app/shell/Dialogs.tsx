// The dialogs over the page but the palette, and the tour, each fetched at its first opening. The table itself is fetched with the first of them.

import { lazy } from 'react';
import type { Overlay } from '../store/overlay.ts';

const StartCard = lazy(() =>
  import('../features/start/StartCard.tsx').then((module) => ({ default: module.StartCard })),
);

const Tour = lazy(() =>
  import('../features/start/tour/Tour.tsx').then((module) => ({ default: module.Tour })),
);

const HelpMenu = lazy(() => import('./sheets/HelpMenu.tsx').then((module) => ({ default: module.HelpMenu })));

const KeysSheet = lazy(() =>
  import('./sheets/KeysSheet.tsx').then((module) => ({ default: module.KeysSheet })),
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

/** The open dialog. */
export function Dialogs({ overlay }: { readonly overlay: Overlay }) {
  switch (overlay) {
    case 'start':
      return <StartCard />;
    case 'tour':
      return <Tour />;
    case 'help':
      return <HelpMenu />;
    case 'keys':
      return <KeysSheet />;
    case 'glossary':
      return <GlossarySheet />;
    case 'takeAway':
      return <TakeAway />;
    case 'trust':
      return <TrustSheet />;
    case 'docs':
      return <DocsSheet />;
    case 'embed':
      return <EmbedDialog />;
    case 'import':
      return <ImportPanel />;
    case 'patch':
      return <PatchPanel />;
    case 'whatIf':
      return <WhatIfDialog />;
    case 'review':
      return <ReviewSheet />;
    default:
      return null;
  }
}

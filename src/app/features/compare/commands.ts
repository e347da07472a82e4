// The commands of Compare.

import type { App } from '../../store/app.ts';
import type { Command } from '../../store/commands.ts';
import { compareSlice, openCompare, toggleOnlyDiffering, traveller } from '../../store/compare.ts';
import { openView, viewSlice } from '../../store/view.ts';

const section = 'Compare' as const;
const isOpen = (app: App) => app.get(viewSlice).view === 'compare';

/** Commands that open Compare and go from difference to difference. */
export const COMPARING: readonly Command[] = [
  {
    id: 'compare.open',
    section,
    title: 'Compare: this script in several kernels (or back to the lab)',
    keys: ['KeyV'],
    run: (app) => (isOpen(app) ? openView(app, 'lab') : openCompare(app, null, null)),
  },
  {
    id: 'compare.next',
    section,
    title: 'Next difference',
    keys: ['KeyJ'],
    enabled: (app) => traveller(app)?.hasDifference(true) ?? false,
    run: (app) => traveller(app)?.difference(true),
  },
  {
    id: 'compare.previous',
    section,
    title: 'Previous difference',
    keys: ['KeyK'],
    enabled: (app) => traveller(app)?.hasDifference(false) ?? false,
    run: (app) => traveller(app)?.difference(false),
  },
  {
    id: 'compare.only',
    section,
    title: 'Show only lines that differ (on or off)',
    keys: ['KeyH'],
    enabled: isOpen,
    run: toggleOnlyDiffering,
  },
  {
    id: 'compare.whole',
    section,
    title: 'Reset the lanes to 6.4, V3 and 6.5',
    enabled: isOpen,
    run: (app) => app.set(compareSlice, compareSlice.first(app)),
  },
];

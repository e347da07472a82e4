// The commands of Compare.

import { openCompare, toggleOnlyDiffering, traveller, useCompare } from '../state/compare.ts';
import { openView, useView } from '../state/view.ts';
import type { Command } from './command.ts';

const section = 'Compare' as const;
const isOpen = () => useView.getState().view === 'compare';

/** Opening Compare, and going from difference to difference. */
export const COMPARING: readonly Command[] = [
  {
    id: 'compare.open',
    section,
    title: 'Compare this script in several kernels, or back to the lab',
    keys: ['KeyV'],
    run: () => (isOpen() ? openView('lab') : openCompare(null, null)),
  },
  {
    id: 'compare.debate',
    section,
    title: 'The debate: V3 frees an irq of the original allocation, 6.5 keeps it',
    run: () => void import('../state/scenarios.ts').then(({ openDebate }) => openDebate()),
  },
  {
    id: 'compare.next',
    section,
    title: 'Next difference',
    keys: ['KeyJ'],
    enabled: () => traveller()?.hasDifference(true) ?? false,
    run: () => traveller()?.difference(true),
  },
  {
    id: 'compare.previous',
    section,
    title: 'Previous difference',
    keys: ['KeyK'],
    enabled: () => traveller()?.hasDifference(false) ?? false,
    run: () => traveller()?.difference(false),
  },
  {
    id: 'compare.only',
    section,
    title: 'Only the lines that differ, or all',
    keys: ['KeyH'],
    enabled: isOpen,
    run: toggleOnlyDiffering,
  },
  {
    id: 'compare.whole',
    section,
    title: 'Begin again with 6.4, V3 and 6.5',
    enabled: isOpen,
    run: () => useCompare.setState(useCompare.getInitialState()),
  },
];

// The dialog that lies over the page.

import { create } from 'zustand';

/** Which dialog is open. */
export type Overlay = 'palette' | 'help' | 'glossary' | 'takeAway' | 'trust' | 'embed' | 'import' | null;

/** The open dialog. */
export const useOverlay = create<{ readonly overlay: Overlay }>()(() => ({ overlay: null }));

/** Opens a dialog, or closes the one that is open. */
export function showOverlay(overlay: Overlay): void {
  useOverlay.setState({ overlay });
}

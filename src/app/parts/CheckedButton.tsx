// The way to what the model was checked against, from within a dialog or menu that closes with it.

import { showOverlay } from '../state/overlay.ts';

/** The button; `close` puts away what it stands in. */
export function CheckedButton({ close }: { readonly close: () => void }) {
  return (
    <button
      type="button"
      onClick={() => {
        close();
        showOverlay('trust');
      }}
    >
      What is checked…
    </button>
  );
}

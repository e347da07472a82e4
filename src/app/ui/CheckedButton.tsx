// Opens “How the model is verified” from a dialog or menu, and closes that.

import { useApp } from '../store/appContext.ts';
import { showOverlay } from '../store/overlay.ts';

/** The button; `close` closes the dialog or menu around it. */
export function CheckedButton({ close }: { readonly close: () => void }) {
  const app = useApp();
  return (
    <button
      type="button"
      onClick={() => {
        close();
        showOverlay(app, 'trust');
      }}
    >
      How the model is verified
    </button>
  );
}

// A modal dialog of the browser's own: Escape closes it, and the focus returns to where it was.

import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { showOverlay, useOverlay } from '../state/overlay.ts';
import './overlays.css';

/** What a dialog needs. */
interface DialogProps {
  readonly name: string;
  readonly className: string;
  /** `close` puts the dialog away and the focus back. */
  readonly children: (close: () => void) => ReactNode;
}

/** An open dialog. */
export function Dialog({ name, className, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const own = useRef(useOverlay.getState().overlay);
  useEffect(() => open(ref), []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it from the keyboard
    <dialog
      ref={ref}
      className={`overlay ${className}`}
      aria-label={name}
      onClose={() => {
        // what was chosen in it may have opened another one meanwhile
        if (useOverlay.getState().overlay === own.current) showOverlay(null);
      }}
      onClick={(event) => {
        // the backdrop belongs to the dialog
        if (event.target === event.currentTarget) ref.current?.close();
      }}
    >
      {children(() => ref.current?.close())}
    </dialog>
  );
}

function open({ current }: RefObject<HTMLDialogElement | null>): void {
  if (current !== null && !current.open) current.showModal();
}

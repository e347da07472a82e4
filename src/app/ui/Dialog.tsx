// A native modal dialog: Escape closes it, and the browser returns the focus to the element before.

import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { useApp } from '../store/appContext.ts';
import { overlaySlice, showOverlay } from '../store/overlay.ts';
import './overlays.css';

interface DialogProps {
  readonly name: string;
  readonly className: string;
  /** `close` closes the dialog and returns the focus. */
  readonly children: (close: () => void) => ReactNode;
}

/** An open dialog. */
export function Dialog({ name, className, children }: DialogProps) {
  const app = useApp();
  const ref = useRef<HTMLDialogElement>(null);
  const own = useRef(app.get(overlaySlice).overlay);
  // at once, so that no key is lost between the drawing and the focus
  useLayoutEffect(() => {
    const { current } = ref;
    if (current !== null && !current.open) current.showModal();
    // another dialog in its place: the focus returns first, so that the other one knows where it was
    return () => current?.close();
  }, []);
  const release = () => {
    // the chosen command may have opened another dialog meanwhile
    if (app.get(overlaySlice).overlay === own.current) showOverlay(app, null);
  };
  // the browser reports a closed dialog in a later task, and a key pressed before that belongs to the page
  const shut = () => {
    ref.current?.close();
    release();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it from the keyboard
    <dialog
      ref={ref}
      className={`overlay ${className}`}
      aria-label={name}
      onCancel={(event) => {
        event.preventDefault();
        shut();
      }}
      onClose={release}
      onClick={(event) => {
        // the backdrop belongs to the dialog
        if (event.target === event.currentTarget) shut();
      }}
    >
      {children(shut)}
    </dialog>
  );
}

// The script as text. The dialog is fetched when it is first opened.

import { lazy, Suspense, useRef, useState } from 'react';

const NotationDialog = lazy(async () => ({ default: (await import('./NotationDialog.tsx')).NotationDialog }));

/** Opens the dialog. */
export function NotationButton() {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="quiet"
        title="Paste or open a script, copy this one"
        onClick={() => setOpen(true)}
      >
        Notation…
      </button>
      {open && (
        <Suspense>
          <NotationDialog
            onClose={() => {
              setOpen(false);
              // the browser has returned the focus, unless it had not focused the clicked button
              if (document.activeElement === document.body) button.current?.focus();
            }}
          />
        </Suspense>
      )}
    </>
  );
}

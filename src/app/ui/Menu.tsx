// A button that opens a panel. The panel is a native popover: Escape and a click elsewhere close it.

import { type ReactNode, useId, useRef, useState } from 'react';

interface MenuProps {
  readonly label: ReactNode;
  /** The button's accessible name when parts of the label may be hidden. */
  readonly says?: string;
  /** The panel's accessible name. */
  readonly name: string;
  /** Called when the panel opens or closes. */
  readonly onToggle?: (open: boolean) => void;
  /** `close` closes the panel. */
  readonly children: (close: () => void) => ReactNode;
  /** The panel is rendered only while it is open. */
  readonly late?: boolean;
}

/** A button that opens a panel. */
export function Menu({ label, says, name, onToggle, children, late = false }: MenuProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLElement>(null);
  // a popover is in the top layer, so its place is set when it opens
  const place = () => {
    const at = button.current?.getBoundingClientRect();
    if (at === undefined || panel.current === null) return;
    const width = Math.min(384, window.innerWidth - 16);
    // below a button in the upper part of the window, else above it
    const below = at.bottom < window.innerHeight * 0.6;
    panel.current.style.top = below ? `${at.bottom + 4}px` : 'auto';
    panel.current.style.bottom = below ? 'auto' : `${window.innerHeight - at.top + 4}px`;
    panel.current.style.maxHeight = `${(below ? window.innerHeight - at.bottom : at.top) - 12}px`;
    panel.current.style.left = `${Math.max(8, Math.min(at.left, window.innerWidth - width - 8))}px`;
  };
  return (
    <>
      <button ref={button} type="button" aria-label={says} popoverTarget={id} onClick={place}>
        {label}
      </button>
      <section
        ref={panel}
        id={id}
        popover="auto"
        className="menu"
        aria-label={name}
        onToggle={({ newState }) => {
          setOpen(newState === 'open');
          onToggle?.(newState === 'open');
        }}
      >
        {(open || !late) && children(() => panel.current?.hidePopover())}
      </section>
    </>
  );
}

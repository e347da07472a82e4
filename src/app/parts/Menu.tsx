// A button with a panel below it, made of the browser's own popover: it closes by Escape and by a click elsewhere.

import { type ReactNode, useId, useRef, useState } from 'react';

/** What a menu needs. */
interface MenuProps {
  readonly label: ReactNode;
  /** The button's accessible name where parts of the label are not always seen. */
  readonly says?: string;
  /** The panel's accessible name. */
  readonly name: string;
  /** Told when the panel opens or closes. */
  readonly onToggle?: (open: boolean) => void;
  /** `close` puts the panel away. */
  readonly children: (close: () => void) => ReactNode;
  /** The panel is made when it is opened, and not before. */
  readonly late?: boolean;
}

/** A button that opens a panel. */
export function Menu({ label, says, name, onToggle, children, late = false }: MenuProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLElement>(null);
  // the panel lies on the top layer, so its place is set when it opens
  const place = () => {
    const at = button.current?.getBoundingClientRect();
    if (at === undefined || panel.current === null) return;
    const width = Math.min(384, window.innerWidth - 16);
    // below the button where there is more room below it, else above
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

// A glossary term as a button that looks like text. TermPopover shows the explanation, so that a term costs only its button.

import { type ReactNode, useRef } from 'react';
import { useApp, useSlice } from '../store/appContext.ts';
import { explain, termSlice } from '../store/term.ts';
import './term.css';

/** The term and how it is shown. */
interface TermProps {
  /** The spelling in the glossary; the text itself if absent. */
  readonly word?: string;
  readonly id?: string;
  /** Tab skips it, as it would be in the way between the fields of a form. */
  readonly aside?: boolean;
  readonly children: ReactNode;
}

export function Term({ word, id, aside = false, children }: TermProps) {
  const app = useApp();
  const button = useRef<HTMLButtonElement>(null);
  const open = useSlice(termSlice, ({ asked }) => asked !== null && asked.from === button.current);
  // the pointer press closes the explanation before the click, so the second click must not open it again
  const wasOpen = useRef(false);
  return (
    <button
      ref={button}
      type="button"
      id={id}
      tabIndex={aside ? -1 : undefined}
      className="term"
      data-term={word ?? (typeof children === 'string' ? children : '')}
      aria-haspopup="dialog"
      aria-expanded={open}
      onPointerDown={() => {
        wasOpen.current = open;
      }}
      onClick={(event) => {
        const from = event.currentTarget;
        const again = open || (event.detail > 0 && wasOpen.current);
        wasOpen.current = false;
        explain(app, again ? null : { word: word ?? from.textContent ?? '', from });
      }}
    >
      {children}
    </button>
  );
}

// A word of the kernel that explains itself: a button that looks like the word. The one explanation on the screen is
// TermPopover's, so that a word costs no more than its button.

import { type ReactNode, useRef } from 'react';
import { explain, useTerm } from '../state/term.ts';
import './term.css';

/** What a word needs. */
interface TermProps {
  /** As the glossary spells it; without it the text itself. */
  readonly word?: string;
  readonly id?: string;
  /** Tab passes it by: between the fields of a form it would be in the way, and the glossary has it too. */
  readonly aside?: boolean;
  readonly children: ReactNode;
}

/** The word. */
export function Term({ word, id, aside = false, children }: TermProps) {
  const button = useRef<HTMLButtonElement>(null);
  const open = useTerm(({ asked }) => asked !== null && asked.from === button.current);
  // a press outside closes the explanation before the click comes: the second click must not open it again
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
        explain(again ? null : { word: word ?? from.textContent ?? '', from });
      }}
    >
      {children}
    </button>
  );
}

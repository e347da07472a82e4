// The explanation of the word that was asked for, beside it. Escape and a press elsewhere close it; the focus returns to
// the word.

import { lazy, Suspense, useEffect, useRef } from 'react';
import { type Asked, explain, openGlossary, useTerm } from '../state/term.ts';

const TermText = lazy(() => import('./TermText.tsx').then((module) => ({ default: module.TermText })));

/** Room below the word, in pixels; with less it stands above. */
const ROOM = 200;

/** The popover of the word that was asked for. */
export function TermBox({ asked }: { readonly asked: Asked }) {
  const { word, from } = asked;
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const panel = ref.current;
    if (panel === null) return;
    place(panel, from.getBoundingClientRect());
    panel.showPopover?.();
    panel.focus();
  }, [from]);
  return (
    <section
      ref={ref}
      popover="auto"
      role="dialog"
      aria-label={`What ${word} means`}
      className="menu term-popover"
      tabIndex={-1}
      onToggle={({ newState }) => {
        // another word may have been asked for meanwhile
        if (newState === 'closed' && useTerm.getState().asked === asked) explain(null);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        explain(null);
        from.focus();
      }}
    >
      <h3>{word}</h3>
      <Suspense fallback={<p>Fetching…</p>}>
        <TermText word={word} />
      </Suspense>
      <button type="button" onClick={() => openGlossary('')}>
        All terms
      </button>
    </section>
  );
}

function place({ style }: HTMLElement, at: DOMRect): void {
  const width = Math.min(320, window.innerWidth - 16);
  const below = window.innerHeight - at.bottom > ROOM;
  style.left = `${Math.max(8, Math.min(at.left, window.innerWidth - width - 8))}px`;
  style.top = below ? `${at.bottom + 4}px` : 'auto';
  style.bottom = below ? 'auto' : `${window.innerHeight - at.top + 4}px`;
}

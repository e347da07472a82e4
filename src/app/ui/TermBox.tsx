// The explanation of a term, beside it. Escape and a press elsewhere close it; the focus returns to the term.

import { lazy, Suspense, useEffect, useRef } from 'react';
import { useApp } from '../store/appContext.ts';
import { type Asked, explain, openGlossary, termSlice } from '../store/term.ts';

const TermText = lazy(() => import('./TermText.tsx').then((module) => ({ default: module.TermText })));

/** Pixels below the term; with less room the popover opens above it. */
const ROOM = 200;

/** The popover of a term. */
export function TermBox({ asked }: { readonly asked: Asked }) {
  const app = useApp();
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
      aria-label={`Meaning of ${word}`}
      className="menu term-popover"
      tabIndex={-1}
      onToggle={({ newState }) => {
        // another term may be open by now
        if (newState === 'closed' && app.get(termSlice).asked === asked) explain(app, null);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        explain(app, null);
        from.focus();
      }}
    >
      <h3>{word}</h3>
      <Suspense fallback={<p>Loading…</p>}>
        <TermText word={word} />
      </Suspense>
      <button type="button" onClick={() => openGlossary(app, '')}>
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

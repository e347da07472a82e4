// The window with the presenter's notes. It shows what the window of the presentation sends, and sends back the pressed buttons.

import { useCallback, useEffect, useState } from 'react';
import {
  type NotesAction,
  type NotesMessage,
  type PresentationMessage,
  readPresentation,
} from '../../../../../formats/lesson/notes.ts';
import { useTheme } from '../../../../store/theme.ts';
import { NotesView } from './NotesView.tsx';
import { ownOrigin } from './notesOrigin.ts';

/** Keys of a clicker that is connected to the presenter's computer. */
const KEYS: Readonly<Record<string, NotesAction>> = {
  PageDown: 'forward',
  ArrowRight: 'forward',
  PageUp: 'back',
  ArrowLeft: 'back',
};

function send(action: NotesAction): void {
  const message: NotesMessage = { irqscope: 'notes', action };
  // the window that has opened this one
  const opener: unknown = window.opener;
  if (isWindow(opener)) opener.postMessage(message, ownOrigin());
}

function isWindow(value: unknown): value is Window {
  return typeof value === 'object' && value !== null && 'postMessage' in value;
}

/** The page of the notes. */
export function NotesPage() {
  useTheme();
  const [told, setTold] = useState<PresentationMessage | null>(null);
  const shown = told?.shown ?? null;
  const act = useCallback((action: NotesAction) => send(action), []);
  useEffect(() => {
    const hear = ({ source, data }: MessageEvent<unknown>) => {
      const message = source === window.opener ? readPresentation(data) : null;
      if (message !== null) setTold(message);
    };
    const press = (event: KeyboardEvent) => {
      const action = KEYS[event.code];
      if (action === undefined) return;
      event.preventDefault();
      send(action);
    };
    window.addEventListener('message', hear);
    document.addEventListener('keydown', press);
    send('hello');
    return () => {
      window.removeEventListener('message', hear);
      document.removeEventListener('keydown', press);
    };
  }, []);
  useEffect(() => {
    document.title = shown === null ? 'Notes – irqscope' : `Notes: ${shown.lesson} – irqscope`;
  }, [shown]);
  return (
    <main className="notes-page">
      <h1>Presenter’s notes</h1>
      {shown !== null ? (
        <NotesView part={shown} onAction={act} />
      ) : told === null ? (
        <p>
          No presentation is connected to this window. Present a lesson in irqscope and choose “Notes window”
          there.
        </p>
      ) : (
        <p>The presentation has ended.</p>
      )}
    </main>
  );
}

// The kept drafts of the lesson editor by title and date.

import { useEffect, useRef, useState } from 'react';
import { counted } from '../../../../text/numbers.ts';
import { useApp } from '../../../store/appContext.ts';
import { duplicateDraft, type ListedDraft, putBack, removeDraft, showDraft } from '../drafts.ts';
import { makeFromLab } from '../making.ts';

export function DraftList({ drafts }: { readonly drafts: readonly ListedDraft[] }) {
  const app = useApp();
  const [removed, setRemoved] = useState<ListedDraft | null>(null);
  const body = useRef<HTMLDivElement>(null);
  const undo = useRef<HTMLButtonElement>(null);
  // the pressed button has disappeared
  useEffect(() => {
    if (removed === null) body.current?.focus();
    else undo.current?.focus();
  }, [removed]);
  return (
    <div
      ref={body}
      className="maker-body stack gap-8 scroll low"
      role="group"
      aria-label="Drafts"
      tabIndex={0}
    >
      <p>
        <button type="button" className="primary" onClick={() => makeFromLab(app)}>
          New draft from the lab
        </button>
      </p>
      <p role="status">
        {removed !== null && (
          <>
            Removed “{titleOf(removed)}”.{' '}
            <button
              ref={undo}
              type="button"
              onClick={() => {
                putBack(app, removed);
                setRemoved(null);
              }}
            >
              Undo
            </button>
          </>
        )}
      </p>
      {drafts.length === 0 && <p>No draft is kept in this browser.</p>}
      <ul className="stack gap-6" aria-label="Kept drafts">
        {drafts.map((entry) => (
          <li key={entry.key} className="maker-draft cluster middle gap-8 framed">
            <p>
              <b>{titleOf(entry)}</b>
              <br />
              <span className="aside">
                {counted(entry.draft.lines.length, 'line')} · changed{' '}
                <time dateTime={new Date(entry.changed).toISOString()}>
                  {new Date(entry.changed).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })}
                </time>
              </span>
            </p>
            <span className="cluster gap-6">
              <button
                type="button"
                aria-label={`Open ${titleOf(entry)}`}
                onClick={() => showDraft(app, entry.key)}
              >
                Open
              </button>
              <button
                type="button"
                aria-label={`Duplicate ${titleOf(entry)}`}
                onClick={() => duplicateDraft(app, entry)}
              >
                Duplicate
              </button>
              <button
                type="button"
                aria-label={`Remove ${titleOf(entry)}`}
                onClick={() => {
                  removeDraft(app, entry.key);
                  setRemoved(entry);
                }}
              >
                Remove
              </button>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function titleOf({ draft }: ListedDraft): string {
  return draft.title.trim() === '' ? 'Untitled lesson' : draft.title;
}

// The presenter's notes inside the presentation, offered where the browser blocks their window.

import { presentedPart } from '../../../../../lessons/presented.ts';
import { useApp, useSlice } from '../../../../store/appContext.ts';
import { lessonSlice } from '../../../../store/lesson.ts';
import { presentingSlice, slideFor } from '../../presenting.ts';
import { NotesView } from './NotesView.tsx';
import { actForNotes, openNotes } from './notesWindow.ts';

export function NotesPanel() {
  const app = useApp();
  const { notes, since, slide } = useSlice(presentingSlice);
  const open = useSlice(lessonSlice, (state) => state.open);
  if (open === null || since === null || notes === 'closed' || notes === 'window') return null;
  const close = () => app.set(presentingSlice, { notes: 'closed' });
  if (notes === 'blocked')
    return (
      <div className="presenting-alarm" role="alert">
        <p>
          The browser has blocked the notes window. Allow pop-ups for this page and try again, or show the
          notes here, where the class sees them too.
        </p>
        <p className="cluster gap-8">
          <button type="button" onClick={() => openNotes(app)}>
            Try again
          </button>
          <button type="button" onClick={() => app.set(presentingSlice, { notes: 'here' })}>
            Show the notes here
          </button>
          <button type="button" onClick={close}>
            No notes
          </button>
        </p>
      </div>
    );
  return (
    <aside className="presenting-notes" aria-label="Presenter’s notes">
      <NotesView
        part={presentedPart(open.taking, slideFor(slide, open.taking) === 'end', since)}
        onAction={(action) => actForNotes(app, action)}
      />
      <button type="button" onClick={close}>
        Hide the notes
      </button>
    </aside>
  );
}

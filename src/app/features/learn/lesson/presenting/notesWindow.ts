// The presenter's notes in a window of their own: the same page with `?notes=1`. The two windows send each other messages, and
// each of them listens only to the other.

import {
  type NotesAction,
  type PresentationMessage,
  readNotes,
} from '../../../../../formats/lesson/notes.ts';
import { presentedPart } from '../../../../../lessons/presented.ts';
import { type App, local } from '../../../../store/app.ts';
import { labSlice } from '../../../../store/lab.ts';
import { lessonSlice } from '../../../../store/lesson.ts';
import { present, presentAnswer, presentNext } from '../../presentation.ts';
import { presentingSlice, slideOf } from '../../presenting.ts';
import { ownOrigin } from './notesOrigin.ts';

/** Opens the notes. The window is a pop-up, which a browser can block. */
export function openNotes(app: App): void {
  const my = app.local(talk);
  // a second press leads to the same window
  my.opened = window.open(
    `${window.location.pathname}?notes=1`,
    'irqscope-notes',
    'popup,width=560,height=760',
  );
  app.set(presentingSlice, { notes: my.opened === null ? 'blocked' : 'window' });
  app.set(labSlice, {
    announcement: my.opened === null ? 'The browser has blocked the notes window.' : 'Notes window opened.',
  });
}

/** Returns the message about the present state. */
export function presentationNow(app: App): PresentationMessage {
  const { open } = app.get(lessonSlice);
  const { since } = app.get(presentingSlice);
  const shown =
    open?.presenting === true && since !== null
      ? presentedPart(open.taking, slideOf(app) === 'end', since)
      : null;
  return { irqscope: 'presentation', shown };
}

/** Does what a button of the notes asks for. */
export function actForNotes(app: App, action: NotesAction): void {
  if (app.get(lessonSlice).open?.presenting !== true) return;
  if (action === 'answer') presentAnswer(app);
  else if (action === 'next') presentNext(app);
  else if (action !== 'hello') present(app, action === 'forward');
}

/** The open window. Listeners are added with the first one, and stay as long as the page. */
const talk = local<{ opened: Window | null }>((app) => {
  const my: { opened: Window | null } = { opened: null };
  const tell = () => my.opened?.postMessage(presentationNow(app), ownOrigin());
  app.on(lessonSlice, tell);
  app.on(presentingSlice, tell);
  window.addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
    if (my.opened === null || source !== my.opened) return;
    const message = readNotes(data);
    if (message === null) return;
    actForNotes(app, message.action);
    if (message.action === 'hello') tell();
  });
  return my;
});

// The slice of the lab: the tree of sessions, the opened recording, the form. It contains nothing that a replay can compute.

import type { GenerationId } from '../../kernel/generations/generation.ts';
import type { Line } from '../../kernel/line.ts';
import { isAsRecorded, type OpenedRecording } from '../../recordings/opened.ts';
import { clearScript, insertLine, moveCursor, replaceLine } from '../../session/edits.ts';
import {
  boundHistory,
  commit,
  currentSession,
  type History,
  redo,
  startHistory,
  undo,
  visit,
} from '../../session/history.ts';
import { isKnown, runAt } from '../../session/replay.ts';
import type { Cursor, Session, Setup } from '../../session/session.ts';
import { scriptLine } from '../../session/session.ts';
import { type Travel, travel } from '../../session/travel.ts';
import { operationSubject } from '../../text/operation.ts';
import { resultSentence } from '../../text/result.ts';
import { type Draft, FIRST_DRAFT } from '../../views/composer/draft.ts';
import { type App, slice } from './app.ts';
import { useSlice } from './appContext.ts';
import { replayOf } from './derived.ts';
import { exampleSession } from './example.ts';

/** Unreadable outside input. */
export interface ShownProblem {
  readonly title: string;
  readonly details: readonly string[];
  /** The effect on the session; by default that it is unchanged. */
  readonly note?: string;
  /** The problem is about the address, which stays until the next edit. */
  readonly keepsAddress?: boolean;
  /** Buttons that solve it. */
  readonly actions?: readonly { readonly label: string; readonly run: () => void }[];
}

/** The state of the lab. */
export interface LabState {
  readonly history: History;
  readonly opened: OpenedRecording | null;
  /** Its file, for a recording that comes with the page. */
  readonly recordingFile: string | null;
  readonly problem: ShownProblem | null;
  readonly draft: Draft;
  /** The text of the page's live region. */
  readonly announcement: string;
}

/** Returns the state of a first visit. */
export function firstState(): LabState {
  return {
    history: startHistory(exampleSession()),
    opened: null,
    recordingFile: null,
    problem: null,
    draft: FIRST_DRAFT,
    announcement: '',
  };
}

/** The slice of the lab. */
export const labSlice = slice<LabState>(() => firstState());

const session = (app: App) => currentSession(app.get(labSlice).history);

function announce(app: App, made: Session): string {
  const replayed = replayOf(app, made);
  const { line } = made.cursor;
  const entry = replayed.script[line - 1];
  if (entry === undefined) return 'Start of the script.';
  if (!isKnown(replayed, line)) return `Line ${line}: still computing ${operationSubject(entry.line.op)}.`;
  return resultSentence(line, entry, runAt(replayed, line));
}

/** Makes an edit: the changed session becomes the current one, and undo reverts it. */
export function edit(app: App, label: string, change: (session: Session) => Session): void {
  app.set(labSlice, ({ history }) => {
    const made = change(currentSession(history));
    return { history: boundHistory(commit(history, made, label)), announcement: announce(app, made) };
  });
}

/** Inserts an operation after the current line. */
export function runLine(app: App, made: Line): void {
  edit(app, operationSubject(made.op), (now) => insertLine(now, now.cursor.line, scriptLine(made)));
}

/** Replaces the current line with an operation. */
export function replaceCurrent(app: App, made: Line): void {
  edit(app, `replace with ${operationSubject(made.op)}`, (now) => {
    const at = now.cursor.line - 1;
    const entry = now.script[at];
    return entry === undefined ? now : replaceLine(now, at, { ...entry, line: made });
  });
}

/** Moves the cursor; no edit. */
export function lookAt(app: App, cursor: Cursor): void {
  app.set(labSlice, ({ history }) => {
    const moved = moveCursor(currentSession(history), cursor);
    const told = cursor.step === null ? { announcement: announce(app, moved) } : {};
    return { history: visit(history, moved), ...told };
  });
}

/** Moves the cursor by one step of time travel. */
export function go(app: App, how: Travel): void {
  lookAt(app, travel(replayOf(app, session(app)), session(app).cursor, how));
}

/** Reverts the last edit. */
export function undoEdit(app: App): void {
  app.set(labSlice, ({ history }) => ({ history: undo(history), announcement: 'Undone.' }));
}

/** Repeats the reverted edit. */
export function redoEdit(app: App): void {
  app.set(labSlice, ({ history }) => ({ history: redo(history), announcement: 'Redone.' }));
}

/** Starts an empty script on the same device. */
export function newScript(app: App): void {
  app.set(labSlice, { opened: null, recordingFile: null, problem: null });
  edit(app, 'new script', (now) => clearScript(now));
  app.set(labSlice, { draft: FIRST_DRAFT, announcement: 'New script.' });
}

/** Shows a recording: its operations become the script. `file` names a recording that comes with the page. */
export function showRecording(app: App, opened: OpenedRecording, file: string | null): void {
  // before the edit, because the address is written with the edit and names the recording
  app.set(labSlice, { recordingFile: file });
  edit(app, `open ${opened.recording.header.name}`, () => opened.session);
  app.set(labSlice, {
    opened,
    problem: null,
    announcement: `Recording ${opened.recording.header.name} opened.`,
  });
}

/** Returns to the recorded session after an edit. */
export function backToRecording(app: App): void {
  const { opened } = app.get(labSlice);
  if (opened !== null)
    edit(app, 'back to the recording', (now) => ({ ...opened.session, cursor: now.cursor }));
}

/** Closes the comparison; the script stays. */
export function closeRecording(app: App): void {
  app.set(labSlice, { opened: null, recordingFile: null });
}

/** Shows a problem, which is an alert and so announces itself; the session does not change. */
export function showProblem(app: App, problem: ShownProblem | null): void {
  app.set(labSlice, { problem, announcement: '' });
}

/** Changes the form. */
export function changeDraft(app: App, change: Partial<Draft>): void {
  app.set(labSlice, ({ draft }) => ({ draft: { ...draft, ...change } }));
}

/** The current session. */
export function useSession(): Session {
  return useSlice(labSlice, ({ history }) => currentSession(history));
}

/** The session's device and host; a moved cursor draws nothing again. */
export function useSetup(): Setup {
  return useSlice(labSlice, ({ history }) => currentSession(history).setup);
}

/** The session's generation; a moved cursor draws nothing again. */
export function useGeneration(): GenerationId {
  return useSlice(labSlice, ({ history }) => currentSession(history).generation);
}

/** The open recording, and whether the session still equals it. */
export function useOpened(): { readonly opened: OpenedRecording; readonly asRecorded: boolean } | null {
  const opened = useSlice(labSlice, (state) => state.opened);
  const now = useSession();
  return opened === null ? null : { opened, asRecorded: isAsRecorded(opened, now) };
}

// The store: a tree of sessions, and what the screen itself has to remember. Nothing that can be replayed is in it.

import { create } from 'zustand';
import type { GenerationId } from '../../kernel/generations/generation.ts';
import type { Line } from '../../kernel/line.ts';
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
import { isAsRecorded, type OpenedRecording } from '../../session/opened.ts';
import { isKnown, runAt } from '../../session/replay.ts';
import type { Cursor, Session, Setup } from '../../session/session.ts';
import { scriptLine } from '../../session/session.ts';
import { type Travel, travel } from '../../session/travel.ts';
import { type Draft, FIRST_DRAFT } from '../../views/composer/draft.ts';
import { operationSubject } from '../../views/words/operation.ts';
import { resultSentence } from '../../views/words/result.ts';
import { replayOf } from './derived.ts';
import { exampleSession } from './example.ts';

/** Outside input that could not be read. */
export interface ShownProblem {
  readonly title: string;
  readonly details: readonly string[];
  /** What became of the session; by default that it is unchanged. */
  readonly note?: string;
  /** It is about the address, which stays as it is until something is done. */
  readonly keepsAddress?: boolean;
  /** What can be done about it. */
  readonly actions?: readonly { readonly label: string; readonly run: () => void }[];
}

/** What the store holds. */
export interface LabState {
  readonly history: History;
  readonly opened: OpenedRecording | null;
  /** Its file, where it is one that comes with the page. */
  readonly recordingFile: string | null;
  readonly problem: ShownProblem | null;
  readonly draft: Draft;
  /** What a screen reader is told. */
  readonly announcement: string;
}

/** The state of a first visit. */
export function firstState(): LabState {
  return {
    history: startHistory(exampleSession()),
    opened: null,
    recordingFile: null,
    problem: null,
    draft: { ...FIRST_DRAFT, start: '5', values: '999' },
    announcement: '',
  };
}

/** The page's store. */
export const useLab = create<LabState>()(() => firstState());

const session = () => currentSession(useLab.getState().history);

function announce(made: Session): string {
  const replayed = replayOf(made);
  const { line } = made.cursor;
  const entry = replayed.script[line - 1];
  if (entry === undefined) return 'Start of the script.';
  if (!isKnown(replayed, line))
    return `Line ${line}: ${operationSubject(entry.line.op)} is not worked out yet.`;
  return resultSentence(line, entry, runAt(replayed, line));
}

/** An edit: what it makes of the session becomes the current one, and undo takes it back. */
export function edit(label: string, change: (session: Session) => Session): void {
  useLab.setState(({ history }) => {
    const made = change(currentSession(history));
    return { history: boundHistory(commit(history, made, label)), announcement: announce(made) };
  });
}

/** Puts an operation after the line that is looked at. */
export function runLine(made: Line): void {
  edit(operationSubject(made.op), (now) => insertLine(now, now.cursor.line, scriptLine(made)));
}

/** Puts an operation in the place of the line that is looked at. */
export function replaceCurrent(made: Line): void {
  edit(`replace by ${operationSubject(made.op)}`, (now) => {
    const at = now.cursor.line - 1;
    const entry = now.script[at];
    return entry === undefined ? now : replaceLine(now, at, { ...entry, line: made });
  });
}

/** Looks at another place; no edit. */
export function lookAt(cursor: Cursor): void {
  useLab.setState(({ history }) => {
    const moved = moveCursor(currentSession(history), cursor);
    const told = cursor.step === null ? { announcement: announce(moved) } : {};
    return { history: visit(history, moved), ...told };
  });
}

/** Goes through time. */
export function go(how: Travel): void {
  lookAt(travel(replayOf(session()), session().cursor, how));
}

/** Takes the last edit back. */
export function undoEdit(): void {
  useLab.setState(({ history }) => ({ history: undo(history), announcement: 'Undone.' }));
}

/** Makes the edit again that was taken back. */
export function redoEdit(): void {
  useLab.setState(({ history }) => ({ history: redo(history), announcement: 'Done again.' }));
}

/** Begins with an empty script on the same device. */
export function newScript(): void {
  useLab.setState({ opened: null, recordingFile: null, problem: null });
  edit('new script', (now) => clearScript(now));
  useLab.setState({ draft: FIRST_DRAFT, announcement: 'New script.' });
}

/** Shows a recording: its operations become the script. `file` names one that comes with the page. */
export function showRecording(opened: OpenedRecording, file: string | null): void {
  // before the edit: the address is written with the edit, and says the recording too
  useLab.setState({ recordingFile: file });
  edit(`open ${opened.recording.header.name}`, () => opened.session);
  useLab.setState({
    opened,
    problem: null,
    announcement: `Recording ${opened.recording.header.name} opened.`,
  });
}

/** Returns to what was recorded after an edit. */
export function backToRecording(): void {
  const { opened } = useLab.getState();
  if (opened !== null) edit('back to the recording', (now) => ({ ...opened.session, cursor: now.cursor }));
}

/** Closes the comparison; the script stays. */
export function closeRecording(): void {
  useLab.setState({ opened: null, recordingFile: null });
}

/** Tells what could not be read; the session stays as it is. */
export function showProblem(problem: ShownProblem | null): void {
  useLab.setState({
    problem,
    announcement: problem === null ? '' : `${problem.title} ${problem.details[0] ?? ''}`,
  });
}

/** Changes the form. */
export function changeDraft(change: Partial<Draft>): void {
  useLab.setState(({ draft }) => ({ draft: { ...draft, ...change } }));
}

/** The session that is looked at. */
export function useSession(): Session {
  return useLab(({ history }) => currentSession(history));
}

/** The device and host of the session; nothing is drawn again when another place is looked at. */
export function useSetup(): Setup {
  return useLab(({ history }) => currentSession(history).setup);
}

/** The session's generation; nothing is drawn again when another place is looked at. */
export function useGeneration(): GenerationId {
  return useLab(({ history }) => currentSession(history).generation);
}

/** The recording while it is what the session shows, and whether the session still is as recorded. */
export function useOpened(): { readonly opened: OpenedRecording; readonly asRecorded: boolean } | null {
  const opened = useLab((state) => state.opened);
  const now = useSession();
  return opened === null ? null : { opened, asRecorded: isAsRecorded(opened, now) };
}

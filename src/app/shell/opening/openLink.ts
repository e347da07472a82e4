// Opens the session of a link, or shows the problems of the link and the next steps. Opening a session is an edit, so undo
// restores the current work.

import type { Problem } from '../../../base/result.ts';
import { parseLink, printLink, type ReadLink } from '../../../formats/permalink/link.ts';
import { goToNode } from '../../../session/branches.ts';
import { moveCursor } from '../../../session/edits.ts';
import { commit, currentSession, startHistory, visit } from '../../../session/history.ts';
import { firstChange } from '../../../session/resultCheck.ts';
import type { Session } from '../../../session/session.ts';
import { counted } from '../../../text/numbers.ts';
import { problemText } from '../../../text/problem.ts';
import type { App } from '../../store/app.ts';
import { BUILT_IN } from '../../store/builtIn.ts';
import { showView } from '../../store/compare.ts';
import { replayOf } from '../../store/derived.ts';
import { keptTree } from '../../store/kept.ts';
import { labSlice, newScript, type ShownProblem, showProblem } from '../../store/lab.ts';
import { newOpening } from '../../store/working.ts';

const UNCHANGED = 'Your session is unchanged.';

/**
 * Opens the session of a fragment. `first`: the page has no edits yet. Returns false when a part of the fragment is unreadable;
 * `forms` lists the accepted fragments for the message.
 */
export function openSessionLink(app: App, fragment: string, first: boolean, forms: string): boolean {
  const read = parseLink(fragment);
  const { link, problems } = read;
  if (link === null || problems.length > 0) {
    showProblem(app, linkProblem(app, read, first, forms));
    return false;
  }
  const { history } = app.get(labSlice);
  const now = currentSession(history);
  if (saysSame(link.session, now)) {
    app.set(labSlice, { history: visit(history, moveCursor(now, link.session.cursor)) });
  } else show(app, link.session, 'open a link', first);
  showView(app, link.view ?? null);
  // on a fresh page, a message about unreadable branches stays visible
  if (!first) app.set(labSlice, { problem: null });
  const changed = link.check === null ? null : firstChange(link.check, replayOf(app, link.session));
  if (changed !== null) showProblem(app, resultsDiffer(changed));
  void restoreRecording(app, link.recording);
  return true;
}

/** Returns true when links to both sessions are equal except for the cursor. */
export function saysSame(a: Session, b: Session): boolean {
  return a.script.length === b.script.length && says(a) === says({ ...b, cursor: a.cursor });
}

/** Returns the session of an undamaged fragment, otherwise null. */
export function sessionOfFragment(fragment: string): Session | null {
  const { link, problems } = parseLink(fragment);
  return problems.length === 0 ? (link?.session ?? null) : null;
}

function says(session: Session): string {
  return printLink({ session, recording: null, check: null });
}

function show(app: App, session: Session, label: string, first: boolean): void {
  app.set(labSlice, ({ history }) => ({
    history: first ? startHistory(session) : commit(history, session, label),
    opened: null,
    recordingFile: null,
    announcement: `${counted(session.script.length, 'line')} opened.`,
  }));
}

/** Opens a session that is too long for a link and kept in this browser. On a fresh page its branches are opened too. */
export function openKept(app: App, fragment: string, first: boolean): boolean {
  const [, id = '', node = ''] = /^#kept=([^.]+)\.(\d{1,9})$/.exec(fragment) ?? [];
  const kept = keptTree(app, id);
  const found = kept?.ok === true ? kept.value.history.nodes[Number(node)] : undefined;
  if (kept?.ok === true && found !== undefined) {
    if (first) app.set(labSlice, { history: goToNode(kept.value.history, Number(node)), problem: null });
    else show(app, found.session, 'open a link', false);
    void restoreRecording(app, kept.value.recording);
    return true;
  }
  showProblem(
    app,
    kept?.ok === false
      ? treeProblem(kept.problems)
      : {
          title: 'This browser does not have the session of this link.',
          details: ['The script is too long for a link, so only the browser that created the link has it.'],
          note: `${UNCHANGED} Ask the sender to export the session as notation or JSON.`,
          keepsAddress: true,
        },
  );
  return false;
}

function linkProblem(
  app: App,
  { link, problems, lines }: ReadLink,
  first: boolean,
  forms: string,
): ShownProblem {
  const newer = problems.some(({ cause }) => cause === 'newer');
  const isOther = problems.some(({ cause }) => cause === 'foreign');
  const got = link?.session.script.length ?? 0;
  const read =
    link === null
      ? `Accepted are ${forms}.`
      : `${got} of ${lines === null ? 'an unknown number of' : lines} lines are readable.`;
  const startNew = { label: 'Start new', run: () => newScript(app) };
  return {
    title: newer
      ? 'This link was created by a newer irqscope.'
      : isOther
        ? 'This address is not a link of irqscope.'
        : 'This link is damaged.',
    details: [...problems.slice(0, 3).map(problemText), read],
    note: `${UNCHANGED} ${newer ? 'Reload the page, or open the link in the newer irqscope.' : 'Ask the sender for the whole link: some programs cut long links.'}`,
    keepsAddress: true,
    actions:
      link === null
        ? [startNew]
        : [
            {
              label: 'Open the readable lines',
              run: () => {
                // edits made in the meantime are kept
                const isUntouched = first && app.get(labSlice).history.nodes.length === 1;
                show(app, link.session, 'open part of a link', isUntouched);
                app.set(labSlice, { problem: null });
                showView(app, link.view ?? null);
              },
            },
            startNew,
          ],
  };
}

function resultsDiffer({ first, last }: { readonly first: number; readonly last: number }): ShownProblem {
  const where = first === last ? `line ${first}` : `one of the lines ${first} to ${last}`;
  return {
    title: 'Some results differ from when this link was created.',
    details: [`The first different result is at ${where}.`],
    note: 'The script is unchanged; the results are those of this version.',
  };
}

/** Returns the message for unreadable branches in the local storage. */
export function treeProblem(problems: readonly Problem[]): ShownProblem {
  return {
    title: 'The branches kept in this browser are unreadable.',
    details: problems.slice(0, 3).map(problemText),
    note: 'irqscope moves them to irqscope.set-aside in the local storage and does not delete them.',
  };
}

/** Loads the recording that belongs to the session, so that the comparison is shown again. */
export async function restoreRecording(app: App, file: string | null): Promise<void> {
  if (file === null || !BUILT_IN.some((known) => known.file === file)) {
    app.set(labSlice, { opened: null, recordingFile: null });
    return;
  }
  const asked = app.get(labSlice).history.current;
  const isWanted = newOpening(app);
  const { loadBuiltIn } = await import('../../store/recordings.ts');
  const opened = await loadBuiltIn(app, file, isWanted);
  // the person has moved on
  if (opened === null || app.get(labSlice).history.current !== asked) return;
  app.set(labSlice, ({ history }) => {
    const now = currentSession(history);
    const recorded = { ...opened.session, cursor: now.cursor };
    // the comparison needs the recording's own line objects, so an equal session is replaced by the recording's
    const same = saysSame(recorded, now);
    return { opened, recordingFile: file, history: same ? visit(history, recorded) : history };
  });
}

// Opening a link: the session that it says, or what is wrong with it and what can be done. The present work is never lost:
// an opened session is one more edit.

import { type Problem, problemText } from '../../base/result.ts';
import { parseLink, printLink, type ReadLink } from '../../formats/permalink/link.ts';
import { goToNode } from '../../session/branches.ts';
import { moveCursor } from '../../session/edits.ts';
import { commit, currentSession, startHistory, visit } from '../../session/history.ts';
import { firstChange } from '../../session/resultCheck.ts';
import type { Session } from '../../session/session.ts';
import { counted } from '../../views/words/numbers.ts';
import { BUILT_IN } from './builtIn.ts';
import { showView } from './compare.ts';
import { replayOf } from './derived.ts';
import { keptTree } from './kept.ts';
import { newScript, type ShownProblem, showProblem, useLab } from './lab.ts';
import { loadBuiltIn } from './recordings.ts';
import { newOpening } from './working.ts';

const UNCHANGED = 'What is shown is as it was.';

/** Opens a fragment. `first`: nothing was done on this page yet. False where it could not be read as a whole. */
export function openFragment(fragment: string, first: boolean): boolean {
  const [, id, node] = /^#kept=([^.]+)\.(\d{1,9})$/.exec(fragment) ?? [];
  if (id !== undefined) return openKept(id, Number(node), first);
  const read = parseLink(fragment);
  const { link, problems } = read;
  if (link === null || problems.length > 0) {
    showProblem(linkProblem(read, first));
    return false;
  }
  const { history } = useLab.getState();
  const now = currentSession(history);
  if (saysSame(link.session, now)) {
    useLab.setState({ history: visit(history, moveCursor(now, link.session.cursor)) });
  } else show(link.session, 'open a link', first);
  showView(link.view ?? null);
  // what is wrong with the kept branches stays on the screen
  if (!first) useLab.setState({ problem: null });
  const changed = link.check === null ? null : firstChange(link.check, replayOf(link.session));
  if (changed !== null) showProblem(answersOtherwise(changed));
  void restoreRecording(link.recording);
  return true;
}

/** True where a link to the one would say what a link to the other does, but for the place that is looked at. */
export function saysSame(a: Session, b: Session): boolean {
  return a.script.length === b.script.length && says(a) === says({ ...b, cursor: a.cursor });
}

/** What a fragment says, where it says a whole session and nothing is wrong with it. */
export function sessionOfFragment(fragment: string): Session | null {
  const { link, problems } = parseLink(fragment);
  return problems.length === 0 ? (link?.session ?? null) : null;
}

function says(session: Session): string {
  return printLink({ session, recording: null, check: null });
}

function show(session: Session, label: string, first: boolean): void {
  useLab.setState(({ history }) => ({
    history: first ? startHistory(session) : commit(history, session, label),
    opened: null,
    recordingFile: null,
    announcement: `${counted(session.script.length, 'line')} opened.`,
  }));
}

/** A session that was too long for a link: only this browser has it. Its branches come with it where there is no other work. */
function openKept(id: string, node: number, first: boolean): boolean {
  const kept = keptTree(id);
  const found = kept?.ok === true ? kept.value.history.nodes[node] : undefined;
  if (kept?.ok === true && found !== undefined) {
    if (first) useLab.setState({ history: goToNode(kept.value.history, node), problem: null });
    else show(found.session, 'open a link', false);
    void restoreRecording(kept.value.recording);
    return true;
  }
  showProblem(
    kept?.ok === false
      ? treeProblem(kept.problems)
      : {
          title: 'The session of this link is not in this browser.',
          details: ['Its script is too long for a link, so it was kept in the browser that made it.'],
          note: UNCHANGED,
          keepsAddress: true,
        },
  );
  return false;
}

function linkProblem({ link, problems, lines }: ReadLink, first: boolean): ShownProblem {
  const newer = problems.some(({ found }) => found.includes('newer irqscope'));
  const got = link?.session.script.length ?? 0;
  const read =
    link === null
      ? 'Nothing of it could be read.'
      : `${got} of ${lines === null ? 'an unknown number of' : lines} lines could be read.`;
  const startNew = { label: 'Start new', run: newScript };
  return {
    title: newer ? 'This link was made by a newer irqscope.' : 'This link is damaged.',
    details: [...problems.slice(0, 3).map(problemText), read],
    note: UNCHANGED,
    keepsAddress: true,
    actions:
      link === null
        ? [startNew]
        : [
            {
              label: 'Open what could be read',
              run: () => {
                // what was done meanwhile is not thrown away
                const isUntouched = first && useLab.getState().history.nodes.length === 1;
                show(link.session, 'open part of a link', isUntouched);
                useLab.setState({ problem: null });
                showView(link.view ?? null);
              },
            },
            startNew,
          ],
  };
}

function answersOtherwise({ first, last }: { readonly first: number; readonly last: number }): ShownProblem {
  const where = first === last ? `line ${first}` : `a line from ${first} to ${last}`;
  return {
    title: 'The model answers otherwise than when this link was made.',
    details: [`The first different answer is at ${where}.`],
    note: 'The script is as it was sent; the results are those of this version.',
  };
}

/** Kept work that cannot be read. */
export function treeProblem(problems: readonly Problem[]): ShownProblem {
  return {
    title: 'The branches that this browser has kept cannot be read.',
    details: problems.slice(0, 3).map(problemText),
    note: 'They are set aside in the local storage under irqscope.set-aside, not deleted.',
  };
}

/** Loads the recording that was shown beside the session, so that the comparison is there again. */
export async function restoreRecording(file: string | null): Promise<void> {
  if (file === null || !BUILT_IN.some((known) => known.file === file)) {
    useLab.setState({ opened: null, recordingFile: null });
    return;
  }
  const asked = useLab.getState().history.current;
  const opened = await loadBuiltIn(file, newOpening());
  // whoever has gone on meanwhile does not want it any more
  if (opened === null || useLab.getState().history.current !== asked) return;
  useLab.setState(({ history }) => {
    const now = currentSession(history);
    const recorded = { ...opened.session, cursor: now.cursor };
    // the comparison holds for the recording's own lines, so an equal session becomes that very one
    const same = saysSame(recorded, now);
    return { opened, recordingFile: file, history: same ? visit(history, recorded) : history };
  });
}

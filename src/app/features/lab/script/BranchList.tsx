// The branches, each with its name, length, fork and last result.

import { shortLine } from '../../../../formats/shortLine.ts';
import { type Branch, branches } from '../../../../session/branches.ts';
import type { History } from '../../../../session/history.ts';
import { isKnown, lineCount, replay, runAt } from '../../../../session/replay.ts';
import type { Session } from '../../../../session/session.ts';
import { counted } from '../../../../text/numbers.ts';
import type { App } from '../../../store/app.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { nameBranch, switchTo } from '../../../store/branches.ts';
import { replayOf } from '../../../store/derived.ts';
import { labSlice, useSession } from '../../../store/lab.ts';

interface BranchListProps {
  readonly close: () => void;
}

/** The list of branches. */
export function BranchList({ close }: BranchListProps) {
  const app = useApp();
  const history = useSlice(labSlice, (state) => state.history);
  const now = useSession();
  const all = branches(history);
  return (
    <>
      <p>An edit after an undo starts a branch; the undone lines stay in the old branch.</p>
      <ul className="branch-list" aria-label="Branches">
        {all.map((branch, at) => {
          const usual = `Branch ${at + 1}`;
          const session = history.nodes[branch.tip]?.session ?? now;
          return (
            <li key={branch.tip} aria-current={branch.current}>
              <div className="branch-head">
                <input
                  type="text"
                  aria-label={`Name of branch ${at + 1}`}
                  placeholder={usual}
                  value={branch.name}
                  maxLength={60}
                  onChange={(event) => nameBranch(app, branch.tip, event.target.value)}
                />
                {branch.tip === history.current ? (
                  <span className="branch-here">shown</span>
                ) : (
                  <button
                    type="button"
                    aria-label={`Switch to ${branch.name === '' ? usual : branch.name}`}
                    onClick={() => {
                      close();
                      switchTo(app, branch.tip);
                    }}
                  >
                    Switch
                  </button>
                )}
              </div>
              <p>
                {counted(session.script.length, 'line')} · {forkText(history, branch)}
              </p>
              <p className="branch-last">{lastResult(app, session, now)}</p>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function forkText({ nodes }: History, { fork, label, edits }: Branch): string {
  if (fork === null) return edits === 0 ? 'no edit yet' : `last edit: ${label}`;
  const before = nodes[fork]?.parent === null ? 'the start' : `“${nodes[fork]?.label ?? ''}”`;
  return `starts after ${before} with “${label}”`;
}

const told = new WeakMap<Session, string>();

/** Returns the last line of a branch with its result. */
function lastResult(app: App, session: Session, now: Session): string {
  const known = told.get(session);
  if (known !== undefined) return known;
  const last = session.script.at(-1);
  // the common part of both branches is not run again
  const replayed = replay(session, replayOf(app, now));
  const end = lineCount(replayed);
  const run = runAt(replayed, end);
  const text = last === undefined ? 'no lines' : shortLine(last.line.op, run);
  if (isKnown(replayed, end)) told.set(session, text);
  return text;
}

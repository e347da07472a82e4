// Every branch with its name, its length, where it forked and what its last line answered.

import { shortLine } from '../../../formats/shortLine.ts';
import { type Branch, branches } from '../../../session/branches.ts';
import type { History } from '../../../session/history.ts';
import { isKnown, lineCount, replay, runAt } from '../../../session/replay.ts';
import type { Session } from '../../../session/session.ts';
import { counted } from '../../../views/words/numbers.ts';
import { nameBranch, switchTo } from '../../state/branches.ts';
import { replayOf } from '../../state/derived.ts';
import { useLab, useSession } from '../../state/lab.ts';

/** What the list needs. */
interface BranchListProps {
  readonly close: () => void;
}

/** The list of branches. */
export function BranchList({ close }: BranchListProps) {
  const history = useLab((state) => state.history);
  const now = useSession();
  const all = branches(history);
  return (
    <>
      <p>An edit made after an undo starts a branch; the old future stays.</p>
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
                  onChange={(event) => nameBranch(branch.tip, event.target.value)}
                />
                {branch.tip === history.current ? (
                  <span className="branch-here">shown</span>
                ) : (
                  <button
                    type="button"
                    aria-label={`Switch to ${branch.name === '' ? usual : branch.name}`}
                    onClick={() => {
                      close();
                      switchTo(branch.tip);
                    }}
                  >
                    Switch
                  </button>
                )}
              </div>
              <p>
                {counted(session.script.length, 'line')} · {forkText(history, branch)}
              </p>
              <p className="branch-last">{lastResult(session, now)}</p>
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
  return `forked after ${before} with “${label}”`;
}

const told = new WeakMap<Session, string>();

/** The last line of a branch as the script shows it. */
function lastResult(session: Session, now: Session): string {
  const known = told.get(session);
  if (known !== undefined) return known;
  const last = session.script.at(-1);
  // what this branch has in common with the shown one is not run again
  const replayed = replay(session, replayOf(now));
  const end = lineCount(replayed);
  const run = runAt(replayed, end);
  const text = last === undefined ? 'no line' : shortLine(last.line.op, run);
  if (isKnown(replayed, end)) told.set(session, text);
  return text;
}

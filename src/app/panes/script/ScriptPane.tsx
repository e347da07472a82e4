// The script: strace-like lines with their results. The line that is looked at is where the next operation goes.

import { useEffect, useId } from 'react';
import { deleteLine, duplicateLine, moveLine, setDisabled } from '../../../session/edits.ts';
import type { Session } from '../../../session/session.ts';
import { differingLines } from '../../../views/recording/comparison.ts';
import { useWindow } from '../../parts/useWindow.ts';
import { edit, lookAt, useOpened, useSession } from '../../state/lab.ts';
import { useReplay } from '../../state/useMoment.ts';
import { BranchMenu } from './BranchMenu.tsx';
import { ScriptRow } from './ScriptRow.tsx';
import './script.css';

const ROW_HEIGHT = 24;
const NOWHERE: ReadonlySet<number> = new Set();

/** The pane of the script. */
export function ScriptPane() {
  const { script, cursor } = useSession();
  const { runs } = useReplay();
  const opened = useOpened();
  const id = useId();
  const { ref, onScroll, first, end, reveal } = useWindow(script.length + 1, ROW_HEIGHT);
  const differing = opened?.asRecorded === true ? differingLines(opened.opened) : NOWHERE;
  useEffect(() => reveal(cursor.line), [reveal, cursor.line]);
  const rows = Array.from({ length: end - first }, (_, at) => first + at);
  return (
    <section className="pane script" aria-labelledby="script-heading">
      <div className="pane-head">
        <h2 id="script-heading">Script</h2>
        <BranchMenu />
        <LineTools />
      </div>
      <div
        ref={ref}
        className="script-list"
        role="listbox"
        aria-label="Script"
        aria-activedescendant={`${id}-${cursor.line}`}
        tabIndex={0}
        onScroll={onScroll}
      >
        <div role="presentation" style={{ height: (script.length + 1) * ROW_HEIGHT }}>
          {rows.map((line) => (
            <ScriptRow
              key={line}
              id={`${id}-${line}`}
              line={line}
              entry={script[line - 1] ?? null}
              run={runs[line - 1] ?? null}
              current={line === cursor.line}
              differs={differing.has(line)}
              top={line * ROW_HEIGHT}
              onLook={() => lookAt({ line, step: null })}
            />
          ))}
        </div>
      </div>
      {script.length === 0 && (
        <p className="nothing">
          No line yet. Create an eventfd, then run an ioctl that attaches a vector to it.
        </p>
      )}
    </section>
  );
}

/** What can be done to the line that is looked at. */
function LineTools() {
  const { script, cursor } = useSession();
  const at = cursor.line - 1;
  const entry = script[at];
  const skip = entry?.disabled !== true;
  return (
    <div className="tools" role="group" aria-label="Line">
      <Tool label="↑" what="Move up" off={at <= 0} change={(now) => moveLine(now, at, at - 1)} />
      <Tool
        label="↓"
        what="Move down"
        off={at < 0 || at === script.length - 1}
        change={(now) => moveLine(now, at, at + 1)}
      />
      <Tool label="copy" what="Copy" off={at < 0} change={(now) => duplicateLine(now, at)} />
      <Tool
        label={skip ? 'skip' : 'use'}
        what={skip ? 'Skip' : 'Use'}
        off={at < 0}
        change={(now) => setDisabled(now, at, skip)}
      />
      <Tool label="delete" what="Delete" off={at < 0} change={(now) => deleteLine(now, at)} />
    </div>
  );
}

/** What a tool needs. */
interface ToolProps {
  readonly label: string;
  readonly what: string;
  readonly off: boolean;
  readonly change: (session: Session) => Session;
}

function Tool({ label, what, off, change }: ToolProps) {
  const { line } = useSession().cursor;
  const name = off ? what : `${what} line ${line}`;
  return (
    <button type="button" disabled={off} title={name} aria-label={name} onClick={() => edit(name, change)}>
      {label}
    </button>
  );
}

// The script: strace-like lines with their results. The line that is looked at is where the next operation goes.

import {
  type DragEvent,
  type KeyboardEvent,
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { moveLine } from '../../../session/edits.ts';
import { differingLines } from '../../../session/opened.ts';
import { runAt } from '../../../session/replay.ts';
import { layoutScript, lineAtRow } from '../../../views/script/layout.ts';
import { useWindow } from '../../parts/useWindow.ts';
import { useChanges } from '../../state/changes.ts';
import { startEditing, stopEditing, useEditing } from '../../state/editing.ts';
import { edit, lookAt, useOpened, useSession } from '../../state/lab.ts';
import { useKnownUpTo, useReplay } from '../../state/useMoment.ts';
import { BranchMenu } from './BranchMenu.tsx';
import { lineCommands } from './commands.ts';
import { LineTools } from './LineTools.tsx';
import { NotationButton } from './NotationButton.tsx';
import { ScriptRow } from './ScriptRow.tsx';
import './script.css';

// most visits write no notation, and its reader is large
const ChangesBar = lazy(async () => ({ default: (await import('./ChangesBar.tsx')).ChangesBar }));
const LineEditor = lazy(async () => ({ default: (await import('./LineEditor.tsx')).LineEditor }));

const ROW_HEIGHT = 24;
const NOWHERE: ReadonlySet<number> = new Set();

/** The pane of the script. */
export function ScriptPane() {
  const session = useSession();
  const { script, cursor } = session;
  const replayed = useReplay();
  const opened = useOpened();
  const { editing } = useEditing();
  const { changes } = useChanges();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const results = changes?.results ?? NOWHERE;
  const layout = useMemo(() => layoutScript(script, results, editing), [script, results, editing]);
  const { ref, onScroll, first, end, reveal } = useWindow(layout.rows, ROW_HEIGHT);
  const differing = opened?.asRecorded === true ? differingLines(opened.opened) : NOWHERE;
  const drag = useLineDrag();
  const top = (line: number) => (layout.tops[line] ?? 0) * ROW_HEIGHT;
  const currentRow = layout.tops[cursor.line] ?? 0;
  // an action takes the row above
  const acted = (script[cursor.line - 1]?.action ?? '') !== '';
  useEffect(() => {
    if (acted) reveal(currentRow + 1);
    reveal(currentRow);
  }, [reveal, currentRow, acted]);
  useEffect(() => {
    if (layout.editor !== null) for (const row of [layout.editor + 3, layout.editor]) reveal(row);
  }, [reveal, layout.editor]);
  const from = lineAtRow(layout, first);
  const to = Math.min(script.length, lineAtRow(layout, Math.max(first, end - 1)));
  useKnownUpTo(replayed, to);
  const lines = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const command = lineCommands(session).find(
      ({ code, alt }) => code === event.code && alt === event.altKey,
    );
    if (command === undefined) return;
    event.preventDefault();
    if (!command.off) command.run();
  };
  const lineOf = (event: DragEvent) => {
    const box = list.current?.getBoundingClientRect();
    const row = Math.floor((event.clientY - (box?.top ?? 0)) / ROW_HEIGHT + 0.5);
    return Math.max(1, Math.min(script.length + 1, lineAtRow(layout, row)));
  };
  return (
    <section className="pane script" aria-labelledby="script-heading">
      <div className="pane-head">
        <h2 id="script-heading">Script</h2>
        <NotationButton />
        <BranchMenu />
      </div>
      <LineTools />
      {changes !== null && (
        <Suspense fallback={null}>
          <ChangesBar />
        </Suspense>
      )}
      <div ref={ref} className="script-scroll" onScroll={onScroll}>
        <div
          ref={list}
          className="script-list"
          role="listbox"
          aria-label="Script"
          aria-activedescendant={
            cursor.line >= from && cursor.line <= to ? `${id}-${cursor.line}` : undefined
          }
          tabIndex={0}
          style={{ height: layout.rows * ROW_HEIGHT }}
          onKeyDown={onKeyDown}
          onDragOver={(event) => drag.over(event, lineOf(event))}
          onDragEnd={drag.end}
          onDrop={(event) => drag.drop(event, lineOf(event))}
        >
          {lines.map((line) =>
            editing?.kind === 'replace' && editing.line === line ? null : (
              <ScriptRow
                key={line}
                id={`${id}-${line}`}
                line={line}
                count={script.length + 1}
                entry={script[line - 1] ?? null}
                run={runAt(replayed, line)}
                current={line === cursor.line}
                differs={differing.has(line)}
                changes={changes}
                noteOpen={editing?.kind === 'note' && editing.line === line}
                actionOpen={editing?.kind === 'action' && editing.line === line}
                top={top(line)}
                onLook={lookAtLine}
                onEdit={editLine}
                onDrag={drag.start}
              />
            ),
          )}
        </div>
        {drag.target !== null && <div className="drop-mark" style={{ top: top(drag.target) }} />}
        {editing !== null && layout.editor !== null && (
          <Suspense>
            <LineEditor
              key={`${editing.kind}-${editing.line}`}
              editing={editing}
              entry={script[editing.line - 1] ?? null}
              top={layout.editor * ROW_HEIGHT}
              onClose={() => {
                stopEditing();
                list.current?.focus();
              }}
            />
          </Suspense>
        )}
        {editing === null && (
          <button
            type="button"
            className="add-line"
            style={{ top: top(script.length + 1) }}
            onClick={() => startEditing({ kind: 'insert', line: script.length + 1 })}
          >
            {script.length === 0 ? '+ write the first line' : `+ insert after line ${script.length}`}
          </button>
        )}
      </div>
    </section>
  );
}

const lookAtLine = (line: number) => lookAt({ line, step: null });

function editLine(line: number): void {
  if (line > 0) startEditing({ kind: 'replace', line });
}

/** Moving a line by dragging it; the buttons and keys do the same. */
function useLineDrag() {
  const [from, setFrom] = useState<number | null>(null);
  const [target, setTarget] = useState<number | null>(null);
  const start = useCallback((event: DragEvent, line: number) => {
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', `line ${line}`);
    setFrom(line);
  }, []);
  const end = () => {
    setFrom(null);
    setTarget(null);
  };
  return {
    target,
    end,
    start,
    over: (event: DragEvent, line: number) => {
      if (from === null) return;
      event.preventDefault();
      if (line !== target) setTarget(line);
    },
    drop: (event: DragEvent, line: number) => {
      end();
      if (from === null) return;
      event.preventDefault();
      // taken out first, so what stands behind it moves up
      const to = line > from ? line - 2 : line - 1;
      edit(`Move line ${from}`, (now) => moveLine(now, from - 1, to));
    },
  };
}

// The script: strace-like lines with their results. The next operation goes after the current line.

import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  lazy,
  Suspense,
  useCallback,
  useMemo,
  useRef,
  useState,
} from 'react';
import { differingLines } from '../../../../recordings/opened.ts';
import { isPressed } from '../../../../views/commands/keys.ts';
import { layoutScript, lineAtRow, topOf, withTools } from '../../../../views/script/layout.ts';
import type { App } from '../../../store/app.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { changesSlice } from '../../../store/changes.ts';
import { editingSlice, startEditing, stopEditing } from '../../../store/editing.ts';
import { lookAt, useOpened, useSession } from '../../../store/lab.ts';
import { tracedSlice } from '../../../store/traced.ts';
import { useReplay } from '../../../store/useMoment.ts';
import { late } from '../../../ui/late.ts';
import { ROW_HEIGHT, ScriptList } from '../../../ui/script/ScriptList.tsx';
import { hasSelectedText } from '../../../ui/selectedText.ts';
import { BranchMenu } from './BranchMenu.tsx';
import { actOnLines, lineActs, lineCommands } from './lineActions.ts';
import { NotationButton } from './NotationButton.tsx';
import { type LineRange, rangeOf, selectionSlice } from './selection.ts';
import './script.css';

// the parser of the notation is large and rarely needed
const ChangesBar = lazy(async () => ({ default: (await import('./ChangesBar.tsx')).ChangesBar }));
const TraceBar = lazy(async () => ({ default: (await import('./TraceBar.tsx')).TraceBar }));
const LineEditor = lazy(async () => ({ default: (await import('./LineEditor.tsx')).LineEditor }));

// the row is there from the first picture, its icons come behind it
const LineTools = late(async () => (await import('./LineTools.tsx')).LineTools);

const NOWHERE: ReadonlySet<number> = new Set();

export function ScriptPane() {
  const app = useApp();
  const session = useSession();
  const { script, cursor } = session;
  const replayed = useReplay();
  const opened = useOpened();
  const { editing } = useSlice(editingSlice);
  const { changes } = useSlice(changesSlice);
  const range = rangeOf(useSlice(selectionSlice).anchor, cursor.line);
  const list = useRef<HTMLDivElement>(null);
  const results = changes?.results ?? NOWHERE;
  const isTraced = useMemo(() => script.some(({ traced }) => traced !== undefined), [script]);
  const traced = useSlice(tracedSlice, ({ differ }) => (isTraced ? differ : NOWHERE));
  const plain = useMemo(
    () => layoutScript(script, results, editing, traced),
    [script, results, editing, traced],
  );
  const hasTools = editing === null && cursor.line > 0;
  const layout = useMemo(
    () => (hasTools ? withTools(plain, cursor.line) : plain),
    [plain, hasTools, cursor.line],
  );
  const differing = opened?.asRecorded === true ? differingLines(opened.opened) : NOWHERE;
  const drag = useLineDrag(range);
  const top = (line: number) => topOf(layout, line) * ROW_HEIGHT;
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.shiftKey ? /^Arrow(Up|Down)$/.exec(event.code)?.[1] : undefined;
    const command = lineCommands(app, session).find(({ key }) => isPressed(key, event));
    // the browser copies selected text: onCopy
    if (event.ctrlKey || event.metaKey || (by ?? command) === undefined) return;
    event.preventDefault();
    if (by !== undefined) void actOnLines(app, by === 'Up' ? 'select-up' : 'select-down');
    else if (command?.off === false) command.run();
  };
  const onCopy = (event: ClipboardEvent) => {
    if (hasSelectedText()) return;
    event.preventDefault();
    void actOnLines(app, 'copy');
  };
  const onLook = useCallback(
    (line: number, shift: boolean) => {
      if (shift) {
        void lineActs().then(({ selectTo }) => selectTo(app, line));
        list.current?.focus();
      } else {
        app.set(selectionSlice, { anchor: null });
        lookAt(app, { line, step: null });
      }
    },
    [app],
  );
  const onEdit = useCallback((line: number) => editLine(app, line), [app]);
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
      {changes !== null && (
        <Suspense fallback={null}>
          <ChangesBar />
        </Suspense>
      )}
      {isTraced && (
        <Suspense fallback={null}>
          <TraceBar />
        </Suspense>
      )}
      <ScriptList
        ref={list}
        replayed={replayed}
        layout={layout}
        cursor={cursor.line}
        aria-multiselectable
        onKeyDown={onKeyDown}
        onCopy={onCopy}
        onMouseDown={(event) => {
          // the browser would select text from the last click to this one
          if (event.shiftKey) event.preventDefault();
        }}
        onDragOver={(event) => drag.over(event, lineOf(event))}
        onDragEnd={drag.end}
        onDrop={(event) => drag.drop(event, lineOf(event))}
        own={(line) => {
          const edited = editing?.line === line ? editing.kind : null;
          if (edited === 'replace') return null;
          return {
            selected: line >= range.first && line <= range.last,
            differs: differing.has(line),
            untraced: traced.has(line),
            changes,
            noteOpen: edited === 'note',
            actionOpen: edited === 'action',
            onLook,
            onEdit,
            onDrag: drag.start,
          };
        }}
      >
        {drag.target !== null && <div className="drop-mark" style={{ top: top(drag.target) }} />}
        {editing !== null && layout.editor !== null && (
          <Suspense>
            <LineEditor
              key={`${editing.kind}-${editing.line}`}
              editing={editing}
              entry={script[editing.line - 1] ?? null}
              top={layout.editor * ROW_HEIGHT}
              onClose={() => {
                stopEditing(app);
                list.current?.focus();
              }}
            />
          </Suspense>
        )}
        {hasTools && (
          <Suspense fallback={null}>
            <LineTools
              top={top(cursor.line + 1) - ROW_HEIGHT}
              onDoubleClick={() => editLine(app, cursor.line)}
            />
          </Suspense>
        )}
        {editing === null && (
          <button
            type="button"
            className="add-line"
            style={{ top: top(script.length + 1) }}
            onClick={() => startEditing(app, { kind: 'insert', line: script.length + 1 })}
          >
            {script.length === 0 ? '+ add the first line' : `+ insert after line ${script.length}`}
          </button>
        )}
      </ScriptList>
    </section>
  );
}

function editLine(app: App, line: number): void {
  if (line > 0) startEditing(app, { kind: 'replace', line });
}

/** Moves a line by dragging it, together with the other selected lines; buttons and keys do the same. */
function useLineDrag(range: LineRange) {
  const app = useApp();
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
      const lines = from >= range.first && from <= range.last ? range : { first: from, last: from };
      void lineActs().then(({ dropLines }) => dropLines(app, lines, line));
    },
  };
}

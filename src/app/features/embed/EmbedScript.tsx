// The script of an embed with its results. In a playable embed a click chooses a line.

import { useEffect, useId } from 'react';
import { meanwhileText, shortLineParts } from '../../../formats/shortLine.ts';
import { runAt } from '../../../session/replay.ts';
import { useApp } from '../../store/appContext.ts';
import { useWindow } from '../../ui/useWindow.ts';
import { type EmbedState, lookAtEmbedded, type ShownSession, stopPlaying } from './store.ts';

const ROW_HEIGHT = 22;

interface EmbedScriptProps {
  readonly shown: ShownSession;
  readonly state: EmbedState;
  readonly playable: boolean;
}

/** The list of lines; the first is the start. */
export function EmbedScript({ shown, state, playable }: EmbedScriptProps) {
  const { script } = shown.session;
  const { line } = state.cursor;
  const id = useId();
  const { ref, onScroll, first, end, reveal } = useWindow(script.length + 1, ROW_HEIGHT);
  useEffect(() => {
    reveal(line);
    // the page may resize the frame
    if (ref.current === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => reveal(line));
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [ref, reveal, line]);
  const rows = Array.from({ length: end - first }, (_, at) => first + at);
  return (
    <section aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`}>Script</h2>
      <div
        ref={ref}
        className="embed-scroll fill"
        onScroll={onScroll}
        role="listbox"
        aria-readonly={!playable}
        aria-labelledby={`${id}-heading`}
        aria-activedescendant={line >= first && line < end ? `${id}-${line}` : undefined}
        tabIndex={0}
      >
        <div role="presentation" style={{ height: (script.length + 1) * ROW_HEIGHT }}>
          {rows.map((at) => (
            <Row key={at} {...{ shown, at, playable }} id={`${id}-${at}`} current={at === line} />
          ))}
        </div>
      </div>
    </section>
  );
}

interface RowProps {
  readonly shown: ShownSession;
  /** 0 is the start. */
  readonly at: number;
  readonly id: string;
  readonly current: boolean;
  readonly playable: boolean;
}

function Row({ shown: { session, replayed }, at, id, current, playable }: RowProps) {
  const app = useApp();
  const entry = session.script[at - 1];
  const run = runAt(replayed, at);
  const { operation, result } =
    entry === undefined ? { operation: 'device opened', result: '' } : shortLineParts(entry.line.op, run);
  const text = result === '' ? operation : `${operation} ${result}`;
  const meanwhile = entry === undefined ? '' : meanwhileText(entry.line);
  const remark = [entry?.action, entry?.note].filter(Boolean).join(' · ').replaceAll('\n', ' · ');
  const classes = [
    'embed-line',
    ...(run !== null && run.errno !== null ? ['failed'] : []),
    ...(entry?.disabled === true ? ['skipped'] : []),
    ...(current ? ['current'] : []),
    ...(playable ? ['playable'] : []),
  ];
  const look = () => {
    stopPlaying(app);
    lookAtEmbedded(app, { line: at, step: null });
  };
  return (
    <div
      id={id}
      className={classes.join(' ')}
      style={{ top: at * ROW_HEIGHT }}
      title={remark === '' ? text : `${text} — ${remark}`}
      role="option"
      aria-selected={current}
      aria-posinset={at + 1}
      aria-setsize={session.script.length + 1}
      tabIndex={-1}
      {...(playable ? { onClick: look } : {})}
    >
      <span className="number">{at}</span>
      <span className="text cut slim">
        {entry?.disabled === true && <span className="hidden">skipped: </span>}
        {operation}
      </span>
      {result !== '' && <span className="result rigid"> {result}</span>}
      <span className="text cut slim">
        {meanwhile !== '' && <span className="meanwhile">{meanwhile}</span>}
        {remark !== '' && <small className="remark"> {remark}</small>}
      </span>
    </div>
  );
}

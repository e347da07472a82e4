// The script of an embed with its results. In a playable one a line is chosen by a click.

import { useEffect, useId } from 'react';
import { meanwhileText, shortLine } from '../../formats/shortLine.ts';
import { runAt } from '../../session/replay.ts';
import { useWindow } from '../parts/useWindow.ts';
import { type EmbedState, lookAtEmbedded, type ShownSession, stopPlaying } from './store.ts';

const ROW_HEIGHT = 22;

/** What the list needs. */
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
    // the frame may get another size
    if (ref.current === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => reveal(line));
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [ref, reveal, line]);
  const rows = Array.from({ length: end - first }, (_, at) => first + at);
  return (
    <section className="embed-script" aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`}>Script</h2>
      <div
        ref={ref}
        className="embed-scroll"
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
  const entry = session.script[at - 1];
  const run = runAt(replayed, at);
  const text = entry === undefined ? 'device opened' : shortLine(entry.line.op, run);
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
    stopPlaying();
    lookAtEmbedded({ line: at, step: null });
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
      <span className="text">
        {entry?.disabled === true && <span className="hidden">left out: </span>}
        {text}
        {meanwhile !== '' && <span className="meanwhile">{meanwhile}</span>}
        {remark !== '' && <small className="remark"> {remark}</small>}
      </span>
    </div>
  );
}

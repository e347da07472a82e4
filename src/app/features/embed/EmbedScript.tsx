// The script of an embed with its results. In a playable embed a click chooses a line.

import { useEffect, useId, useMemo, useRef } from 'react';
import { isLong, runAt } from '../../../session/replay.ts';
import { countTraced } from '../../../session/traced.ts';
import { layoutScript } from '../../../views/script/layout.ts';
import { useApp } from '../../store/appContext.ts';
import { ROW_HEIGHT, ScriptList } from '../../ui/script/ScriptList.tsx';
import { scrollToShow } from '../../ui/useWindow.ts';
import { type EmbedState, lookAtEmbedded, type ShownSession, stopPlaying } from './store.ts';

const NOWHERE: ReadonlySet<number> = new Set();

interface EmbedScriptProps {
  readonly shown: ShownSession;
  readonly state: EmbedState;
  readonly playable: boolean;
}

/** The list of lines, with the result of the trace where it differs. */
export function EmbedScript({ shown: { replayed }, state, playable }: EmbedScriptProps) {
  const app = useApp();
  const { line } = state.cursor;
  const id = useId();
  const untraced = useMemo(() => untracedLines(replayed), [replayed]);
  const layout = useMemo(() => layoutScript(replayed.script, NOWHERE, null, untraced), [replayed, untraced]);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const scroller = list.current?.parentElement ?? null;
    if (scroller === null || typeof ResizeObserver === 'undefined') return;
    const { tops } = layout;
    const [top = 0, bottom = 0] = [tops[line], tops[line + 1]];
    // the page may resize the frame
    const observer = new ResizeObserver(() => scrollToShow(scroller, top * ROW_HEIGHT, bottom * ROW_HEIGHT));
    observer.observe(scroller);
    return () => observer.disconnect();
  }, [layout, line]);
  const onLook = (at: number) => {
    stopPlaying(app);
    lookAtEmbedded(app, { line: at, step: null });
  };
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>Script</h2>
      <ScriptList
        ref={list}
        replayed={replayed}
        layout={layout}
        cursor={line}
        aria-readonly={!playable}
        own={(at) => ({
          selected: at === line,
          untraced: untraced.has(at),
          ...(playable ? { onLook } : {}),
        })}
      />
    </section>
  );
}

/** Returns the lines whose result differs from the traced one; none of a script that is computed in pieces. */
function untracedLines(replayed: ShownSession['replayed']): ReadonlySet<number> {
  if (isLong(replayed)) return NOWHERE;
  return new Set(countTraced(replayed.script, (line) => runAt(replayed, line)).differ);
}

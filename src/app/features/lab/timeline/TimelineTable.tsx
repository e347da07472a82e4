// The timeline as a table: the same lines and lanes, in the same order, with the same actions.

import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { meanwhileText, shortLine } from '../../../../formats/shortLine.ts';
import { runAt } from '../../../../session/replay.ts';
import { errnoName } from '../../../../uapi/errno.ts';
import { eventfdName, openedAs } from '../../../../views/timeline/eventfds.ts';
import { placeOf } from '../../../../views/timeline/matches.ts';
import { laneName, laneStateAt, lineWords } from '../../../../views/timeline/table.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { useGrown } from '../../../store/grown.ts';
import { go, lookAt, useSession } from '../../../store/lab.ts';
import { timelineFor } from '../../../store/timeline.ts';
import { showRange } from '../../../store/timelineMoves.ts';
import { useReplay } from '../../../store/useMoment.ts';
import { searchSlice, toggleTwin, twinSlice } from './twin.ts';
import { VirtualGrid } from './VirtualGrid.tsx';
import './table.css';

/** Lines shown on both sides of a line after "Zoom to". */
const AROUND = 5;

/** The table, by line or by lane. */
export function TimelineTable() {
  const { mode, onlyMatches } = useSlice(twinSlice);
  const { text, matches } = useSlice(searchSlice);
  const searching = text.trim() !== '';
  return (
    <div className="timeline-table">
      {mode === 'lines' ? <Lines only={onlyMatches && searching ? matches : null} /> : <Lanes />}
    </div>
  );
}

/** Chooses between lines and lanes, and filters the lines. */
function Modes() {
  const app = useApp();
  const { mode, onlyMatches } = useSlice(twinSlice);
  const { text } = useSlice(searchSlice);
  const { cursor } = useSession();
  return (
    <div className="tools cluster middle gap-6" role="group" aria-label="Table">
      <button
        type="button"
        aria-pressed={mode === 'lines'}
        onClick={() => app.set(twinSlice, { mode: 'lines' })}
      >
        By line
      </button>
      <button
        type="button"
        aria-pressed={mode === 'lanes'}
        onClick={() => app.set(twinSlice, { mode: 'lanes' })}
      >
        By lane after line {cursor.line}
      </button>
      {mode === 'lines' && (
        <label>
          <input
            type="checkbox"
            checked={onlyMatches}
            disabled={text.trim() === ''}
            onChange={({ target }) => app.set(twinSlice, { onlyMatches: target.checked })}
          />
          only matching lines
        </label>
      )}
    </div>
  );
}

/** One row per line; `only` lists the shown lines, null shows all. */
function Lines({ only }: { readonly only: readonly number[] | null }) {
  const app = useApp();
  const { script, cursor } = useSession();
  const { matches } = useSlice(searchSlice);
  const replayed = useReplay();
  const data = timelineFor(app, replayed);
  const count = only?.length ?? script.length;
  const lineAt = (row: number) => (only === null ? row + 1 : (only[row] ?? 1));
  const rowOf = (line: number) => (only === null ? line - 1 : placeOf(only, line));
  const [active, setActive] = useState(Math.max(0, rowOf(cursor.line)));
  // the row follows the cursor
  const home = Math.max(0, Math.min(count - 1, rowOf(cursor.line)));
  useEffect(() => setActive(home), [home]);
  const row = Math.max(0, Math.min(active, count - 1));
  const line = lineAt(row);
  const goTo = (to: number) => lookAt(app, { line: to, step: null });
  const stepInto = (to: number) => {
    goTo(to);
    go(app, 'into');
  };
  const zoomTo = (to: number) => {
    showRange(app, { from: to - AROUND, to: to + 1 + AROUND });
    toggleTwin(app);
  };
  const onKey = (event: KeyboardEvent, at: number) => {
    if (event.code === 'Enter' && event.shiftKey) stepInto(lineAt(at));
    else if (event.code === 'KeyZ' && !event.shiftKey) zoomTo(lineAt(at));
    else return false;
    return true;
  };
  const acted = useMemo(() => script.some(({ action }) => action !== ''), [script]);
  const noted = useMemo(() => script.some(({ note }) => note !== ''), [script]);
  const cells = (at: number) => {
    const shown = lineAt(at);
    const entry = script[shown - 1];
    if (entry === undefined) return [];
    const errno = data.lines.errno.at(shown - 1);
    const result = entry.disabled
      ? 'skipped'
      : errno !== 0
        ? `-${errnoName(errno)}`
        : String(data.lines.ret.at(shown - 1));
    const text = shortLine(entry.line.op, runAt(replayed, shown)).replace(/ = -?\w+$/, '');
    return [
      String(shown),
      ...(acted ? [entry.action] : []),
      `${text}${meanwhileText(entry.line)}`,
      result,
      lineWords(data, shown),
      ...(noted ? [entry.note.replaceAll('\n', ' · ')] : []),
    ];
  };
  return (
    <>
      <div className="table-head cluster apart">
        <Modes />
        <div className="tools cluster middle gap-6" role="group" aria-label="Row">
          <button type="button" disabled={count === 0} title="Enter" onClick={() => goTo(line)}>
            Go to line {line}
          </button>
          <button type="button" disabled={count === 0} title="Shift Enter" onClick={() => stepInto(line)}>
            Step into
          </button>
          <button type="button" disabled={count === 0} title="Z" onClick={() => zoomTo(line)}>
            Zoom to
          </button>
        </div>
      </div>
      <VirtualGrid
        label="Timeline by line"
        className={`by-line ${acted ? 'acted' : ''} ${noted ? 'noted' : ''}`}
        columns={[
          'line',
          ...(acted ? ['action'] : []),
          'operation',
          'result',
          'events',
          ...(noted ? ['note'] : []),
        ]}
        count={count}
        active={row}
        onActive={setActive}
        onOpen={(at) => goTo(lineAt(at))}
        onKey={onKey}
        cells={cells}
        rowClass={(at) => {
          const shown = lineAt(at);
          return [
            ...(data.lines.errno.at(shown - 1) === 0 ? [] : ['failed']),
            ...(script[shown - 1]?.disabled === true ? ['skipped'] : []),
            ...(matches[placeOf(matches, shown)] === shown ? ['match'] : []),
          ].join(' ');
        }}
        isCurrent={(at) => lineAt(at) === cursor.line}
        empty={script.length === 0 ? 'The script is empty, so the timeline is empty.' : 'No line matches.'}
      />
    </>
  );
}

/** One row per lane: its state after the current line. */
function Lanes() {
  const app = useApp();
  const { cursor, script } = useSession();
  const replayed = useReplay();
  const data = timelineFor(app, replayed);
  const grown = useGrown(data, data.version);
  const fds = useMemo(() => openedAs(grown.of, script), [grown, script]);
  const lanes = data.laneIds;
  const slotAt = (row: number) => {
    const lane = data.lane(lanes[row] ?? -1);
    return lane === undefined ? undefined : laneStateAt(lane, cursor.line);
  };
  const [active, setActive] = useState(0);
  const cells = (row: number) => {
    const slot = slotAt(row);
    if (slot === undefined) return [];
    const { lane, state, irq, ev, pending } = slot;
    return [
      laneName(lane),
      state,
      irq === 0 ? '–' : String(irq),
      ev < 0 ? '–' : eventfdName(fds, ev),
      pending ? 'pending' : '–',
    ];
  };
  return (
    <>
      <Modes />
      <VirtualGrid
        label={`Lanes after line ${cursor.line}`}
        className="by-lane"
        columns={['lane', 'state', 'irq', 'eventfd', 'pending']}
        count={lanes.length}
        active={Math.max(0, Math.min(active, lanes.length - 1))}
        onActive={setActive}
        onOpen={() => app.set(twinSlice, { mode: 'lines' })}
        cells={cells}
        rowClass={(row) => slotAt(row)?.state ?? ''}
        empty="Nothing has happened on any lane yet."
      />
    </>
  );
}

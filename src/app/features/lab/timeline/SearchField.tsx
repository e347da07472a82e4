// The search of the timeline: the field, the number of matches, and buttons from match to match.

import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from 'react';
import { grouped } from '../../../../base/grouped.ts';
import type { Problem } from '../../../../base/result.ts';
import { shortLine } from '../../../../formats/shortLine.ts';
import { run } from '../../../../kernel/run.ts';
import { machineAfter, type Replay, runAt } from '../../../../session/replay.ts';
import { openedAs } from '../../../../views/timeline/eventfds.ts';
import { matchWords } from '../../../../views/timeline/matches.ts';
import { parseQuery, type Query, searchHints } from '../../../../views/timeline/query.ts';
import { columnMatches, type LineTexts, lineTest } from '../../../../views/timeline/search.ts';
import type { App } from '../../../store/app.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { useGrown } from '../../../store/grown.ts';
import { useSession } from '../../../store/lab.ts';
import { timelineFor } from '../../../store/timeline.ts';
import { useReplay } from '../../../store/useMoment.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';
import { focusPane } from '../../../ui/focusPane.ts';
import { useAnnounced } from '../../../ui/useAnnounced.ts';
import { goToMatch, NO_SEARCH, searchSlice } from './twin.ts';
import './search.css';

/** Milliseconds per slice of a line-by-line search: short enough for one frame. */
const SLICE = 10;

export function SearchField() {
  const app = useApp();
  const { text, matches, problem, progress, stopped } = useSlice(searchSlice);
  const { cursor } = useSession();
  const replayed = useReplay();
  const data = timelineFor(app, replayed);
  const id = useId();
  // going from match to match announces the lines
  useAnnounced(text.trim() === '' ? '' : (problem ?? matchWords(matches, 0)));
  const stop = useRef<() => void>(() => {});
  useEffect(() => {
    stop.current = search(app, text, replayed);
    return () => stop.current();
  }, [text, replayed, app]);
  const grown = useGrown(data, data.version);
  const hints = useMemo(() => searchHints(text, grown.of), [text, grown]);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.code === 'Enter' || event.code === 'NumpadEnter') goToMatch(app, event.shiftKey ? -1 : 1);
    else if (event.code === 'Escape' && text !== '') app.set(searchSlice, NO_SEARCH);
    else if (event.code === 'Escape') focusPane('timeline');
    else return;
    event.preventDefault();
  };
  return (
    <search className="timeline-search bar gap-6">
      <input
        type="text"
        className="search-field"
        aria-label="Search the timeline"
        placeholder="EBADF, vector 5"
        title="Search the timeline (F). Enter: next match, Shift Enter: previous match"
        list={`${id}-hints`}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-told`}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={({ target }) => app.set(searchSlice, { text: target.value })}
        onKeyDown={onKeyDown}
      />
      <datalist id={`${id}-hints`}>
        {hints.map((hint) => (
          <option key={hint.text} value={hint.text}>
            {hint.about}
          </option>
        ))}
      </datalist>
      {text.trim() !== '' && (
        <>
          <CommandButton id="timeline.previousMatch" label="Previous match">
            ↑
          </CommandButton>
          <CommandButton id="timeline.nextMatch" label="Next match">
            ↓
          </CommandButton>
        </>
      )}
      <span id={`${id}-told`} className={problem === null ? 'search-told faint' : 'search-told faint wrong'}>
        {problem ?? (text.trim() === '' ? '' : matchWords(matches, cursor.line))}
        {stopped !== null && `, stopped after line ${grouped(stopped)}`}
      </span>
      {progress !== null && (
        <>
          <progress aria-label="Lines searched" value={progress.done} max={progress.total} />
          <button
            type="button"
            onClick={() => {
              stop.current();
              app.set(searchSlice, { progress: null, stopped: progress.done });
            }}
          >
            Stop
          </button>
        </>
      )}
    </search>
  );
}

/** Searches for a text and stores the matches; returns a function that stops the search. */
function search(app: App, text: string, replayed: Replay): () => void {
  const parsed = parseQuery(text);
  const nothing = { ...NO_SEARCH, text };
  if (!parsed.ok) {
    app.set(searchSlice, { ...nothing, problem: parsed.problems.map(problemWords).join('; ') });
    return () => {};
  }
  const query = parsed.value;
  if (query === null) {
    app.set(searchSlice, nothing);
    return () => {};
  }
  const data = timelineFor(app, replayed);
  const ground = { data, script: replayed.script, fds: openedAs(data, replayed.script) };
  const found = columnMatches(query, ground);
  if (found !== null) {
    app.set(searchSlice, { ...nothing, matches: found });
    return () => {};
  }
  return inSlices(app, lineTest(queryWithText(query), ground, textsOf(replayed)), replayed.script.length);
}

function problemWords({ expected, found }: Problem): string {
  return `Expected ${expected}, found ${found}.`;
}

/** Searches line by line in slices, so that the page stays responsive. */
function inSlices(app: App, matches: (line: number) => boolean, total: number): () => void {
  let found: readonly number[] = [];
  let line = 1;
  let timer = 0;
  const slice = () => {
    const end = performance.now() + SLICE;
    const fresh: number[] = [];
    for (; line <= total && performance.now() < end; line++) if (matches(line)) fresh.push(line);
    if (fresh.length > 0) found = [...found, ...fresh];
    const progress = line > total ? null : { done: line - 1, total };
    app.set(searchSlice, { matches: found, problem: null, progress, stopped: null });
    if (line <= total) timer = window.setTimeout(slice, 0);
  };
  slice();
  return () => window.clearTimeout(timer);
}

function queryWithText(query: Query): Extract<Query, { readonly text: string }> {
  if ('text' in query) return query;
  throw new Error(`the columns cannot answer ${query.kind}`);
}

function textsOf(replayed: Replay): LineTexts {
  return {
    textOf: (line) => {
      const entry = replayed.script[line - 1];
      return entry === undefined ? '' : shortLine(entry.line.op, runAt(replayed, line));
    },
    // computed and dropped: calls of every line would need too much memory
    callsOf: (line) => {
      const entry = replayed.script[line - 1];
      if (entry === undefined || entry.disabled) return [];
      const before = machineAfter(replayed, line - 1);
      return run(replayed.generation, before, entry.line, { frames: true }).frames.map(({ fn }) => fn);
    },
  };
}

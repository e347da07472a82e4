// Searching the timeline: one field, what it found, and the way from match to match.

import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from 'react';
import type { Problem } from '../../../base/result.ts';
import { shortLine } from '../../../formats/shortLine.ts';
import { run } from '../../../kernel/run.ts';
import { machineAfter, type Replay, runAt } from '../../../session/replay.ts';
import { openedAs } from '../../../views/timeline/eventfds.ts';
import { matchWords } from '../../../views/timeline/matches.ts';
import { parseQuery, type Query, searchHints } from '../../../views/timeline/query.ts';
import { columnMatches, type LineTexts, lineTest } from '../../../views/timeline/search.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { focusPane } from '../../commands/focus.ts';
import { useSession } from '../../state/lab.ts';
import { timelineFor } from '../../state/timeline.ts';
import { goToMatch, NO_SEARCH, useSearch } from '../../state/twin.ts';
import { useReplay } from '../../state/useMoment.ts';
import './search.css';

/** A slice of a search that asks line by line, in milliseconds: short enough for a frame. */
const SLICE = 10;

/** The field. */
export function SearchField() {
  const { text, matches, problem, progress, stopped } = useSearch();
  const { cursor } = useSession();
  const replayed = useReplay();
  const data = timelineFor(replayed);
  const id = useId();
  const stop = useRef<() => void>(() => {});
  useEffect(() => {
    stop.current = search(text, replayed);
    return () => stop.current();
  }, [text, replayed]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the data is changed in place, and the replay says so
  const hints = useMemo(() => searchHints(text, data), [text, data, replayed]);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.code === 'Enter' || event.code === 'NumpadEnter') goToMatch(event.shiftKey ? -1 : 1);
    else if (event.code === 'Escape' && text !== '') useSearch.setState(NO_SEARCH);
    else if (event.code === 'Escape') focusPane('timeline');
    else return;
    event.preventDefault();
  };
  return (
    <search className="timeline-search">
      <input
        type="text"
        className="search-field"
        aria-label="Search the timeline"
        placeholder="EBADF, vector 5, fd 100"
        title="Search the timeline (F). Enter: next match, Shift Enter: the one before"
        list={`${id}-hints`}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-told`}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={({ target }) => useSearch.setState({ text: target.value })}
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
      <span
        id={`${id}-told`}
        className={problem === null ? 'search-told' : 'search-told wrong'}
        aria-live="polite"
      >
        {problem ?? (text.trim() === '' ? '' : matchWords(matches, cursor.line))}
        {stopped !== null && `, stopped after line ${stopped.toLocaleString('en')}`}
      </span>
      {progress !== null && (
        <>
          <progress aria-label="Lines searched" value={progress.done} max={progress.total} />
          <button
            type="button"
            onClick={() => {
              stop.current();
              useSearch.setState({ progress: null, stopped: progress.done });
            }}
          >
            Stop
          </button>
        </>
      )}
    </search>
  );
}

/** Searches for a text and puts what is found into the store; what is returned stops it. */
function search(text: string, replayed: Replay): () => void {
  const parsed = parseQuery(text);
  const nothing = { matches: [], problem: null, progress: null, stopped: null };
  if (!parsed.ok) {
    useSearch.setState({ ...nothing, problem: parsed.problems.map(problemWords).join('; ') });
    return () => {};
  }
  const query = parsed.value;
  const data = timelineFor(replayed);
  const ground = { data, script: replayed.script, fds: openedAs(data, replayed.script) };
  const found = query === null ? [] : columnMatches(query, ground);
  if (query === null || found !== null) {
    useSearch.setState({ ...nothing, matches: found ?? [] });
    return () => {};
  }
  return inSlices(lineTest(queryWithText(query), ground, textsOf(replayed)), replayed.script.length);
}

function problemWords({ expected, found }: Problem): string {
  return `Expected ${expected}, found ${found}.`;
}

/** Asks line by line, a slice at a time, so that the page answers in between. */
function inSlices(matches: (line: number) => boolean, total: number): () => void {
  let found: readonly number[] = [];
  let line = 1;
  let timer = 0;
  const slice = () => {
    const end = performance.now() + SLICE;
    const fresh: number[] = [];
    for (; line <= total && performance.now() < end; line++) if (matches(line)) fresh.push(line);
    if (fresh.length > 0) found = [...found, ...fresh];
    const progress = line > total ? null : { done: line - 1, total };
    useSearch.setState({ matches: found, problem: null, progress, stopped: null });
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
    // made and thrown away: to remember the calls of every line would take more memory than the page may
    callsOf: (line) => {
      const entry = replayed.script[line - 1];
      if (entry === undefined || entry.disabled) return [];
      const before = machineAfter(replayed, line - 1);
      return run(replayed.generation, before, entry.line, { frames: true }).frames.map(({ fn }) => fn);
    },
  };
}

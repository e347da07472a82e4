// The glossary: every term on the screen and every kernel function of the call pane, searchable.

import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import { counted } from '../../../text/numbers.ts';
import { FUNCTION_WORDS } from '../../../views/trace/functions.ts';
import { RECORDED_TAGS, type Release, releaseOfTag, symbolPlace } from '../../../views/trace/sources.ts';
import { GLOSSARY } from '../../../views/words/glossary.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { glossarySlice } from '../../store/term.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KernelSource, Source } from '../../ui/Source.tsx';
import { useRelease } from '../../ui/useRelease.ts';

interface Entry {
  readonly name: string;
  readonly also: readonly string[];
  readonly text: string;
  readonly source: string;
}

const TERMS: readonly Entry[] = GLOSSARY.map(({ term, ...rest }) => ({ name: term, ...rest }));
const FUNCTIONS: readonly Entry[] = Object.entries(FUNCTION_WORDS)
  .filter(([name]) => !GLOSSARY.some(({ term }) => term === name))
  .map(([name, { why, source }]) => ({ name, also: [], text: why, source }));

/** Returns the entries that match a query, matching names before matching texts. */
function find(entries: readonly Entry[], query: string): readonly Entry[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return entries;
  const named = ({ name, also }: Entry) => [name, ...also].some((one) => one.toLowerCase().includes(wanted));
  const inText = ({ text }: Entry) => text.toLowerCase().includes(wanted);
  return [...entries.filter(named), ...entries.filter((one) => !named(one) && inText(one))];
}

/** The sheet. Its search field has the focus when it opens. */
export function GlossarySheet() {
  const app = useApp();
  const { query } = useSlice(glossarySlice);
  const selected = useRelease();
  const [release, setRelease] = useState(selected);
  const id = useId();
  const terms = find(TERMS, query);
  const functions = find(FUNCTIONS, query);
  return (
    <Dialog name="Glossary" className="sheet glossary">
      {(close) => (
        <>
          <header>
            <h2>Glossary</h2>
            <button type="button" onClick={close}>
              Close
            </button>
          </header>
          <SearchField id={id} query={query} onChange={(typed) => app.set(glossarySlice, { query: typed })} />
          <div className="glossary-status cluster apart">
            <p role="status">
              {counted(terms.length, 'term')}, {counted(functions.length, 'kernel function')}
            </p>
            <ReleaseSelect release={release} selected={selected} onChange={setRelease} />
          </div>
          <div id={id} className="sheet-sections scroll" role="group" aria-label="Terms" tabIndex={0}>
            <Entries name="Terms" entries={terms} release={release} />
            <Entries name="Kernel functions" entries={functions} release={release} />
          </div>
        </>
      )}
    </Dialog>
  );
}

interface SearchFieldProps {
  /** The id of the list that the field filters. */
  readonly id: string;
  readonly query: string;
  readonly onChange: (query: string) => void;
}

function SearchField({ id, query, onChange }: SearchFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  // a modal dialog focuses its first control, which is Close
  useEffect(() => focus(field), []);
  return (
    <input
      ref={field}
      type="search"
      aria-label="Find a term"
      aria-controls={id}
      placeholder="A term, a function or an errno"
      autoComplete="off"
      spellCheck={false}
      value={query}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function focus({ current }: RefObject<HTMLInputElement | null>): void {
  // effects of children run before the dialog's own, which opens it
  queueMicrotask(() => current?.focus());
}

interface ReleaseSelectProps {
  readonly release: Release;
  /** The release of the selected kernel. */
  readonly selected: Release;
  readonly onChange: (release: Release) => void;
}

function ReleaseSelect({ release, selected, onChange }: ReleaseSelectProps) {
  return (
    <label>
      Kernel lines of{' '}
      <select
        value={release === selected ? '' : release.tag}
        onChange={({ target }) => onChange(target.value === '' ? selected : releaseOfTag(target.value))}
      >
        <option value="">the selected kernel ({selected.tag})</option>
        {RECORDED_TAGS.map((tag) => (
          <option key={tag} value={tag}>
            {tag}
          </option>
        ))}
      </select>
    </label>
  );
}

interface EntriesProps {
  readonly name: string;
  readonly entries: readonly Entry[];
  readonly release: Release;
}

function Entries({ name, entries, release }: EntriesProps) {
  if (entries.length === 0) return null;
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      <dl>
        {entries.map((entry) => (
          <EntryRow key={entry.name} entry={entry} release={release} />
        ))}
      </dl>
    </section>
  );
}

function EntryRow({ entry, release }: { readonly entry: Entry; readonly release: Release }) {
  const place = symbolPlace(entry.name, release);
  return (
    <div>
      <dt>{entry.name}</dt>
      <dd>
        {entry.text}{' '}
        <small>
          {place !== null && (
            <>
              <KernelSource place={place} name={entry.name} />;{' '}
            </>
          )}
          <Source text={entry.source} release={release} />
        </small>
      </dd>
    </div>
  );
}

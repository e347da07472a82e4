// The glossary: every term of the kernel that stands on the screen and every kernel function of the trace, searchable.

import { useId, useState } from 'react';
import { FUNCTION_WORDS } from '../../views/trace/functions.ts';
import { GLOSSARY } from '../../views/words/glossary.ts';
import { counted } from '../../views/words/numbers.ts';
import { useGlossary } from '../state/term.ts';
import { Dialog } from './Dialog.tsx';

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

/** The entries that a query finds: in their names before in their text. */
function find(entries: readonly Entry[], query: string): readonly Entry[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return entries;
  const named = ({ name, also }: Entry) => [name, ...also].some((one) => one.toLowerCase().includes(wanted));
  const told = ({ text }: Entry) => text.toLowerCase().includes(wanted);
  return [...entries.filter(named), ...entries.filter((one) => !named(one) && told(one))];
}

/** The sheet. */
export function GlossarySheet() {
  const first = useGlossary((state) => state.query);
  const [query, setQuery] = useState(first);
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
          <input
            type="search"
            aria-label="Find a term"
            aria-controls={id}
            placeholder="A term, a function or an errno"
            autoComplete="off"
            spellCheck={false}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
          <p role="status">
            {counted(terms.length, 'term')}, {counted(functions.length, 'kernel function')}
          </p>
          <div id={id} className="sheet-sections" role="group" aria-label="Terms" tabIndex={0}>
            <Entries name="Terms" entries={terms} />
            <Entries name="Kernel functions" entries={functions} />
          </div>
        </>
      )}
    </Dialog>
  );
}

function Entries({ name, entries }: { readonly name: string; readonly entries: readonly Entry[] }) {
  if (entries.length === 0) return null;
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      <dl>
        {entries.map((entry) => (
          <div key={entry.name}>
            <dt>{entry.name}</dt>
            <dd>
              {entry.text} <small>{entry.source}</small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

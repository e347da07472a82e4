// The palette: every command by a few letters of it, and every line of notation.

import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { parseLine } from '../../formats/notation/parse.ts';
import { fuzzyFind } from '../../views/commands/fuzzy.ts';
import { keyText } from '../../views/commands/keys.ts';
import { GLOSSARY, termOf } from '../../views/words/glossary.ts';
import { runLine } from '../state/lab.ts';
import { openGlossary } from '../state/term.ts';
import { type Command, isEnabled } from './command.ts';
import { Dialog } from './Dialog.tsx';
import { COMMANDS } from './table.ts';

/** So many terms of the glossary are offered. */
const TERMS = 5;

/** The palette also lists what is no command. */
type Item = Omit<Command, 'section'> & { readonly section: string };

/** The terms of the glossary that are called so, with what they mean; choosing one opens the glossary there. */
function findTerms(query: string): readonly Item[] {
  const wanted = query.trim().toLowerCase();
  if (wanted.length < 2) return [];
  const length = (words: readonly string[]) =>
    Math.min(...words.filter((word) => word.toLowerCase().includes(wanted)).map((word) => word.length));
  return GLOSSARY.map(({ term, also, text }) => ({ term, text, length: length([term, ...also]) }))
    .filter((one) => one.length < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.length - b.length)
    .slice(0, TERMS)
    .map(({ term, text }) => ({
      id: `term.${term}`,
      section: 'Glossary',
      title: `${term}: ${text}`,
      run: () => openGlossary(term),
    }));
}

/** What the words find; a line of notation is a command of its own. */
function findCommands(query: string): readonly Item[] {
  const commands = findOperations(query);
  const wanted = query.trim().toLowerCase();
  // a term comes first where no command is called so
  const isTerm =
    termOf(wanted) !== null && !commands.some(({ title }) => title.toLowerCase().includes(wanted));
  return isTerm ? [...findTerms(query), ...commands] : [...commands, ...findTerms(query)];
}

function findOperations(query: string): readonly Command[] {
  const found = fuzzyFind(
    query,
    COMMANDS.filter((command) => command.id !== 'view.palette' && isEnabled(command)),
    ({ title }) => title,
  );
  const parsed = query.trim() === '' ? null : parseLine(query);
  if (parsed?.ok !== true) return found;
  const { line } = parsed.value;
  return [
    { id: 'typed', section: 'Compose', title: `Run line: ${query.trim()}`, run: () => runLine(line) },
    ...found,
  ];
}

/** The palette. */
export function Palette() {
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const found = findCommands(query);
  const at = Math.min(chosen, found.length - 1);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView?.({ block: 'nearest' });
  }, [at]);
  return (
    <Dialog name="Command palette" className="palette">
      {(close) => {
        const runCommand = (command: Item | undefined) => {
          if (command === undefined) return;
          close();
          command.run();
        };
        const onKeyDown = (event: KeyboardEvent) => {
          const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.code];
          if (step !== undefined) {
            event.preventDefault();
            setChosen(Math.max(0, Math.min(found.length - 1, at + step)));
          } else if (event.key === 'Enter') {
            event.preventDefault();
            runCommand(found[at]);
          }
        };
        return (
          <>
            <input
              className="palette-field"
              role="combobox"
              aria-label="Command"
              aria-expanded={found.length > 0}
              aria-controls={`${id}-list`}
              aria-autocomplete="list"
              aria-activedescendant={found[at] === undefined ? undefined : `${id}-${at}`}
              placeholder="A command, a term, or a line such as raise 1"
              autoComplete="off"
              spellCheck={false}
              value={query}
              onChange={(event) => {
                setQuery(event.target.value);
                setChosen(0);
              }}
              onKeyDown={onKeyDown}
            />
            <div ref={list} id={`${id}-list`} className="palette-list" role="listbox" aria-label="Commands">
              {found.map((command, place) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field's keys choose
                <div
                  key={command.id}
                  id={`${id}-${place}`}
                  role="option"
                  aria-selected={place === at}
                  tabIndex={-1}
                  className="palette-item"
                  onClick={() => runCommand(command)}
                >
                  <span>{command.title}</span>
                  <small>{command.section}</small>
                  {command.keys?.[0] !== undefined && <kbd>{keyText(command.keys[0])}</kbd>}
                </div>
              ))}
            </div>
            {found.length === 0 && (
              <p className="nothing">No command is called so, no term, and it is no line.</p>
            )}
          </>
        );
      }}
    </Dialog>
  );
}

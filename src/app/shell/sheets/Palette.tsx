// The palette: finds commands, lessons, scenarios and terms by name, and runs a typed line of notation.

import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { keyText } from '../../../views/commands/keys.ts';
import { useApp } from '../../store/appContext.ts';
import { takeTyped } from '../../store/overlay.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { findItems, type Item } from '../commands/finding.ts';

export function Palette() {
  const app = useApp();
  const [query, setQuery] = useState('');
  /** Enter was pressed before the field had the focus. */
  const [entered, setEntered] = useState(false);
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const found = findItems(app, query);
  const at = Math.min(chosen, found.length - 1);
  // keys pressed before the field had the focus; the dialog's own effect has just focused it, and the next key meets this text
  useLayoutEffect(() => {
    const typed = takeTyped(app);
    setQuery((now) => typed.replace(/\n.*$/s, '') + now);
    if (typed.includes('\n')) setEntered(true);
  }, [app]);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView?.({ block: 'nearest' });
  }, [at]);
  return (
    <Dialog name="Command palette" className="palette">
      {(close) => {
        const runItem = (item: Item | undefined) => {
          if (item === undefined) return;
          close();
          item.run(app);
        };
        const onKeyDown = (event: KeyboardEvent) => {
          const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.code];
          if (step !== undefined) {
            event.preventDefault();
            setChosen(Math.max(0, Math.min(found.length - 1, at + step)));
          } else if (event.key === 'Enter') {
            event.preventDefault();
            runItem(found[at]);
          }
        };
        return (
          <>
            {entered && <Enter run={() => runItem(found[0])} />}
            <input
              className="palette-field rigid"
              role="combobox"
              aria-label="Command"
              aria-expanded={found.length > 0}
              aria-controls={`${id}-list`}
              aria-autocomplete="list"
              aria-activedescendant={found[at] === undefined ? undefined : `${id}-${at}`}
              placeholder="A command, lesson, scenario or term, or a line: raise 1"
              autoComplete="off"
              spellCheck={false}
              value={query}
              onChange={(event) => {
                setQuery(event.target.value);
                setChosen(0);
              }}
              onKeyDown={onKeyDown}
            />
            <div
              ref={list}
              id={`${id}-list`}
              className="palette-list scroll"
              role="listbox"
              aria-label="Commands"
            >
              {found.map((item, place) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
                <div
                  key={item.id}
                  id={`${id}-${place}`}
                  role="option"
                  aria-selected={place === at}
                  tabIndex={-1}
                  className="palette-item tracks gap-12"
                  onClick={() => runItem(item)}
                >
                  <span>{item.title}</span>
                  <small>{item.section}</small>
                  {item.keys?.[0] !== undefined && <kbd>{keyText(item.keys[0])}</kbd>}
                </div>
              ))}
            </div>
            {found.length === 0 && (
              <p className="nothing">No command, lesson, scenario, term or line matches.</p>
            )}
          </>
        );
      }}
    </Dialog>
  );
}

/** Runs an Enter that was pressed while the palette was fetched, once the dialog is open. */
function Enter({ run }: { readonly run: () => void }) {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const timer = setTimeout(() => latest.current());
    return () => clearTimeout(timer);
  }, []);
  return null;
}

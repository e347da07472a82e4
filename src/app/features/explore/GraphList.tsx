// The states as a list, which keyboards and screen readers use in place of the picture, and the chosen state in words.

import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { counted } from '../../../text/numbers.ts';
import { stateSentence } from '../../../views/explore/graphWords.ts';
import type { GraphProps } from './GraphSvg.tsx';

/** Most operations listed per arrow. */
const SHOWN = 6;

/** The list and the chosen state in words. */
export function GraphList({ graph, chosen, onChoose, onOpen }: GraphProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const { nodes, edges } = graph;
  const node = nodes[chosen];
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView?.({ block: 'nearest' });
  }, [chosen]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 10,
      PageUp: -10,
      Home: -nodes.length,
      End: nodes.length,
    }[event.code];
    if (step !== undefined) onChoose(Math.max(0, Math.min(nodes.length - 1, chosen + step)));
    else if (event.key === 'Enter') onOpen(chosen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const out = edges.filter(({ from }) => from === chosen);
  return (
    <div className="graph-words tracks gap-12 low">
      <div
        ref={list}
        className="graph-list scroll framed"
        role="listbox"
        aria-label="States"
        aria-activedescendant={`${id}-${chosen}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {nodes.map((one) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the list
          <div
            key={one.id}
            id={`${id}-${one.id}`}
            role="option"
            aria-selected={one.id === chosen}
            tabIndex={-1}
            onClick={() => onChoose(one.id)}
            onDoubleClick={() => onOpen(one.id)}
          >
            <b>{one.id}</b> {stateSentence(one)}
          </div>
        ))}
      </div>
      {node !== undefined && (
        <section className="graph-state scroll framed" aria-label={`State ${node.id}`}>
          <p>
            <strong>State {node.id}.</strong> {stateSentence(node)}
          </p>
          <pre>{node.script}</pre>
          <button type="button" onClick={() => onOpen(node.id)}>
            Open state {node.id} in the lab
          </button>
          {out.length > 0 && (
            <ul aria-label="Next states">
              {out.map(({ to, ops }) => (
                <li key={to}>
                  <button type="button" onClick={() => onChoose(to)}>
                    to state {to}
                  </button>
                  {ops.slice(0, SHOWN).map(({ text, result, failed }) => (
                    <code key={text} data-failed={failed}>
                      {text} = {result}
                    </code>
                  ))}
                  {ops.length > SHOWN && <small>and {counted(ops.length - SHOWN, 'more operation')}</small>}
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </div>
  );
}

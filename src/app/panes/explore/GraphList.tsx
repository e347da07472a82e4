// The states as a list: the picture for the keyboard and for whoever does not see it, and what is known of the chosen one.

import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { stateSentence } from '../../../views/explore/graphWords.ts';
import { counted } from '../../../views/words/numbers.ts';
import type { GraphProps } from './GraphSvg.tsx';

/** Operations of an arrow that are listed. */
const SHOWN = 6;

/** The list, and the chosen state in words. */
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
    <div className="graph-words">
      <div
        ref={list}
        className="graph-list"
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
        <section className="graph-state" aria-label={`State ${node.id}`}>
          <p>
            <strong>State {node.id}.</strong> {stateSentence(node)}
          </p>
          <pre>{node.script}</pre>
          <button type="button" onClick={() => onOpen(node.id)}>
            Open state {node.id} in the lab
          </button>
          {out.length > 0 && (
            <ul aria-label="Where operations lead from here">
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

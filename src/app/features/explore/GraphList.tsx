// The states as a list, which keyboards and screen readers use in place of the picture, and the chosen state with its edges.

import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { stateSentence } from '../../../views/explore/graphWords.ts';
import { GraphEdges } from './GraphEdges.tsx';
import type { GraphProps, Near } from './GraphSvg.tsx';

interface GraphListProps extends Omit<GraphProps, 'near'> {
  /** The edge with the focus or the pointer. */
  readonly onNear: (near: Near | null) => void;
}

/** The list and the chosen state in words. */
export function GraphList({ graph, chosen, onChoose, onOpen, onNear }: GraphListProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const { nodes } = graph;
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
        <GraphEdges graph={graph} node={node} onChoose={onChoose} onOpen={onOpen} onNear={onNear} />
      )}
    </div>
  );
}

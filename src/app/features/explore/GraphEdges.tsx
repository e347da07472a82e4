// The chosen state of the graph: its script, and the operations that leave it, lead to it, or change nothing.

import { useRef } from 'react';
import type { GraphOp } from '../../../views/explore/fold.ts';
import { stateSentence } from '../../../views/explore/graphWords.ts';
import type { StateGraph } from '../../workers/searchMessages.ts';
import type { Near } from './GraphSvg.tsx';

interface GraphEdgesProps {
  readonly graph: StateGraph;
  /** The chosen state. */
  readonly node: StateGraph['nodes'][number];
  readonly onChoose: (id: number) => void;
  readonly onOpen: (id: number) => void;
  readonly onNear: (near: Near | null) => void;
}

/** The state with a button for each neighbour, which chooses it. */
export function GraphEdges({ graph, node, onChoose, onOpen, onNear }: GraphEdgesProps) {
  const section = useRef<HTMLElement>(null);
  const out = graph.edges.filter(({ from }) => from === node.id);
  const into = graph.edges.filter(({ to }) => to === node.id);
  const follow = (id: number) => {
    onNear(null);
    onChoose(id);
    // the button may vanish with the old state
    section.current?.focus();
    section.current?.scrollTo?.({ top: 0 });
  };
  const edges = (way: Near['way'], list: StateGraph['edges']) =>
    list.map(({ from, to, ops }) => {
      const id = way === 'out' ? to : from;
      const show = () => onNear({ id, way });
      return (
        <li key={id} onPointerEnter={show} onPointerLeave={() => onNear(null)}>
          <button type="button" onClick={() => follow(id)} onFocus={show} onBlur={() => onNear(null)}>
            {way === 'out' ? 'to' : 'from'} state {id}
          </button>
          <Ops ops={ops} />
        </li>
      );
    });
  return (
    <section
      ref={section}
      className="graph-state scroll framed"
      aria-label={`State ${node.id}`}
      tabIndex={-1}
    >
      <p>
        <strong>State {node.id}.</strong> {stateSentence(node)}
      </p>
      <pre>{node.script}</pre>
      <button type="button" onClick={() => onOpen(node.id)}>
        Open state {node.id} in the lab
      </button>
      <h2>Operations to another state</h2>
      {out.length === 0 && <p className="soft">None.</p>}
      <ul aria-label="Next states">{edges('out', out)}</ul>
      <h2>Operations that lead here</h2>
      {into.length === 0 && <p className="soft">None.</p>}
      <ul aria-label="Previous states">{edges('in', into)}</ul>
      <h2>Operations that change nothing</h2>
      {node.stays.length === 0 && <p className="soft">None.</p>}
      <Ops ops={node.stays} />
    </section>
  );
}

/** Operations, one a line, each with its result. */
function Ops({ ops }: { readonly ops: readonly GraphOp[] }) {
  return (
    <div className="graph-ops">
      {ops.map(({ text, result, failed }) => (
        <code key={text} data-failed={failed}>
          {text} = {result}
        </code>
      ))}
    </div>
  );
}

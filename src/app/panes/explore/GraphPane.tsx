// The states of a small space and the operations between them, as a picture and as a list.

import { useEffect, useMemo, useState } from 'react';
import type { StateGraph } from '../../../formats/search/messages.ts';
import type { GenerationId } from '../../../kernel/generations/generation.ts';
import { GENERATIONS } from '../../../kernel/generations/index.ts';
import { counted } from '../../../views/words/numbers.ts';
import { foundRun, openInLab } from '../../state/explore/found.ts';
import { ask } from '../../state/explore/run.ts';
import { useExplore } from '../../state/explore/store.ts';
import { GraphList } from './GraphList.tsx';
import { GraphSvg } from './GraphSvg.tsx';
import './graph.css';

/** More states than this are no picture. */
const MOST = 400;

type Got =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'graph'; readonly graph: StateGraph }
  | { readonly kind: 'said'; readonly text: string };

/** The graph of one of the chosen kernels. */
export function GraphPane() {
  const setup = useExplore((state) => state.setup);
  const [kernel, setKernel] = useState<GenerationId>(setup.generation);
  const got = useGraph(setup, kernel);
  const [at, setAt] = useState(0);
  const graph = got.kind === 'graph' ? got.graph : null;
  const node = graph?.nodes[at] ?? graph?.nodes[0];
  const open = (id: number) => {
    const chosen = graph?.nodes[id];
    if (chosen !== undefined) openInLab(foundRun(setup, kernel, chosen.script).session, `open state ${id}`);
  };
  return (
    <section className="explore-graph" aria-label="State graph">
      <div className="graph-head">
        <fieldset className="segments">
          <legend className="hidden">Kernel of the graph</legend>
          {GENERATIONS.map(({ id, label }) => (
            <label key={id}>
              <input
                type="radio"
                name="graph-kernel"
                checked={id === kernel}
                onChange={() => {
                  setKernel(id);
                  setAt(0);
                }}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        <ul className="graph-legend" aria-label="What the marks mean">
          <li>
            <i data-state="empty" /> empty
          </li>
          <li>
            <i data-state="cached" /> cached
          </li>
          <li>
            <i data-state="attached" /> attached, n to eventfd 100 + n
          </li>
          <li>
            <i data-line="fine" /> operation
          </li>
          <li>
            <i data-line="failed" /> fails
          </li>
        </ul>
      </div>
      {got.kind === 'waiting' && <p className="nothing">Counting states…</p>}
      {got.kind === 'said' && (
        <p className="nothing" role="status">
          {got.text}
        </p>
      )}
      {graph !== null && node !== undefined && (
        <>
          <p className="graph-count">
            {counted(graph.nodes.length, 'state')}, {counted(graph.edges.length, 'arrow')} between different
            states. What lies further right takes more operations.
          </p>
          <GraphSvg graph={graph} chosen={node.id} onChoose={setAt} onOpen={open} />
          <GraphList graph={graph} chosen={node.id} onChoose={setAt} onOpen={open} />
        </>
      )}
    </section>
  );
}

/** Asks a worker for the graph, anew whenever another one is meant. */
function useGraph(setup: ReturnType<typeof useExplore.getState>['setup'], generation: GenerationId): Got {
  const [got, setGot] = useState<Got>({ kind: 'waiting' });
  // the question and the bounds do not change the graph
  const { vectors, dynamic, irqs, cpuVectors, eventfds, block, parts } = setup;
  const asked = useMemo(
    () => ({ vectors, dynamic, irqs, cpuVectors, eventfds, block, parts }),
    [vectors, dynamic, irqs, cpuVectors, eventfds, block, parts],
  );
  useEffect(() => {
    setGot({ kind: 'waiting' });
    const chosen = { ...useExplore.getState().setup, ...asked };
    return ask({ kind: 'graph', setup: chosen, generation, most: MOST }, (reply) => {
      if (reply.kind === 'graph') setGot({ kind: 'graph', graph: reply });
      else if (reply.kind === 'too-many') setGot({ kind: 'said', text: tooMany(reply) });
      else if (reply.kind === 'wrong') setGot({ kind: 'said', text: reply.what });
    });
  }, [asked, generation]);
  return got;
}

function tooMany({ states, more }: { readonly states: number; readonly more: boolean }): string {
  const many = `${more ? 'more than ' : ''}${states.toLocaleString('en')}`;
  return `Too many states to draw (${many}). Bound it to ${MOST}: fewer vectors, fewer eventfds or fewer operations.`;
}

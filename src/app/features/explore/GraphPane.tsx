// The states of a small state space and the operations between them, as a picture and as a list.

import { useEffect, useMemo, useState } from 'react';
import { grouped } from '../../../base/grouped.ts';
import type { GenerationId } from '../../../kernel/generations/generation.ts';
import { GENERATIONS } from '../../../kernel/generations/index.ts';
import { FIRST_FD } from '../../../machine/fdNumbers.ts';
import type { SearchSetup } from '../../../session/search.ts';
import { graphSize, graphText } from '../../../views/explore/graphWords.ts';
import { graphTitle } from '../../../views/explore/problem.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { searchWorkers } from '../../store/searchWorkers.ts';
import type { StateGraph } from '../../workers/searchMessages.ts';
import { CopyButton } from './CopyButton.tsx';
import { foundRun, openInLab } from './found.ts';
import { GraphList } from './GraphList.tsx';
import { GraphSvg, type Near } from './GraphSvg.tsx';
import { exploreSlice } from './store.ts';
import './graph.css';

/** Largest number of states in a readable picture. */
const MOST = 400;

type Got =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'graph'; readonly graph: StateGraph }
  | { readonly kind: 'text'; readonly text: string };

/** The graph of one of the chosen kernels. */
export function GraphPane() {
  const app = useApp();
  const setup = useSlice(exploreSlice, (state) => state.setup);
  const [kernel, setKernel] = useState<GenerationId>(setup.generation);
  const got = useGraph(setup, kernel);
  const [at, setAt] = useState(0);
  const [near, setNear] = useState<Near | null>(null);
  const choose = (id: number) => {
    setAt(id);
    setNear(null);
  };
  const graph = got.kind === 'graph' ? got.graph : null;
  const node = graph?.nodes[at] ?? graph?.nodes[0];
  const open = (id: number) => {
    const chosen = graph?.nodes[id];
    if (chosen !== undefined)
      openInLab(app, foundRun(setup, kernel, chosen.script).session, `open state ${id}`);
  };
  return (
    <section className="explore-graph stack gap-8 scroll slim low" aria-label="State graph">
      <div className="graph-head cluster middle">
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
                  choose(0);
                }}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        <ul className="graph-legend cluster aside" aria-label="Legend">
          <li>
            <i data-state="empty" /> empty
          </li>
          <li>
            <i data-state="cached" /> cached
          </li>
          <li>
            <i data-state="attached" /> attached; the number n means descriptor {FIRST_FD} + n
          </li>
          <li>
            <i data-line="fine" /> operation
          </li>
          <li>
            <i data-line="failed" /> failing operation
          </li>
        </ul>
      </div>
      {got.kind === 'waiting' && <p className="nothing">Counting states…</p>}
      {got.kind === 'text' && (
        <p className="nothing" role="status">
          {got.text}
        </p>
      )}
      {graph !== null && node !== undefined && (
        <>
          <div className="cluster middle gap-8">
            <p className="soft">{graphSize(graph)} States further right need more operations.</p>
            <CopyButton what="the states as text" text={() => graphText(graphTitle(setup, kernel), graph)} />
          </div>
          <GraphSvg graph={graph} chosen={node.id} onChoose={choose} onOpen={open} near={near} />
          <GraphList graph={graph} chosen={node.id} onChoose={choose} onOpen={open} onNear={setNear} />
        </>
      )}
    </section>
  );
}

/** Requests the graph from a worker after every change of the choices or the kernel. */
function useGraph(setup: SearchSetup, generation: GenerationId): Got {
  const app = useApp();
  const [got, setGot] = useState<Got>({ kind: 'waiting' });
  // the question and the bounds do not change the graph
  const { vectors, dynamic, irqs, cpuVectors, eventfds, block, parts } = setup;
  const asked = useMemo(
    () => ({ vectors, dynamic, irqs, cpuVectors, eventfds, block, parts }),
    [vectors, dynamic, irqs, cpuVectors, eventfds, block, parts],
  );
  useEffect(() => {
    setGot({ kind: 'waiting' });
    const chosen = { ...app.get(exploreSlice).setup, ...asked };
    return app.local(searchWorkers).ask({ kind: 'graph', setup: chosen, generation, most: MOST }, (reply) => {
      if (reply.kind === 'graph') setGot({ kind: 'graph', graph: reply });
      else if (reply.kind === 'too-many') setGot({ kind: 'text', text: tooMany(reply) });
      else if (reply.kind === 'wrong') setGot({ kind: 'text', text: reply.what });
    });
  }, [asked, generation, app]);
  return got;
}

function tooMany({ states, more }: { readonly states: number; readonly more: boolean }): string {
  const many = `${more ? 'more than ' : ''}${grouped(states)}`;
  return `Too many states to draw: ${many}, and the picture shows at most ${MOST}. Choose fewer vectors, eventfds or operations.`;
}

// The scenario library: a search over ioctls that real programs send. Each scenario opens in the lab or in Compare.

import { useMemo, useState } from 'react';
import { GENERATIONS } from '../../../kernel/generations/index.ts';
import { ANYTHING, facetsOf, returnedBy, type Sought, sought } from '../../../lessons/library.ts';
import { scenarios } from '../../../lessons/scenarios/index.ts';
import type { Scenario } from '../../../lessons/scenarios/scenario.ts';
import { counted } from '../../../text/numbers.ts';
import { useApp } from '../../store/appContext.ts';
import { compareScenario, openDebate, openScenario } from '../../store/scenarios.ts';
import { GenerationSelect } from '../../ui/GenerationSelect.tsx';
import { Source } from '../../ui/Source.tsx';
import { useAnnounced } from '../../ui/useAnnounced.ts';
import { useRelease } from '../../ui/useRelease.ts';
import './scenarios.css';

/** Labels of the generations. */
const SHORT: ReadonlyMap<string, string> = new Map(GENERATIONS.map(({ id, label }) => [id, label]));

export function ScenarioTab() {
  const app = useApp();
  const [what, setWhat] = useState(ANYTHING);
  const all = scenarios();
  const facets = useMemo(() => facetsOf(all, what.generation), [all, what.generation]);
  const found = useMemo(() => sought(all, what), [all, what]);
  const total = counted(all.length, 'scenario');
  const count = found.length === all.length ? total : `${found.length} of ${total}`;
  useAnnounced(count);
  const change = (part: Partial<Sought>) => setWhat((now) => ({ ...now, ...part }));
  return (
    <div className="scenarios">
      <h2>Scenarios</h2>
      <p className="scenarios-debate soft">
        The point of the 2023 review: V3 frees an irq of the original allocation, the merged driver keeps it.{' '}
        <button type="button" onClick={() => openDebate(app)}>
          Show that kernel call
        </button>
      </p>
      <search className="scenarios-search cluster">
        <label className="scenarios-text">
          Words
          <input
            type="search"
            value={what.text}
            placeholder="grow, bad descriptor, QEMU …"
            onChange={(event) => change({ text: event.target.value })}
          />
        </label>
        <Facet
          name="Client"
          values={facets.clients}
          value={what.client}
          onChoose={(client) => change({ client })}
        />
        <Facet
          name="Errno"
          values={facets.errnos}
          value={what.errno}
          onChoose={(errno) => change({ errno })}
        />
        <Facet
          name="Kernel function"
          values={facets.functions}
          value={what.fn}
          onChoose={(fn) => change({ fn })}
        />
        <GenerationSelect
          label="Kernel"
          value={what.generation}
          none="any"
          // the chosen errno or function may not occur in that kernel
          onChange={(generation) => change({ generation, errno: null, fn: null })}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={what.differing}
            onChange={(event) => change({ differing: event.target.checked })}
          />
          {what.generation === null
            ? 'only where kernels differ'
            : 'only where this kernel differs from another'}
        </label>
        {what !== ANYTHING && (
          <button type="button" onClick={() => setWhat(ANYTHING)}>
            Clear
          </button>
        )}
      </search>
      <p className="scenarios-count aside">{count}</p>
      <ol className="scenario-list tracks gap-12" aria-label="Scenarios">
        {found.map((scenario) => (
          <ScenarioItem key={scenario.id} scenario={scenario} />
        ))}
      </ol>
    </div>
  );
}

interface FacetProps {
  readonly name: string;
  readonly values: readonly string[];
  readonly value: string | null;
  readonly onChoose: (value: string | null) => void;
}

function Facet({ name, values, value, onChoose }: FacetProps) {
  return (
    <label>
      {name}
      <select value={value ?? ''} onChange={(event) => onChoose(event.target.value || null)}>
        <option value="">any</option>
        {values.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  );
}

function ScenarioItem({ scenario }: { readonly scenario: Scenario }) {
  const app = useApp();
  const { id, title, client, look, source, missing } = scenario;
  const release = useRelease();
  return (
    <li aria-labelledby={`scenario-${id}`}>
      <h3 id={`scenario-${id}`}>
        <span className="scenario-id">{id}</span> {title}
      </h3>
      <p className="aside">{client}</p>
      <p>{look}</p>
      {missing !== null && <p className="scenario-missing small">The model lacks {missing}</p>}
      <p className="scenario-returns tracks small">
        {returnedBy(scenario).map(({ generations, text }) => (
          <span key={text}>
            Results in{' '}
            {generations.length === GENERATIONS.length
              ? 'all kernels'
              : generations.map((one) => SHORT.get(one)).join(', ')}
            : <code className="mono">{text === '' ? 'no SET_IRQS' : text}</code>
          </span>
        ))}
      </p>
      <p className="aside">
        Source: <Source text={source} release={release} />
      </p>
      <div className="scenario-buttons flex gap-6">
        <button
          type="button"
          aria-label={`Open ${id} in the lab`}
          onClick={() => openScenario(app, scenario)}
        >
          Open in the lab
        </button>
        <button type="button" aria-label={`Compare ${id}`} onClick={() => compareScenario(app, scenario)}>
          Compare
        </button>
      </div>
    </li>
  );
}

// The scenario library: what real programs send, searchable, each to be opened in the lab or in Compare.

import { useMemo, useState } from 'react';
import { GENERATIONS } from '../../../kernel/generations/index.ts';
import { ANYTHING, facetsOf, returnedBy, type Sought, sought } from '../../../lessons/library.ts';
import { scenarios } from '../../../lessons/scenarios/index.ts';
import type { Scenario } from '../../../lessons/scenarios/scenario.ts';
import { counted } from '../../../views/words/numbers.ts';
import { GenerationSelect } from '../../parts/GenerationSelect.tsx';
import { compareScenario, openDebate, openScenario } from '../../state/scenarios.ts';
import './scenarios.css';

/** Short names of the generations, for the line of results. */
const SHORT = new Map(GENERATIONS.map(({ id, label }) => [id, label]));

/** The library. */
export function ScenarioTab() {
  const [what, setWhat] = useState(ANYTHING);
  const all = scenarios();
  const facets = useMemo(() => facetsOf(all, what.generation), [all, what.generation]);
  const found = useMemo(() => sought(all, what), [all, what]);
  const change = (part: Partial<Sought>) => setWhat((now) => ({ ...now, ...part }));
  return (
    <div className="scenarios">
      <h2>Scenarios</h2>
      <p className="scenarios-debate">
        What the review of dynamic MSI-X turned on: V3 frees an irq of the original allocation, the merged
        driver keeps it.{' '}
        <button type="button" onClick={openDebate}>
          The debate, at that kernel call
        </button>
      </p>
      <search className="scenarios-search">
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
          label="Generation"
          value={what.generation}
          none="any"
          // what was chosen may not occur there
          onChange={(generation) => change({ generation, errno: null, fn: null })}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={what.differing}
            onChange={(event) => change({ differing: event.target.checked })}
          />
          {what.generation === null ? 'only where they differ' : 'only where it differs from another'}
        </label>
        {what !== ANYTHING && (
          <button type="button" onClick={() => setWhat(ANYTHING)}>
            Clear
          </button>
        )}
      </search>
      <p role="status" className="scenarios-count">
        {found.length === all.length
          ? counted(all.length, 'scenario')
          : `${found.length} of ${counted(all.length, 'scenario')}`}
      </p>
      <ol className="scenario-list" aria-label="Scenarios">
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
  const { id, title, client, look, source, missing } = scenario;
  return (
    <li aria-labelledby={`scenario-${id}`}>
      <h3 id={`scenario-${id}`}>
        <span className="scenario-id">{id}</span> {title}
      </h3>
      <p className="scenario-client">{client}</p>
      <p>{look}</p>
      {missing !== null && <p className="scenario-missing">Not in the model: {missing}</p>}
      <p className="scenario-returns">
        {returnedBy(scenario).map(({ generations, text }) => (
          <span key={text}>
            {generations.length === GENERATIONS.length
              ? 'all'
              : generations.map((one) => SHORT.get(one)).join(', ')}{' '}
            <code>{text === '' ? 'no SET_IRQS' : text}</code>
          </span>
        ))}
      </p>
      <p className="scenario-source">Source: {source}</p>
      <div className="scenario-buttons">
        <button type="button" aria-label={`Open ${id} in the lab`} onClick={() => openScenario(scenario)}>
          Open in the lab
        </button>
        <button type="button" aria-label={`Compare ${id}`} onClick={() => compareScenario(scenario)}>
          Compare
        </button>
      </div>
    </li>
  );
}

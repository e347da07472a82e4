// What is searched: kernels, device and host, operations, bounds. The question has a form of its own.

import { type AlphabetPart, SEARCH_RANGES } from '../../../session/search.ts';
import { counted } from '../../../views/words/numbers.ts';
import { GenerationSelect } from '../../parts/GenerationSelect.tsx';
import { alphabetSize, questionOf } from '../../state/explore/problem.ts';
import { chooseSearch, useExplore } from '../../state/explore/store.ts';
import { NumberRow, OptionalNumberRow } from './NumberRow.tsx';
import { QuestionForm } from './QuestionForm.tsx';

const PARTS: readonly (readonly [AlphabetPart, string])[] = [
  ['unbind', '−1: detach a vector'],
  ['bad', 'a descriptor that is not open'],
  ['disable', 'disable MSI-X (DATA_NONE, count 0)'],
  ['loopback', 'loopback: DATA_NONE triggers'],
  ['raise', 'the device raises a vector'],
  ['count0', 'assignments with count 0'],
  ['close', 'close an eventfd’s descriptor'],
  ['reset', 'VFIO_DEVICE_RESET'],
  ['faults', 'injected faults: no irq, no handler, no memory'],
];

/** All controls of a search; those of a state graph are the device and the operations alone. */
export function SetupForm({ shown }: { readonly shown: 'search' | 'graph' }) {
  const setup = useExplore((state) => state.setup);
  const { vectors, dynamic, irqs, cpuVectors, eventfds, block, parts } = setup;
  const toggle = (part: AlphabetPart, on: boolean) =>
    chooseSearch({ parts: on ? [...parts, part] : parts.filter((one) => one !== part) });
  return (
    <>
      {shown === 'search' && <Kernels />}
      {shown === 'search' && <QuestionForm />}
      <fieldset className="explore-group">
        <legend>Device and host</legend>
        <NumberRow
          label="MSI-X vectors"
          value={vectors}
          range={SEARCH_RANGES.vectors}
          onChange={(value) => chooseSearch({ vectors: value })}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={dynamic}
            onChange={({ target }) => chooseSearch({ dynamic: target.checked })}
          />
          <span>dynamic allocation (pci_msix_can_alloc_dyn)</span>
        </label>
        <OptionalNumberRow
          label="Irqs the host can give"
          value={irqs}
          range={SEARCH_RANGES.irqs}
          onChange={(value) => chooseSearch({ irqs: value })}
          note="A simplification: one count, charged at allocation. On x86 a shortage shows in request_irq, because a vector is reserved first and assigned later: use CPU vectors for that."
        />
        <OptionalNumberRow
          label="CPU vectors for request_irq"
          value={cpuVectors}
          range={SEARCH_RANGES.cpuVectors}
          onChange={(value) => chooseSearch({ cpuVectors: value })}
        />
      </fieldset>
      <fieldset className="explore-group">
        <legend>Operations</legend>
        <NumberRow
          label="Open eventfds"
          value={eventfds}
          range={SEARCH_RANGES.eventfds}
          onChange={(value) => chooseSearch({ eventfds: value })}
        />
        <NumberRow
          label="Blocks of up to"
          unit="vectors"
          value={block}
          range={SEARCH_RANGES.block}
          onChange={(value) => chooseSearch({ block: value })}
        />
        {PARTS.map(([part, says]) => (
          <label key={part} className="check">
            <input
              type="checkbox"
              checked={parts.includes(part)}
              onChange={({ target }) => toggle(part, target.checked)}
            />
            <span>{says}</span>
          </label>
        ))}
        <p className="explore-size">{counted(alphabetSize(setup), 'operation')} in every state</p>
      </fieldset>
      {shown === 'search' && <BoundsForm />}
    </>
  );
}

/** The kernels; the second one only where the question compares two. */
function Kernels() {
  const setup = useExplore((state) => state.setup);
  const { generation, against } = setup;
  const question = questionOf(setup);
  const isPair = question.ok && question.value.sides === 2;
  return (
    <fieldset className="explore-group">
      <legend>Kernels</legend>
      <GenerationSelect
        label="Generation"
        className="explore-row"
        value={generation}
        onChange={(chosen) => chosen !== null && chooseSearch({ generation: chosen })}
      />
      {isPair && (
        <GenerationSelect
          label="In lock-step with"
          className="explore-row"
          value={against}
          none={against === null ? 'choose one' : undefined}
          onChange={(chosen) => chooseSearch({ against: chosen })}
        />
      )}
    </fieldset>
  );
}

function BoundsForm() {
  const { maxDepth, maxStates } = useExplore((state) => state.setup);
  return (
    <fieldset className="explore-group">
      <legend>Bounds</legend>
      <OptionalNumberRow
        label="Longest script"
        unit="operations"
        value={maxDepth}
        range={SEARCH_RANGES.maxDepth}
        onChange={(value) => chooseSearch({ maxDepth: value })}
      />
      <NumberRow
        label="States at most"
        value={maxStates}
        range={SEARCH_RANGES.maxStates}
        onChange={(value) => chooseSearch({ maxStates: value })}
      />
    </fieldset>
  );
}

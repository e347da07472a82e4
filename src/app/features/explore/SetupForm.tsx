// The form of a search: kernels, device and host, operations, limits. QuestionForm.tsx contains the question.

import { alphabetSize } from '../../../explore/alphabet.ts';
import { type AlphabetPart, SEARCH_RANGES } from '../../../session/search.ts';
import { counted } from '../../../text/numbers.ts';
import { INTX_PARTS, PART_LABELS } from '../../../views/explore/parts.ts';
import { alphabetFor, questionOf } from '../../../views/explore/problem.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { openWhatIf } from '../../store/patch.ts';
import { GenerationSelect } from '../../ui/GenerationSelect.tsx';
import { NumberRow, OptionalNumberRow } from '../../ui/NumberRow.tsx';
import { DeviceForm, ModesForm, ROW } from './DeviceForm.tsx';
import { QuestionForm } from './QuestionForm.tsx';
import { chooseSearch, exploreSlice } from './store.ts';

/** All controls of a search. The state graph needs only device and operations. */
export function SetupForm({ shown }: { readonly shown: 'search' | 'graph' }) {
  const app = useApp();
  const setup = useSlice(exploreSlice, (state) => state.setup);
  const { modes, dynamic, irqs, cpuVectors, eventfds, block, parts } = setup;
  const toggle = (part: AlphabetPart, on: boolean) =>
    chooseSearch(app, { parts: on ? [...parts, part] : parts.filter((one) => one !== part) });
  return (
    <>
      {shown === 'search' && <Kernels />}
      {shown === 'search' && <QuestionForm />}
      <fieldset className="explore-group">
        <legend>Device and host</legend>
        <DeviceForm />
        <label className="check">
          <input
            type="checkbox"
            checked={dynamic}
            onChange={({ target }) => chooseSearch(app, { dynamic: target.checked })}
          />
          <span>dynamic allocation (pci_msix_can_alloc_dyn)</span>
        </label>
        <OptionalNumberRow
          label="Irqs that the host can allocate"
          className={ROW}
          value={irqs}
          range={SEARCH_RANGES.irqs}
          onChange={(value) => chooseSearch(app, { irqs: value })}
          note="This limit is a simplification: each allocation takes one irq from a single pool. On x86 an allocation only reserves a CPU vector, and request_irq fails when none is left. Limit the CPU vectors to search that case."
        />
        <OptionalNumberRow
          label="CPU vectors for request_irq"
          className={ROW}
          value={cpuVectors}
          range={SEARCH_RANGES.cpuVectors}
          onChange={(value) => chooseSearch(app, { cpuVectors: value })}
        />
      </fieldset>
      <fieldset className="explore-group">
        <legend>Operations</legend>
        <ModesForm />
        <NumberRow
          label="Open eventfds"
          className={ROW}
          value={eventfds}
          range={SEARCH_RANGES.eventfds}
          onChange={(value) => chooseSearch(app, { eventfds: value })}
        />
        <NumberRow
          label="Blocks of up to"
          className={ROW}
          unit="vectors"
          value={block}
          range={SEARCH_RANGES.block}
          onChange={(value) => chooseSearch(app, { block: value })}
        />
        {PART_LABELS.filter(([part]) => modes.includes('intx') || !INTX_PARTS.includes(part)).map(
          ([part, text]) => (
            <label key={part} className="check">
              <input
                type="checkbox"
                checked={parts.includes(part)}
                onChange={({ target }) => toggle(part, target.checked)}
              />
              <span>{text}</span>
            </label>
          ),
        )}
        <p className="explore-size">
          {counted(alphabetSize(alphabetFor(setup)), 'operation')} in every state
        </p>
      </fieldset>
      {shown === 'search' && <BoundsForm />}
    </>
  );
}

/** The kernels; a second one for questions that compare two. */
function Kernels() {
  const app = useApp();
  const setup = useSlice(exploreSlice, (state) => state.setup);
  const { generation, against } = setup;
  const question = questionOf(setup);
  const isPair = question.ok && question.value.sides === 2;
  return (
    <fieldset className="explore-group">
      <legend>Kernels</legend>
      <GenerationSelect
        label="Kernel"
        className={ROW}
        value={generation}
        onChange={(chosen) => chosen !== null && chooseSearch(app, { generation: chosen })}
      />
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() =>
          openWhatIf(app, {
            from: generation,
            label: 'Use in the search',
            compares: false,
            use: (_app, _model, id) => chooseSearch(app, { generation: id }),
          })
        }
      >
        What-if kernel…
      </button>
      {isPair && (
        <GenerationSelect
          label="Compared with"
          className={ROW}
          value={against}
          none={against === null ? 'choose a kernel' : undefined}
          onChange={(chosen) => chooseSearch(app, { against: chosen })}
        />
      )}
    </fieldset>
  );
}

function BoundsForm() {
  const app = useApp();
  const { maxDepth, maxStates } = useSlice(exploreSlice, (state) => state.setup);
  return (
    <fieldset className="explore-group">
      <legend>Limits</legend>
      <OptionalNumberRow
        label="Longest script"
        className={ROW}
        unit="operations"
        value={maxDepth}
        range={SEARCH_RANGES.maxDepth}
        onChange={(value) => chooseSearch(app, { maxDepth: value })}
      />
      <NumberRow
        label="Most states"
        className={ROW}
        value={maxStates}
        range={SEARCH_RANGES.maxStates}
        onChange={(value) => chooseSearch(app, { maxStates: value })}
      />
    </fieldset>
  );
}

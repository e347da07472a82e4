// The form of the lesson editor for one line of the script.

import type { LiveStep } from '../../../../lessons/live.ts';
import type { LineUse, Sketch } from '../../../../lessons/make.ts';
import { AnswerFields } from './AnswerFields.tsx';
import { HoldsField } from './HoldsField.tsx';
import { KernelField } from './KernelField.tsx';
import { TextField } from './TextField.tsx';

const USES: readonly { readonly use: LineUse; readonly label: string }[] = [
  { use: 'predict', label: 'Predict: ask for the result' },
  { use: 'do', label: 'Do: reach a goal; this line is the solution' },
  { use: 'with the next', label: 'No question: run it with the next line' },
];

interface SketchFormProps {
  /** The place of the line, counted from 0. */
  readonly at: number;
  /** The number of its step, counted from 0. */
  readonly step: number;
  readonly line: Sketch;
  readonly last: boolean;
  /** The states before and after the step; null if it cannot run. */
  readonly live: LiveStep | null;
  readonly onChange: (part: Partial<Sketch>) => void;
  readonly onRemove: () => void;
}

export function SketchForm({ at, step, line, last, live, onChange, onRemove }: SketchFormProps) {
  const path = `steps.${step}`;
  const isQuestion = line.use !== 'with the next';
  return (
    <fieldset className="maker-line stack gap-6 line-above">
      <legend>
        {isQuestion ? `Step ${step + 1}, ` : ''}line {at + 1} after the starting script
      </legend>
      <TextField
        label="Line"
        field={`lines.${at}`}
        value={line.text}
        code
        onChange={(text) => onChange({ text })}
      />
      <label className="maker-field tracks middle gap-8">
        <span>Kind of step</span>
        <select
          value={line.use}
          onChange={(event) => {
            const chosen = USES.find(({ use }) => use === event.target.value);
            if (chosen !== undefined) onChange({ use: chosen.use });
          }}
        >
          {USES.filter(({ use }) => use !== 'with the next' || !last || line.use === use).map(
            ({ use, label }) => (
              <option key={use} value={use}>
                {label}
              </option>
            ),
          )}
        </select>
      </label>
      {isQuestion && (
        <>
          <TextField
            label="Question"
            field={`${path}.ask`}
            rows={2}
            value={line.ask}
            onChange={(ask) => onChange({ ask })}
          />
          {line.use === 'predict' ? (
            <AnswerFields
              choices={line.choices}
              path={path}
              done={live?.after ?? null}
              onChange={(choices) => onChange({ choices })}
            />
          ) : (
            <>
              <HoldsField
                label="Goal"
                field={`${path}.goal`}
                text={line.goal}
                done={live?.after ?? null}
                before={live?.before ?? null}
                onChange={(goal) => onChange({ goal })}
              />
              <TextField
                label="Hint"
                field={`${path}.hint`}
                value={line.hint}
                onChange={(hint) => onChange({ hint })}
              />
            </>
          )}
          <TextField
            label="Explanation"
            field={`${path}.explain`}
            rows={2}
            value={line.explain}
            onChange={(explain) => onChange({ explain })}
          />
          <TextField
            label="Source"
            field={`${path}.source`}
            value={line.source}
            onChange={(source) => onChange({ source })}
          />
          <TextField
            label="Notes for the presenter"
            field={`${path}.notes`}
            rows={2}
            value={line.notes}
            onChange={(notes) => onChange({ notes })}
          />
          <KernelField line={line} field={`${path}.release`} onChange={onChange} />
        </>
      )}
      <button type="button" aria-label={`Remove line ${at + 1}`} onClick={onRemove}>
        Remove this line
      </button>
    </fieldset>
  );
}

// The form of the lesson editor for one line of the script.

import type { LineUse, Sketch } from '../../../../lessons/make.ts';
import { TextField } from './TextField.tsx';

const USES: readonly { readonly use: LineUse; readonly label: string }[] = [
  { use: 'predict', label: 'Predict: ask for the result' },
  { use: 'do', label: 'Do: reach a goal; this line is the solution' },
  { use: 'with the next', label: 'No question: run it with the next line' },
];

interface SketchFormProps {
  readonly number: number;
  readonly line: Sketch;
  readonly last: boolean;
  readonly onChange: (part: Partial<Sketch>) => void;
}

export function SketchForm({ number, line, last, onChange }: SketchFormProps) {
  const { choices } = line;
  const setChoice = (at: number, part: Partial<Sketch['choices'][number]>) =>
    onChange({ choices: choices.map((choice, other) => (other === at ? { ...choice, ...part } : choice)) });
  return (
    <fieldset className="maker-line stack gap-6 line-above">
      <legend>
        Line {number} after the cursor: <code>{line.text}</code>
      </legend>
      <label className="maker-field tracks middle gap-8">
        <span>Kind of step</span>
        <select
          value={line.use}
          onChange={(event) => {
            const chosen = USES.find(({ use }) => use === event.target.value);
            if (chosen !== undefined) onChange({ use: chosen.use });
          }}
        >
          {USES.filter(({ use }) => use !== 'with the next' || !last).map(({ use, label }) => (
            <option key={use} value={use}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {line.use !== 'with the next' && (
        <>
          <TextField label="Question" value={line.ask} onChange={(ask) => onChange({ ask })} />
          {line.use === 'predict' ? (
            <>
              {choices.map(({ text, holds }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: choices have no other name
                <div key={at} className="maker-choice tracks gap-8">
                  <TextField
                    label={`Answer ${at + 1}`}
                    value={text}
                    onChange={(changed) => setChoice(at, { text: changed })}
                  />
                  <TextField
                    label={`Answer ${at + 1} is right when`}
                    value={holds}
                    code
                    onChange={(changed) => setChoice(at, { holds: changed })}
                  />
                  <button
                    type="button"
                    aria-label={`Remove answer ${at + 1}`}
                    disabled={choices.length <= 2}
                    onClick={() => onChange({ choices: choices.filter((_, other) => other !== at) })}
                  >
                    Remove
                  </button>
                </div>
              ))}
              <button
                type="button"
                disabled={choices.length >= 8}
                onClick={() => onChange({ choices: [...choices, { text: '', holds: '' }] })}
              >
                Add an answer
              </button>
            </>
          ) : (
            <>
              <TextField label="Goal" value={line.goal} code onChange={(goal) => onChange({ goal })} />
              <TextField label="Hint" value={line.hint} onChange={(hint) => onChange({ hint })} />
            </>
          )}
          <TextField label="Explanation" value={line.explain} onChange={(explain) => onChange({ explain })} />
          <TextField label="Source" value={line.source} onChange={(source) => onChange({ source })} />
        </>
      )}
    </fieldset>
  );
}

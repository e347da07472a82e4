// The answers of a prediction in the editor, and how many of them are right.

import type { Step } from '../../../../kernel/invariants/invariant.ts';
import { judge } from '../../../../lessons/live.ts';
import type { AnswerSketch } from '../../../../lessons/make.ts';
import { letterOf } from '../../../../lessons/presented.ts';
import { HoldsField } from './HoldsField.tsx';
import { TextField } from './TextField.tsx';

const FEWEST = 2;
const MOST = 8;

interface AnswerFieldsProps {
  readonly choices: readonly AnswerSketch[];
  /** The path of the step in the lesson. */
  readonly path: string;
  /** The last operation of the step; null for a step that cannot run. */
  readonly done: Step | null;
  readonly onChange: (choices: readonly AnswerSketch[]) => void;
}

export function AnswerFields({ choices, path, done, onChange }: AnswerFieldsProps) {
  const change = (at: number, part: Partial<AnswerSketch>) =>
    onChange(choices.map((choice, other) => (other === at ? { ...choice, ...part } : choice)));
  const right = choices.flatMap(({ holds }, at) => (judge(holds, done).is === 'true' ? [at] : []));
  return (
    <>
      {choices.map(({ text, holds, feedback }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: choices have no other name
        <div key={at} className="maker-choice stack gap-4">
          <div className="tracks gap-8">
            <TextField
              label={`Answer ${at + 1}`}
              field={`${path}.choices.${at}.text`}
              value={text}
              onChange={(changed) => change(at, { text: changed })}
            />
            <button
              type="button"
              aria-label={`Remove answer ${at + 1}`}
              disabled={choices.length <= FEWEST}
              onClick={() => onChange(choices.filter((_, other) => other !== at))}
            >
              Remove
            </button>
          </div>
          <HoldsField
            label={`Answer ${at + 1} is right when`}
            field={`${path}.choices.${at}.holds`}
            text={holds}
            done={done}
            onChange={(changed) => change(at, { holds: changed })}
          />
          {/* the right answer needs none, unless the author has written it before */}
          {(!right.includes(at) || feedback !== '') && (
            <TextField
              label={`Answer ${at + 1} feedback, if wrong`}
              field={`${path}.choices.${at}.feedback`}
              value={feedback}
              onChange={(changed) => change(at, { feedback: changed })}
            />
          )}
        </div>
      ))}
      <div className="cluster middle gap-12">
        <button
          type="button"
          disabled={choices.length >= MOST}
          onClick={() => onChange([...choices, { text: '', holds: '', feedback: '' }])}
        >
          Add an answer
        </button>
        <p role="status" className={done !== null && right.length !== 1 ? 'alarm' : undefined}>
          {done === null ? '' : rightText(right)}
        </p>
      </div>
    </>
  );
}

/** Names the right answers; exactly one is accepted. */
function rightText(right: readonly number[]): string {
  const [first] = right;
  if (first === undefined) return 'No answer is right; exactly one must be.';
  if (right.length === 1) return `Answer ${first + 1} is the right one (${letterOf(first)}).`;
  const names = right.map((at) => at + 1);
  return `Answers ${names.slice(0, -1).join(', ')} and ${names.at(-1)} are right; exactly one must be.`;
}

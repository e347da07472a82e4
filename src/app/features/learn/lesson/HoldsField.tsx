// A predicate of a step with its truth by the model, told at once.

import type { Step } from '../../../../kernel/invariants/invariant.ts';
import { judge } from '../../../../lessons/live.ts';
import { PredicateField } from '../../../ui/PredicateField.tsx';

interface HoldsFieldProps {
  readonly label: string;
  readonly field: string;
  readonly text: string;
  /** The last operation before the judgement; null for a step that cannot run. */
  readonly done: Step | null;
  /** The last operation before the step, for a goal, which must be false there. */
  readonly before?: Step | null;
  readonly onChange: (text: string) => void;
}

export function HoldsField({ label, field, text, done, before, onChange }: HoldsFieldProps) {
  return (
    <div className="maker-field maker-holds tracks gap-8">
      <span aria-hidden="true">{label}</span>
      <PredicateField
        label={label}
        field={field}
        text={text}
        onChange={onChange}
        kernels={1}
        rows={1}
        placeholder="attached 0"
        note={<span role="status">{truth(text, done, before)}</span>}
      />
    </div>
  );
}

/** Returns the truth of a predicate in words; the field itself tells its problems. */
function truth(text: string, done: Step | null, before: Step | null | undefined): string {
  const after = judge(text, done).is;
  if (text.trim() === '') return 'Type a predicate, or choose from the list of words.';
  if (after === 'wrong') return '';
  if (after === 'unknown') return 'Not judged: the lines up to this step have problems.';
  if (before === undefined) return after === 'true' ? 'True now: right after this line.' : 'False now.';
  const isTrueBefore = judge(text, before).is === 'true';
  if (after === 'false') return 'False now after the solution, which must reach the goal.';
  return isTrueBefore
    ? 'True now, and already before the step, where it must be false.'
    : 'True now after the solution, and false before it.';
}

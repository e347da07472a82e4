// Choosing a generation of the driver, or none where that means something.

import type { GenerationId } from '../../kernel/generations/generation.ts';
import { GENERATIONS } from '../../kernel/generations/index.ts';

/** What the choice needs. */
interface GenerationSelectProps {
  readonly value: GenerationId | null;
  readonly onChange: (chosen: GenerationId | null) => void;
  /** What no generation means; without it one has to be chosen. */
  readonly none?: string | undefined;
}

/** The choice, for a label around it. */
export function GenerationSelect({ value, onChange, none }: GenerationSelectProps) {
  return (
    <select
      value={value ?? ''}
      onChange={({ target }) => onChange(GENERATIONS.find(({ id }) => id === target.value)?.id ?? null)}
    >
      {none !== undefined && <option value="">{none}</option>}
      {GENERATIONS.map(({ id, label }) => (
        <option key={id} value={id}>
          {label}
        </option>
      ))}
    </select>
  );
}

// Choosing a generation of the driver, or none where that means something.

import type { ReactNode } from 'react';
import type { GenerationId } from '../../kernel/generations/generation.ts';
import { GENERATIONS } from '../../kernel/generations/index.ts';

/** What the choice needs. */
interface GenerationSelectProps {
  readonly label: ReactNode;
  readonly className?: string;
  readonly value: GenerationId | null;
  readonly onChange: (chosen: GenerationId | null) => void;
  /** What no generation means; without it one has to be chosen. */
  readonly none?: string | undefined;
}

/** The choice with its label. */
export function GenerationSelect({ label, className, value, onChange, none }: GenerationSelectProps) {
  return (
    <label className={className}>
      {label}
      <select
        value={value ?? ''}
        onChange={({ target }) => onChange(GENERATIONS.find(({ id }) => id === target.value)?.id ?? null)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {GENERATIONS.map(({ id, label: name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

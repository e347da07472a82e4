// A list of kernels, by generation of the driver; with an optional entry for no kernel.

import type { ReactNode } from 'react';
import type { GenerationId } from '../../kernel/generations/generation.ts';
import { GENERATIONS, generationById } from '../../kernel/generations/index.ts';
import { isWhatIf } from '../../kernel/generations/policies.ts';

interface GenerationSelectProps {
  readonly label: ReactNode;
  readonly className?: string;
  readonly value: GenerationId | null;
  readonly onChange: (chosen: GenerationId | null) => void;
  /** The text of the entry for no kernel; without it a kernel is required. */
  readonly none?: string | undefined;
}

/** The list with its label. */
export function GenerationSelect({ label, className, value, onChange, none }: GenerationSelectProps) {
  return (
    <label className={className}>
      {label}
      <select
        value={value ?? ''}
        onChange={({ target }) => onChange(generationById(target.value)?.id ?? null)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {value !== null && isWhatIf(value) && <option value={value}>{value}</option>}
        {GENERATIONS.map(({ id, label: name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

// A field of the structure as text. Its bytes are lit while it is pointed at or has the focus.

import { useId } from 'react';
import type { ByteField } from '../../../../views/composer/draft.ts';
import { Term } from '../../../ui/Term.tsx';

interface TextRowProps {
  readonly label: string;
  readonly field: ByteField;
  readonly value: string;
  readonly lit: ByteField | null;
  readonly numeric?: boolean;
  readonly onPoint: (field: ByteField | null) => void;
  readonly onType: (text: string) => void;
}

/** A name and a text field. */
export function TextRow({ label, field, value, lit, numeric = false, onPoint, onType }: TextRowProps) {
  const id = useId();
  return (
    <div
      className={lit === field ? 'text-row lit' : 'text-row'}
      onPointerEnter={() => onPoint(field)}
      onPointerLeave={() => onPoint(null)}
    >
      <Term id={id} aside>
        {label}
      </Term>
      <input
        aria-labelledby={id}
        value={value}
        inputMode={numeric ? 'numeric' : 'text'}
        autoComplete="off"
        spellCheck={false}
        onFocus={() => onPoint(field)}
        onBlur={() => onPoint(null)}
        onChange={(event) => onType(event.target.value)}
      />
    </div>
  );
}

// A labelled text field of the lesson editor.

import { useId } from 'react';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  /** Its path in the lesson, by which a problem finds it. */
  readonly field: string;
  /** True for a predicate or notation. */
  readonly code?: boolean;
  /** The height in lines; a field with more than one is for longer text. */
  readonly rows?: number;
  readonly onChange: (value: string) => void;
}

export function TextField({ label, value, field, code = false, rows = 1, onChange }: TextFieldProps) {
  const id = useId();
  const common = {
    id,
    value,
    'data-field': field,
    className: code ? 'code' : undefined,
    spellCheck: !code,
  };
  return (
    <div className="maker-field tracks gap-8">
      <label htmlFor={id}>{label}</label>
      {rows === 1 ? (
        <input {...common} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <textarea {...common} rows={rows} onChange={(event) => onChange(event.target.value)} />
      )}
    </div>
  );
}

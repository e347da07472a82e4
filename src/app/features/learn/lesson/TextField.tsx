// A labelled text field.

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  /** True for a predicate or notation. */
  readonly code?: boolean;
  readonly onChange: (value: string) => void;
}

export function TextField({ label, value, code = false, onChange }: TextFieldProps) {
  return (
    <label className="maker-field tracks middle gap-8">
      <span>{label}</span>
      <input
        value={value}
        className={code ? 'code' : undefined}
        spellCheck={!code}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

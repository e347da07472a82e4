// A labelled line of text.

/** What the field needs. */
interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  /** It holds a predicate or notation. */
  readonly code?: boolean;
  readonly onChange: (value: string) => void;
}

/** The field. */
export function TextField({ label, value, code = false, onChange }: TextFieldProps) {
  return (
    <label className="maker-field">
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

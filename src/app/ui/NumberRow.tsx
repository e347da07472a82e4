// A labelled number with its range. The field keeps the typed text; a number out of range shows the range and changes nothing.

import { useId, useState } from 'react';
import { grouped } from '../../base/grouped.ts';
import type { Range } from '../../session/search.ts';

/** Label, value and range of a row. */
interface RowProps<T> {
  readonly label: string;
  /** Classes of the row. */
  readonly className: string;
  readonly unit?: string;
  readonly value: T;
  readonly range: Range;
  /** A remark below the field. */
  readonly note?: string;
  readonly onChange: (value: T) => void;
}

/** A required number. */
export function NumberRow({ onChange, ...props }: RowProps<number>) {
  return (
    <Row
      {...props}
      onChange={(value) => {
        if (value !== null) onChange(value);
      }}
    />
  );
}

/** A number; an empty field means no limit. */
export function OptionalNumberRow(props: RowProps<number | null>) {
  return <Row {...props} optional />;
}

function Row({
  label,
  className,
  unit,
  value,
  range,
  note,
  optional = false,
  onChange,
}: RowProps<number | null> & { readonly optional?: boolean }) {
  const id = useId();
  // typed text that is not a valid number yet, for instance an empty field
  const [typed, setTyped] = useState<string | null>(null);
  const { from, to } = range;
  const wrong = typed !== null;
  const type = (text: string) => {
    const number = Number(text);
    const isNone = optional && text.trim() === '';
    const fits = text.trim() !== '' && Number.isInteger(number) && number >= from && number <= to;
    setTyped(isNone || fits ? null : text);
    if (isNone) onChange(null);
    else if (fits) onChange(number);
  };
  const described = [...(wrong ? [`${id}-wrong`] : []), ...(note === undefined ? [] : [`${id}-note`])].join(
    ' ',
  );
  return (
    <>
      <label className={className}>
        {label}
        <input
          inputMode="numeric"
          autoComplete="off"
          placeholder={optional ? 'no limit' : undefined}
          value={typed ?? (value === null ? '' : String(value))}
          aria-invalid={wrong}
          aria-describedby={described === '' ? undefined : described}
          onChange={({ target }) => type(target.value)}
          onBlur={() => setTyped(null)}
        />
        {unit}
      </label>
      {wrong && (
        <p id={`${id}-wrong`} className="small alarm" role="alert">
          Enter {grouped(from)} to {grouped(to)}
          {optional ? ', or leave it empty for no limit' : ''}
        </p>
      )}
      {note !== undefined && (
        <p id={`${id}-note`} className="aside">
          {note}
        </p>
      )}
    </>
  );
}

// A named number with its range. What is typed stays as typed; a number out of range is said and changes nothing.

import { useId, useState } from 'react';
import type { Range } from '../../../session/search.ts';

/** What a row needs. */
interface RowProps<T> {
  readonly label: string;
  readonly unit?: string;
  readonly value: T;
  readonly range: Range;
  /** What a person has to know about it. */
  readonly note?: string;
  readonly onChange: (value: T) => void;
}

/** A number that has to be given. */
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

/** A number or, while the field is empty, no limit. */
export function OptionalNumberRow(props: RowProps<number | null>) {
  return <Row {...props} optional />;
}

function Row({
  label,
  unit,
  value,
  range,
  note,
  optional = false,
  onChange,
}: RowProps<number | null> & { readonly optional?: boolean }) {
  const id = useId();
  // what is typed and cannot be taken yet, for instance an empty field
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
  const told = [...(wrong ? [`${id}-wrong`] : []), ...(note === undefined ? [] : [`${id}-note`])].join(' ');
  return (
    <>
      <label className="explore-row">
        {label}
        <input
          inputMode="numeric"
          autoComplete="off"
          placeholder="no limit"
          value={typed ?? (value === null ? '' : String(value))}
          aria-invalid={wrong}
          aria-describedby={told === '' ? undefined : told}
          onChange={({ target }) => type(target.value)}
          onBlur={() => setTyped(null)}
        />
        {unit}
      </label>
      {wrong && (
        <p id={`${id}-wrong`} className="explore-wrong" role="alert">
          {from.toLocaleString('en')} to {to.toLocaleString('en')}
          {optional ? ', or empty for no limit' : ''}
        </p>
      )}
      {note !== undefined && (
        <p id={`${id}-note`} className="explore-note">
          {note}
        </p>
      )}
    </>
  );
}

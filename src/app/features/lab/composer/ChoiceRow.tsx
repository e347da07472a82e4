// One row of the form: a name and a group of radio buttons.

import { type ReactNode, useId } from 'react';
import { Term } from '../../../ui/Term.tsx';

interface ChoiceRowProps<T extends string | number> {
  readonly name: string;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
  readonly lit: boolean;
  readonly onChoose: (value: T) => void;
  readonly onPoint: (pointed: boolean) => void;
}

/** A row of radio buttons that look like tags. */
export function ChoiceRow<T extends string | number>(props: ChoiceRowProps<T>): ReactNode {
  const { name, choices, value, lit, onChoose, onPoint } = props;
  const group = useId();
  return (
    <fieldset
      className={lit ? 'choice-row lit' : 'choice-row'}
      onPointerEnter={() => onPoint(true)}
      onPointerLeave={() => onPoint(false)}
      onFocus={() => onPoint(true)}
      onBlur={() => onPoint(false)}
    >
      <legend>
        <Term aside>{name}</Term>
      </legend>
      <div className="choices">
        {choices.map((choice) => (
          <label key={choice.value} className="tag">
            <input
              type="radio"
              name={group}
              checked={choice.value === value}
              onChange={() => onChoose(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

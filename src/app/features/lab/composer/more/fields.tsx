// Short forms of an operation: fields and the button that runs it.

import type { FormEvent, ReactNode } from 'react';
import type { Op } from '../../../../../kernel/line.ts';
import { useApp } from '../../../../store/appContext.ts';
import { perform } from '../operationCommands.ts';

interface OperationFormProps {
  readonly label: string;
  /** Null while the typed text is not an operation. */
  readonly op: (() => Op) | null;
  readonly children: ReactNode;
}

/** Fields with the button of their operation; Enter in a field runs it too. */
export function OperationForm({ label, op, children }: OperationFormProps) {
  const app = useApp();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (op !== null) perform(app, op());
  };
  return (
    <form className="row" onSubmit={onSubmit}>
      {children}
      <button type="submit" disabled={op === null}>
        {label}
      </button>
    </form>
  );
}

interface ShortFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onType: (text: string) => void;
}

/** A field for a short value. */
export function ShortField({ label, value, onType }: ShortFieldProps) {
  return (
    <label className="row">
      {label}
      <input className="short-field mono" value={value} onChange={(event) => onType(event.target.value)} />
    </label>
  );
}

// The structure as it lies in memory, each field lit while it is pointed at here or in the form.

import { memo } from 'react';
import type { IrqSet } from '../../../uapi/irqSet.ts';
import { type ByteField, byteRuns } from '../../../views/composer/draft.ts';
import { fieldThings } from '../../../views/linked/fields.ts';
import { tokens } from '../../../views/linked/things.ts';

/** Runs before the data. */
const HEADER_FIELDS = 5;

/** What the view needs. */
interface BytesViewProps {
  readonly set: IrqSet;
  readonly lit: ByteField | null;
  readonly onPoint: (field: ByteField | null) => void;
}

/** The bytes of struct vfio_irq_set. */
export const BytesView = memo(function BytesView({ set, lit, onPoint }: BytesViewProps) {
  const runs = byteRuns(set);
  return (
    <div
      className="bytes"
      role="group"
      aria-label="Bytes of struct vfio_irq_set"
      onPointerLeave={() => onPoint(null)}
    >
      {runs.map((run, at) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a byte has no other name than its place
          key={at}
          className={run.field === lit ? 'byte-run lit' : 'byte-run'}
          title={run.label}
          data-link={tokens(fieldThings(set, run.field, at - HEADER_FIELDS))}
          onPointerEnter={() => onPoint(run.field)}
        >
          {run.bytes}
        </span>
      ))}
    </div>
  );
});

// The structure's bytes in memory order; a field is lit while the pointer is on it here or in the form.

import { memo } from 'react';
import type { IrqSet } from '../../../../../uapi/irqSet.ts';
import { byteRuns } from '../../../../../views/composer/byteRuns.ts';
import type { ByteField } from '../../../../../views/composer/draft.ts';
import { fieldThings } from '../../../../../views/linked/fields.ts';
import { tokens } from '../../../../../views/linked/things.ts';

/** Byte runs before the data. */
const HEADER_FIELDS = 5;

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
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is the only name of a byte run
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

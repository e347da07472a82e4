// The raw form: every field of struct vfio_irq_set and the bytes after it, as typed.

import type { ByteField } from '../../../../views/composer/draft.ts';
import { RAW_FIELDS, RAW_KINDS, readWord } from '../../../../views/composer/raw.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { composeSlice, rawChange } from '../../../store/compose.ts';
import { useWanted } from '../../../ui/useWanted.ts';
import { ChoiceRow } from './ChoiceRow.tsx';
import { TextRow } from './TextRow.tsx';

/** The bits of `flags`, named without VFIO_IRQ_SET_. */
const BITS = ['DATA_NONE', 'DATA_BOOL', 'DATA_EVENTFD', 'ACTION_MASK', 'ACTION_UNMASK', 'ACTION_TRIGGER'];

const KINDS = RAW_KINDS.map((kind) => ({ value: kind, label: kind }));

interface RawFieldsProps {
  readonly lit: ByteField | null;
  readonly onPoint: (field: ByteField | null) => void;
}

/** The fields of the raw form. */
export function RawFields({ lit, onPoint }: RawFieldsProps) {
  const app = useApp();
  useWanted('raw');
  const raw = useSlice(composeSlice, (state) => state.raw);
  const flags = readWord(raw.flags);
  return (
    <>
      <div className="raw-fields tracks">
        {RAW_FIELDS.map((field) => (
          <TextRow
            key={field}
            label={field}
            field={field}
            value={raw[field]}
            lit={lit}
            onPoint={onPoint}
            onType={(text) => rawChange(app, { [field]: text })}
          />
        ))}
      </div>
      <div className="fd-tags" role="group" aria-label="Bits of flags">
        {BITS.map((name, bit) => (
          <button
            key={name}
            type="button"
            title={`VFIO_IRQ_SET_${name}`}
            aria-pressed={flags !== null && (flags & (1 << bit)) !== 0}
            disabled={flags === null}
            onClick={() => rawChange(app, { flags: `0x${(((flags ?? 0) ^ (1 << bit)) >>> 0).toString(16)}` })}
          >
            {name.replace(/^\w+_/, '').toLowerCase()}
          </button>
        ))}
      </div>
      <ChoiceRow
        name="kind"
        choices={KINDS}
        value={raw.kind}
        lit={lit === 'data'}
        onChoose={(kind) => rawChange(app, { kind })}
        onPoint={(pointed) => onPoint(pointed ? 'data' : null)}
      />
      {raw.kind !== 'none' && (
        <TextRow
          label="bytes"
          field="data"
          value={raw.bytes}
          lit={lit}
          onPoint={onPoint}
          onType={(bytes) => rawChange(app, { bytes })}
        />
      )}
    </>
  );
}

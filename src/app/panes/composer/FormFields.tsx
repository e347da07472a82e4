// The form: the fields of struct vfio_irq_set that a program would fill in, by the header's names.

import { memo } from 'react';
import { INDEX_NAMES } from '../../../uapi/vfio.ts';
import {
  ACTION_NAMES,
  type ByteField,
  DATA_NAMES,
  type Draft,
  readValues,
} from '../../../views/composer/draft.ts';
import { tokens } from '../../../views/linked/things.ts';
import { freeFd, perform } from '../../commands/operations.ts';
import { draftChange } from '../../state/compose.ts';
import { useLab } from '../../state/lab.ts';
import { ChoiceRow } from './ChoiceRow.tsx';
import type { OpenDescriptor } from './Operations.tsx';
import { TextRow } from './TextRow.tsx';

const INDEXES = INDEX_NAMES.map((label, value) => ({ value, label }));
const ACTION_CHOICES = ACTION_NAMES.map((name) => ({ value: name, label: name }));
const DATA_CHOICES = DATA_NAMES.map((name) => ({ value: name, label: name }));
/** So many descriptors have a tag. */
const TAGS = 10;
/** A number that nothing opens by itself. */
const CLOSED_FD = 999;

/** The values of the list, and a count that goes with them. */
function valuesChange(draft: Draft, values: string): Partial<Draft> {
  const read = readValues(values);
  return 'wrong' in read || draft.data === 'none'
    ? { values }
    : { values, count: String(read.values.length) };
}

/** What the fields need. */
interface FormFieldsProps {
  readonly open: readonly OpenDescriptor[];
  readonly lit: ByteField | null;
  readonly onPoint: (field: ByteField | null) => void;
}

/** The fields of the form. */
export const FormFields = memo(function FormFields({ open, lit, onPoint }: FormFieldsProps) {
  const draft = useLab((state) => state.draft);
  const point = (field: ByteField) => (pointed: boolean) => onPoint(pointed ? field : null);
  return (
    <>
      <ChoiceRow
        name="index"
        choices={INDEXES}
        value={draft.index}
        lit={lit === 'index'}
        onChoose={(index) => draftChange({ index })}
        onPoint={point('index')}
      />
      <ChoiceRow
        name="action"
        choices={ACTION_CHOICES}
        value={draft.action}
        lit={lit === 'flags'}
        onChoose={(action) => draftChange({ action })}
        onPoint={point('flags')}
      />
      <ChoiceRow
        name="data"
        choices={DATA_CHOICES}
        value={draft.data}
        lit={lit === 'flags'}
        onChoose={(data) =>
          draftChange(
            data === 'none' ? { data } : { data, ...valuesChange({ ...draft, data }, draft.values) },
          )
        }
        onPoint={point('flags')}
      />
      <div className="text-rows">
        {(['start', 'count'] as const).map((field) => (
          <TextRow
            key={field}
            label={field}
            field={field}
            value={draft[field]}
            lit={lit}
            numeric
            onPoint={onPoint}
            onType={(text) => draftChange({ [field]: text })}
          />
        ))}
      </div>
      {draft.data !== 'none' && (
        <TextRow
          label={draft.data === 'eventfd' ? 'fds' : 'bools'}
          field="data"
          value={draft.values}
          lit={lit}
          onPoint={onPoint}
          onType={(text) => draftChange(valuesChange(draft, text))}
        />
      )}
      {draft.data === 'eventfd' && <FdTags open={open} draft={draft} />}
    </>
  );
});

/** The descriptors that there are, and those that there are not. */
function FdTags({ open, draft }: { readonly open: readonly OpenDescriptor[]; readonly draft: Draft }) {
  const add = (fd: number) => draftChange(valuesChange(draft, `${draft.values.trim()} ${fd}`.trim()));
  return (
    <div className="fd-tags" role="group" aria-label="Add a descriptor">
      {open.slice(0, TAGS).map(({ fd, isEventfd }) => (
        <FdTag key={fd} fd={fd} what={isEventfd ? '' : 'a file that is not an eventfd'} onAdd={add} />
      ))}
      <FdTag fd={-1} what="no eventfd: detach" onAdd={add} />
      <FdTag fd={-2} what="below −1" onAdd={add} />
      {open.every(({ fd }) => fd !== CLOSED_FD) && <FdTag fd={CLOSED_FD} what="closed" onAdd={add} />}
      {open.every(({ isEventfd }) => isEventfd) && (
        <button
          type="button"
          title="Open a file that is not an eventfd, and add it to fds"
          onClick={() => {
            const fd = freeFd();
            perform({ op: 'file', fd });
            add(fd);
          }}
        >
          file
        </button>
      )}
    </div>
  );
}

interface FdTagProps {
  readonly fd: number;
  readonly what: string;
  readonly onAdd: (fd: number) => void;
}

function FdTag({ fd, what, onAdd }: FdTagProps) {
  return (
    <button
      type="button"
      className={what === '' ? undefined : 'odd'}
      title={`Add ${fd} to fds${what === '' ? '' : ` (${what})`}`}
      data-link={fd < 0 ? undefined : tokens([{ kind: 'fd', id: fd }])}
      onClick={() => onAdd(fd)}
    >
      {String(fd).replace('-', '−')}
    </button>
  );
}

// The form: the fields of struct vfio_irq_set under the header's names.

import { memo } from 'react';
import { INDEX_NAMES } from '../../../../uapi/vfio.ts';
import {
  ACTION_NAMES,
  type ByteField,
  DATA_NAMES,
  type Draft,
  readValues,
} from '../../../../views/composer/draft.ts';
import { tokens } from '../../../../views/linked/things.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { draftChange } from '../../../store/compose.ts';
import { labSlice } from '../../../store/lab.ts';
import { ChoiceRow } from './ChoiceRow.tsx';
import type { OpenDescriptor } from './openDescriptors.ts';
import { freeFd, perform } from './operationCommands.ts';
import { TextRow } from './TextRow.tsx';

const INDEXES = INDEX_NAMES.map((label, value) => ({ value, label }));
const ACTION_CHOICES = ACTION_NAMES.map((name) => ({ value: name, label: name }));
const DATA_CHOICES = DATA_NAMES.map((name) => ({ value: name, label: name }));
/** Most descriptors with a button. */
const TAGS = 10;
/** A descriptor number that no operation opens by itself. */
const CLOSED_FD = 999;

/** Returns the values of the list, and the matching count. */
function valuesChange(draft: Draft, values: string): Partial<Draft> {
  const read = readValues(values);
  return 'wrong' in read || draft.data === 'none'
    ? { values }
    : { values, count: String(read.values.length) };
}

interface FormFieldsProps {
  readonly open: readonly OpenDescriptor[];
  readonly lit: ByteField | null;
  readonly onPoint: (field: ByteField | null) => void;
}

export const FormFields = memo(function FormFields({ open, lit, onPoint }: FormFieldsProps) {
  const app = useApp();
  const draft = useSlice(labSlice, (state) => state.draft);
  const point = (field: ByteField) => (pointed: boolean) => onPoint(pointed ? field : null);
  return (
    <>
      <ChoiceRow
        name="index"
        choices={INDEXES}
        value={draft.index}
        lit={lit === 'index'}
        onChoose={(index) => draftChange(app, { index })}
        onPoint={point('index')}
      />
      <ChoiceRow
        name="action"
        choices={ACTION_CHOICES}
        value={draft.action}
        lit={lit === 'flags'}
        onChoose={(action) => draftChange(app, { action })}
        onPoint={point('flags')}
      />
      <ChoiceRow
        name="data"
        choices={DATA_CHOICES}
        value={draft.data}
        lit={lit === 'flags'}
        onChoose={(data) =>
          draftChange(
            app,
            data === 'none' ? { data } : { data, ...valuesChange({ ...draft, data }, draft.values) },
          )
        }
        onPoint={point('flags')}
      />
      <div className="flex gap-12">
        {(['start', 'count'] as const).map((field) => (
          <TextRow
            key={field}
            label={field}
            field={field}
            value={draft[field]}
            lit={lit}
            numeric
            onPoint={onPoint}
            onType={(text) => draftChange(app, { [field]: text })}
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
          onType={(text) => draftChange(app, valuesChange(draft, text))}
        />
      )}
      {draft.data === 'eventfd' && <FdTags open={open} draft={draft} />}
    </>
  );
});

/** Buttons that add an open descriptor, a special value or a closed descriptor. */
function FdTags({ open, draft }: { readonly open: readonly OpenDescriptor[]; readonly draft: Draft }) {
  const app = useApp();
  const add = (fd: number) => draftChange(app, valuesChange(draft, `${draft.values.trim()} ${fd}`.trim()));
  return (
    <div className="fd-tags" role="group" aria-label="Add a descriptor">
      {open.slice(0, TAGS).map(({ fd, isEventfd }) => (
        <FdTag key={fd} fd={fd} what={isEventfd ? '' : 'a file that is not an eventfd'} onAdd={add} />
      ))}
      <FdTag fd={-1} what="detach the vector" onAdd={add} />
      <FdTag fd={-2} what="a negative number besides −1" onAdd={add} />
      {open.every(({ fd }) => fd !== CLOSED_FD) && <FdTag fd={CLOSED_FD} what="not open" onAdd={add} />}
      {open.every(({ isEventfd }) => isEventfd) && (
        <button
          type="button"
          title="Open a file that is not an eventfd, and add it to fds"
          onClick={() => {
            const fd = freeFd(app);
            perform(app, { op: 'file', fd });
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

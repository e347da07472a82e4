// The form of VFIO_DEVICE_SET_IRQS: fields, the bytes that they make, and what the kernel will answer.

import { type ReactNode, useMemo, useState } from 'react';
import type { Line } from '../../../kernel/line.ts';
import { run } from '../../../kernel/run.ts';
import { machineAfter } from '../../../session/replay.ts';
import { INDEX_NAMES } from '../../../uapi/vfio.ts';
import {
  ACTION_NAMES,
  type ByteField,
  DATA_NAMES,
  type Draft,
  draftOf,
  readDraft,
  readValues,
} from '../../../views/composer/draft.ts';
import { openDescriptors } from '../../../views/wiring/eventfds.ts';
import { previewOf } from '../../../views/words/result.ts';
import { changeDraft, replaceCurrent, runLine, useLab, useSession } from '../../state/lab.ts';
import { useReplay } from '../../state/useMoment.ts';
import { BytesView } from './BytesView.tsx';
import { ChoiceRow } from './ChoiceRow.tsx';
import { Operations } from './Operations.tsx';
import './composer.css';

const INDEXES = INDEX_NAMES.map((label, value) => ({ value, label }));
const ACTION_CHOICES = ACTION_NAMES.map((name) => ({ value: name, label: name }));
const DATA_CHOICES = DATA_NAMES.map((name) => ({ value: name, label: name }));

/** The values of the list, and a count that goes with them. */
function valuesChange(draft: Draft, values: string): Partial<Draft> {
  const read = readValues(values);
  return 'wrong' in read || draft.data === 'none'
    ? { values }
    : { values, count: String(read.values.length) };
}

/** The composer. */
export function Composer() {
  const draft = useLab((state) => state.draft);
  const { cursor } = useSession();
  const replayed = useReplay();
  const [lit, setLit] = useState<ByteField | null>(null);
  const machine = machineAfter(replayed, cursor.line);
  const { generation } = replayed;
  const read = useMemo(() => readDraft(draft), [draft]);
  const preview = useMemo(
    () => ('wrong' in read ? null : previewOf(run(generation, machine, read.line))),
    [read, generation, machine],
  );
  const point = (field: ByteField) => (pointed: boolean) => setLit(pointed ? field : null);
  const textRow = (name: 'start' | 'count' | 'values', label: string, field: ByteField): ReactNode => (
    <label
      className={lit === field ? 'text-row lit' : 'text-row'}
      onPointerEnter={() => setLit(field)}
      onPointerLeave={() => setLit(null)}
    >
      {label}
      <input
        value={draft[name]}
        inputMode={name === 'values' ? 'text' : 'numeric'}
        autoComplete="off"
        spellCheck={false}
        onFocus={() => setLit(field)}
        onBlur={() => setLit(null)}
        onChange={(event) =>
          changeDraft(
            name === 'values' ? valuesChange(draft, event.target.value) : { [name]: event.target.value },
          )
        }
      />
    </label>
  );
  return (
    <section className="pane composer" aria-labelledby="composer-heading">
      <h2 id="composer-heading">Userspace · VFIO_DEVICE_SET_IRQS</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!('wrong' in read)) runLine(read.line);
        }}
      >
        <ChoiceRow
          name="index"
          choices={INDEXES}
          value={draft.index}
          lit={lit === 'index'}
          onChoose={(index) => changeDraft({ index })}
          onPoint={point('index')}
        />
        <ChoiceRow
          name="action"
          choices={ACTION_CHOICES}
          value={draft.action}
          lit={lit === 'flags'}
          onChoose={(action) => changeDraft({ action })}
          onPoint={point('flags')}
        />
        <ChoiceRow
          name="data"
          choices={DATA_CHOICES}
          value={draft.data}
          lit={lit === 'flags'}
          onChoose={(data) =>
            changeDraft(
              data === 'none' ? { data } : { data, ...valuesChange({ ...draft, data }, draft.values) },
            )
          }
          onPoint={point('flags')}
        />
        <div className="text-rows">
          {textRow('start', 'start', 'start')}
          {textRow('count', 'count', 'count')}
        </div>
        {draft.data !== 'none' && textRow('values', draft.data === 'eventfd' ? 'fds' : 'bools', 'data')}
        {draft.data === 'eventfd' && (
          <div className="fd-tags" role="group" aria-label="Add a descriptor">
            {openDescriptors(machine)
              .slice(0, 12)
              .map(({ fd }) => (
                <FdTag key={fd} fd={String(fd)} draft={draft} />
              ))}
            <FdTag fd="-1" draft={draft} />
          </div>
        )}
        <button
          type="submit"
          className="primary"
          disabled={'wrong' in read}
          aria-keyshortcuts="Enter Control+Enter"
        >
          Run ioctl <kbd aria-hidden="true">⏎</kbd>
        </button>
      </form>
      <LineActions line={'wrong' in read ? null : read.line} />
      <div className="preview">
        {'wrong' in read ? (
          <p className="failed">{read.wrong}</p>
        ) : (
          <>
            <p>
              <span className={preview?.failed === true ? 'failed' : 'fine'}>{preview?.answer}</span>{' '}
              {preview?.effect}
            </p>
            <BytesView set={read.set} lit={lit} onPoint={setLit} />
          </>
        )}
      </div>
      <Operations machine={machine} />
    </section>
  );
}

/** Where the ioctl will stand, and the way to change the line that is looked at in place of adding one. */
function LineActions({ line }: { readonly line: Line | null }) {
  const { cursor, script } = useSession();
  const entry = script[cursor.line - 1];
  const current = entry === undefined ? null : draftOf(entry.line.op);
  if (script.length === 0) return null;
  return (
    <div className="line-actions">
      <span className="runs-where">
        {cursor.line < script.length ? `Runs after line ${cursor.line}` : 'Runs at the end'}
      </span>
      {current !== null && (
        <>
          <button
            type="button"
            title={`Fill the form from line ${cursor.line}`}
            onClick={() => changeDraft(current)}
          >
            Edit line {cursor.line}
          </button>
          <button
            type="button"
            disabled={line === null}
            onClick={() => line !== null && replaceCurrent(line)}
          >
            Replace it
          </button>
        </>
      )}
    </div>
  );
}

function FdTag({ fd, draft }: { readonly fd: string; readonly draft: Draft }) {
  return (
    <button
      type="button"
      title={`Add ${fd} to fds`}
      onClick={() => changeDraft(valuesChange(draft, `${draft.values.trim()} ${fd}`.trim()))}
    >
      {fd.replace('-', '−')}
    </button>
  );
}

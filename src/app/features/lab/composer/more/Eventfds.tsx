// Eventfds and other files: create, read, write, close.

import { useState } from 'react';
import { readWord } from '../../../../../views/composer/raw.ts';
import { useApp, useSlice } from '../../../../store/appContext.ts';
import { compose, composeSlice } from '../../../../store/compose.ts';
import { CommandButton } from '../../../../ui/CommandButton.tsx';
import type { OpenDescriptor } from '../openDescriptors.ts';
import { chosenFd, freeFd as nextFd } from '../operationCommands.ts';
import { OperationForm, ShortField } from './fields.tsx';

interface EventfdsProps {
  readonly open: readonly OpenDescriptor[];
  /** The number of the next descriptor. */
  readonly freeFd: number;
}

/** The operations on descriptors. */
export function Eventfds({ open, freeFd }: EventfdsProps) {
  const app = useApp();
  useSlice(composeSlice, (state) => state.fd);
  const [initval, setInitval] = useState('0');
  const [semaphore, setSemaphore] = useState(false);
  const [value, setValue] = useState('1');
  const fd = chosenFd(app);
  const first = readWord(initval);
  const counted = /^\d{1,20}$/.test(value) && BigInt(value) < 2n ** 64n ? BigInt(value) : null;
  return (
    <>
      <OperationForm
        label={`Create eventfd ${freeFd}`}
        op={
          first === null
            ? null
            : () => ({ op: 'eventfd', fd: nextFd(app), initval: BigInt(first), semaphore })
        }
      >
        <ShortField label="first value" value={initval} onType={setInitval} />
        <label className="check">
          <input
            type="checkbox"
            checked={semaphore}
            onChange={(event) => setSemaphore(event.target.checked)}
          />
          semaphore
        </label>
      </OperationForm>
      <div className="row">
        <select
          aria-label="Descriptor"
          disabled={fd === null}
          value={fd ?? ''}
          onChange={(event) => compose(app, { fd: Number(event.target.value) })}
        >
          {fd === null && <option value="">no fd</option>}
          {open.map((one) => (
            <option key={one.fd} value={one.fd}>
              fd {one.fd}
              {one.isEventfd ? '' : ' (not an eventfd)'}
            </option>
          ))}
        </select>
        <CommandButton id="op.read">read</CommandButton>
        <CommandButton id="op.close">close</CommandButton>
      </div>
      <OperationForm
        label={fd === null ? 'Write to fd' : `Write to fd ${fd}`}
        op={fd === null || counted === null ? null : () => ({ op: 'write', fd, value: counted })}
      >
        <ShortField label="value" value={value} onType={setValue} />
      </OperationForm>
    </>
  );
}

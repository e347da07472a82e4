// The device: reset, information, release, config space, and an overwritten table entry.

import { useState } from 'react';
import { INDEX_NAMES } from '../../../../../uapi/vfio.ts';
import { readWord } from '../../../../../views/composer/raw.ts';
import { useApp, useSlice } from '../../../../store/appContext.ts';
import { labSlice } from '../../../../store/lab.ts';
import { CommandButton } from '../../../../ui/CommandButton.tsx';
import { perform } from '../operationCommands.ts';
import { OperationForm, ShortField } from './fields.tsx';

/** The operations on the device. */
export function Device({ isOpened }: { readonly isOpened: boolean }) {
  const app = useApp();
  const index = useSlice(labSlice, (state) => state.draft.index);
  const [off, setOff] = useState('0x4');
  const [size, setSize] = useState(2);
  const [written, setWritten] = useState('0x406');
  const offset = readWord(off);
  const place = offset !== null && offset < 4096 ? offset : null;
  const data = readWord(written);
  return (
    <>
      <div className="row">
        <CommandButton id="op.reset">reset</CommandButton>
        <CommandButton id="op.open" title={isOpened ? 'Close the device' : 'Open the device again'}>
          {isOpened ? 'release' : 'reopen'}
        </CommandButton>
        {(['hot_reset', 'hot_reset_info'] as const).map((op) => (
          <button key={op} type="button" onClick={() => perform(app, { op })}>
            {op}
          </button>
        ))}
        <CommandButton id="op.device_info">GET_INFO</CommandButton>
        <CommandButton id="op.irq_info" title={`VFIO_DEVICE_GET_IRQ_INFO of ${INDEX_NAMES[index] ?? index}`}>
          GET_IRQ_INFO
        </CommandButton>
        <CommandButton id="op.lower">lower the pin</CommandButton>
        <CommandButton id="op.clobber">clobber the entry</CommandButton>
      </div>
      <div className="row">
        <ShortField label="config offset" value={off} onType={setOff} />
        <label className="row">
          bytes
          <select value={size} onChange={(event) => setSize(Number(event.target.value))}>
            {[1, 2, 4].map((bytes) => (
              <option key={bytes}>{bytes}</option>
            ))}
          </select>
        </label>
        <button
          type="button"
          disabled={place === null}
          onClick={() => place !== null && perform(app, { op: 'cfg_read', off: place, size })}
        >
          cfg_read
        </button>
      </div>
      <OperationForm
        label="cfg_write"
        op={
          place === null || data === null || data >= 256 ** size
            ? null
            : () => ({ op: 'cfg_write', off: place, size, value: data })
        }
      >
        <ShortField label="value written" value={written} onType={setWritten} />
      </OperationForm>
    </>
  );
}

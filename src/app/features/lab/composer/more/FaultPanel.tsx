// The injected faults of the composed ioctl: the function, its failing call and the errno.

import { useState } from 'react';
import { FAULT_SITES, type FaultSite } from '../../../../../kernel/line.ts';
import { ERRNOS, type Errno } from '../../../../../uapi/errno.ts';
import { useApp, useSlice } from '../../../../store/appContext.ts';
import { compose, composeSlice } from '../../../../store/compose.ts';

export function FaultPanel() {
  const app = useApp();
  const faults = useSlice(composeSlice, (state) => state.faults);
  const [site, setSite] = useState<FaultSite>('request_irq');
  const [nth, setNth] = useState('1');
  const [errno, setErrno] = useState<Errno>('ENOMEM');
  const isNumber = /^[1-9]\d{0,4}$/.test(nth);
  const add = () => {
    if (isNumber) compose(app, { faults: [...faults, { site, nth: Number(nth), result: errno }] });
  };
  return (
    <>
      <p>
        The nth call of a function within the ioctl fails. The next run injects these faults, and its line
        keeps them.
      </p>
      <label className="row">
        function
        <select
          value={site}
          onChange={(event) =>
            setSite(FAULT_SITES.find((one) => one === event.target.value) ?? 'request_irq')
          }
        >
          {FAULT_SITES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <div className="row">
        <label className="row">
          call
          <input
            className="short-field mono"
            inputMode="numeric"
            value={nth}
            onChange={(event) => setNth(event.target.value)}
            onKeyDown={(event) => {
              // Enter in a field of this list adds an entry
              if (event.key !== 'Enter') return;
              event.preventDefault();
              add();
            }}
          />
        </label>
        <label className="row">
          errno
          <select
            value={errno}
            onChange={(event) => setErrno(ERRNOS.find((one) => one === event.target.value) ?? 'ENOMEM')}
          >
            {ERRNOS.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <button type="button" disabled={!isNumber} onClick={add}>
          Add fault
        </button>
      </div>
      <ul className="menu-list line-above" aria-label="Faults">
        {faults.length === 0 && <li>No injected faults</li>}
        {faults.map((fault, at) => {
          const text = `${fault.site}#${fault.nth}=${fault.result}`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list may contain a fault twice
            <li key={at}>
              <button
                type="button"
                aria-label={`Remove ${text}`}
                onClick={() => compose(app, { faults: faults.toSpliced(at, 1) })}
              >
                <code>{text}</code> <small>remove</small>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

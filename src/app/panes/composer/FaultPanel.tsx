// Faults that the composed ioctl will meet: which call of which function fails, and how.

import { useState } from 'react';
import { FAULT_SITES, type FaultSite } from '../../../kernel/line.ts';
import { ERRNOS, type Errno } from '../../../uapi/errno.ts';
import { compose, useCompose } from '../../state/compose.ts';
import './panels.css';

/** The panel. */
export function FaultPanel() {
  const faults = useCompose((state) => state.faults);
  const [site, setSite] = useState<FaultSite>('request_irq');
  const [nth, setNth] = useState('1');
  const [errno, setErrno] = useState<Errno>('ENOMEM');
  const isNumber = /^[1-9]\d{0,4}$/.test(nth);
  const add = () => {
    if (isNumber) compose({ faults: [...faults, { site, nth: Number(nth), result: errno }] });
  };
  return (
    <>
      <p>The nth call of a function within the ioctl fails. Holds for the next run; the line keeps it.</p>
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
            className="short-field"
            inputMode="numeric"
            value={nth}
            onChange={(event) => setNth(event.target.value)}
            onKeyDown={(event) => {
              // Enter would run the ioctl
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
      <ul className="menu-list" aria-label="Faults">
        {faults.length === 0 && <li>No fault is injected.</li>}
        {faults.map((fault, at) => {
          const text = `${fault.site}#${fault.nth}=${fault.result}`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same fault may stand twice
            <li key={at}>
              <button
                type="button"
                aria-label={`Remove ${text}`}
                onClick={() => compose({ faults: faults.toSpliced(at, 1) })}
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

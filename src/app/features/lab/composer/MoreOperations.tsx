// Rare operations: an eventfd with options, a value to write, config space, an overwritten table entry.

import { type FormEvent, type ReactNode, useState } from 'react';
import type { Op } from '../../../../kernel/line.ts';
import { readWord } from '../../../../views/composer/raw.ts';
import { useApp } from '../../../store/appContext.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';
import { chosenFd, freeFd, perform } from './operationCommands.ts';

/** The panel's content. */
export function MoreOperations() {
  const app = useApp();
  const [initval, setInitval] = useState('0');
  const [semaphore, setSemaphore] = useState(false);
  const [value, setValue] = useState('1');
  const [off, setOff] = useState('0x4');
  const [size, setSize] = useState(2);
  const [written, setWritten] = useState('0x406');
  const fd = chosenFd(app);
  const first = readWord(initval);
  const counted = /^\d{1,20}$/.test(value) && BigInt(value) < 2n ** 64n ? BigInt(value) : null;
  const offset = readWord(off);
  const place = offset !== null && offset < 4096 ? offset : null;
  const data = readWord(written);
  return (
    <div className="more-operations">
      <Line
        label="Create eventfd"
        op={
          first === null
            ? null
            : () => ({ op: 'eventfd', fd: freeFd(app), initval: BigInt(first), semaphore })
        }
      >
        <Short label="first value" value={initval} onType={setInitval} />
        <label className="check">
          <input
            type="checkbox"
            checked={semaphore}
            onChange={(event) => setSemaphore(event.target.checked)}
          />
          semaphore
        </label>
      </Line>
      <Line
        label={fd === null ? 'Write to fd' : `Write to fd ${fd}`}
        op={fd === null || counted === null ? null : () => ({ op: 'write', fd, value: counted })}
      >
        <Short label="value" value={value} onType={setValue} />
      </Line>
      <h2>Config space</h2>
      <div className="row">
        <Short label="offset" value={off} onType={setOff} />
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
      <Line
        label="cfg_write"
        op={
          place === null || data === null || data >= 256 ** size
            ? null
            : () => ({ op: 'cfg_write', off: place, size, value: data })
        }
      >
        <Short label="value written" value={written} onType={setWritten} />
      </Line>
      <h2>Device</h2>
      <div className="row">
        <CommandButton id="op.lower">lower the pin</CommandButton>
        <CommandButton id="op.clobber">clobber the entry</CommandButton>
        <CommandButton id="op.device_info">GET_INFO</CommandButton>
        {(['hot_reset', 'hot_reset_info'] as const).map((op) => (
          <button key={op} type="button" onClick={() => perform(app, { op })}>
            {op}
          </button>
        ))}
      </div>
    </div>
  );
}

interface LineProps {
  readonly label: string;
  /** Null while the typed text is not an operation. */
  readonly op: (() => Op) | null;
  readonly children: ReactNode;
}

function Line({ label, op, children }: LineProps) {
  const app = useApp();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (op !== null) perform(app, op());
  };
  return (
    <form className="row" onSubmit={onSubmit}>
      {children}
      <button type="submit" disabled={op === null}>
        {label}
      </button>
    </form>
  );
}

interface ShortProps {
  readonly label: string;
  readonly value: string;
  readonly onType: (text: string) => void;
}

function Short({ label, value, onType }: ShortProps) {
  return (
    <label className="row">
      {label}
      <input className="short-field mono" value={value} onChange={(event) => onType(event.target.value)} />
    </label>
  );
}

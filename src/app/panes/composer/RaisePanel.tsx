// When the device fires while the composed ioctl runs: before or after which of its kernel calls. The calls are those of
// the run on a copy, so that what is chosen does happen.

import { type KeyboardEvent, useState } from 'react';
import type { RaiseAt } from '../../../kernel/line.ts';
import { isKnown, machineAfter } from '../../../session/replay.ts';
import { firedSentences, whenText } from '../../../views/words/fired.ts';
import { callsOf, compose, tryLine, useCompose, useComposed } from '../../state/compose.ts';
import { useSession } from '../../state/lab.ts';
import { useReplay } from '../../state/useMoment.ts';
import './panels.css';

/** Where it is most telling, by preference; else the first call. */
const TELLING = ['free_irq', 'request_irq', 'pci_free_irq_vectors', 'pci_alloc_irq_vectors'];

/** A whole number from `least` on, or null. */
function wholeNumber(text: string, least: number): number | null {
  return /^\d{1,5}$/.test(text) && Number(text) >= least ? Number(text) : null;
}

/** The panel. */
export function RaisePanel() {
  const raises = useCompose((state) => state.raises);
  const read = useComposed();
  const replayed = useReplay();
  const { cursor } = useSession();
  const known = !('wrong' in read) && isKnown(replayed, cursor.line);
  const machine = machineAfter(replayed, cursor.line);
  const calls = known ? callsOf(replayed, machine, read.line) : new Map<string, number>();
  const told = known ? firedSentences(tryLine(replayed, machine, read.line), raises) : [];
  const [vector, setVector] = useState('0');
  const [when, setWhen] = useState<RaiseAt['when']>('after');
  const [chosen, setFn] = useState('');
  const [nthText, setNth] = useState('1');
  const fn = calls.has(chosen) ? chosen : (TELLING.find((one) => calls.has(one)) ?? [...calls.keys()][0]);
  const times = fn === undefined ? 0 : (calls.get(fn) ?? 0);
  const nth = wholeNumber(nthText, 1);
  const number = wholeNumber(vector, 0);
  const isReady = fn !== undefined && nth !== null && nth <= times && number !== null;
  const add = () => {
    if (isReady) compose({ raises: [...raises, { vector: number, when, fn, nth }], composing: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter would run the ioctl
    if (event.key !== 'Enter') return;
    event.preventDefault();
    add();
  };
  return (
    <>
      <p>
        The device raises a vector right before or after a kernel call of this ioctl. Holds for the next run;
        the line keeps it.
      </p>
      <div className="row">
        <label className="row">
          raises vector
          <input
            className="short-field"
            inputMode="numeric"
            value={vector}
            onChange={(event) => setVector(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </label>
        <label className="row">
          when
          <select
            value={when}
            onChange={(event) => setWhen(event.target.value === 'before' ? 'before' : 'after')}
          >
            <option>before</option>
            <option>after</option>
          </select>
        </label>
      </div>
      <label className="row">
        kernel call
        <select value={fn ?? ''} onChange={(event) => setFn(event.target.value)}>
          {[...calls].map(([name, count]) => (
            <option key={name} value={name}>
              {count === 1 ? name : `${name} (${count} calls)`}
            </option>
          ))}
        </select>
      </label>
      <div className="row">
        <label className="row">
          which of its calls
          <input
            className="short-field"
            inputMode="numeric"
            value={nthText}
            onChange={(event) => setNth(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </label>
        <button type="button" disabled={!isReady} onClick={add}>
          Let it fire
        </button>
      </div>
      {nth !== null && nth > times && fn !== undefined && (
        <p role="alert">
          {fn} is called {times === 1 ? 'once' : `${times} times`}.
        </p>
      )}
      <ul className="menu-list" aria-label="The device fires">
        {raises.length === 0 && <li>The device is quiet while the ioctl runs.</li>}
        {raises.map((raise, at) => {
          const text = `vector ${raise.vector} ${whenText(raise)}`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same may stand twice
            <li key={at}>
              <button
                type="button"
                aria-label={`Remove ${text}`}
                onClick={() => compose({ raises: raises.toSpliced(at, 1) })}
              >
                <code>{text}</code> <small>remove</small>
              </button>
              <small>{told[at]}</small>
            </li>
          );
        })}
      </ul>
    </>
  );
}

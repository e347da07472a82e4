// Interrupts that the device raises inside the composed ioctl, before or after one of its kernel calls. The calls come from a run
// on a copy, so that a chosen call does happen.

import { type KeyboardEvent, useState } from 'react';
import type { RaiseAt } from '../../../../../kernel/line.ts';
import { isKnown, machineAfter } from '../../../../../session/replay.ts';
import { firedSentences, whenText } from '../../../../../text/fired.ts';
import { useApp, useSlice } from '../../../../store/appContext.ts';
import { callsOf, compose, composeSlice, tryLine, useComposed } from '../../../../store/compose.ts';
import { useSession } from '../../../../store/lab.ts';
import { useReplay } from '../../../../store/useMoment.ts';

/** Preferred calls, the most instructive first; else the first call. */
const TELLING = ['free_irq', 'request_irq', 'pci_free_irq_vectors', 'pci_alloc_irq_vectors'];

/** Returns a whole number not below `least`, or null. */
function wholeNumber(text: string, least: number): number | null {
  return /^\d{1,5}$/.test(text) && Number(text) >= least ? Number(text) : null;
}

export function RaisePanel() {
  const app = useApp();
  const raises = useSlice(composeSlice, (state) => state.raises);
  const read = useComposed();
  const replayed = useReplay();
  const { cursor } = useSession();
  const known = !('wrong' in read) && isKnown(replayed, cursor.line);
  const machine = machineAfter(replayed, cursor.line);
  const calls = known ? callsOf(replayed, machine, read.line) : new Map<string, number>();
  const told = known ? firedSentences(tryLine(app, replayed, machine, read.line), raises) : [];
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
    if (isReady) compose(app, { raises: [...raises, { vector: number, when, fn, nth }], composing: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter in a field of this list adds an entry
    if (event.key !== 'Enter') return;
    event.preventDefault();
    add();
  };
  return (
    <>
      <p>
        The device raises a vector right before or after a kernel call of this ioctl. The next run includes
        these interrupts, and its line keeps them.
      </p>
      <div className="row">
        <label className="row">
          vector
          <input
            className="short-field mono"
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
          number of the call
          <input
            className="short-field mono"
            inputMode="numeric"
            value={nthText}
            onChange={(event) => setNth(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </label>
        <button type="button" disabled={!isReady} onClick={add}>
          Add interrupt
        </button>
      </div>
      {nth !== null && nth > times && fn !== undefined && (
        <p role="alert">
          {fn} is called {times === 1 ? 'once' : `${times} times`}.
        </p>
      )}
      <ul className="menu-list line-above" aria-label="Raised interrupts">
        {raises.length === 0 && <li>No interrupts inside the ioctl</li>}
        {raises.map((raise, at) => {
          const text = `vector ${raise.vector} ${whenText(raise)}`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list may contain an entry twice
            <li key={at}>
              <button
                type="button"
                aria-label={`Remove ${text}`}
                onClick={() => compose(app, { raises: raises.toSpliced(at, 1) })}
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

// The operations besides SET_IRQS: descriptors, the device's own interrupts, reset, release.

import { useState } from 'react';
import { line, type Op } from '../../../kernel/line.ts';
import type { Machine } from '../../../machine/machine.ts';
import { openDescriptors } from '../../../views/wiring/eventfds.ts';
import { runLine, useLab } from '../../state/lab.ts';

const FIRST_FD = 100;

function perform(op: Op): void {
  runLine(line(op));
}

/** Compact buttons, each of them a line of the script. */
export function Operations({ machine }: { readonly machine: Machine }) {
  const index = useLab((state) => state.draft.index);
  const [vector, setVector] = useState('0');
  const fds = openDescriptors(machine);
  const [chosen, setChosen] = useState<number | null>(null);
  const fd = fds.find((one) => one.fd === chosen)?.fd ?? fds[0]?.fd ?? null;
  const free = machine.fds.firstFree(FIRST_FD);
  const onFd = (op: 'read' | 'close' | 'write') => {
    if (fd !== null) perform(op === 'write' ? { op, fd, value: 1n } : { op, fd });
  };
  return (
    <div className="operations" role="group" aria-label="Other operations">
      <div>
        <button
          type="button"
          onClick={() => perform({ op: 'eventfd', fd: free, initval: 0n, semaphore: false })}
        >
          Create eventfd {free}
        </button>
        <button
          type="button"
          title="Open a file that is not an eventfd"
          onClick={() => perform({ op: 'file', fd: free })}
        >
          file {free}
        </button>
        <form
          className="raise"
          onSubmit={(event) => {
            event.preventDefault();
            if (/^\d{1,4}$/.test(vector)) perform({ op: 'raise', vector: Number(vector) });
          }}
        >
          <button type="submit" title="The device raises this vector">
            raise
          </button>
          <input
            className="raise-vector"
            aria-label="Vector to raise"
            inputMode="numeric"
            value={vector}
            onChange={(event) => setVector(event.target.value)}
          />
        </form>
      </div>
      <div>
        <select
          aria-label="Descriptor"
          disabled={fd === null}
          value={fd ?? ''}
          onChange={(event) => setChosen(Number(event.target.value))}
        >
          {fd === null && <option value="">no fd</option>}
          {fds.map((one) => (
            <option key={one.fd} value={one.fd}>
              fd {one.fd}
              {one.count === null ? ' (no eventfd)' : ''}
            </option>
          ))}
        </select>
        {(['read', 'write', 'close'] as const).map((op) => (
          <button key={op} type="button" disabled={fd === null} onClick={() => onFd(op)}>
            {op}
          </button>
        ))}
      </div>
      <div>
        <button type="button" title="VFIO_DEVICE_RESET" onClick={() => perform({ op: 'reset' })}>
          reset
        </button>
        <button
          type="button"
          title={`VFIO_DEVICE_GET_IRQ_INFO of index ${index}`}
          onClick={() => perform({ op: 'irq_info', index })}
        >
          GET_IRQ_INFO
        </button>
        {machine.opened ? (
          <button type="button" title="Close the device" onClick={() => perform({ op: 'release' })}>
            release
          </button>
        ) : (
          <button type="button" title="Open the device again" onClick={() => perform({ op: 'reopen' })}>
            reopen
          </button>
        )}
      </div>
    </div>
  );
}

// The operations besides SET_IRQS: descriptors, the device's own interrupts, reset, release.

import { memo, Suspense } from 'react';
import { INDEX_NAMES } from '../../../uapi/vfio.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { chosenFd } from '../../commands/operations.ts';
import { commandById } from '../../commands/table.ts';
import { late } from '../../parts/late.ts';
import { Menu } from '../../parts/Menu.tsx';
import { compose, useCompose } from '../../state/compose.ts';
import { useLab } from '../../state/lab.ts';

const MoreOperations = late(async () => (await import('./MoreOperations.tsx')).MoreOperations);

/** A descriptor that the process has open. */
export interface OpenDescriptor {
  readonly fd: number;
  /** Else it is another file. */
  readonly isEventfd: boolean;
}

/** What the buttons need of the machine that is looked at. */
interface OperationsProps {
  readonly open: readonly OpenDescriptor[];
  /** The number that the next descriptor gets. */
  readonly freeFd: number;
  /** The device is open. */
  readonly isOpened: boolean;
}

/** Compact buttons, each of them a line of the script. */
export const Operations = memo(function Operations({ open, freeFd, isOpened }: OperationsProps) {
  const index = useLab((state) => state.draft.index);
  const vector = useCompose((state) => state.vector);
  useCompose((state) => state.fd);
  const fd = chosenFd();
  return (
    <div className="operations" role="group" aria-label="Other operations">
      <div>
        <CommandButton id="op.eventfd">Create eventfd {freeFd}</CommandButton>
        <form
          className="raise"
          onSubmit={(event) => {
            event.preventDefault();
            commandById('op.raise').run();
          }}
        >
          <button type="submit" title="The device raises this vector (R)">
            raise
          </button>
          <input
            className="raise-vector"
            aria-label="Vector to raise"
            inputMode="numeric"
            value={vector}
            onChange={(event) => compose({ vector: event.target.value })}
          />
        </form>
      </div>
      <div>
        <select
          aria-label="Descriptor"
          disabled={fd === null}
          value={fd ?? ''}
          onChange={(event) => compose({ fd: Number(event.target.value) })}
        >
          {fd === null && <option value="">no fd</option>}
          {open.map((one) => (
            <option key={one.fd} value={one.fd}>
              fd {one.fd}
              {one.isEventfd ? '' : ' (no eventfd)'}
            </option>
          ))}
        </select>
        {(['read', 'write', 'close'] as const).map((op) => (
          <CommandButton key={op} id={`op.${op}`}>
            {op}
          </CommandButton>
        ))}
      </div>
      <div>
        <CommandButton id="op.reset">reset</CommandButton>
        <CommandButton id="op.irq_info" title={`VFIO_DEVICE_GET_IRQ_INFO of ${INDEX_NAMES[index] ?? index}`}>
          GET_IRQ_INFO
        </CommandButton>
        <CommandButton id="op.open" title={isOpened ? 'Close the device' : 'Open the device again'}>
          {isOpened ? 'release' : 'reopen'}
        </CommandButton>
        <Menu label="more" name="More operations">
          {() => (
            <Suspense fallback={null}>
              <MoreOperations />
            </Suspense>
          )}
        </Menu>
      </div>
    </div>
  );
});

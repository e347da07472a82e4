// The operations besides SET_IRQS: descriptors, the device's own interrupts, reset and release.

import { memo, Suspense } from 'react';
import { INDEX_NAMES } from '../../../../uapi/vfio.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { commandById } from '../../../store/commands.ts';
import { compose, composeSlice } from '../../../store/compose.ts';
import { labSlice } from '../../../store/lab.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';
import { late } from '../../../ui/late.ts';
import { Menu } from '../../../ui/Menu.tsx';
import { chosenFd } from './operationCommands.ts';

const MoreOperations = late(async () => (await import('./MoreOperations.tsx')).MoreOperations);

/** An open descriptor of the process. */
export interface OpenDescriptor {
  readonly fd: number;
  /** False for another file. */
  readonly isEventfd: boolean;
}

/** Props of the buttons, from the machine at the cursor. */
interface OperationsProps {
  readonly open: readonly OpenDescriptor[];
  /** The number of the next descriptor. */
  readonly freeFd: number;
  /** The device is open. */
  readonly isOpened: boolean;
}

/** Compact buttons; each adds a line to the script. */
export const Operations = memo(function Operations({ open, freeFd, isOpened }: OperationsProps) {
  const app = useApp();
  const index = useSlice(labSlice, (state) => state.draft.index);
  const vector = useSlice(composeSlice, (state) => state.vector);
  useSlice(composeSlice, (state) => state.fd);
  const fd = chosenFd(app);
  return (
    <div className="operations" role="group" aria-label="Other operations">
      <div>
        <CommandButton id="op.eventfd">Create eventfd {freeFd}</CommandButton>
        <form
          className="raise"
          onSubmit={(event) => {
            event.preventDefault();
            commandById(app, 'op.raise').run(app);
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
            onChange={(event) => compose(app, { vector: event.target.value })}
          />
        </form>
      </div>
      <div>
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
        <Menu label="more" name="More operations" late>
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

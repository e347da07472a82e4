// All operations beside the usual ones, in groups. Fetched when a person opens the disclosure.

import { lazy, type ReactNode, Suspense, useId } from 'react';
import { useApp, useSlice } from '../../../../store/appContext.ts';
import { chooseMode, composeSlice, showClient } from '../../../../store/compose.ts';
import { useWanted } from '../../../../ui/useWanted.ts';
import type { MoreProps } from '../MoreButton.tsx';
import { BytesView } from './BytesView.tsx';
import { Device } from './Device.tsx';
import { Eventfds } from './Eventfds.tsx';
import { FaultPanel } from './FaultPanel.tsx';
import { RaisePanel } from './RaisePanel.tsx';
import './more.css';

const ClientPanel = lazy(async () => ({
  default: (await import('../clients/ClientPanel.tsx')).ClientPanel,
}));

/** The groups. The one that a command has asked for gets the focus. */
export function MoreOperations({ set, lit, onPoint, open, freeFd, isOpened }: MoreProps) {
  const app = useApp();
  const mode = useSlice(composeSlice, (state) => state.mode);
  const client = useSlice(composeSlice, (state) => state.client);
  useWanted('bytes', 'faults', 'raises', 'eventfds', 'device');
  return (
    <div className="operations tracks gap-8 small" role="group" aria-label="More operations">
      <Group title="Structure bytes" name="bytes">
        {set !== null && <BytesView set={set} lit={lit} onPoint={onPoint} />}
        <button
          type="button"
          aria-pressed={mode === 'raw'}
          title="Any argsz, flags and bytes (B)"
          onClick={() => chooseMode(app, mode === 'raw' ? 'form' : 'raw')}
        >
          raw form
        </button>
      </Group>
      <Group title="Faults and interrupts during the call" name="during">
        <div className="operations-faults">
          <FaultPanel />
        </div>
        <div className="operations-raises line-above">
          <RaisePanel />
        </div>
      </Group>
      <Group title="Eventfds" name="eventfds">
        <Eventfds open={open} freeFd={freeFd} />
      </Group>
      <Group title="Device" name="device">
        <Device isOpened={isOpened} />
      </Group>
      <Group title="Act as a client" name="client">
        <button
          type="button"
          aria-expanded={client}
          title="Act as QEMU, DPDK or another client and see the operations they send (A)"
          onClick={() => showClient(app, !client)}
        >
          {client ? 'Close the client' : 'QEMU, DPDK and others'}
        </button>
        {client && (
          <Suspense fallback={null}>
            <ClientPanel />
          </Suspense>
        )}
      </Group>
    </div>
  );
}

interface GroupProps {
  readonly title: string;
  /** The end of its class. */
  readonly name: string;
  readonly children: ReactNode;
}

function Group({ title, name, children }: GroupProps) {
  const id = useId();
  return (
    <section className={`operations-${name} tracks gap-6 line-above`} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}

// The host's lists of this device's irqs, folded by default.

import { lazy, Suspense, useState } from 'react';
import type { Machine } from '../../../../machine/machine.ts';

const HostLists = lazy(() => import('./HostLists.tsx').then((made) => ({ default: made.HostLists })));

/** The summary of /proc/interrupts, and the lists when it is opened. */
export function Interrupts({ machine }: { readonly machine: Machine }) {
  const [open, setOpen] = useState(false);
  const { domain, vdev } = machine;
  let requested = vdev.intx?.requested === true ? 1 : 0;
  domain.descs.forEach(({ handler }) => {
    if (handler !== null) requested++;
  });
  const cached = domain.descs.size - requested;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        /proc/interrupts: {requested} requested{cached > 0 ? `, ${cached} more allocated` : ''}
      </summary>
      {open && (
        <Suspense fallback={null}>
          <HostLists machine={machine} />
        </Suspense>
      )}
    </details>
  );
}

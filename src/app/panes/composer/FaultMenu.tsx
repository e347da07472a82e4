// The button that says how many faults the composed ioctl will meet.

import { Suspense } from 'react';
import { late } from '../../parts/late.ts';
import { Menu } from '../../parts/Menu.tsx';
import { useCompose } from '../../state/compose.ts';

const FaultPanel = late(async () => (await import('./FaultPanel.tsx')).FaultPanel);

/** The button, and the panel below it. */
export function FaultMenu() {
  const { length } = useCompose((state) => state.faults);
  return (
    <Menu label={length === 0 ? 'fault' : `fault: ${length}`} name="Fault to inject">
      {() => (
        <Suspense fallback={null}>
          <FaultPanel />
        </Suspense>
      )}
    </Menu>
  );
}

// The button with the number of injected faults.

import { lazy, Suspense } from 'react';
import { useSlice } from '../../../store/appContext.ts';
import { composeSlice } from '../../../store/compose.ts';
import { Menu } from '../../../ui/Menu.tsx';

const FaultPanel = lazy(async () => ({ default: (await import('./FaultPanel.tsx')).FaultPanel }));

/** The button, and the panel below it. */
export function FaultMenu() {
  const { length } = useSlice(composeSlice, (state) => state.faults);
  return (
    <Menu label={length === 0 ? 'fault' : `fault: ${length}`} name="Fault to inject" late>
      {() => (
        <Suspense fallback={null}>
          <FaultPanel />
        </Suspense>
      )}
    </Menu>
  );
}

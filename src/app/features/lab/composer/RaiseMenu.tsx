// The button with the number of interrupts that the device raises inside the composed ioctl.

import { lazy, Suspense } from 'react';
import { useSlice } from '../../../store/appContext.ts';
import { composeSlice } from '../../../store/compose.ts';
import { Menu } from '../../../ui/Menu.tsx';

const RaisePanel = lazy(() => import('./RaisePanel.tsx').then((module) => ({ default: module.RaisePanel })));

/** The button, and the panel below it. */
export function RaiseMenu() {
  const { length } = useSlice(composeSlice, (state) => state.raises);
  return (
    <Menu
      label={length === 0 ? 'interrupt' : `interrupt: ${length}`}
      name="Interrupts raised inside the ioctl"
      late
    >
      {() => (
        <Suspense fallback={null}>
          <RaisePanel />
        </Suspense>
      )}
    </Menu>
  );
}

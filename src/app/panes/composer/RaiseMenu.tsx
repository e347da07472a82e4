// The button that says how often the device fires while the composed ioctl runs.

import { lazy, Suspense } from 'react';
import { Menu } from '../../parts/Menu.tsx';
import { useCompose } from '../../state/compose.ts';

const RaisePanel = lazy(() => import('./RaisePanel.tsx').then((module) => ({ default: module.RaisePanel })));

/** The button, and the panel below it. */
export function RaiseMenu() {
  const { length } = useCompose((state) => state.raises);
  return (
    <Menu label={length === 0 ? 'fires' : `fires: ${length}`} name="The device fires inside the ioctl" late>
      {() => (
        <Suspense fallback={null}>
          <RaisePanel />
        </Suspense>
      )}
    </Menu>
  );
}

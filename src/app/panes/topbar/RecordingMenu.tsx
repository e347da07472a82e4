// The button that opens what a person brings, or a recording that comes with the page.

import { Suspense } from 'react';
import { late } from '../../parts/late.ts';
import { Menu } from '../../parts/Menu.tsx';

const OpenPanel = late(async () => (await import('./OpenPanel.tsx')).OpenPanel);

/** The menu of recordings. */
export function RecordingMenu() {
  return (
    <Menu label="Open…" name="Recordings">
      {(close) => (
        <Suspense fallback={null}>
          <OpenPanel close={close} />
        </Suspense>
      )}
    </Menu>
  );
}

// The button that opens a file, a pasted text or a recording.

import { Suspense } from 'react';
import { late } from '../../ui/late.ts';
import { Menu } from '../../ui/Menu.tsx';

const OpenPanel = late(async () => (await import('./OpenPanel.tsx')).OpenPanel);

export function RecordingMenu() {
  return (
    <Menu label="Open…" name="Open">
      {(close) => (
        <Suspense fallback={null}>
          <OpenPanel close={close} />
        </Suspense>
      )}
    </Menu>
  );
}

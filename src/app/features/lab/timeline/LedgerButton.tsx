// The full counts, in a panel above its button. The panel is fetched and reads the script when it is first opened.

import { lazy, Suspense, useState } from 'react';
import { Menu } from '../../../ui/Menu.tsx';

const LedgerPanel = lazy(async () => ({ default: (await import('./LedgerPanel.tsx')).LedgerPanel }));

/** Opens the panel of all counts. */
export function LedgerButton() {
  const [open, setOpen] = useState(false);
  return (
    <Menu label="Counts" name="All counts" onToggle={setOpen}>
      {() =>
        open && (
          <Suspense fallback={<p>Loading the counts…</p>}>
            <LedgerPanel />
          </Suspense>
        )
      }
    </Menu>
  );
}

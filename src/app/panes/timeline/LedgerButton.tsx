// The counts in full, in a panel above its button. It is fetched, and looks at the script, when it is first opened.

import { lazy, Suspense, useState } from 'react';
import { Menu } from '../../parts/Menu.tsx';

const LedgerPanel = lazy(async () => ({ default: (await import('./LedgerPanel.tsx')).LedgerPanel }));

/** Opens the ledger. */
export function LedgerButton() {
  const [open, setOpen] = useState(false);
  return (
    <Menu label="Ledger" name="Ledger in full" onToggle={setOpen}>
      {() =>
        open && (
          <Suspense fallback={<p>The ledger is being fetched.</p>}>
            <LedgerPanel />
          </Suspense>
        )
      }
    </Menu>
  );
}

// A newer version of the page is there: nothing happens until a person asks for it.

import { useState } from 'react';
import { useOffline } from '../../state/offline.ts';
import './update.css';

/** The notice, while a newer version waits and a person has not put it off. */
export function UpdateNotice() {
  const update = useOffline((state) => state.update);
  const [later, setLater] = useState<typeof update>(null);
  if (update === null || update === later) return null;
  return (
    <section className="update" aria-label="New version">
      <p role="status">
        <b>A new version of irqscope is there.</b> A reload opens it with the script, its branches and the
        lesson. Searches, an unsent form and a recording from a file are not kept.
      </p>
      <div>
        <button type="button" onClick={update}>
          Reload
        </button>
        <button type="button" onClick={() => setLater(() => update)}>
          Later
        </button>
      </div>
    </section>
  );
}

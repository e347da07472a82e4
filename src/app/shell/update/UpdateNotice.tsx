// The notice about a newer version of the page. The person decides when to reload.

import { useState } from 'react';
import { useSlice } from '../../store/appContext.ts';
import { offlineSlice } from '../../store/offline.ts';
import { useAnnounced } from '../../ui/useAnnounced.ts';
import './update.css';

/** The notice, shown while a newer version waits and the person has not postponed it. */
export function UpdateNotice() {
  const update = useSlice(offlineSlice, (state) => state.update);
  const [later, setLater] = useState<typeof update>(null);
  useAnnounced(update === null || update === later ? '' : 'A new version of irqscope is ready.');
  if (update === null || update === later) return null;
  return (
    <section className="update" aria-label="New version">
      <p>
        <b>A new version of irqscope is available.</b> A reload keeps the script, its branches and the open
        lesson. It does not keep searches, unsent forms and recordings from files.
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

// The page has one live region (shell/Page.tsx), so that a screen reader reads each message once. Panes announce through it.

import { useEffect } from 'react';
import type { App } from '../store/app.ts';
import { useApp } from '../store/appContext.ts';
import { labSlice } from '../store/lab.ts';

/** Puts a message into the live region. */
export function announce(app: App, message: string): void {
  app.set(labSlice, { announcement: message });
}

/** Announces a message whenever it changes; an empty one is not announced. */
export function useAnnounced(message: string): void {
  const app = useApp();
  useEffect(() => {
    if (message !== '') announce(app, message);
  }, [message, app]);
}

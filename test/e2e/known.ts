// A person who has seen the start card, for journeys and measurements of the lab.

import type { BrowserContext, Page } from '@playwright/test';

/** Makes a page, or all pages of a context, open without the start card. */
export async function asKnown(of: Pick<BrowserContext | Page, 'addInitScript'>): Promise<void> {
  await of.addInitScript(() => {
    try {
      localStorage.setItem('irqscope.greeted', '1');
    } catch {
      // a page without storage, such as an embed with an origin of its own, greets nobody
    }
  });
}

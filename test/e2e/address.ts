// The address of the lab. The page writes it a moment after each change, and a fast test is there before.

import type { Page } from '@playwright/test';
import { parseLink } from '../../src/formats/permalink/link.ts';
import { expect } from './fixtures.ts';

/** Returns the fragment of the lab, with `#`, as soon as it contains the shown line and all lines of the shown script. */
export async function writtenHash(page: Page): Promise<string> {
  let hash = '';
  await expect(async () => {
    ({ hash } = new URL(page.url()));
    const session = parseLink(hash).link?.session;
    const written = session && `line ${session.cursor.line} / ${session.script.length}`;
    expect(await page.locator('.position').textContent()).toBe(written);
  }).toPass();
  return hash;
}

/** Returns the whole address of the lab with that fragment. */
export async function writtenLink(page: Page): Promise<string> {
  return new URL(await writtenHash(page), page.url()).href;
}

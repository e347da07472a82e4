// The address is the state: reload, back and forward, whole and damaged links, kept branches.
import type { Page } from '@playwright/test';
import { writtenHash } from './address.ts';
import { clickNowhere, expect, test } from './fixtures.ts';
import { picture } from './looks.ts';
import { openMore } from './more.ts';

const selected = (page: Page) =>
  page.getByRole('listbox', { name: 'Script' }).getByRole('option', { selected: true });
const lines = (page: Page) => page.getByRole('listbox', { name: 'Script' }).getByRole('option');
const SCREENS = [
  [1440, 900, 'light'],
  [1280, 720, 'dark'],
  [390, 844, 'light'],
] as const;
const hash = (page: Page) => page.evaluate(() => window.location.hash);

// Chromium refuses more than 200 address changes in ten seconds; the test needs a thousand
test.use({
  launchOptions: async ({ launchOptions }, use) => {
    await use({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), '--disable-ipc-flooding-protection'],
    });
  },
});

/** Opens the page and waits until its address contains the session. */
async function open(page: Page, fragment = ''): Promise<void> {
  await page.goto(`./${fragment}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  if (fragment === '') await writtenHash(page);
}

test('reload keeps the session, the cursor and every branch; back and forward follow the edits', async ({
  page,
}, info) => {
  await open(page);
  await page.getByRole('button', { name: 'New' }).click();
  await openMore(page);
  await page.getByRole('button', { name: 'Create eventfd 100' }).click();
  await page.getByRole('button', { name: 'Create eventfd 101' }).click();
  await page.getByRole('group', { name: 'Kernel', exact: true }).getByText('V3 patch').click();
  await expect(lines(page)).toHaveCount(3);

  await page.goBack();
  await expect(page.getByRole('radio', { name: '≥ 6.5 dynamic' })).toBeChecked();
  await page.goBack();
  await expect(lines(page)).toHaveCount(2);
  await page.goForward();
  await expect(lines(page)).toHaveCount(3);
  await page.goForward();
  await expect(page.getByRole('radio', { name: 'V3 patch' })).toBeChecked();

  // the parts behind the first picture have arrived
  await page.waitForLoadState('networkidle');
  await clickNowhere(page);
  await page.keyboard.press('ArrowLeft');
  await expect(selected(page)).toHaveText(/eventfd 100/);
  await page.reload();
  await expect(selected(page)).toHaveText(/eventfd 100/);
  await expect(page.getByRole('radio', { name: 'V3 patch' })).toBeChecked();

  // an undo and another edit start a branch; the old lines stay in the other branch
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.getByRole('button', { name: 'Create eventfd 101' }).click();
  await page.getByRole('button', { name: '2 branches' }).click();
  const panel = page.getByRole('list', { name: 'Branches' });
  await panel.getByRole('textbox', { name: 'Name of branch 1' }).fill('under V3');
  for (const [width, height, colorScheme] of SCREENS) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await picture(page, info, `branches-${width}-${colorScheme}`);
  }
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.keyboard.press('Escape');
  await page.reload();
  await page.getByRole('button', { name: '2 branches' }).click();
  await panel.getByRole('button', { name: 'Switch to under V3' }).click();
  await expect(page.getByRole('radio', { name: 'V3 patch' })).toBeChecked();
  await page.goBack();
  await expect(page.getByRole('radio', { name: '≥ 6.5 dynamic' })).toBeChecked();
});

test('a copied link opens the same session elsewhere, inside the same kernel step', async ({
  page,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  const heading = page.getByRole('heading', { name: /Wiring inside line 7 · kernel step 2 of/ });
  await expect(heading).toBeVisible();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('status')).toHaveText(/Link copied, \d+ characters\./);
  await expect(page.getByRole('button', { name: 'Copied', exact: true })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(link);
  await expect(other.getByRole('heading', { name: (await heading.textContent()) ?? '' })).toBeVisible();
  await expect(other.getByRole('alert')).toHaveCount(0);
  await expect.poll(() => hash(other)).toBe(new URL(link).hash);
  await elsewhere.close();
});

test('a reload restores the recording and its comparison', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Open…' }).click();
  await page.getByRole('button', { name: /Irq numbers after a failed call V3 patch/ }).click();
  await expect(page.getByText('0 mismatches in 12 steps')).toBeVisible();
  await page.reload();
  await expect(page.getByText('0 mismatches in 12 steps')).toBeVisible();
  // the link alone is enough
  const fragment = await writtenHash(page);
  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await open(page, fragment);
  await expect(page.getByText('0 mismatches in 12 steps')).toBeVisible();
});

test('shows the errors of a damaged link, opens its readable lines, and keeps the session', async ({
  page,
}, info) => {
  await open(page);
  const whole = await writtenHash(page);
  await page.goto('about:blank');
  await open(page, whole.slice(0, -60));
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('This link is damaged.');
  await expect(alert).toContainText(/script line \d+: expected an undamaged operation, found/);
  await expect(alert).toContainText(/\d+ of 12 lines are readable\./);
  for (const [width, height, colorScheme] of SCREENS) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await picture(page, info, `damaged-${width}-${colorScheme}`);
  }
  await page.setViewportSize({ width: 1280, height: 720 });
  const damaged = await hash(page);
  await page.getByRole('button', { name: 'Open the readable lines' }).click();
  await expect(alert).toHaveCount(0);
  await expect.poll(() => lines(page).count()).toBeLessThan(13);
  // the page writes the address of the opened lines a moment later
  await expect.poll(() => hash(page)).not.toBe(damaged);
  await expect.poll(() => hash(page)).toMatch(/^#v2=/);

  await page.evaluate(() => {
    window.location.hash = '#v7=abc';
  });
  await expect(alert).toContainText('This link was created by a newer irqscope.');
  await page.getByRole('button', { name: 'Start new' }).click();
  await expect(lines(page)).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect.poll(() => lines(page).count()).toBeGreaterThan(2);
});

test('sets unreadable branches aside and shows a message', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'New' }).click();
  await expect.poll(() => page.evaluate(() => localStorage.getItem('irqscope.trees'))).not.toBeNull();
  // the page stores its work on unload, so the damage is done before the next load
  await page.addInitScript(() => {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith('irqscope.tree.')) localStorage.setItem(key, '{"version":1,"nodes":[');
    }
  });
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('The branches kept in this browser are unreadable.');
  await expect(lines(page)).toHaveCount(1);
  const aside = await page.evaluate(() =>
    Object.keys(localStorage).filter((key) => key.startsWith('irqscope.set-aside.')),
  );
  expect(aside).toHaveLength(1);
});

test('shows a message for each of 1,000 mutated links, and never a blank page', async ({ page }) => {
  test.slow();
  await open(page);
  const whole = await writtenHash(page);
  // the panel of problems is loaded with the first message
  await page.evaluate(() => {
    window.location.hash = 'damaged';
  });
  await expect(page.getByRole('alert')).toBeVisible();
  const answers = await page.evaluate(async (good) => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.%~é =#';
    let seed = 7;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const mutate = (text: string) => {
      const at = 1 + random(text.length - 1);
      const letter = letters.charAt(random(letters.length));
      const kinds = [
        () => text.slice(0, at),
        () => text.slice(0, at) + letter + text.slice(at + 1),
        () => text.slice(0, at) + letter + text.slice(at),
        () => text.slice(0, at) + text.slice(at + 1 + random(20)),
        () => text.slice(0, at) + text.slice(1),
      ];
      return kinds[random(kinds.length)]?.() ?? text;
    };
    const found = { messages: 0, blank: 0, silent: [] as string[] };
    let last = '';
    while (found.messages + found.silent.length < 1000) {
      const bad = mutate(good);
      if (bad === good || bad === last || bad === '#') continue;
      last = bad;
      const heard = new Promise((resolve) => window.addEventListener('hashchange', resolve, { once: true }));
      const before = window.location.hash;
      window.location.hash = bad;
      if (window.location.hash === before) continue;
      await heard;
      // React has rendered by now, in a microtask of the page's own listener
      await Promise.resolve();
      const message = document.querySelector('[role="alert"]')?.textContent ?? '';
      if (
        /^(This link is damaged|This link was created by a newer irqscope|This address is not a link of irqscope)\..*expected .*found /.test(
          message,
        )
      )
        found.messages++;
      else found.silent.push(bad);
      if (document.querySelector('h1') === null || document.querySelectorAll('[role="option"]').length < 2) {
        found.blank++;
      }
    }
    return found;
  }, whole);
  expect(answers).toEqual({ messages: 1000, blank: 0, silent: [] });
  // the session is unchanged
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(lines(page)).toHaveCount(13);
});

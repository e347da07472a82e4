// Compare: several kernels run the script of the lab side by side.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsIn, drawnAgain, inEveryLook, picture } from './looks.ts';

const status = (page: Page) => page.getByRole('status');
const row = (page: Page, name: RegExp) =>
  page.getByRole('table', { name: 'Wirings side by side' }).getByRole('row', { name });
const lane = (page: Page, name: string) => page.getByRole('region', { name: `Lane ${name}`, exact: true });
const sentence = (page: Page) => page.getByRole('group', { name: 'Difference and cause' });
const lines = (page: Page) => page.getByRole('listbox', { name: 'Script' }).getByRole('option');

/** Goes to the first difference by keys, once the changed lanes are compared. */
async function toFirstDifference(page: Page) {
  await expect(async () => {
    await page.keyboard.press('Home');
    await expect(sentence(page)).toContainText('At the start', { timeout: 5000 });
    await page.keyboard.press('j');
    await expect(sentence(page)).toContainText('first difference', { timeout: 5000 });
  }).toPass();
}

async function openCompare(page: Page) {
  await page.goto('./');
  await expect(page.getByRole('table', { name: 'Wiring', exact: true })).toBeVisible();
  await page.keyboard.press('v');
  await expect(lane(page, 'V3 patch')).toBeVisible();
}

test('opens from the lab and back: keeps the cursor, reaches differences by key', async ({ page }) => {
  await openCompare(page);
  // the lab's cursor is at the failure, which is the first difference
  await expect(sentence(page)).toContainText('After line 7 · difference 1 of 6 · first difference');
  await expect(sentence(page)).toContainText(
    'V3 patch has no irq: the failed assignment (EBADF) of this call freed irq 26 of the original allocation.',
  );
  await expect(row(page, /^Vector 1, differs: allocated/)).toContainText('allocated');
  await expect(row(page, /^Vector 0\./)).toBeVisible();
  await expect(lane(page, '≥ 6.5 dynamic')).toContainText('= -EBADF');

  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(sentence(page)).toContainText('After line 9');
  await expect(sentence(page)).toContainText('≤ 6.4 static fails with EINVAL');
  await expect(status(page)).toContainText('Line 9.');
  await expect(row(page, /^Vector 5, differs: allocated.*≤ 6.4 static: empty/)).toBeVisible();
  await page.keyboard.press('k');
  await expect(sentence(page)).toContainText('After line 8');
  await page.keyboard.press('Home');
  await expect(sentence(page)).toContainText('At the start: no difference.');
  await page.getByRole('button', { name: 'The first difference is line 7' }).click();
  await page.getByRole('button', { name: 'next difference' }).click();
  await expect(sentence(page)).toContainText('After line 8');

  await page.keyboard.press('v');
  await expect(page.getByRole('heading', { name: 'Wiring after line 8' })).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('button', { name: 'Compare kernels at this line' }).click();
  await expect(sentence(page)).toContainText('After line 7');
});

test('lists only the differing lines, and arrow keys move through them', async ({ page }) => {
  await openCompare(page);
  await expect(lines(page)).toHaveCount(12);
  await page.keyboard.press('h');
  await expect(lines(page)).toHaveCount(6);
  await expect(page.getByRole('option', { selected: true })).toContainText('SET_IRQS');
  await page.keyboard.press('ArrowRight');
  await expect(sentence(page)).toContainText('After line 8');
  await page.getByRole('button', { name: 'only differing lines' }).click();
  await expect(lines(page)).toHaveCount(12);
});

test('adds, changes and removes a lane; a reload and a link restore the lanes', async ({ page }) => {
  await openCompare(page);
  await page.getByRole('button', { name: '+ lane' }).click();
  await page.getByRole('button', { name: /^NORESIZE host/ }).click();
  await expect(lane(page, '≥ 6.5 dynamic, NORESIZE host')).toBeVisible();
  await expect(page.getByRole('button', { name: '+ lane' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove ≤ 6.4 static' }).click();
  await expect(lane(page, '≤ 6.4 static')).toHaveCount(0);
  await lane(page, 'V3 patch').getByRole('button', { name: 'change' }).click();
  await page.getByRole('button', { name: /^V2 patch/ }).click();
  await expect(lane(page, 'V2 patch')).toBeVisible();
  await toFirstDifference(page);
  const told = (await sentence(page).textContent()) ?? '';

  await page.reload();
  await expect(lane(page, 'V2 patch')).toBeVisible();
  await expect(lane(page, '≥ 6.5 dynamic, NORESIZE host')).toBeVisible();
  await expect(sentence(page)).toHaveText(told);

  const url = page.url();
  await page.goto('about:blank');
  await page.evaluate(() => undefined);
  const other = await page.context().newPage();
  await other.goto(url);
  await expect(lane(other, 'V2 patch')).toBeVisible();
  await expect(sentence(other)).toHaveText(told);
  await other.close();
});

test('back returns to the previous view', async ({ page }) => {
  await openCompare(page);
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Lab' }).click();
  await expect(page.getByRole('table', { name: 'Wiring', exact: true })).toBeVisible();
  await page.goBack();
  await expect(lane(page, 'V3 patch')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('table', { name: 'Wiring', exact: true })).toBeVisible();
});

test('stepping into a line goes through the aligned calls of all lanes', async ({ page }) => {
  await openCompare(page);
  await page.getByText('Kernel calls', { exact: true }).click();
  const calls = page.getByRole('table', { name: 'Kernel calls side by side' });
  await expect(calls).toBeVisible();
  const free = calls.getByRole('row', { name: /differs.*vfio_msi_free_irq/ });
  // only visible calls are drawn
  for (let top = 0; (await free.count()) === 0 && top < 20_000; top += 100) {
    await calls.evaluate((list, to) => {
      list.scrollTop = to;
    }, top);
    await drawnAgain(page);
  }
  await free.click();
  await expect(free).toHaveAttribute('aria-current', 'step');
  await expect(page.getByText(/^step \d+ of \d+/)).toBeVisible();
  // at its entry V3 still has the irq, at its return the irq is freed
  await expect(row(page, /^Vector 1.*V3 patch: cached, irq 26/)).toBeVisible();
  const place = page.getByText(/^step \d+ of \d+/);
  for (let step = 0; step < 12 && (await row(page, /^Vector 1.*V3 patch: empty/).count()) === 0; step++) {
    const before = (await place.textContent()) ?? '';
    await page.keyboard.press('ArrowRight');
    await expect(place).not.toHaveText(before);
  }
  await expect(row(page, /^Vector 1.*V3 patch: empty/)).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByText(/^step \d+ of/)).toHaveCount(0);
});

test('compares a recording: equal to its model, different from another kernel', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Open…' }).click();
  await page.getByRole('button', { name: /Irq numbers after a failed call V3 patch/ }).click();
  await expect(status(page)).toContainText('opened');
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Compare' }).click();
  await lane(page, '≤ 6.4 static').getByRole('button', { name: 'change' }).click();
  await page.getByRole('button', { name: /^bad-number-stolen/ }).click();
  await expect(lane(page, 'Recorded V3 patch')).toBeVisible();
  await page.getByRole('button', { name: 'Remove ≥ 6.5 dynamic' }).click();
  await page.keyboard.press('End');
  await expect(sentence(page)).toContainText('have the same result and state in every lane');
  await lane(page, 'V3 patch').getByRole('button', { name: 'change' }).click();
  await page.getByRole('button', { name: /^≥ 6.5 dynamic/ }).click();
  await toFirstDifference(page);
  await expect(sentence(page)).toContainText('has no irq');
});

test('compares a branch of the history with the current script', async ({ page }) => {
  await page.goto('./');
  const script = page.getByRole('listbox', { name: 'Script' });
  // line 7 is the failure, which the other branch lacks
  await expect(script.getByRole('option', { selected: true })).toContainText('EBADF');
  await script.focus();
  await page.keyboard.press('Delete');
  await expect(script.getByRole('option', { name: /EBADF/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'raise', exact: true }).click();
  await expect(page.getByRole('button', { name: '2 branches' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Compare' }).click();
  await lane(page, 'V3 patch').getByRole('button', { name: 'change' }).click();
  await page
    .getByRole('list', { name: 'Branches' })
    .getByRole('button', { name: /^Branch: Delete line 7/ })
    .click();
  const branch = page.getByRole('region', { name: /^Lane Branch: Delete line 7/ });
  await expect(branch).toBeVisible();
  await page.getByRole('button', { name: 'Remove ≤ 6.4 static' }).click();
  await toFirstDifference(page);
  await expect(sentence(page)).toContainText('After line 7');
  await expect(row(page, /^Vector 1, differs/)).toBeVisible();
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#v2=/);
  await page.reload();
  await expect(branch).toBeVisible();
});

test('the counts show the cost of each policy', async ({ page }) => {
  await openCompare(page);
  await page.getByText('Counts', { exact: true }).click();
  const ledger = page.getByRole('table', { name: /All lines of the script/ });
  await expect(ledger.getByRole('row', { name: /of the original allocation, one by one/ })).toHaveText(
    /010$/,
  );
});

test('passes axe in every look', async ({ page }, info) => {
  await openCompare(page);
  // the whole view with the first panel; the others change only their section
  for (const part of ['Timelines', 'Kernel calls', 'Counts', 'Host']) {
    await page.getByText(part, { exact: true }).click();
    await inEveryLook(page, async (look) => {
      const { name } = look;
      await picture(page, info, `${part} ${name}`);
      const rest = part === 'Timelines' ? undefined : '.compare-panel';
      expect(await complaintsIn(page, look, rest), `${part}, ${name}`).toEqual([]);
    });
  }
});

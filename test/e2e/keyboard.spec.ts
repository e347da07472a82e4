// The lab without a pointer, and the composer's preview.
import type { Page } from '@playwright/test';
import { clickNowhere, expect, test } from './fixtures.ts';
import { complaintsOfAxe } from './looks.ts';

const status = (page: Page) => page.getByRole('status');
const row = (page: Page, name: RegExp) =>
  page.getByRole('table', { name: 'Wiring' }).getByRole('row', { name });
const typed = (page: Page) => page.getByRole('combobox', { name: 'Line of notation' });

/** Replaces the text of the focused field. */
async function retype(page: Page, text: string) {
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

async function tab(page: Page, times: number, key = 'Tab') {
  for (let time = 0; time < times; time++) await page.keyboard.press(key);
}

test('by keyboard only: enables, extends, fails, steps into the failure, undoes, redoes, acts in the past', async ({
  page,
}) => {
  await page.goto('./');
  await page.keyboard.press('n');
  await expect(status(page)).toHaveText('New script.');
  for (const line of [1, 2, 3]) {
    await page.keyboard.press('c');
    await expect(status(page)).toContainText(`Line ${line}: eventfd`);
  }

  // enable: the form, from field to field
  await page.keyboard.press('Alt+1');
  await expect(page.getByRole('radio', { name: 'MSI-X', exact: true })).toBeFocused();
  await tab(page, 3);
  await expect(page.getByRole('textbox', { name: 'start' })).toBeFocused();
  await retype(page, '0');
  await tab(page, 2);
  await retype(page, '100 101');
  await expect(page.getByText('would attach')).toHaveCount(2);
  await page.keyboard.press('Enter');
  await expect(status(page)).toHaveText(/Vectors 0–1 are attached to irqs 25–26\./);
  await expect(page.getByText('would attach')).toHaveCount(0);

  // extend
  await tab(page, 2, 'Shift+Tab');
  await retype(page, '5');
  await tab(page, 2);
  await retype(page, '102');
  await page.keyboard.press('Enter');
  await expect(row(page, /^Vector 5: attached, fd 102/)).toBeVisible();

  // fail, from the command line that the palette leads to
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Command', exact: true })).toBeFocused();
  await page.keyboard.type('type a line');
  await expect(page.getByRole('option', { selected: true, name: /^Type a line/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(typed(page)).toBeFocused();
  await page.keyboard.type('set_irqs msix tri');
  await expect(page.getByRole('option', { name: /^trigger/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.type('ev');
  await page.keyboard.press('Tab');
  await expect(typed(page)).toHaveValue('set_irqs msix trigger eventfd ');
  await page.keyboard.type('1 [');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('column 34: expected');
  await page.keyboard.type('999]');
  await expect(page.getByText('would fail, irq stays cached')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(status(page)).toHaveText(/failed with EBADF\. Vector 1 is cached/);
  await expect(typed(page)).toHaveValue('');
  await page.keyboard.press('ArrowUp');
  await expect(typed(page)).toHaveValue('set_irqs msix trigger eventfd 1 [999]');

  // step into the failure until the irq is cached
  await page.keyboard.press('Alt+2');
  await expect(page.getByRole('listbox', { name: 'Script' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(row(page, /^Vector 1: attached/)).toBeVisible();
  const cached = row(page, /^Vector 1: cached/);
  const heading = page.getByRole('heading', { name: /kernel step/ });
  for (let step = 2; step < 40 && (await cached.count()) === 0; step++) {
    await page.keyboard.press('ArrowRight');
    await expect(heading).toContainText(`kernel step ${step} `);
  }
  await expect(page.getByRole('treeitem', { selected: true })).toHaveText(/^free_irq/);
  await page.keyboard.press('ArrowUp');

  await page.keyboard.press('Control+z');
  await expect(row(page, /^Vector 1: attached/)).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await expect(cached).toBeVisible();

  // act in the past: later lines stay and are computed again
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('r');
  await expect(status(page)).toContainText('Line 6: raise 0');
  const script = page.getByRole('listbox', { name: 'Script' });
  await expect(script.getByRole('option', { name: /^7.*-EBADF/ })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(script.getByRole('option', { name: /raise 0/ })).toHaveCount(0);
  await page.keyboard.press('Control+y');
  await expect(script.getByRole('option', { name: /raise 0/ })).toBeVisible();
});

test('palette and shortcuts return the focus, and the palette runs a line', async ({ page }) => {
  await page.goto('./');
  await page.keyboard.press('Alt+3');
  const rows = page.getByRole('rowgroup', { name: 'Vectors' });
  await expect(rows).toBeFocused();
  await page.keyboard.press('Shift+Slash');
  await page.getByRole('button', { name: /^Keyboard shortcuts/ }).click();
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByText('Step into the line')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(rows).toBeFocused();

  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Command', exact: true });
  await expect(field).toBeFocused();
  await page.keyboard.type('v3');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: 'V3 patch' })).toBeChecked();
  await expect(rows).toBeFocused();

  await page.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await page.keyboard.type('raise 2');
  const chosen = page.getByRole('listbox', { name: 'Commands' }).getByRole('option', { selected: true });
  await expect(chosen).toHaveText(/^Run line: raise 2/);
  await page.keyboard.press('Enter');
  await expect(status(page)).toContainText('Line 8: raise 2');

  await page.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await page.keyboard.type('qqq');
  await expect(page.getByText('No command, lesson, scenario, term or line matches')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(rows).toBeFocused();
});

test('chooses a range by dragging over the wiring, or with Shift and the arrows', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('textbox', { name: 'fds' }).fill('103');
  await clickNowhere(page);
  const number = (vector: number) => row(page, new RegExp(`^Vector ${vector}:`)).getByRole('rowheader');
  await page.getByRole('button', { name: '3–4: empty' }).click();
  // the code for dragging is loaded after the first picture: a drag before that chooses nothing
  await expect(async () => {
    await page.mouse.up();
    await number(3).hover();
    await page.mouse.down();
    await number(4).hover();
    await number(5).hover();
    await expect(page.getByRole('textbox', { name: 'start' })).toHaveValue('3', { timeout: 3000 });
  }).toPass();
  await expect(page.getByRole('textbox', { name: 'count' })).toHaveValue('3');
  await expect(page.getByText('would attach')).toHaveCount(3);
  await page.mouse.up();
  await expect(page.getByRole('button', { name: 'Run ioctl' })).toBeFocused();
  await page.getByRole('heading', { level: 1 }).hover();

  await page.keyboard.press('Alt+3');
  await expect(page.getByRole('rowgroup', { name: 'Vectors' })).toBeFocused();
  await page.keyboard.down('Shift');
  for (let time = 0; time < 4; time++) await page.keyboard.press('ArrowDown');
  await page.keyboard.up('Shift');
  await expect(page.getByRole('textbox', { name: 'count' })).toHaveValue('4');
});

test('runs the composed raw bytes and fault', async ({ page }) => {
  await page.goto('./');
  await page.keyboard.press('b');
  await page.getByRole('textbox', { name: 'argsz' }).fill('0x14');
  await expect(page.getByText('Will fail with EINVAL: argsz is too small')).toBeVisible();
  const bytes = page.getByRole('group', { name: 'Bytes of struct vfio_irq_set' });
  await expect(bytes.getByTitle('argsz = 20')).toHaveClass(/lit/);
  await bytes.getByTitle('count = 1').hover();
  await expect(page.locator('.text-row', { hasText: 'count' })).toHaveClass(/lit/);
  await page.getByRole('textbox', { name: 'bytes' }).fill('64 00 00');
  await expect(page.getByText('bytes: 3 bytes; expected a multiple of 4 for s32 values')).toBeVisible();
  await page.getByRole('textbox', { name: 'bytes' }).fill('67 00 00 00');
  await page.getByRole('textbox', { name: 'argsz' }).fill('24');

  await page.getByRole('combobox', { name: 'errno' }).selectOption('ENOSPC');
  await page.getByRole('button', { name: 'Add fault' }).click();
  // the count beside Run shows and focuses the list of faults
  await page.getByRole('button', { name: 'fault: 1' }).click();
  await expect(page.getByRole('combobox', { name: 'function' })).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(status(page)).toContainText('failed with ENOSPC');
  await expect(page.getByRole('button', { name: 'fault: 1' })).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`${colorScheme}: axe reports no violation in raw form, completions, palette and shortcuts`, async ({
    page,
  }) => {
    // three looks of axe at the whole page
    test.slow();
    const complaints = () => complaintsOfAxe(page);
    await page.emulateMedia({ colorScheme });
    await page.goto('./');
    await page.keyboard.press('b');
    await expect(page.getByRole('textbox', { name: 'argsz' })).toBeVisible();
    await typed(page).fill('set_irqs ');
    await expect(page.getByRole('listbox', { name: 'Completions' })).toBeVisible();
    expect(await complaints()).toEqual([]);
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('listbox', { name: 'Commands' })).toBeVisible();
    expect(await complaints()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Help', exact: true }).click();
    await page.getByRole('button', { name: /^Keyboard shortcuts/ }).click();
    await expect(page.getByText('Step into the line')).toBeVisible();
    expect(await complaints()).toEqual([]);
  });
}

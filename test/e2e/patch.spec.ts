// A patch of vfio_pci_intrs.c: pasted, shown, its policies chosen, compared, and a hunk copied; by mouse, by keys alone, on a phone.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsIn, expectNoOverflow, inEveryLook, picture } from './looks.ts';

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../formats/patch/fixtures/${name}`, import.meta.url)), 'utf8');

const panel = (page: Page) => page.getByRole('dialog', { name: /^Patch of / });
const failure = (page: Page) => panel(page).getByRole('group', { name: /^Irq after a failed assignment/ });
const lanes = (page: Page) => page.getByRole('region', { name: /^Lane / });
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** Opens a text through the menu, as a person who pastes into its field. */
async function openPasted(page: Page, text: string) {
  await page.goto('./');
  await expect(page.getByRole('table', { name: 'Wiring', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Open…' }).click();
  await page.getByRole('textbox', { name: 'Text to open' }).fill(text);
  await page.getByRole('button', { name: 'Open the text' }).click();
}

/** Presses a key until the element has the focus; fails after `most` presses. */
async function tabTo(page: Page, name: RegExp, role: 'button' | 'radio' | 'checkbox', most: number) {
  await focusByTab(page, panel(page).getByRole(role, { name }).first(), most);
}

/** Presses Tab until the element has the focus; fails after `most` presses. */
async function focusByTab(page: Page, wanted: Locator, most: number) {
  for (let press = 0; press < most; press++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(wanted).toBeFocused();
}

test('by mouse: paste a mail, choose a policy, copy a hunk, compare with the base', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openPasted(page, fixture('free-on-error.patch'));
  await expect(panel(page).getByRole('heading', { level: 2 })).toContainText(
    'Free the irq of a failed assignment',
  );
  const hunk = panel(page).getByRole('region', { name: 'Hunk 1' });
  await expect(hunk).toContainText('vfio_msi_drop_irq: the model has no function of this name.');
  await hunk.getByText('vfio_msi_set_vector_signal in the model').click();
  await expect(hunk.getByRole('group', { name: /^src\/kernel\/generations\/dynamic\.ts/ })).toContainText(
    'function vfio_msi_set_vector_signal(',
  );
  // nothing is guessed
  await expect(panel(page).getByRole('radio', { name: /^unchanged/, checked: false })).toHaveCount(0);
  await expect(panel(page).getByRole('button', { name: 'Use this kernel' })).toBeDisabled();

  await failure(page)
    .getByRole('radio', { name: /free-on-error/ })
    .click();
  await hunk.getByRole('button', { name: 'Copy quoted hunk' }).click();
  await expect(panel(page).getByRole('status')).toHaveText('Hunk copied as a quotation.');
  expect(await copied(page)).toMatch(/^> @@ -398,8 \+398,16 @@[\s\S]*\n> \+static void vfio_msi_drop_irq\(/);

  await panel(page).getByRole('button', { name: 'Compare with the base' }).click();
  await expect(lanes(page)).toHaveCount(2);
  await expect(lanes(page).first()).toContainText('≥ 6.5 dynamic');
  // the example fails to assign an eventfd to vector 1 at line 7
  const bar = page.getByRole('group', { name: 'Difference and cause' });
  await expect(bar).toContainText('Root sees it (msi_irqs and /proc/interrupts)');
  await page.getByText('Host', { exact: true }).click();
  await expect(
    page.getByRole('table', { name: /msi_irqs/ }).getByRole('row', { name: /^irqs/ }),
  ).toContainText('differs: numbers');
});

test('the chosen kernel is reviewed against its base, and the mail quotes the marked hunk', async ({
  page,
  context,
}) => {
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openPasted(page, fixture('free-on-error.patch'));
  await panel(page)
    .getByRole('region', { name: 'Hunk 1' })
    .getByRole('checkbox', { name: 'Quote in the review mail' })
    .check();
  await failure(page)
    .getByRole('radio', { name: /free-on-error/ })
    .click();
  await panel(page).getByRole('button', { name: 'Review against the base' }).click();
  const sheet = page.getByRole('dialog', { name: 'Review' });
  await expect(sheet).toBeVisible();
  await expect(panel(page)).toHaveCount(0);
  // the changed kernel has the policies of V3, and differs from the merged driver in the same places
  await expect(sheet).toContainText(/host with 2 irqs: 0 against ENOSPC/, { timeout: 300_000 });

  await sheet.getByRole('button', { name: 'Copy as mail' }).click();
  await expect.poll(() => copied(page)).toContain('\n> @@ -398,8 +398,16 @@');
  const mail = (await copied(page)).trimEnd().split('\n');
  expect(mail.length).toBeLessThanOrEqual(25);
  expect(mail.join(' ')).toContain('msi_irqs');
  await sheet.getByRole('button', { name: 'Copy as C program' }).click();
  await expect.poll(() => copied(page)).toContain('these answers are those of');
});

test('by keys alone: paste, choose, copy, review, copy the mail, run under the kernel', async ({
  page,
  context,
}) => {
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./');
  await expect(page.getByRole('table', { name: 'Wiring', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Open…' }).press('Enter');
  const field = page.getByRole('textbox', { name: 'Text to open' });
  await field.focus();
  await page.keyboard.insertText(fixture('order.diff'));
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Open the text' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(panel(page)).toBeVisible();

  await tabTo(page, /^Copy quoted hunk/, 'button', 10);
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('status')).toHaveText('Hunk copied as a quotation.');
  expect(await copied(page)).toContain('> +\t\tfor (i = j; i-- > start;)');

  const unchanged = failure(page).getByRole('radio', { name: /^unchanged/ });
  await focusByTab(page, unchanged, 60);
  await page.keyboard.press('ArrowDown');
  await expect(failure(page).getByRole('radio', { checked: true })).toHaveAccessibleName(/on-error/);
  await tabTo(page, /^Review against the base/, 'button', 60);
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Review' });
  const mail = sheet.getByRole('button', { name: 'Copy as mail' });
  await expect(mail).toBeVisible({ timeout: 300_000 });
  await focusByTab(page, mail, 20);
  await page.keyboard.press('Enter');
  await expect.poll(() => copied(page)).toContain('By model (irqscope)');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  // the palette shows the patch again, with the choice
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible();
  await page.keyboard.insertText('show the opened patch');
  await expect(page.getByRole('option', { name: /Show the opened patch/ }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(failure(page).getByRole('radio', { checked: true })).toHaveAccessibleName(/on-error/);
  await tabTo(page, /^Use this kernel/, 'button', 80);
  await page.keyboard.press('Enter');
  await expect(panel(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Kernel version: (?!6\.12$)/ })).toBeVisible();
});

test('on a phone: nothing is wider than the screen; the choice, the review and its mail work', async ({
  page,
  context,
}) => {
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'Open…' })).toBeVisible();
  await page.getByRole('button', { name: 'Open…' }).click();
  await page.getByRole('textbox', { name: 'Text to open' }).fill(fixture('free-on-error.patch'));
  await page.getByRole('button', { name: 'Open the text' }).click();
  await expect(panel(page)).toBeVisible();
  await expectNoOverflow(page);
  await failure(page)
    .getByRole('radio', { name: /free-on-error/ })
    .click();
  await panel(page).getByRole('button', { name: 'Compare with the base' }).click();
  await expect(lanes(page)).toHaveCount(2);
  await page.getByText('Host', { exact: true }).click();
  await expect(page.getByRole('table', { name: /\/proc\/interrupts/ })).toBeVisible();
  await expectNoOverflow(page);

  await page.getByRole('button', { name: /^Review / }).click();
  const sheet = page.getByRole('dialog', { name: 'Review' });
  await sheet.getByRole('button', { name: 'Copy as mail' }).click({ timeout: 300_000 });
  await expect.poll(() => copied(page)).toContain('By model (irqscope)');
  await expectNoOverflow(page);
});

test('a patch of other files is refused with the accepted file; a what-if kernel needs no patch', async ({
  page,
}) => {
  await openPasted(page, fixture('other.patch'));
  await expect(page.getByRole('alert')).toContainText(
    'expected a unified diff that touches drivers/vfio/pci/vfio_pci_intrs.c',
  );
  await page.getByRole('button', { name: /^Kernel version/ }).click();
  await page.getByRole('button', { name: 'What-if kernel…' }).click();
  const dialog = page.getByRole('dialog', { name: 'What-if kernel' });
  await dialog.getByRole('radio', { name: /hold-on-swap/ }).click();
  await dialog.getByRole('button', { name: 'Use this kernel' }).click();
  await expect(page.getByRole('button', { name: /^Kernel version: (?!6\.12$)/ })).toBeVisible();
});

test('passes axe in every look', async ({ page }, info) => {
  test.slow();
  await openPasted(page, fixture('free-on-error.patch'));
  await expect(failure(page)).toBeVisible();
  await inEveryLook(page, async (look) => {
    await picture(page, info, look.name);
    await expectNoOverflow(page, look.name);
    expect(await complaintsIn(page, look), look.name).toEqual([]);
  });
});

// Five questions that people ask of this driver, answered from the first page without leaving it: each in at most three
// clicks, which are counted. And what explains itself is reached by keys, and clean for axe.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsOfAxe } from './looks.ts';

/** A person who counts the clicks. */
class Person {
  clicks = 0;
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async click(what: Locator) {
    this.clicks++;
    await what.click();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
}

const MOST = 3;

test.beforeEach(async ({ page }) => {
  test.slow();
  await page.goto('./');
  await expect(page.getByRole('heading', { name: 'Wiring after line 7' })).toBeVisible();
});

test('what is cached?', async ({ page }, info) => {
  const person = new Person(page);
  const legend = page.getByRole('list', { name: 'Legend' });
  await person.click(legend.getByRole('button', { name: 'cached' }));
  const answer = page.getByRole('dialog', { name: 'What cached means' });
  await expect(answer).toContainText('The vector has an irq and no eventfd');
  await expect(answer).toContainText('vfio_msi_alloc_irq()');
  await page.screenshot({ path: info.outputPath('cached.png') });
  expect(person.clicks).toBe(1);
});

test('why did EBADF leave my vector detached?', async ({ page }, info) => {
  const person = new Person(page);
  const why = page.getByRole('complementary', { name: 'Why' });
  await person.click(page.getByRole('option', { name: /-EBADF/ }));
  await expect(why).toContainText('EBADF');
  await person.click(why.getByRole('button', { name: 'EBADF' }));
  const answer = page.getByRole('dialog', { name: 'What EBADF means' });
  await expect(answer).toContainText('has detached the vector before it looks');
  await page.screenshot({ path: info.outputPath('ebadf.png') });
  expect(person.clicks).toBeLessThanOrEqual(MOST);
});

test('why ENOTTY?', async ({ page }) => {
  const person = new Person(page);
  await person.click(
    page.getByRole('group', { name: 'action', exact: true }).getByText('mask', { exact: true }),
  );
  await expect(page.locator('#composer-preview')).toContainText('Will fail with ENOTTY');
  await person.click(page.getByRole('button', { name: 'Run ioctl' }));
  const why = page.getByRole('complementary', { name: 'Why' });
  await expect(why).toContainText('ENOTTY');
  await person.click(why.getByRole('button', { name: 'ENOTTY' }));
  await expect(page.getByRole('dialog', { name: 'What ENOTTY means' })).toContainText(
    'no function for this action on this index',
  );
  expect(person.clicks).toBeLessThanOrEqual(MOST);
});

test('what does NORESIZE mean?', async ({ page }, info) => {
  const person = new Person(page);
  await person.click(page.getByRole('button', { name: /command palette/ }));
  await page.getByRole('combobox', { name: 'Command' }).fill('NORESIZE');
  await expect(page.getByRole('option', { name: /^NORESIZE/ })).toContainText(
    'all have to be disabled first',
  );
  await page.screenshot({ path: info.outputPath('noresize.png') });
  await person.click(page.getByRole('option', { name: /^NORESIZE/ }));
  const sheet = page.getByRole('dialog', { name: 'Glossary' });
  await expect(sheet.getByRole('searchbox', { name: 'Find a term' })).toHaveValue('NORESIZE');
  await expect(sheet).toContainText('commit 6c8017c6a58d');
  await page.screenshot({ path: info.outputPath('glossary.png') });
  expect(person.clicks).toBeLessThanOrEqual(MOST);
});

test('who frees the irq?', async ({ page }) => {
  const person = new Person(page);
  await person.click(page.getByRole('button', { name: 'Details of vector 1' }));
  const detail = page.getByRole('region', { name: 'Vector 1 in detail' });
  await expect(detail).toContainText('pci_free_irq_vectors, when the mode is left');
  expect(person.clicks).toBe(1);
});

test('a word is explained by keys alone, and the focus comes back', async ({ page }) => {
  const word = page.getByRole('columnheader', { name: /eventfd/ }).getByRole('button');
  await word.focus();
  await page.keyboard.press('Enter');
  const answer = page.getByRole('dialog', { name: 'What eventfd means' });
  await expect(answer).toContainText('A counter in the kernel');
  await expect(word).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Escape');
  await expect(answer).toBeHidden();
  await expect(word).toBeFocused();
  await word.click();
  await expect(answer).toBeVisible();
  await word.click();
  await expect(answer).toBeHidden();
  // from one word to the next in one click
  await word.click();
  await page.getByRole('button', { name: 'has_dyn_msix' }).click();
  await expect(page.getByRole('dialog', { name: 'What has_dyn_msix means' })).toBeVisible();
  await expect(answer).toBeHidden();
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the device fires between free_irq and request_irq: ${colorScheme}, ${width}×${height}`, async ({
      page,
    }, info) => {
      const shot = (name: string) =>
        page.screenshot({ path: info.outputPath(`${name}-${colorScheme}-${width}.png`) });
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.getByRole('textbox', { name: 'start' }).fill('0');
      await page.getByRole('textbox', { name: 'fds' }).fill('101');
      await page.getByRole('button', { name: 'fires' }).click();
      const panel = page.getByRole('region', { name: 'The device fires inside the ioctl' });
      await expect(panel.getByRole('combobox', { name: 'kernel call' })).toHaveValue('free_irq');
      await panel.getByRole('button', { name: 'Let it fire' }).click();
      await expect(panel.getByRole('list')).toContainText('fires: pending, then delivered to');
      await shot('fires');
      expect(await complaintsOfAxe(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Run ioctl' }).click();
      if (width < 800) await page.getByRole('button', { name: 'Trace', exact: true }).click();
      const fired = page.getByRole('treeitem', { name: /^device raises/ });
      await fired.click();
      await expect(
        page.getByRole('table', { name: 'Wiring' }).getByRole('row', { name: /^Vector 0: .*pending/ }),
      ).toBeVisible();
      await expect(page.getByRole('complementary', { name: 'Why' })).toContainText('pending, then delivered');
      await shot('fired');
      if (width > 800) await expect(page.getByRole('option', { name: /device fires/ })).toBeVisible();
      await page.getByRole('button', { name: 'Linux irq' }).click();
      await expect(page.getByRole('dialog', { name: 'What Linux irq means' })).toContainText(
        'A number of the kernel',
      );
      await shot('word');
      expect(await complaintsOfAxe(page)).toEqual([]);
    });
  }
}

// Five questions about this driver, each answered from the first page in at most three clicks, which the tests count. Explanations
// are also reachable by keyboard, and axe finds no violation in them.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsOfAxe, picture } from './looks.ts';
import { openMore } from './more.ts';

/** Counts the clicks of a person. */
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

test('the page explains the word cached', async ({ page }, info) => {
  const person = new Person(page);
  const legend = page.getByRole('list', { name: 'Legend' });
  await person.click(legend.getByRole('button', { name: 'cached' }));
  const answer = page.getByRole('dialog', { name: 'Meaning of cached' });
  await expect(answer).toContainText('The vector has an irq and no eventfd');
  await expect(answer).toContainText('vfio_msi_alloc_irq()');
  await picture(page, info, 'cached');
  expect(person.clicks).toBe(1);
});

test('the call pane explains why EBADF leaves a vector detached', async ({ page }, info) => {
  const person = new Person(page);
  const why = page.getByRole('complementary', { name: 'Why' });
  await person.click(page.getByRole('option', { name: /-EBADF/ }));
  await expect(why).toContainText('EBADF');
  await person.click(why.getByRole('button', { name: 'EBADF' }));
  const answer = page.getByRole('dialog', { name: 'Meaning of EBADF' });
  await expect(answer).toContainText('MSI and MSI-X detach the vector before the lookup');
  await picture(page, info, 'ebadf');
  expect(person.clicks).toBeLessThanOrEqual(MOST);
});

test('the call pane explains ENOTTY', async ({ page }) => {
  const person = new Person(page);
  await person.click(
    page.getByRole('group', { name: 'action', exact: true }).getByText('mask', { exact: true }),
  );
  await expect(page.locator('#composer-preview')).toContainText('Will fail with ENOTTY');
  await person.click(page.getByRole('button', { name: 'Run ioctl' }));
  const why = page.getByRole('complementary', { name: 'Why' });
  await expect(why).toContainText('ENOTTY');
  await person.click(why.getByRole('button', { name: 'ENOTTY' }));
  await expect(page.getByRole('dialog', { name: 'Meaning of ENOTTY' })).toContainText(
    'no handler for these action bits',
  );
  expect(person.clicks).toBeLessThanOrEqual(MOST);
});

test('the page explains NORESIZE', async ({ page }, info) => {
  const person = new Person(page);
  await person.click(page.getByRole('button', { name: /command palette/ }));
  await page.getByRole('combobox', { name: 'Command' }).fill('NORESIZE');
  await expect(page.getByRole('option', { name: /^NORESIZE/ })).toContainText(
    'must disable the index before',
  );
  await picture(page, info, 'noresize');
  await person.click(page.getByRole('option', { name: /^NORESIZE/ }));
  const sheet = page.getByRole('dialog', { name: 'Glossary' });
  await expect(sheet.getByRole('searchbox', { name: 'Find a term' })).toHaveValue('NORESIZE');
  await expect(sheet).toContainText('commit 6c8017c6a58d');
  await picture(page, info, 'glossary');
  expect(person.clicks).toBeLessThanOrEqual(MOST);
});

test('the details of a vector name the function that frees its irq', async ({ page }) => {
  const person = new Person(page);
  await person.click(page.getByRole('button', { name: 'Details of vector 1' }));
  const detail = page.getByRole('region', { name: 'Vector 1 in detail' });
  await expect(detail).toContainText('pci_free_irq_vectors, at a mode change');
  expect(person.clicks).toBe(1);
});

test('the keyboard opens the explanation of a word, and the focus returns to it', async ({ page }) => {
  const word = page.getByRole('columnheader', { name: /eventfd/ }).getByRole('button');
  await word.focus();
  await page.keyboard.press('Enter');
  const answer = page.getByRole('dialog', { name: 'Meaning of eventfd' });
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
  await expect(page.getByRole('dialog', { name: 'Meaning of has_dyn_msix' })).toBeVisible();
  await expect(answer).toBeHidden();
});

for (const { colorScheme, sizes } of [
  {
    colorScheme: 'light',
    sizes: [
      [1440, 900],
      [390, 844],
    ],
  },
  { colorScheme: 'dark', sizes: [[1440, 900]] },
] as const) {
  for (const [width, height] of sizes) {
    test(`an interrupt between free_irq and request_irq is explained: ${colorScheme}, ${width}×${height}`, async ({
      page,
    }, info) => {
      const shot = (name: string) => picture(page, info, `${name}-${colorScheme}-${width}`);
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.getByRole('textbox', { name: 'start' }).fill('0');
      await page.getByRole('textbox', { name: 'fds' }).fill('101');
      await openMore(page);
      const panel = page.getByRole('region', { name: 'Faults and interrupts during the call' });
      await expect(panel.getByRole('combobox', { name: 'kernel call' })).toHaveValue('free_irq');
      await panel.getByRole('button', { name: 'Add interrupt' }).click();
      await expect(panel.getByRole('list', { name: 'Raised interrupts' })).toContainText(
        'pending, then delivered to',
      );
      await shot('fires');
      expect(await complaintsOfAxe(page)).toEqual([]);
      await page.getByRole('button', { name: 'Run ioctl' }).click();
      if (width < 800) await page.getByRole('button', { name: 'Trace', exact: true }).click();
      const fired = page.getByRole('treeitem', { name: /^device raises/ });
      await fired.click();
      await expect(
        page.getByRole('table', { name: 'Wiring' }).getByRole('row', { name: /^Vector 0: .*pending/ }),
      ).toBeVisible();
      await expect(page.getByRole('complementary', { name: 'Why' })).toContainText('pending, then delivered');
      await shot('fired');
      if (width > 800) await expect(page.getByRole('option', { name: /device raises/ })).toBeVisible();
      await page.getByRole('button', { name: 'Linux irq' }).click();
      await expect(page.getByRole('dialog', { name: 'Meaning of Linux irq' })).toContainText(
        'The kernel’s number for one interrupt',
      );
      await shot('word');
      expect(await complaintsOfAxe(page)).toEqual([]);
    });
  }
}

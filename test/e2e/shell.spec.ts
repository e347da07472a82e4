// The frame of the page: first form, keys, focus, live region, palette, touch targets, and the way to the verification.
import type { Page } from '@playwright/test';
import { writtenHash } from './address.ts';
import { clickNowhere, expect, test } from './fixtures.ts';
import { complaintsOfAxe } from './looks.ts';
import { openMore } from './more.ts';

const PLACES = [
  ['lab', './'],
  ['compare', './'],
  ['explore', './#explore='],
  ['lessons', './#learn=lessons'],
  ['scenarios', './#learn=scenarios'],
  ['lesson', './#lesson=three-layers&step=1'],
] as const;

async function open(page: Page, [name, address]: (typeof PLACES)[number]): Promise<void> {
  await page.goto(address);
  if (name === 'compare') await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByRole('main')).toBeVisible();
  const heading = { lesson: /Table, irq, eventfd/, lessons: /The three layers/, scenarios: /^Scenarios$/ };
  if (name in heading)
    await expect(
      page.getByRole('heading', { name: heading[name as keyof typeof heading] }).first(),
    ).toBeVisible();
  // the page writes its address once the code for it has arrived
  await expect(page).toHaveURL(/#/);
  await page.waitForLoadState('networkidle');
}

const preview = (page: Page) => page.locator('#composer-preview');
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    return activeElement === document.body ? 'body' : (activeElement?.tagName ?? 'none');
  });

test('a new script and a lesson start with a call that works', async ({ page }) => {
  await page.goto('./');
  await expect(preview(page)).toContainText('Will return 0.');
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await expect(preview(page)).toContainText('Will return 0.');
  await openMore(page);
  await page.getByRole('button', { name: 'Create eventfd 100' }).click();
  await expect(page.getByRole('textbox', { name: 'fds' })).toHaveValue('100');
  await page.goto('./#lesson=three-layers');
  await expect(page.getByRole('region', { name: 'Lesson: Table, irq, eventfd' })).toBeVisible();
  await expect(preview(page)).toContainText('Will return 0.');
});

test('Enter on a choice does not run the ioctl; single keys work from choices, boxes and lists', async ({
  page,
}) => {
  await page.goto('./');
  const lines = page.getByRole('listbox', { name: 'Script' }).getByRole('option');
  await expect(lines).toHaveCount(13);
  await page.getByRole('radio', { name: 'trigger', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(lines).toHaveCount(13);
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('heading', { name: 'Wiring after line 6' })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'trigger', exact: true })).toBeChecked();
  // ↑ and ↓ choose within the group
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('radio', { name: 'unmask', exact: true })).toBeChecked();
  // the field is loaded after the first picture
  await expect(page.getByRole('combobox', { name: 'Line of notation' })).toBeVisible();
  await page.keyboard.press('Slash');
  await expect(page.getByRole('combobox', { name: 'Line of notation' })).toBeFocused();
  await openMore(page);
  await page.getByRole('combobox', { name: 'Descriptor' }).focus();
  await page.keyboard.press('c');
  await expect(page.getByRole('status')).toContainText('Line 7: eventfd');
  await page.getByRole('radio', { name: 'unmask', exact: true }).focus();
  await page.keyboard.press('c');
  await expect(page.getByRole('status')).toContainText('Line 8: eventfd');
  await page.goto('./#explore=');
  await expect(page.locator('main.explore')).toBeVisible();
  await page.locator('main.explore').getByRole('checkbox').first().focus();
  await page.keyboard.press('v');
  await expect(page.locator('main.compare')).toBeVisible();
});

test('no arrow key changes the kernel; Tab and Space choose it', async ({ page }) => {
  await page.goto('./');
  const kernel = (name: string) => page.getByRole('radio', { name });
  await kernel('≥ 6.5 dynamic').focus();
  for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
    await page.keyboard.press(key);
    await expect(kernel('≥ 6.5 dynamic')).toBeChecked();
  }
  await page.keyboard.press('Shift+Tab');
  await expect(kernel('V3 patch')).toBeFocused();
  await expect(kernel('≥ 6.5 dynamic')).toBeChecked();
  await page.keyboard.press('Space');
  await expect(kernel('V3 patch')).toBeChecked();
  // a list of kernels in Explore
  await page.goto('./#explore=');
  await expect(page.locator('main.explore')).toBeVisible();
  const list = page.locator('main.explore select').first();
  await list.focus();
  const chosen = await list.inputValue();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  await expect(list).toHaveValue(chosen);
});

test('the palette keeps the keys that are typed while it is fetched', async ({ page }) => {
  await page.route(/Palette-.*\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await page.goto('./');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('v3 patcx');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('h');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: 'V3 patch' })).toBeChecked();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the focus moves to a view that the palette opens from a text field', async ({ page }) => {
  await page.route(/CompareView-.*\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await route.continue();
  });
  await page.goto('./');
  await page.getByRole('combobox', { name: 'Line of notation' }).focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('compare');
  await expect(page.getByRole('combobox', { name: 'Command' })).toHaveValue('compare');
  await page.keyboard.press('Enter');
  await expect(page.locator('main.compare')).toBeFocused();
});

test('the palette keeps what is typed at once after Ctrl K', async ({ page }) => {
  for (const key of ['Escape', '/']) {
    await page.goto('./');
    await expect(page.getByRole('heading', { name: /^Wiring after line/ })).toBeVisible();
    await page.keyboard.press(key);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('compare');
    await expect(page.getByRole('combobox', { name: 'Command' })).toHaveValue('compare');
  }
});

test('the palette finds lessons, scenarios, help, print, verification, export and views', async ({
  page,
}) => {
  await page.goto('./');
  await clickNowhere(page);
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Command', exact: true });
  const first = page.getByRole('listbox', { name: 'Commands' }).getByRole('option', { selected: true });
  for (const [typed, title] of [
    ['table, irq', /^Lesson: Table, irq, eventfd/],
    ['s15', /^Scenario S15: /],
    ['help', /^Help: /],
    ['shortcuts', /^Keyboard shortcuts/],
    ['two-minute', /^Two-minute tour/],
    ['print', /^Print the open view/],
    ['verified', /^How the model is verified/],
    ['export', /^Export: /],
    ['lab', /^Lab: /],
    ['compare', /^Compare: /],
    ['explore', /^Explore: search all/],
    ['lessons', /^Lessons: /],
    ['scenarios', /^Scenarios: /],
    ['glossary', /^Glossary: /],
  ] as const) {
    await field.fill(typed);
    await expect(first, typed).toHaveText(title);
  }
  await field.fill('table, irq');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Lesson: Table, irq, eventfd' })).toBeVisible();
});

test('the focus stays in the page when the focused element disappears', async ({ page }) => {
  await page.goto('./#lesson=three-layers');
  const lesson = page.getByRole('region', { name: 'Lesson: Table, irq, eventfd' });
  await lesson.getByRole('radio').first().check();
  await lesson.getByRole('button', { name: 'Run it' }).focus();
  await page.keyboard.press('Enter');
  await expect(lesson.getByText(/^(Right|Not quite)\./)).toBeVisible();
  // the answer takes it, or the step around it
  await expect(lesson.locator(':focus')).toContainText(/(Right|Not quite)\./);
  // a button that its own action disables
  await page.getByRole('button', { name: 'First line' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^line 0 /)).toBeVisible();
  await expect.poll(() => focused(page)).toBe('BUTTON');
  // a message that is closed
  await page.goto('./#v2=damaged');
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByRole('alert').getByRole('button', { name: 'Close' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect.poll(() => focused(page)).not.toBe('body');
});

test('the skip link leads to the lab and leaves the address alone', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('table', { name: 'Wiring' })).toBeVisible();
  const hash = await writtenHash(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the lab' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await expect.poll(() => new URL(page.url()).hash).toBe(hash);
});

for (const place of PLACES) {
  const [name] = place;
  test(`${name}: one live region, and no two buttons with one name`, async ({ page }) => {
    await open(page, place);
    const found = await page.evaluate(() => {
      const live = [...document.querySelectorAll('[role="status"], [aria-live]:not([aria-live="off"])')];
      const names = [...document.querySelectorAll('button:not(.term), a[href]')]
        .filter((one) => one.checkVisibility() && one.closest('[popover]:not(:popover-open)') === null)
        .map((one) => {
          const group = one.closest('[role="row"], [role="option"], tr, li, [role="group"]');
          const within = group?.getAttribute('aria-label') ?? '';
          return `${one.getAttribute('aria-label') ?? one.textContent?.trim()} ${group?.tagName === 'LI' || group?.tagName === 'TR' ? [...document.querySelectorAll('li, tr')].indexOf(group) : within}`;
        });
      return {
        live: live.map((one) => one.className || one.tagName),
        twice: names.filter((one, at) => names.indexOf(one) !== at),
      };
    });
    expect(found.twice).toEqual([]);
    // Explore's atlas and graph have live regions for their counts
    if (name !== 'explore') expect(found.live).toEqual(['hidden']);
  });

  test(`${name}: touch targets are 24 pixels or more on a phone`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, place);
    const small = await page.evaluate(() => {
      const targets = 'button, a[href], select, summary, textarea, input, [role="option"][tabindex="0"]';
      return [...document.querySelectorAll<HTMLElement>(targets)].flatMap((one) => {
        const isHidden =
          !one.checkVisibility() ||
          one.closest('.hidden, .skip, [popover]:not(:popover-open), svg') !== null ||
          one.matches('.hidden');
        if (isHidden) return [];
        // a label is the target of its box
        const target = one.matches('input[type="radio"], input[type="checkbox"]')
          ? (one.closest('label') ?? one)
          : one;
        const { width, height } = target.getBoundingClientRect();
        // a word within a sentence may be as small as the text (WCAG 2.5.8)
        if (getComputedStyle(one).display === 'inline') return [];
        return Math.round(Math.min(width, height) * 10) / 10 >= 24
          ? []
          : [
              `${one.tagName} ${one.className} ${(one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 30)}: ${width.toFixed(1)}×${height.toFixed(1)}`,
            ];
      });
    });
    expect(small).toEqual([]);
  });

  test(`${name}: the verification is one click away`, async ({ page }) => {
    await open(page, place);
    await page.getByRole('button', { name: 'How the model is verified' }).first().click();
    await expect(page.getByRole('dialog', { name: 'How the model is verified' })).toBeVisible();
    await expect(page).toHaveURL(/#trust$/);
    await page.goBack();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
}

test('an embed links to the verification', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('table', { name: 'Wiring' })).toBeVisible();
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await page.goto(`./?embed=1${await writtenHash(page)}`);
  const link = page.getByRole('link', { name: 'How the model is verified' });
  await expect(link).toHaveAttribute('href', /#trust$/);
});

test('a term and a step of a lesson have addresses, and each view has a title', async ({ page }) => {
  await page.goto('./#glossary=EBADF');
  await expect(page.getByRole('dialog', { name: 'Glossary' }).getByRole('searchbox')).toHaveValue('EBADF');
  await expect(page).toHaveTitle('Glossary: EBADF – irqscope');
  await page.goto('./#lesson=three-layers&step=2');
  await expect(page.getByRole('region', { name: /^Lesson: / })).toContainText('Step 2 of 3');
  await expect(page).toHaveTitle('Lesson: Table, irq, eventfd – step 2 – irqscope');
  await page.getByRole('button', { name: 'Next step' }).click();
  await expect.poll(() => new URL(page.url()).hash).toBe('#lesson=three-layers&step=3');
  await page.reload();
  await expect(page.getByRole('region', { name: /^Lesson: / })).toContainText('Step 3 of 3');
  await page.goBack();
  await expect(page.getByRole('region', { name: /^Lesson: / })).toContainText('Step 2 of 3');
  await expect(page).toHaveTitle('Lesson: Table, irq, eventfd – step 2 – irqscope');
});

test('the counter of pending interrupts goes down with the delivery', async ({ page }) => {
  await page.goto('./#lesson=three-layers&step=2');
  await expect(page.getByRole('region', { name: /^Lesson: / })).toContainText('Step 2 of 3');
  const typed = page.getByRole('combobox', { name: 'Line of notation' });
  const pending = page.locator('.ledger > div', { hasText: /^pending/ }).locator('dd');
  await typed.fill('raise 1');
  await typed.press('Enter');
  await expect(pending).toHaveText('1');
  await typed.fill('set_irqs msix trigger eventfd 1 [101]');
  await typed.press('Enter');
  await expect(pending).toHaveText('0');
});

test('axe finds no violation with the skip link shown and the palette open', async ({ page }) => {
  test.slow();
  await page.goto('./');
  await page.keyboard.press('Tab');
  expect(await complaintsOfAxe(page)).toEqual([]);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('listbox', { name: 'Commands' })).toBeVisible();
  expect(await complaintsOfAxe(page)).toEqual([]);
});

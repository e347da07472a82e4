// Explore: a search in a worker, its three answers, the state graph, the atlas of edge cases.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsOfAxe, inEveryLook, overflow } from './looks.ts';

const LARGE =
  '#explore=v3,dynamic&vectors=6&fds=3&block=2&ops=unbind,bad,disable,loopback,raise&states=5000000&ask=count-states';

const answer = (page: Page) => page.getByRole('region', { name: 'Answer' });
const start = (page: Page) => page.getByRole('button', { name: 'Start the search' });

async function openExplore(page: Page, hash = '') {
  await page.goto(`./${hash}`);
  if (hash === '') await page.getByRole('button', { name: 'Explore' }).click();
  await expect(start(page)).toBeVisible();
}

async function choose(page: Page, question: string) {
  await page.getByRole('searchbox', { name: 'Find a question' }).fill(question);
  await page.getByRole('group', { name: 'Questions' }).getByRole('radio').first().check();
}

test('found: the freed irq of V3 opens in the lab with the cursor on the event', async ({ page }) => {
  await openExplore(page);
  await choose(page, 'original-irq-freed');
  await page.getByRole('combobox', { name: 'Generation' }).selectOption('v3');
  await start(page).click();
  await expect(answer(page)).toContainText('Found.');
  const event = answer(page).getByRole('row').last();
  await expect(event).toContainText('-EBADF');
  const lines = await answer(page).getByRole('row').count();
  await page.getByRole('button', { name: 'Open in the lab' }).click();
  await expect(page.getByRole('table', { name: 'Wiring' })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'V3 patch' })).toBeChecked();
  const script = page.getByRole('listbox', { name: 'Script' });
  await expect(script.getByRole('option', { selected: true })).toContainText(`${lines - 1}`);
  await expect(script.getByRole('option', { selected: true })).toContainText('-EBADF');
  await expect(page.getByRole('complementary', { name: 'Why' })).toContainText('freed');

  // back is the search again, with its answer
  await page.goBack();
  await expect(answer(page)).toContainText('Found.');
});

test('exhausted and bounded are said as what they are, and both can be looked at again', async ({ page }) => {
  await openExplore(page);
  await page.getByRole('button', { name: /^V3 and ≥ 6.5: anything a client can see/ }).click();
  await expect(answer(page)).toContainText('None: space exhausted.');
  await expect(answer(page)).toContainText('Every script of these operations, however long');
  await page.getByRole('textbox', { name: 'Longest script' }).fill('1');
  await start(page).click();
  await expect(answer(page)).toContainText('None within these bounds.');
  await expect(answer(page)).toContainText('Cut by the longest script: 1 operation.');
  await page
    .getByRole('region', { name: 'Searches of this visit' })
    .getByRole('button', { name: /exhausted/ })
    .click();
  await expect(answer(page)).toContainText('None: space exhausted.');
  await expect(page.getByRole('textbox', { name: 'Longest script' })).toHaveValue('');
});

test('two kernels: both results stand side by side', async ({ page }) => {
  await openExplore(page);
  await page.getByRole('button', { name: /V3 and ≥ 6.5: any difference in state/ }).click();
  await expect(answer(page)).toContainText('Found.');
  await expect(answer(page).getByRole('columnheader', { name: 'V3 patch' })).toBeVisible();
  await expect(answer(page).getByRole('columnheader', { name: '≥ 6.5 dynamic' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Open in the lab under V3 patch' })).toBeVisible();
  await page.getByRole('button', { name: 'Open in Compare' }).click();
  await expect(page.getByRole('button', { name: 'Compare', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await expect(page.getByRole('main')).toContainText('V3 patch');
  await expect(page.getByRole('main')).toContainText('line 3');
});

test('a large search shows how far it is, leaves the page alone and is cancelled at once', async ({
  page,
}) => {
  await openExplore(page, LARGE);
  await page.keyboard.press('Control+Enter');
  await expect(answer(page)).toContainText('Searching…');
  await expect(answer(page).getByText('states', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(answer(page)).toContainText('Cancelled.');
  await expect(start(page)).toBeEnabled();
});

test('a link carries the search; a damaged one is named and stays in the address', async ({ page }) => {
  await openExplore(page, '#explore=static&vectors=2&fds=1&block=1&ops=bad&states=500&ask=errno:EBADF');
  await expect(page.getByRole('textbox', { name: 'MSI-X vectors' })).toHaveValue('2');
  await start(page).click();
  await expect(answer(page)).toContainText('Found.');
  await page.goto('./#explore=static,v9&vectors=99&colour=red');
  await expect(page.getByRole('alert')).toContainText('vectors: expected a number from 1 to 8, found "99"');
  await expect(page.getByRole('alert')).toContainText('explore: expected one or two of');
  await expect(page.getByRole('alert')).toContainText('colour');
  await expect(page).toHaveURL(/vectors=99/);
});

test('a composed question by keyboard: completion, a problem in its place, an answer', async ({ page }) => {
  await openExplore(page);
  await page.getByText('composed', { exact: true }).click();
  const field = page.getByRole('combobox', { name: 'Predicate' });
  await field.focus();
  await page.keyboard.type('original');
  await expect(page.getByRole('option', { name: /^original-irq-freed/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.type('an');
  await page.keyboard.press('Tab');
  await expect(field).toHaveValue('original-irq-freed and ');
  await page.keyboard.type('nonsense');
  await expect(page.getByRole('alert')).toContainText('column 24: expected a predicate, found nonsense');
  for (let letter = 0; letter < 8; letter++) await page.keyboard.press('Backspace');
  await page.keyboard.type('errno EBADF');
  await page.keyboard.press('Control+Enter');
  await expect(answer(page)).toContainText('Found.');
});

test('the search is saved as a model, and what a model cannot say is named', async ({ page }) => {
  await openExplore(page);
  await page.getByRole('button', { name: 'Export' }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Promela model, for Spin' }).click();
  expect((await saved).suggestedFilename()).toMatch(/\.pml$/);
});

test('the atlas is searched, and an outcome opens in the lab', async ({ page }) => {
  await openExplore(page);
  await page.getByRole('button', { name: 'Edge-case atlas' }).click();
  const table = page.getByRole('table', { name: 'Outcomes' });
  await expect(table).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search the atlas' }).fill('eventfd_ctx_fdget EBADF');
  await page.getByRole('combobox', { name: 'Generation' }).selectOption('v2');
  await expect(table.getByRole('row', { name: /eventfd_ctx_fdget.*-EBADF.*V2/ })).toBeVisible();
  await table.getByRole('button', { name: /^Open in the lab: eventfd_ctx_fdget EBADF/ }).click();
  await expect(page.getByRole('radio', { name: 'V2 patch' })).toBeChecked();
  await expect(
    page.getByRole('listbox', { name: 'Script' }).getByRole('option', { selected: true }),
  ).toContainText('-EBADF');
});

test('the state graph is gone through by keyboard, and a state opens in the lab', async ({ page }) => {
  await openExplore(page);
  await page.getByRole('button', { name: 'State graph' }).click();
  const states = page.getByRole('listbox', { name: 'States' });
  await expect(states.getByRole('option').first()).toContainText('The start.');
  await states.focus();
  await page.keyboard.press('ArrowDown');
  await expect(states.getByRole('option', { selected: true })).toContainText('1 operation from the start.');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table', { name: 'Wiring' })).toBeVisible();

  await page.goto(
    './#explore=v3&vectors=6&fds=2&block=1&ops=unbind&states=100000&ask=count-states&show=graph',
  );
  await expect(page.getByText(/Too many states to draw/)).toBeVisible();
});

test('every part is seen in every look, and axe finds nothing', async ({ page }, info) => {
  // four parts in six looks, one of them hundreds of lines
  test.setTimeout(600_000);
  const check = (part: string) =>
    inEveryLook(page, async ({ name }) => {
      await page.screenshot({ path: info.outputPath(`${part} ${name}.png`) });
      expect(await complaintsOfAxe(page), `${part}, ${name}`).toEqual([]);
      expect(await overflow(page), `${part}, ${name}`).toBe(0);
    });
  await openExplore(page);
  await check('first');
  await page.getByRole('button', { name: /V3 and ≥ 6.5: any difference in state/ }).click();
  await expect(answer(page)).toContainText('Found.');
  await answer(page).scrollIntoViewIfNeeded();
  await check('found');
  await page.getByRole('button', { name: 'State graph' }).click();
  await expect(page.getByRole('listbox', { name: 'States' })).toBeVisible();
  await page.getByRole('listbox', { name: 'States' }).scrollIntoViewIfNeeded();
  await check('graph');
  await page.getByRole('button', { name: 'Edge-case atlas' }).click();
  await expect(page.getByRole('table', { name: 'Outcomes' })).toBeVisible();
  await check('atlas');
});

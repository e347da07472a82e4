// Explore: a search in a worker, its four answers, the state graph, the atlas of edge cases.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import {
  complaintsIn,
  complaintsOfAxe,
  expectNone,
  expectNoOverflow,
  inEveryLook,
  LOOKS,
  picture,
  wear,
} from './looks.ts';

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

test('opens the freed irq of V3 in the lab, with the cursor on the find', async ({ page }) => {
  await openExplore(page);
  await choose(page, 'original-irq-freed');
  await page.getByRole('combobox', { name: 'Kernel' }).selectOption('v3');
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

  // going back shows the search with its answer
  await page.goBack();
  await expect(answer(page)).toContainText('Found.');
});

test('distinguishes a proof from a reached limit, and reopens both', async ({ page }) => {
  await openExplore(page);
  await page.getByRole('button', { name: /^V3 and ≥ 6.5: any difference that a client can see/ }).click();
  await expect(answer(page)).toContainText('Proven impossible.');
  await expect(answer(page)).toContainText('no script of these operations, however long');
  await page.getByRole('textbox', { name: 'Longest script' }).fill('1');
  await start(page).click();
  await expect(answer(page)).toContainText('Limit reached.');
  await expect(answer(page)).toContainText('The longest script is limited to 1 operation;');
  await page
    .getByRole('region', { name: 'Searches of this visit' })
    .getByRole('button', { name: /Proven impossible/ })
    .click();
  await expect(answer(page)).toContainText('Proven impossible.');
  await expect(page.getByRole('textbox', { name: 'Longest script' })).toHaveValue('');
});

test('an answer that the operations cannot give has another colour, edge and mark than a proof', async ({
  page,
}) => {
  /** Returns the look of the answer to a search from an empty page. */
  const look = async (hash: string, title: string) => {
    await openExplore(page, hash);
    await start(page).click();
    const verdict = answer(page).locator('.explore-verdict');
    await expect(verdict).toContainText(title);
    return verdict.evaluate((one) => {
      const { backgroundColor, borderLeftColor, borderLeftStyle } = getComputedStyle(one);
      return [backgroundColor, borderLeftColor, borderLeftStyle, one.querySelector('i')?.textContent];
    });
  };
  const cannot = await look(
    '#explore=dynamic&vectors=2&ops=unbind,bad&ask=attached-to-closed-fd',
    'Cannot happen with these operations. No operation closes a descriptor.',
  );
  await page.goto('about:blank');
  const proof = await look(
    '#explore=dynamic&vectors=2&ops=unbind,bad&ask=invariant:I7',
    'Proven impossible.',
  );
  for (const [at, value] of cannot.entries()) expect(value).not.toBe(proof[at]);
});

test('shows the results of two kernels side by side', async ({ page }) => {
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

test('a large search shows its progress and is cancelled at once', async ({ page }) => {
  await openExplore(page, LARGE);
  await page.keyboard.press('Control+Enter');
  await expect(answer(page)).toContainText('Searching…');
  await expect(answer(page).getByText('states', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(answer(page)).toContainText(/Cancelled after [\d,]+ states\./);
  await expect(start(page)).toBeEnabled();
});

test('several workers count the states of a long search, and one stays for the next', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => 3 });
  });
  // 76,131 states with 136 lines each, as the command line counts them in one process
  await openExplore(page, LARGE.replace('vectors=6', 'vectors=5'));
  await start(page).click();
  await expect(answer(page)).toContainText('These operations reach 76,131 states.');
  await expect(answer(page)).toContainText('10,353,816');
  await expect.poll(() => page.workers().length).toBe(1);
});

test('a link contains the search; a damaged link is reported and stays in the address', async ({ page }) => {
  await openExplore(page, '#explore=static&vectors=2&fds=1&block=1&ops=bad&states=500&ask=errno:EBADF');
  await expect(page.getByRole('textbox', { name: 'MSI-X vectors' })).toHaveValue('2');
  await start(page).click();
  await expect(answer(page)).toContainText('Found.');
  await page.goto('./#explore=static,v9&vectors=99&colour=red');
  await expect(page.getByRole('alert')).toContainText('vectors: expected a number from 0 to 8, found "99"');
  await expect(page.getByRole('alert')).toContainText('explore: expected one or two of');
  await expect(page.getByRole('alert')).toContainText('colour');
  await expect(page).toHaveURL(/vectors=99/);
});

test('composes a question by keyboard, with completions and the column of a problem', async ({ page }) => {
  await openExplore(page);
  await page.getByText('composed', { exact: true }).click();
  const field = page.getByRole('combobox', { name: 'Predicate' });
  await field.focus();
  await page.keyboard.type('original');
  await expect(page.getByRole('option', { name: /^original-irq-freed/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.type('an');
  await expect(page.getByRole('option', { name: /^and\b/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(field).toHaveValue('original-irq-freed and ');
  await page.keyboard.type('nonsense');
  await expect(page.getByRole('alert')).toContainText('column 24: expected a predicate, found nonsense');
  for (let letter = 0; letter < 8; letter++) await page.keyboard.press('Backspace');
  await page.keyboard.type('errno EBADF');
  await page.keyboard.press('Control+Enter');
  await expect(answer(page)).toContainText('Found.');
});

test('searches INTx beside MSI-X for a predicate about two kernels, and the link opens the same search', async ({
  page,
}) => {
  await openExplore(page);
  await page.getByRole('checkbox', { name: 'INTx', exact: true }).check();
  await expect(page.getByRole('checkbox', { name: /^MASK and UNMASK of INTx/ })).toBeVisible();
  await page.getByRole('combobox', { name: 'Raises interrupts' }).selectOption('in every mode');
  await page.getByText('composed', { exact: true }).click();
  const guide = page.getByRole('region', { name: 'Predicates' });
  await expect(guide).toContainText('allocated > attached');
  await guide.getByRole('button', { name: 'a.freed(1) and not b.freed(1)' }).click();
  await expect(page.getByRole('combobox', { name: 'Compared with' })).toHaveValue('dynamic');
  await start(page).click();
  await expect(answer(page)).toContainText('Found.');
  await expect(answer(page)).toContainText('V3 patch: The irq of vector 1 is freed');
  await expect(answer(page).getByRole('columnheader', { name: '≥ 6.5 dynamic' })).toBeVisible();
  await expect(page).toHaveURL(/modes=msix,intx&.*raise=always.*freed/);
  const link = page.url();
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByRole('checkbox', { name: 'INTx', exact: true })).toBeChecked();
  await expect(page.getByRole('combobox', { name: 'Predicate' })).toHaveValue(
    'a.freed(1) and not b.freed(1)',
  );
});

test('the device of the lab is edited, and the script keeps the edit', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: /^Device:/ }).click();
  const msi = page.getByRole('combobox', { name: 'MSI vectors' });
  await expect(msi).toBeVisible();
  // the address follows an edit a moment later
  const first = page.url();
  await msi.selectOption('4');
  await expect.poll(() => page.url()).not.toBe(first);
  const second = page.url();
  await page.getByRole('checkbox', { name: /^interrupt pin/ }).uncheck();
  await expect(page.getByText(/It has no interrupt pin\./)).toBeVisible();
  await expect.poll(() => page.url()).not.toBe(second);
  await page.reload();
  await page.getByRole('button', { name: /^Device:/ }).click();
  await expect(page.getByRole('combobox', { name: 'MSI vectors' })).toHaveValue('4');
  await expect(page.getByRole('checkbox', { name: /^interrupt pin/ })).not.toBeChecked();
});

test('saves the search as a Promela model, beside the commands that run it', async ({ page }) => {
  await openExplore(page, '#explore=v3,dynamic&ask=differ-state');
  await page.getByRole('button', { name: 'Export' }).click();
  const spin = page.getByRole('region', { name: 'Spin' });
  await expect(spin).toContainText('spin -t -T -B irqscope_v3_dynamic_3_differ_state.pml');
  await expect(spin).toContainText('"errors: 0" means that the answer is no, unless');
  await expect(page.getByRole('region', { name: 'TLC' })).toContainText('java -Xss64m -cp tla2tools.jar');
  expect(await complaintsOfAxe(page, '.explore-export')).toEqual([]);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Promela model, for Spin' }).click();
  expect((await saved).suggestedFilename()).toBe('irqscope_v3_dynamic_3_differ_state.pml');
});

/** Returns the copied text, once it contains the words. */
async function copied(page: Page, words: string): Promise<string> {
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(read).toContain(words);
  return read();
}

test('copies a found script with its results, and a proof as one line', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openExplore(page);
  await page.getByRole('button', { name: /V3 and ≥ 6.5: any difference in state/ }).click();
  await page.getByRole('button', { name: 'Copy the answer as text' }).click();
  const script = await copied(page, '# Found: V3 patch and ≥ 6.5 dynamic');
  expect(script).toContain(
    'set_irqs msix trigger eventfd 0 [999] # V3 patch: -EBADF; ≥ 6.5 dynamic: -EBADF\n',
  );
  await page.getByRole('button', { name: /^V3 and ≥ 6.5: any difference that a client can see/ }).click();
  await expect(answer(page)).toContainText('Proven impossible.');
  await page.getByRole('button', { name: 'Copy the answer as text' }).click();
  const proof = await copied(page, 'No difference in ');
  expect(proof).toMatch(/^No difference in [\d,]+ pairs of states of these operations, .*\n$/);
});

test('searches the atlas and opens an outcome in the lab', async ({ page }) => {
  await openExplore(page);
  await page.getByRole('button', { name: 'Edge-case atlas' }).click();
  const table = page.getByRole('table', { name: 'Outcomes' });
  await expect(table).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search the atlas' }).fill('eventfd_ctx_fdget EBADF');
  await page.getByRole('combobox', { name: 'Kernel' }).selectOption('v2');
  const row = table.getByRole('row', { name: /eventfd_ctx_fdget.*-EBADF/ });
  await expect(row).toHaveCount(1);
  await expect(row.getByRole('listitem')).toHaveCount(6);
  await row
    .getByRole('button', { name: /^Open in the lab: eventfd_ctx_fdget -EBADF under V2 patch/ })
    .click();
  await expect(page.getByRole('radio', { name: 'V2 patch' })).toBeChecked();
  await expect(
    page.getByRole('listbox', { name: 'Script' }).getByRole('option', { selected: true }),
  ).toContainText('-EBADF');
});

test('the atlas shows functions of vfio first, and injected faults on request', async ({ page }) => {
  await page.goto('./#explore=v3,dynamic&show=atlas');
  const table = page.getByRole('table', { name: 'Outcomes' });
  const rows = table.getByRole('row');
  await expect(rows.nth(1)).toContainText(/^vfio_/);
  // no recording contains some of them
  await expect(table.getByText('by source: no recording has it').first()).toBeVisible();
  const search = page.getByRole('searchbox', { name: 'Search the atlas' });
  await search.fill('kasprintf ENOMEM');
  await expect(page.getByText('0 outcomes')).toBeVisible();
  await page.getByRole('checkbox', { name: 'injected faults' }).check();
  await expect(rows.nth(1)).toContainText('-ENOMEM');
  const open = rows.nth(1).getByRole('button', { name: /only with an injected fault/ });
  await expect(open.first()).toBeVisible();
});

test('the keyboard follows an edge of the state graph', async ({ page }) => {
  await page.goto(
    './#explore=v3&vectors=2&fds=1&block=1&ops=unbind,bad&states=5000&ask=count-states&show=graph',
  );
  const states = page.getByRole('listbox', { name: 'States' });
  await expect(states.getByRole('option').first()).toContainText('This is the start.');
  const next = page.getByRole('list', { name: 'Next states' });
  await expect(next.getByText('set_irqs msix trigger eventfd 0 [-1] = 0')).toBeVisible();
  await next.getByRole('button', { name: 'to state 1' }).focus();
  await expect(page.locator('.graph-edge[data-lit="near"]')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'State 1' })).toBeFocused();
  await expect(states.getByRole('option', { selected: true })).toContainText('1 operation from the start.');
  await expect(page.getByRole('list', { name: 'Previous states' })).toContainText('from state 0');
});

test('the keyboard walks the state graph and opens a state in the lab', async ({ page }) => {
  await openExplore(page);
  await page.getByRole('button', { name: 'State graph' }).click();
  const states = page.getByRole('listbox', { name: 'States' });
  await expect(states.getByRole('option').first()).toContainText('This is the start.');
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

/** Elements of the view with text that is cut: by an ellipsis, or by the edge of a box or of the window. */
function cutTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const cut: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('main.explore *')) {
      const own = [...element.childNodes].some(
        ({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && textContent?.trim() !== '',
      );
      if (!own || element.closest('.hidden, svg, option, [hidden]') !== null) continue;
      const box = element.getBoundingClientRect();
      if (box.width === 0) continue;
      for (let at: HTMLElement | null = element; at !== null; at = at.parentElement) {
        const { overflowX } = getComputedStyle(at);
        if (overflowX === 'visible') continue;
        const over =
          at === element ? at.scrollWidth - at.clientWidth : box.right - at.getBoundingClientRect().right;
        if (over > 1) cut.push(`${element.tagName} ${element.textContent?.slice(0, 60)} by ${at.className}`);
      }
      if (box.right > innerWidth + 1)
        cut.push(`${element.tagName} ${element.textContent?.slice(0, 60)} by window`);
    }
    return cut;
  });
}

const WIDTHS = [
  [390, 844],
  [1280, 720],
  [1440, 900],
  [1920, 1080],
  [2560, 1440],
] as const;

test('shows every text whole at five widths', async ({ page }, info) => {
  test.setTimeout(720_000);
  const check = async (part: string) => {
    for (const [width, height] of WIDTHS) {
      await page.setViewportSize({ width, height });
      await picture(page, info, `${part} ${width}`);
      await expectNone(page, () => cutTexts(page), `${part} at ${width}`);
      await expectNoOverflow(page, `${part} at ${width}`);
    }
  };
  await openExplore(
    page,
    '#explore=v3,dynamic&vectors=4&fds=3&block=4&ops=unbind,bad&irqs=2&states=900000&ask=differ-return',
  );
  await start(page).click();
  await expect(answer(page)).toContainText('Found.');
  await check('found');
  await choose(page, 'attached-to-closed-fd');
  await check('added');
  await page.getByRole('button', { name: 'Undo' }).click();
  await start(page).click();
  await expect(answer(page)).toContainText('Cannot happen with these operations.');
  await check('cannot happen');
  await page.getByRole('button', { name: 'State graph' }).click();
  await page.getByRole('textbox', { name: 'MSI-X vectors' }).fill('2');
  await page.getByRole('textbox', { name: 'Open eventfds' }).fill('1');
  await expect(page.getByRole('listbox', { name: 'States' })).toBeVisible();
  await check('graph');
  await page.getByRole('button', { name: 'Edge-case atlas' }).click();
  await expect(page.getByRole('table', { name: 'Outcomes' })).toBeVisible();
  await check('atlas');
});

test('every part in every look has no axe finding and no overflow', async ({ page }, info) => {
  test.setTimeout(900_000);
  const check = (part: string) =>
    inEveryLook(page, async (look) => {
      const { name } = look;
      await picture(page, info, `${part} ${name}`);
      expect(await complaintsIn(page, look), `${part}, ${name}`).toEqual([]);
      await expectNoOverflow(page, `${part}, ${name}`);
    });
  await openExplore(page);
  await check('first');
  await page.getByRole('button', { name: /V3 and ≥ 6.5: any difference in state/ }).click();
  await expect(answer(page)).toContainText('Found.');
  await answer(page).scrollIntoViewIfNeeded();
  await check('found');
  await choose(page, 'attached-to-closed-fd');
  await page.getByRole('button', { name: 'Undo' }).click();
  await start(page).click();
  await expect(answer(page)).toContainText('Cannot happen with these operations.');
  await check('cannot happen');
  await page.getByRole('button', { name: 'State graph' }).click();
  await expect(page.getByRole('listbox', { name: 'States' })).toBeVisible();
  await page.getByRole('listbox', { name: 'States' }).scrollIntoViewIfNeeded();
  await check('graph');
  await page.getByRole('button', { name: 'Edge-case atlas' }).click();
  const outcomes = page.getByRole('table', { name: 'Outcomes' });
  await expect(outcomes).toBeVisible();
  // axe reads the whole table once in each theme: that takes eight seconds, and the rows are alike at every size
  for (const look of LOOKS) {
    await wear(page, look);
    await expectNoOverflow(page, `atlas, ${look.name}`);
    await picture(page, info, `atlas ${look.name}`);
  }
  for (const look of LOOKS.filter(({ width }) => width === 1280)) {
    await wear(page, look);
    expect(await complaintsIn(page, look), `atlas, ${look.name}`).toEqual([]);
  }
  await page.getByRole('searchbox', { name: 'Search the atlas' }).fill('EBADF');
  await check('some outcomes');
});

// The drawing of the page: rows of every state, whole words, steady toolbars, cues of scrolling, wide screens and paper.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { drawnAgain, expectNone, expectNoOverflow, LOOKS, wear } from './looks.ts';

/** Leaves vectors never allocated, attached, cached, freed, pending and failed. */
const EVERY_STATE = `device nvme msix=8 v3
eventfd 100
eventfd 101
eventfd 102
set_irqs msix trigger eventfd 0 [100 101 102 -1 100]
set_irqs msix trigger eventfd 2 [-1]
raise 2
set_irqs msix trigger eventfd 1 [999]
raise 0
set_irqs msix trigger eventfd 3 [101 999 102]
`;

async function paste(page: Page, text: string) {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, text);
}

async function open(page: Page, text = EVERY_STATE) {
  await page.goto('./');
  await expect(page.getByRole('heading', { name: 'Wiring after line 7' })).toBeVisible();
  await paste(page, text);
  await expect(page.getByRole('heading', { name: 'Wiring at the start' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(page.getByRole('heading', { name: /^Wiring after line \d+$/ })).toBeVisible();
}

async function startLesson(page: Page) {
  await page.goto('./');
  await page.getByRole('button', { name: 'Lessons' }).click();
  await page.getByRole('button', { name: /^Start The rollback/ }).click();
  await expect(page.locator('.lesson')).toBeVisible();
}

/** Returns the boxes, wires and labels that miss the middle line of their row, with the vertical distance in pixels. */
function offTheLine(page: Page) {
  return page.locator('.wiring-rows .wiring-row').evaluateAll((rows) =>
    rows.flatMap((row) => {
      const middle = (one: Element) => {
        const { top, bottom } = one.getBoundingClientRect();
        return (top + bottom) / 2;
      };
      const boxes = [...row.querySelectorAll('.box')].filter((one) => one.getClientRects().length > 0);
      const line = boxes[0] === undefined ? 0 : middle(boxes[0]);
      return [...boxes, ...row.querySelectorAll('.wire:not(.none)'), ...row.querySelectorAll('.vector')]
        .map((one) => ({ what: `${row.className}: ${one.className}`, off: middle(one) - line }))
        .filter(({ off }) => Math.abs(off) > 1.25);
    }),
  );
}

const STATES = {
  attached: '.wiring-row.attached .box.attached',
  cached: '.wiring-row.cached .box.cached',
  pending: '.box.pending',
  freed: '.box.freed',
  failed: '.box.failed',
  'never allocated': '.wiring-row.empty .c-entry .box',
};

async function expectStraightRows(page: Page) {
  for (const width of [390, 1024, 1280, 1440]) {
    await page.setViewportSize({ width, height: 1000 });
    for (const [state, selector] of Object.entries(STATES))
      await expect(page.locator(`.wiring-rows ${selector}`).first(), `${state} at ${width}`).toBeAttached();
    await expectNone(page, () => offTheLine(page), `at ${width}`);
    // the wires of the other box once had a ground and a margin
    const wires = page.locator('.wiring-rows .wire');
    const high = () =>
      wires.evaluateAll((all) =>
        all.filter((one) => one.getBoundingClientRect().height > 3).map((one) => one.className),
      );
    await expectNone(page, high, `at ${width}`);
  }
}

test('the boxes of every row state share one middle line', async ({ page }) => {
  await open(page);
  await expectStraightRows(page);
});

test('the boxes of every row state share one middle line in a lesson and a presentation', async ({
  page,
}) => {
  await startLesson(page);
  await paste(page, EVERY_STATE);
  // the lesson is at its start, too
  await expect(page.locator('.position')).toHaveText('line 0 / 9');
  await page.keyboard.press('End');
  await expectStraightRows(page);
  await page.keyboard.press('p');
  await expect(page.locator('.lab[data-presenting]')).toBeVisible();
  await expectStraightRows(page);
});

/** Returns the state words, errnos, results and function names that are cut. */
function cutWords(page: Page) {
  return page.evaluate(() => {
    const telling =
      /\b(?:attached|cached|freed|pending|masked|E[A-Z]{3,})\b|= -?\w+|\b_*(?:vfio|pci|eventfd|irq_bypass|free|request|get_cached|memdup)_\w+/g;
    const found: string[] = [];
    const check = (clip: Element, from: number, to: number) => {
      const walker = document.createTreeWalker(clip, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const { parentElement } = node;
        // texts of a person may be cut, and text for screen readers is not drawn
        if (parentElement === null || parentElement.closest('.hidden, title, .note, .action') !== null)
          continue;
        for (const match of (node.textContent ?? '').matchAll(telling)) {
          const range = document.createRange();
          range.setStart(node, match.index);
          range.setEnd(node, match.index + match[0].length);
          const { left, right, width } = range.getBoundingClientRect();
          if (width > 0 && (left < from - 1 || right > to + 1))
            found.push(`${match[0]} in ${clip.className || clip.tagName}: ${clip.textContent}`);
        }
      }
    };
    for (const one of document.querySelectorAll<HTMLElement>('body *')) {
      if (one instanceof SVGElement) {
        if (one.tagName !== 'text') continue;
        const { left, right } = (one.closest('svg') ?? one).getBoundingClientRect();
        check(one, left, right);
        continue;
      }
      const { overflowX, textOverflow } = getComputedStyle(one);
      const cuts = overflowX === 'hidden' || overflowX === 'clip' || textOverflow === 'ellipsis';
      if (!cuts || one.scrollWidth <= one.clientWidth || one.closest('.hidden') !== null) continue;
      const { left, right } = one.getBoundingClientRect();
      check(one, left, right);
    }
    return [...new Set(found)];
  });
}

/** Looks for cut words in every look, under every tab that a phone has. */
async function expectWholeWords(page: Page, state: string) {
  for (const look of LOOKS.filter(({ colorScheme }) => colorScheme === 'light')) {
    await wear(page, look);
    const tabs = await page.locator('.tabs button:visible').all();
    const seen = async (tab: string) => {
      await expectNone(page, () => cutWords(page), `${state}, ${look.name}${tab}`);
    };
    if (tabs.length === 0) await seen('');
    for (const tab of tabs) {
      await tab.click();
      await seen(`, ${await tab.textContent()}`);
    }
    await expectNoOverflow(page, `${state}, ${look.name}`);
  }
}

test('the lab cuts no state word, errno, result or function name', async ({ page }) => {
  test.slow();
  await open(page);
  await expectWholeWords(page, 'lab');
  await page.setViewportSize({ width: 1280, height: 720 });
  await page
    .getByRole('treeitem', { name: /^eventfd_ctx_fdget/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await expect(page.getByRole('grid').first()).toBeVisible();
  await expectWholeWords(page, 'table');
});

test('a lesson and Compare cut no state word, errno, result or function name', async ({ page }) => {
  test.slow();
  await startLesson(page);
  await page.locator('.lesson-choices label').first().click();
  await page.getByRole('button', { name: 'Run it' }).click();
  await expectWholeWords(page, 'lesson');
  await open(page);
  await page.getByRole('button', { name: 'Compare' }).first().click();
  await expect(page.locator('.compare-row').first()).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  await expectWholeWords(page, 'compare');
  await page.getByText('Kernel calls', { exact: true }).click();
  await expect(page.locator('.call-row').first()).toBeVisible();
  await expectWholeWords(page, 'calls');
});

test('the axis shows distinct operations in narrow lines', async ({ page }) => {
  await startLesson(page);
  // the timeline is loaded after the first picture
  await expect(async () => {
    const words = await page.locator('.line-mark text:not(.cause)').allTextContents();
    expect(words).toContain('fd 10');
    expect(words).toContain('fd 23');
    expect(words.filter((word) => word.includes('…') || word === 'eventfd')).toEqual([]);
  }).toPass();
});

/** Returns the places of the controls over the timeline and of the lanes. */
function places(page: Page) {
  return page
    .locator('.timeline-bar button, .timeline-bar input, .timeline-stage, .timeline-below')
    .evaluateAll((all) =>
      all.map((one) => {
        const { left, top } = one.getBoundingClientRect();
        return `${Math.round(left)} ${Math.round(top)}`;
      }),
    );
}

test('the toolbars over the timeline do not move between steps', async ({ page }) => {
  for (const begin of [open, startLesson]) {
    await page.setViewportSize({ width: 1280, height: 720 });
    await begin(page);
    await page.keyboard.press('Home');
    await expect(page.locator('.ledger').first()).toBeAttached();
    // the search field is loaded after the first picture
    await expect(page.locator('.timeline-bar input').first()).toBeVisible();
    await expect(page.locator('.timeline-stage')).toBeVisible();
    await expect(page.locator('.timeline-below').first()).toBeAttached();
    await page.waitForLoadState('networkidle');
    let first = await places(page);
    await expect(async () => {
      const before = first;
      await drawnAgain(page);
      first = await places(page);
      expect(first).toEqual(before);
    }).toPass();
    for (let step = 0; step < 9; step++) {
      await page.keyboard.press('ArrowRight');
      expect(await places(page), `step ${step}`).toEqual(first);
    }
    await page.getByRole('button', { name: 'Step into' }).click();
    await expect(page.getByText(/call 1 \//)).toBeVisible();
    expect(await places(page), 'inside').toEqual(first);
  }
});

test('the header is one line high with the longest device name', async ({ page }) => {
  await open(page, 'device nvme2048 dynamic\neventfd 100\nset_irqs msix trigger eventfd 0 [100 -1]\n');
  for (const width of [1180, 1280, 1440, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    const height = async () => (await page.locator('.topbar').boundingBox())?.height;
    await drawnAgain(page);
    await expect.poll(height, { message: `at ${width}` }).toBeLessThan(52);
    await expectNoOverflow(page, `at ${width}`);
  }
});

test('a scroller whose content is cut has a shadow at that edge', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await startLesson(page);
  const bare = () =>
    page.locator('.lab *').evaluateAll((all) =>
      all
        .filter((one) => {
          const { overflowY, backgroundAttachment } = getComputedStyle(one);
          const isCut = one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 0;
          return /auto|scroll/.test(overflowY) && isCut && !backgroundAttachment.includes('local');
        })
        .map((one) => one.className),
    );
  await expectNone(page, bare);
});

test('a screen of 2560 pixels is used in its whole width', async ({ page }) => {
  await page.setViewportSize({ width: 2560, height: 1440 });
  await open(page);
  const width = async (what: string) => (await page.locator(what).boundingBox())?.width ?? 0;
  await expect
    .poll(async () => (await width('.wiring-table')) / (await width('.wiring')))
    .toBeGreaterThan(0.9);
});

test('the lab prints a light document with script, wiring, calls and timeline, and no interface', async ({
  page,
}) => {
  const lines = Array.from({ length: 60 }, (_, at) => `eventfd ${200 + at}`).join('\n');
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page, `${EVERY_STATE}${lines}\n`);
  await page.getByRole('listbox', { name: 'Script' }).focus();
  await page.keyboard.press('Home');
  for (let line = 0; line < 9; line++) await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('heading', { name: 'Wiring after line 9' })).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  const paper = page.getByRole('article');
  await expect(paper.getByRole('heading', { level: 1 })).toHaveText('irqscope: nvme, V3 patch');
  await expect(paper.getByRole('listitem')).toHaveCount(69);
  await expect(paper.locator('.wiring-row')).toHaveCount(5);
  await expect(paper).toContainText('vfio_msi_set_block(start=3, count=3) = -EBADF');
  await expect(paper.locator('svg').last()).toBeVisible();
  await expect(page.getByRole('button')).toHaveCount(0);
  const { scheme, ink } = await paper.evaluate((one) => ({
    scheme: getComputedStyle(document.documentElement).colorScheme,
    ink: getComputedStyle(one).color,
  }));
  expect({ scheme, ink }).toEqual({ scheme: 'light', ink: 'rgb(27, 31, 36)' });
  await page.emulateMedia({ media: 'screen' });
  await expect(paper).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Wiring after line 9' })).toBeVisible();
});

// Lessons by keyboard and on a phone; files, links, progress, the printed answer key. presenting.spec.ts and maker.spec.ts have the
// rest.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsOfAxe, drawnAgain, expectNoOverflow, picture } from './looks.ts';

test.slow();

const panel = (page: Page, name = 'Table, irq, eventfd') =>
  page.getByRole('region', { name: `Lesson: ${name}` });
const typed = (page: Page) => page.getByRole('combobox', { name: 'Line of notation' });
const status = (page: Page) => page.getByRole('status').last();

async function openLessons(page: Page) {
  await page.goto('./#learn=lessons');
  await expect(page.getByRole('heading', { name: 'The three layers' })).toBeVisible();
}

async function start(page: Page, name = 'Table, irq, eventfd') {
  await openLessons(page);
  await page.getByRole('button', { name: `Start ${name}` }).click();
  await expect(panel(page, name)).toContainText('Step 1 of');
}

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, name: string) {
  for (let pressed = 0; pressed < 150; pressed++) {
    const focused = page.locator(':focus');
    const found =
      (await focused.count()) === 1 &&
      (await focused.evaluate((element, text) => {
        const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null;
        return (element.getAttribute('aria-label') ?? label ?? element.textContent)?.trim() === text;
      }, name));
    if (found) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${name}`);
}

test('a person finishes a lesson by keyboard alone, and the progress survives a reload', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('table', { name: 'Wiring' })).toBeVisible();
  await page.keyboard.press('q');
  await expect(page.getByRole('heading', { name: 'The three layers' })).toBeVisible();
  await tabTo(page, 'Start Table, irq, eventfd');
  await page.keyboard.press('Enter');
  await expect(panel(page)).toContainText('Step 1 of 3');
  await tabTo(page, 'A One: only vector 0 has an eventfd');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /^B Two: start \+ count/ })).toBeChecked();
  await page.keyboard.press('c');
  await expect(page.getByRole('radio', { name: /^C Eight/ })).toBeChecked();
  await page.keyboard.press('b');
  await expect(page.getByRole('radio', { name: /^B Two/ })).toBeFocused();
  await tabTo(page, 'Run it');
  await page.keyboard.press('Enter');
  await expect(panel(page)).toContainText('Right.');
  await expect(panel(page)).toContainText('it is cached');
  await page.keyboard.press('Alt+PageDown');
  await expect(panel(page)).toContainText('Step 2 of 3');
  await tabTo(page, 'A It is lost');
  await page.keyboard.press('Space');
  await tabTo(page, 'Run it');
  await page.keyboard.press('Enter');
  await expect(panel(page)).toContainText(
    'Not quite. An interrupt is lost only where the device cannot keep it',
  );
  await expect(panel(page)).toContainText('Right answer: B It stays pending in the device.');
  await tabTo(page, 'Next step');
  await page.keyboard.press('Enter');
  await expect(panel(page)).toContainText(
    'Not reached yet · 0 lines so far · shortest: 1 ioctl, proven by search',
  );
  // another way than the lesson's own: a line that does not help, and then a block of two
  await page.keyboard.press('Slash');
  await expect(typed(page)).toBeFocused();
  await page.keyboard.type('set_irqs msix trigger none 0 1');
  await page.keyboard.press('Enter');
  await expect(panel(page)).toContainText('1 line so far');
  await expect(panel(page)).toContainText(
    'Still missing: vector 1 attached, no pending interrupt of vector 1.',
  );
  await typed(page).fill('set_irqs msix trigger eventfd 0 [101 100]');
  await page.keyboard.press('Enter');
  await expect(panel(page)).toContainText('Goal reached.');
  await expect(panel(page)).toContainText('Reached · 2 lines so far · your best: 2');
  await expect(status(page)).toContainText('Goal reached with 2 lines.');

  await page.reload();
  await expect(panel(page)).toContainText('your best: 2');
  await tabTo(page, 'Finish');
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('heading', { name: 'Table, irq, eventfd' })).toBeFocused();
  await expect(panel(page)).toContainText('What you know now');
  await page.reload();
  await expect(panel(page)).toContainText('1 of 2 predictions right at the first try');
  await tabTo(page, 'Next lesson: Cached irqs');
  await page.keyboard.press('Enter');
  await expect(panel(page, 'Cached irqs')).toContainText('Step 1 of 3');
  await openLessons(page);
  const card = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  await expect(card('1. Table, irq, eventfd')).toContainText(
    '1 of 2 predictions right at the first try · 1 of 1 goal reached · 2 lines used, shortest 1',
  );
  await expect(card('2. Cached irqs')).toContainText('Next for you');
  // a prerequisite leads to its card
  await tabTo(page, 'Table, irq, eventfd');
  await page.keyboard.press('Enter');
  await expect(card('1. Table, irq, eventfd').getByRole('heading')).toBeFocused();
});

test('a screen reader follows a lesson from its first question to its end', async ({ page }) => {
  await start(page);
  const lesson = panel(page);
  await expect(lesson).toMatchAriaSnapshot(`
    - 'region "Lesson: Table, irq, eventfd"':
      - heading "Table, irq, eventfd Step 1 of 3" [level=2]
      - paragraph: "Kernel of the lesson: ≥ 6.5 dynamic"
      - group "The step":
        - paragraph: /The device has 8 table entries\\. .* How many Linux irqs are allocated\\?/
        - text: set_irqs msix trigger eventfd 0 [100 -1]
        - group "What will happen?":
          - 'radio "A One: only vector 0 has an eventfd"'
          - 'radio "B Two: start + count"'
          - 'radio "C Eight: the whole table"'
        - button "Run it" [disabled]
      - button "Previous step" [disabled]
      - button "Restart step"
      - button "Next step"
  `);
  await lesson.getByRole('radio', { name: 'A One' }).check();
  await lesson.getByRole('button', { name: 'Run it' }).click();
  await expect(lesson).toMatchAriaSnapshot(`
    - group "The step":
      - group "What will happen?":
        - 'radio "A One: only vector 0 has an eventfd – your answer" [checked] [disabled]'
        - 'radio "B Two: start + count – correct" [disabled]'
        - 'radio "C Eight: the whole table" [disabled]'
      - paragraph: /^Not quite\\. vfio_msi_enable\\(\\) asks pci_alloc_irq_vectors\\(\\) .* depends on an eventfd\\.$/
      - paragraph: "Right answer: B Two: start + count."
      - paragraph: /^The call that enables MSI-X allocates one irq/
  `);
  await expect(status(page)).toContainText('Right answer: B Two: start + count.');
  await lesson.getByRole('button', { name: 'Next step' }).click();
  await expect(lesson.getByRole('heading', { name: /Step 2 of 3/ })).toBeFocused();
  await lesson.getByRole('radio', { name: 'B It stays pending in the device' }).check();
  await lesson.getByRole('button', { name: 'Run it' }).click();
  await expect(lesson).toMatchAriaSnapshot(`
    - group "The step":
      - paragraph: Right. It stays pending in the device.
      - paragraph: /^The table entry of a vector without a handler is masked/
  `);
  await lesson.getByRole('button', { name: 'Next step' }).click();
  await typed(page).fill('set_irqs msix trigger none 0 1');
  await typed(page).press('Enter');
  await expect(lesson).toMatchAriaSnapshot(`
    - heading "Table, irq, eventfd Step 3 of 3" [level=2]
    - group "The step":
      - paragraph: Attach eventfd 101 to vector 1, so that the pending interrupt is delivered to it.
      - paragraph: "Not reached yet · 1 line so far · shortest: 1 ioctl, proven by search"
      - paragraph: "Act here: the form of the next operation, outlined in the lab."
      - paragraph: "Still missing: vector 1 attached, no pending interrupt of vector 1."
      - paragraph:
        - button "Hint"
        - button "Show solution"
        - button "Undo"
  `);
  // the frame is drawn around the form
  const form = page.locator('.composer');
  await expect(form).toHaveCSS('outline-style', 'dashed');
  await lesson.getByRole('button', { name: 'Undo' }).click();
  await expect(lesson).toContainText('0 lines so far');
  await typed(page).fill('set_irqs msix trigger eventfd 1 [101]');
  await typed(page).press('Enter');
  await expect(lesson).toContainText('Goal reached.');
  await expect(form).not.toHaveCSS('outline-style', 'dashed');
  await lesson.getByRole('button', { name: 'Finish' }).click();
  await expect(lesson).toMatchAriaSnapshot(`
    - 'region "Lesson: Table, irq, eventfd"':
      - heading "Table, irq, eventfd Finished" [level=2]
      - heading "What you know now" [level=3]
      - list:
        - listitem: The enabling call allocates one irq for each vector from 0 to start + count − 1, for entries of −1 too.
        - listitem: The device keeps an interrupt of a masked MSI-X entry as pending, and an attach delivers it.
      - heading "Your score" [level=3]
      - list:
        - listitem: 1 of 2 predictions right at the first try
        - listitem: 1 of 1 goal reached
        - listitem: 1 line used, shortest 1
      - 'button "Next lesson: Cached irqs"'
      - button "All lessons"
      - button "Back to the last step"
      - button "Copy lesson link"
      - button "Close lesson"
  `);
  await expect(status(page)).toContainText('Lesson finished: Table, irq, eventfd. 1 of 2 predictions right');
});

test('closing a lesson restores the work from before it, and undo leaves the lesson', async ({ page }) => {
  await page.goto('./');
  await typed(page).fill('set_irqs msix trigger none 0 1');
  await typed(page).press('Enter');
  const script = page.getByRole('listbox', { name: 'Script' });
  const own = await script.textContent();
  await page.getByRole('button', { name: 'Lessons' }).click();
  await page.getByRole('button', { name: 'Start The gap' }).click();
  await expect(page.getByRole('radio', { name: '≤ 6.4 static' })).toBeChecked();
  await expect(script).not.toHaveText(own ?? '');
  await page.keyboard.press('Control+z');
  await expect(panel(page, 'The gap')).toContainText('The lab shows work outside this lesson.');
  await page.getByRole('button', { name: 'Back to the lesson' }).click();
  await expect(panel(page, 'The gap')).toContainText('This is Linux 6.4 or earlier');
  await page.getByRole('button', { name: 'Close lesson' }).click();
  await expect(panel(page, 'The gap')).toHaveCount(0);
  // the marks of changed lines are not part of the script
  await expect(script).toHaveText((own ?? '').replaceAll('state changed', ''));
});

test('a step under another kernel names it and switches the lab; hint, solution and restart work', async ({
  page,
}) => {
  await start(page, 'Three ways to "allocated, not attached"');
  const lesson = panel(page, 'Three ways to "allocated, not attached"');
  await page.getByRole('button', { name: 'Hint' }).click();
  await expect(lesson).toContainText('Hint: The enabling call also allocates irqs for entries of −1.');
  for (let step = 1; step <= 3; step++) {
    await lesson.getByRole('button', { name: 'Show solution' }).click();
    await expect(lesson).toContainText('The solution has run.');
    await lesson.getByRole('button', { name: 'Next step' }).click();
    await expect(lesson).toContainText(`Step ${step + 1} of 4`);
  }
  await expect(lesson).toContainText('This step runs under another kernel: V3 patch.');
  await expect(page.getByRole('radio', { name: 'V3 patch' })).toBeChecked();
  await lesson.getByRole('radio', { name: '0, 1 and 2' }).check();
  await lesson.getByRole('button', { name: 'Run it' }).click();
  await expect(lesson).toContainText(
    'Not quite. The failed assignment of vector 0 ends in vfio_msi_free_irq() under V3',
  );
  await expect(lesson).toContainText('Right answer: B 1 and 2.');
  await lesson.getByRole('button', { name: 'Restart step' }).click();
  await expect(lesson.getByRole('button', { name: 'Run it' })).toBeDisabled();
});

test('a lesson is finished on a phone, and no page overflows', async ({ page }, info) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await start(page, 'EBADF, and the vector is detached');
  const lesson = panel(page, 'EBADF, and the vector is detached');
  await picture(page, info, 'phone');
  await lesson.getByRole('radio', { name: 'It is detached, and its irq is cached' }).check();
  await lesson.getByRole('button', { name: 'Run it' }).click();
  await expect(lesson).toContainText('Right.');
  await lesson.getByRole('button', { name: 'Next step' }).click();
  await typed(page).fill('set_irqs msix trigger eventfd 1 [12]');
  await typed(page).press('Enter');
  await expect(lesson).toContainText('Goal reached.');
  await expectNoOverflow(page);
  await lesson.getByRole('button', { name: 'Finish' }).click();
  await expect(lesson).toContainText('What you know now');
  await expectNoOverflow(page);
  await lesson.getByRole('button', { name: 'All lessons' }).click();
  await expect(page.getByRole('main')).toContainText(
    '1 of 1 prediction right at the first try · 1 of 1 goal reached · 1 line used, shortest 1',
  );
});

test('progress is exported and imported; damaged progress is reported and set aside', async ({ page }) => {
  await start(page, 'EBADF, and the vector is detached');
  await page.getByRole('radio', { name: 'It is still attached to eventfd 11' }).check();
  await page.getByRole('button', { name: 'Run it' }).click();
  await expect(panel(page, 'EBADF, and the vector is detached')).toContainText('Not quite.');
  await openLessons(page);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export progress' }).click();
  const text = await readFile(await (await saved).path(), 'utf8');
  await page.evaluate(() => localStorage.setItem('irqscope.progress', '{"irqscope":"progress"'));
  await page.reload();
  await expect(
    page.getByText('The lesson progress kept in this browser cannot be read.', { exact: true }),
  ).toBeVisible();
  expect(await page.evaluate(() => localStorage.getItem('irqscope.set-aside.progress'))).toBe(
    '{"irqscope":"progress"',
  );
  await expect(page.getByText('1 of 2 steps done')).toHaveCount(0);
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open a file…' }).click();
  await (await chosen).setFiles({ name: 'p.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await expect(page.getByText('1 of 2 steps done · 0 of 1 prediction right at the first try')).toBeVisible();
  const goOn = page.getByRole('button', { name: 'Continue: step 2 of 2, EBADF' });
  await goOn.click();
  await expect(panel(page, 'EBADF, and the vector is detached')).toContainText('Step 2 of 2');
});

test('a built-in lesson opens by its id', async ({ page }) => {
  await page.goto('./#lesson=ebadf');
  await expect(panel(page, 'EBADF, and the vector is detached')).toBeVisible();
});

test('a step names the release that it runs on, and takes the lab back to it', async ({ page }) => {
  await page.goto('./#lesson=reset-memory&step=3');
  const name = 'A reset with memory decoding disabled';
  await expect(panel(page, name)).toContainText('This step runs under another kernel: Linux 6.12.111.');
  await page.getByRole('radio', { name: 'V3 patch' }).locator('xpath=..').click();
  const alert = panel(page, name).getByRole('alert');
  await expect(alert).toContainText('this step is about Linux 6.12.111');
  await alert.getByRole('button', { name: 'Back to Linux 6.12.111' }).click();
  await expect(alert).toHaveCount(0);
  await expect(page.getByRole('radio', { name: '≥ 6.5 dynamic' })).toBeChecked();
  await panel(page, name).getByRole('radio', { name: 'It becomes pending' }).check();
  await panel(page, name).getByRole('button', { name: 'Run it' }).click();
  await expect(panel(page, name)).toContainText('Not quite. 6.12.111 enables memory decoding');
  await expect(panel(page, name)).toContainText('Right answer: A It is delivered to eventfd 100.');
});

test('the printed answer key cuts off no text', async ({ page }, info) => {
  await openLessons(page);
  await page.getByRole('button', { name: 'Worksheet of The rollback that isn’t one' }).click();
  await page.getByRole('checkbox', { name: 'With the answer key' }).check();
  const paper = page.getByRole('article', { name: /Answer key: The rollback/ });
  await expect(paper).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  // A4 less its margins
  await page.setViewportSize({ width: 688, height: 1000 });
  await picture(page, info, 'answer-key', { fullPage: true });
  await drawnAgain(page);
  const cut = await paper.evaluate((article) => {
    const right = article.getBoundingClientRect().right + 1;
    return [...article.querySelectorAll('*')]
      .filter((element) => !element.closest('.hidden'))
      .filter(
        (element) =>
          element.getBoundingClientRect().right > right ||
          (element.matches('pre, p, li, h3, .box > span') &&
            element.scrollWidth > element.clientWidth + 1 &&
            element.clientWidth > 0),
      )
      .map((element) => element.outerHTML.slice(0, 120));
  });
  expect(cut).toEqual([]);
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  const pdf = await page.pdf({ format: 'A4', path: info.outputPath('answer-key.pdf') });
  expect(pdf.length).toBeGreaterThan(10_000);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`${colorScheme}: axe finds no violation in the list, a step and its answer`, async ({
    page,
  }, info) => {
    const look = async (name: string) => {
      await picture(page, info, `${name}`);
      expect(await complaintsOfAxe(page)).toEqual([]);
    };
    await page.emulateMedia({ colorScheme });
    await openLessons(page);
    await look('list');
    await page.getByRole('button', { name: 'Start The rollback that isn’t one' }).click();
    const lesson = panel(page, 'The rollback that isn’t one');
    await lesson.getByRole('radio', { name: 'No vector' }).check();
    await look('question');
    await lesson.getByRole('button', { name: 'Run it' }).click();
    await expect(lesson).toContainText('Not quite.');
    await look('answer');
    await lesson.getByRole('button', { name: 'Next step' }).click();
    await page.setViewportSize({ width: 1440, height: 900 });
    await look('do');
    await lesson.getByRole('button', { name: 'Show solution' }).click();
    await lesson.getByRole('button', { name: 'Finish' }).click();
    await expect(lesson).toContainText('0 of 1 goal reached, 1 with the solution shown');
    await look('end');
  });
}

test('on a phone, starting a lesson from far down the list brings its first step into view', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openLessons(page);
  const button = page.getByRole('button', { name: 'Start A client must track the mode' });
  await button.scrollIntoViewIfNeeded();
  await button.click();
  const lesson = panel(page, 'A client must track the mode');
  await expect(lesson.getByRole('heading')).toBeInViewport();
  await expect(lesson.getByRole('radio').first()).toBeInViewport();
});

test('P in Compare returns to the presentation, and without a lesson opens the list', async ({ page }) => {
  await start(page);
  await page.keyboard.press('p');
  await expect(page.getByRole('banner')).toHaveCount(0);
  await page.keyboard.press('v');
  await expect(page.getByRole('banner')).toBeVisible();
  await page.keyboard.press('p');
  await expect(page.getByRole('banner')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Close lesson' }).click();
  await page.keyboard.press('v');
  await page.keyboard.press('p');
  await expect(page.getByRole('heading', { name: 'The three layers' })).toBeVisible();
});

test('after Run it, Hint and Show solution the focus is on the text that appears', async ({ page }) => {
  await start(page, 'EBADF, and the vector is detached');
  const lesson = panel(page, 'EBADF, and the vector is detached');
  const focused = page.locator(':focus');
  await lesson.getByRole('radio', { name: 'It has no irq' }).check();
  await lesson.getByRole('button', { name: 'Run it' }).click();
  await expect(focused).toContainText('Not quite.');
  await lesson.getByRole('button', { name: 'Next step' }).click();
  await expect(focused).toContainText('Step 2 of 2');
  await lesson.getByRole('button', { name: 'Hint' }).click();
  await expect(focused).toContainText('Hint:');
  await lesson.getByRole('button', { name: 'Show solution' }).click();
  await expect(focused).toContainText('The solution has run.');
});

test('a step shows that the lab runs another kernel, and leads back to its own', async ({ page }) => {
  await start(page, 'The gap');
  const lesson = panel(page, 'The gap');
  await page.locator('label', { hasText: '≥ 6.5 dynamic' }).click();
  await expect(lesson.getByRole('alert')).toContainText(
    'The lab runs ≥ 6.5 dynamic; this step is about ≤ 6.4 static.',
  );
  await lesson.getByRole('button', { name: 'Back to ≤ 6.4 static' }).click();
  await expect(page.getByRole('radio', { name: '≤ 6.4 static' })).toBeChecked();
  await expect(lesson.getByRole('alert')).toHaveCount(0);
});

test('the source of a step opens its recording at the cited step, and the lesson resumes', async ({
  page,
}) => {
  await start(page, 'EBADF, and the vector is detached');
  const lesson = panel(page, 'EBADF, and the vector is detached');
  await lesson.getByRole('radio', { name: 'It has no irq' }).check();
  await lesson.getByRole('button', { name: 'Run it' }).click();
  await lesson.getByRole('button', { name: 'recording bad-attached-single, step 4' }).click();
  await expect(page.getByRole('heading', { name: 'Wiring after line 5' })).toBeVisible();
  await expect(page.getByText(/^0 mismatches in \d+ steps/)).toBeVisible();
  await lesson.getByRole('button', { name: 'Back to the lesson' }).click();
  await expect(lesson).toContainText('Not quite.');
});

// A lesson in front of a class: by touch alone at the size of a projector, by the keys of a clicker, and with notes in a window.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsOfAxe, expectNoOverflow, inEveryLook, picture } from './looks.ts';

test.slow();

const panel = (page: Page, name: string) => page.getByRole('region', { name: `Lesson: ${name}` });
const bar = (page: Page) => page.getByRole('toolbar', { name: 'Presentation' });
const EBADF = 'EBADF, and the vector is detached';

/** Returns the smallest font size of the texts in a part of the page, as the screen shows it. */
async function smallestText(page: Page, selector: string): Promise<number> {
  return page.evaluate((wanted) => {
    const sizes: number[] = [];
    for (const part of document.querySelectorAll(wanted)) {
      for (const element of [part, ...part.querySelectorAll('*')]) {
        const isText = [...element.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
        );
        const { width, height } = element.getBoundingClientRect();
        if (!isText || width < 2 || height < 2 || element.closest('.hidden, .lesson-source') !== null)
          continue;
        const zoom: unknown = Reflect.get(element, 'currentCSSZoom');
        sizes.push(
          Number.parseFloat(getComputedStyle(element).fontSize) * (typeof zoom === 'number' ? zoom : 1),
        );
      }
    }
    return Math.min(...sizes);
  }, selector);
}

test('a class is taught two lessons by touch alone, with timeline, other kernels, codes and ends', async ({
  browser,
}, info) => {
  const context = await browser.newContext({
    baseURL: info.project.use.baseURL ?? '',
    hasTouch: true,
    serviceWorkers: 'block',
    viewport: { width: 1024, height: 768 },
  });
  const page = await context.newPage();
  const tap = (name: string) => bar(page).getByRole('button', { name }).tap();
  await page.goto('./#lesson=ebadf');
  const first = panel(page, EBADF);
  await first.getByRole('button', { name: 'Present', exact: true }).tap();
  await expect(page.getByRole('banner')).toHaveCount(0);
  const answers = first.getByRole('list', { name: 'Answers' });
  await expect(answers.getByRole('listitem')).toHaveText([/^A/, /^B/, /^C/]);
  await expect(answers).not.toContainText('correct');
  await expect(first).toContainText('≥ 6.5 dynamic');
  expect(await smallestText(page, '.presenting-step, .presenting-kernel')).toBeGreaterThanOrEqual(18);
  await picture(page, info, 'question');

  await tap('Answer');
  await expect(answers.getByRole('listitem').nth(1)).toContainText('correct ✓');
  await expect(first).toContainText('the old trigger is already removed');
  await picture(page, info, 'answer');
  await tap('Timeline');
  await expect(first.getByRole('heading', { level: 1 })).toContainText('Step 1 of 2 · Timeline');
  const timeline = page.getByRole('group', { name: 'Timeline', exact: true });
  await expect(timeline).toBeVisible();
  await expect(page.getByRole('table', { name: 'Wiring' })).toBeHidden();
  const { width = 0 } = (await timeline.boundingBox()) ?? {};
  expect(width).toBeGreaterThan(900);
  await picture(page, info, 'timeline');
  await tap('Other kernels');
  const kernels = first.getByRole('table');
  await expect(kernels.getByRole('columnheader')).toHaveText([
    '≤ 6.4 static',
    'V2 patch',
    'V3 patch',
    /≥ 6.5 dynamic/,
  ]);
  await expect(kernels.getByRole('row', { name: /Vector 1/ })).toContainText('irq 26 freed');
  expect(await smallestText(page, '.presenting-kernels')).toBeGreaterThanOrEqual(18);
  await picture(page, info, 'kernels');
  await tap('QR code');
  await expect(first.getByRole('img', { name: /#lesson=ebadf$/ })).toBeVisible();
  await picture(page, info, 'code');
  await tap('Back');
  await expect(answers).toBeVisible();
  await tap('Next');
  await expect(first).toContainText('Step 2 of 2');
  await tap('Answer');
  await expect(first).toContainText('set_irqs msix trigger eventfd 1');
  await tap('Next');
  await expect(first.getByRole('heading', { level: 1 })).toContainText('End of the lesson');
  await expect(first.getByRole('img', { name: /#lesson=ebadf$/ })).toBeVisible();
  await picture(page, info, 'end');

  await first.getByRole('button', { name: 'Present the next lesson' }).tap();
  const second = panel(page, 'The rollback that isn’t one');
  await expect(second).toContainText('Step 1 of');
  await expect(bar(page).getByRole('button', { name: 'Back' })).toBeDisabled();
  for (const next = bar(page).getByRole('button', { name: 'Next' }); await next.isEnabled(); ) {
    await expect(second.getByRole('heading', { level: 1 })).toBeFocused();
    if (await bar(page).getByRole('button', { name: 'Answer' }).isEnabled()) await tap('Answer');
    await expect(bar(page).getByRole('button', { name: 'Answer' })).toBeDisabled();
    await tap('Next');
  }
  await expect(second.getByRole('heading', { level: 1 })).toContainText('End of the lesson');
  await expectNoOverflow(page);
  await tap('End');
  await expect(page.getByRole('banner')).toBeVisible();
  await context.close();
});

test('a clicker and keys show each part in turn, the slides, and the end', async ({ page }, info) => {
  await page.goto('./#lesson=ebadf');
  const lesson = panel(page, EBADF);
  await expect(lesson).toContainText('Step 1 of 2');
  await page.keyboard.press('p');
  await expect(page.getByRole('banner')).toHaveCount(0);
  await expect(lesson).not.toContainText('correct');
  await page.keyboard.press('Space');
  await expect(lesson).toContainText('cached – correct ✓');
  await page.keyboard.press('k');
  await expect(lesson.getByRole('table')).toBeVisible();
  expect(await complaintsOfAxe(page)).toEqual([]);
  // back from a slide returns to the step, and not to the question
  await page.keyboard.press('PageUp');
  await expect(lesson).toContainText('cached – correct ✓');
  await page.keyboard.press('ArrowLeft');
  await expect(lesson).not.toContainText('correct');
  await page.keyboard.press('t');
  await expect(lesson.getByRole('heading', { level: 1 })).toContainText('Timeline');
  await page.keyboard.press('Escape');
  await expect(lesson.getByRole('heading', { level: 1 })).not.toContainText('Timeline');
  await page.keyboard.press('PageDown');
  await expect(lesson).toContainText('cached – correct ✓');
  await inEveryLook(page, async (look) => {
    await expectNoOverflow(page, look.name);
    await picture(page, info, `answer ${look.name}`);
  });
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.keyboard.press('ArrowRight');
  await expect(lesson).toContainText('Step 2 of 2');
  await page.keyboard.press('PageDown');
  await expect(lesson).toContainText('set_irqs msix trigger eventfd 1');
  await page.keyboard.press('PageDown');
  await expect(lesson).toContainText('End of the lesson');
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await complaintsOfAxe(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await complaintsOfAxe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('banner')).toBeVisible();
});

test('the notes window shows the answer and drives the presentation; a blocked one is told', async ({
  page,
}, info) => {
  await page.goto('./#lesson=ebadf');
  const lesson = panel(page, EBADF);
  await lesson.getByRole('button', { name: 'Present', exact: true }).click();
  const opened = page.waitForEvent('popup');
  await bar(page).getByRole('button', { name: 'Notes window' }).click();
  const notes = await opened;
  const main = notes.getByRole('main');
  await expect(main).toContainText('Step 1 of 2');
  await expect(main).toContainText('B: It is detached, and its irq is cached');
  await expect(main).toContainText('0 minutes since the start');
  await expect(lesson).not.toContainText('correct');
  await picture(notes, info, 'notes');
  expect(await complaintsOfAxe(notes)).toEqual([]);
  await notes.getByRole('button', { name: 'Answer' }).click();
  await expect(lesson).toContainText('cached – correct ✓');
  await expect(main).toContainText('Right answer, shown');
  await notes.keyboard.press('PageDown');
  await expect(lesson).toContainText('Step 2 of 2');
  await expect(main).toContainText('None: the end of the lesson follows.');
  await notes.getByRole('button', { name: 'Back' }).click();
  await expect(lesson).toContainText('Step 1 of 2');
  // a message of another form is ignored
  await notes.evaluate(() => window.opener.postMessage({ irqscope: 'notes', action: 'purple' }, '*'));
  await bar(page).getByRole('button', { name: 'End' }).click();
  await expect(main).toContainText('The presentation has ended.');
  await notes.close();

  await page.evaluate(() => {
    window.open = () => null;
  });
  await lesson.getByRole('button', { name: 'Present', exact: true }).click();
  await bar(page).getByRole('button', { name: 'Notes window' }).click();
  await expect(lesson.getByRole('alert')).toContainText('The browser has blocked the notes window.');
  await lesson.getByRole('button', { name: 'Show the notes here' }).click();
  const here = page.getByRole('complementary', { name: 'Presenter’s notes' });
  await expect(here).toContainText('B: It is detached');
  await here.getByRole('button', { name: 'Answer' }).click();
  await expect(lesson).toContainText('cached – correct ✓');
});

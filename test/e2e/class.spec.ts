// A class from beginning to end: a teacher makes a course, a learner takes it in another browser, and the teacher collects results.
import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page, TestInfo } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsOfAxe, expectNoOverflow, picture } from './looks.ts';

test.slow();

/** A browser of another person: nothing kept, no history. */
async function otherPerson(page: Page, info: TestInfo): Promise<BrowserContext> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('no browser');
  return browser.newContext({
    baseURL: info.project.use.baseURL ?? '',
    serviceWorkers: 'block',
    viewport: { width: 1280, height: 720 },
  });
}

/** Returns the width and the height of the first page of a PDF in points, and the number of pages. */
function sizeOf(pdf: Buffer): { readonly box: string; readonly pages: number } {
  const text = pdf.toString('latin1');
  const [, box = ''] = /\/MediaBox\s*\[0 0 ([\d.]+ [\d.]+)\]/.exec(text) ?? [];
  return { box, pages: [...text.matchAll(/\/Type\s*\/Page\b/g)].length };
}

test('a teacher makes a course, a learner takes it in another browser, and the results become a table', async ({
  page,
}, info) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./#learn=course');
  const maker = page.getByRole('article', { name: 'Make a course' });
  await maker.getByRole('textbox', { name: 'Title' }).fill('Interrupts in an hour');
  await maker.getByRole('textbox', { name: 'One sentence about it' }).fill('Two lessons for the class.');
  await maker.getByRole('checkbox', { name: /^Assignment/ }).check();
  await maker.getByRole('button', { name: 'Add EBADF, and the vector is detached' }).click();
  await maker.getByRole('searchbox', { name: 'Search' }).fill('cached irq');
  await maker.getByRole('button', { name: 'Add Cached irqs' }).click();
  await maker.getByRole('button', { name: 'Move Cached irqs up' }).press('Alt+ArrowUp');
  await expect(
    maker.getByRole('list', { name: 'Chosen lessons' }).getByRole('listitem').first(),
  ).toContainText('Cached irqs');
  await maker.getByRole('button', { name: 'Move Cached irqs down' }).click();
  await expect(
    maker.getByRole('list', { name: 'Chosen lessons' }).getByRole('listitem').first(),
  ).toContainText('EBADF');
  await picture(page, info, 'maker');
  expect(await complaintsOfAxe(page)).toEqual([]);
  await maker.getByRole('button', { name: 'Copy course link' }).click();
  await expect(page.getByText('Copied the link to the course.')).toBeAttached();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.reload();
  await expect(maker.getByRole('textbox', { name: 'Title' })).toHaveValue('Interrupts in an hour');

  // another person opens the link
  const context = await otherPerson(page, info);
  const learner = await context.newPage();
  await learner.goto(link);
  const course = learner.getByRole('article', { name: 'Course: Interrupts in an hour' });
  await expect(course).toContainText('2 lessons, about');
  await picture(learner, info, 'course');
  expect(await complaintsOfAxe(learner)).toEqual([]);
  await course.getByRole('button', { name: /^Start: EBADF/ }).click();
  const panel = (name: string) => learner.getByRole('region', { name: `Lesson: ${name}` });
  const ebadf = panel('EBADF, and the vector is detached');
  await ebadf.getByRole('radio', { name: 'It is still attached to eventfd 11' }).check();
  await ebadf.getByRole('button', { name: 'Run it' }).click();
  await expect(ebadf).toContainText('Not quite.');
  await ebadf.getByRole('button', { name: 'Next step' }).click();
  await expect(ebadf.getByRole('button', { name: 'Hint' })).toBeVisible();
  await expect(ebadf.getByRole('button', { name: 'Show solution' })).toHaveCount(0);
  // a reload stays in the course
  await expect(learner).toHaveURL(/#course=v1\.[\w-]+&lesson=ebadf&step=2$/);
  await learner.reload();
  await expect(ebadf).toContainText('Step 2 of 2');
  await expect(ebadf.getByRole('button', { name: 'Show solution' })).toHaveCount(0);
  await learner
    .getByRole('combobox', { name: 'Line of notation' })
    .fill('set_irqs msix trigger eventfd 1 [12]');
  await learner.getByRole('combobox', { name: 'Line of notation' }).press('Enter');
  await expect(ebadf).toContainText('Goal reached.');
  await ebadf.getByRole('button', { name: 'Finish' }).click();
  // the end of a lesson leads to the next one of the course
  await expect(ebadf.getByRole('button', { name: 'Next lesson: Cached irqs' })).toBeVisible();
  await ebadf.getByRole('button', { name: 'Back to the course Interrupts in an hour' }).click();
  await expect(course).toContainText('1 of 2 finished.');
  await expect(course.getByRole('button', { name: 'Continue: Cached irqs' })).toBeFocused();
  await learner.goBack();
  await expect(course).toHaveCount(0);
  await learner.goForward();
  await expect(course).toContainText('1 of 2 finished.');
  await course.getByRole('button', { name: 'Save results…' }).click();
  await learner.getByRole('textbox', { name: 'Your name' }).fill('Ada');
  await expect(learner.getByRole('combobox', { name: 'Lesson or course' })).toHaveValue(/^course /);
  const saved = learner.waitForEvent('download');
  await learner.getByRole('button', { name: 'Save results as a file' }).click();
  const text = await readFile(await (await saved).path(), 'utf8');
  expect(JSON.parse(text).lessons[0].steps).toMatchObject([
    { kind: 'predict', answer: { letter: expect.stringMatching(/^[A-C]$/) }, right: false, tries: 1 },
    { kind: 'do', done: true, used: 1, helped: false },
  ]);
  // the learner's browser keeps the course
  await learner.goto('./#learn=own');
  await expect(learner.getByRole('listitem', { name: 'Interrupts in an hour' })).toContainText(
    'opened from a link on',
  );
  await learner.getByRole('button', { name: 'Remove' }).click();
  await learner.getByRole('button', { name: 'Undo' }).click();
  await expect(learner.getByRole('listitem', { name: 'Interrupts in an hour' })).toBeVisible();
  await context.close();

  // the teacher collects three files, one of them twice
  const named = (name: string) => text.replace('"Ada"', JSON.stringify(name));
  await page.goto('./#learn=results');
  await page.getByLabel(/Choose results files/).setInputFiles(
    [
      ['ada.json', text],
      ['grace.json', named('Grace')],
      ['formula.json', named('=1+1').replace('"right": false', '"right": true')],
      ['ada-again.json', text],
      ['notes.txt', 'no results'],
    ].map(([name = '', content = '']) => ({
      name,
      mimeType: 'application/json',
      buffer: Buffer.from(content),
    })),
  );
  const table = page.getByRole('table', { name: 'Results by learner and step' });
  await expect(table.getByRole('row')).toHaveCount(6);
  await expect(page.getByRole('alert')).toContainText('ada-again.json: duplicate: ada.json');
  await expect(page.getByRole('alert')).toContainText('notes.txt: file: expected results in JSON');
  await expect(table).toContainText('33 % (1 of 3)');
  await table.getByRole('button', { name: 'Right' }).click();
  await table.getByRole('button', { name: 'Right' }).click();
  await expect(table.getByRole('rowheader').first()).toHaveText('=1+1');
  await picture(page, info, 'results');
  expect(await complaintsOfAxe(page)).toEqual([]);
  const csv = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save table as CSV' }).click();
  const rows = await readFile(await (await csv).path(), 'utf8');
  expect(rows).toContain("\r\n'=1+1,");
});

test('the worksheets of a plan are printed with a code, page breaks and an answer key', async ({
  page,
}, info) => {
  await page.goto('./#learn=teach');
  await expect(page.getByRole('heading', { name: 'Common wrong ideas' })).toBeVisible();
  await picture(page, info, 'teach', { fullPage: true });
  expect(await complaintsOfAxe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Worksheets of the plan' }).nth(1).click();
  const paper = page.getByRole('article', { name: /^Worksheet: irqscope in 45 minutes/ });
  await expect(paper.getByRole('img', { name: /#course=v1\.[\w-]+$/ })).toBeVisible();
  await expect(paper).not.toContainText('Source:');
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 688, height: 1000 });
  await expectNoOverflow(page);
  await picture(page, info, 'worksheet', { fullPage: true });
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  const breaks = await paper.evaluate((article) => ({
    lessons: [...article.querySelectorAll('.worksheet-lesson')].map(
      (one) => getComputedStyle(one).breakBefore,
    ),
    questions: new Set(
      [...article.querySelectorAll('.worksheet-question')].map((one) => getComputedStyle(one).breakInside),
    ).size,
    size: [...article.querySelectorAll('.worksheet')].map((one) => getComputedStyle(one).fontSize).join(),
  }));
  // 12 pt are 16 px
  expect(breaks).toEqual({ lessons: ['page', 'page', 'page', 'page'], questions: 1, size: '16px' });
  for (const [format, box] of [
    ['A4', /^59[45](\.\d+)? 84[12](\.\d+)?$/],
    ['Letter', /^612 792$/],
  ] as const) {
    const made = sizeOf(await page.pdf({ format, path: info.outputPath(`worksheet-${format}.pdf`) }));
    expect(made.box).toMatch(box);
    expect(made.pages).toBeGreaterThan(4);
  }
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('checkbox', { name: 'With the answer key' }).check();
  await expect(page.getByRole('article', { name: /^Answer key: / })).toContainText('Source:');
  await page.emulateMedia({ media: 'print' });
  await page.pdf({ format: 'A4', path: info.outputPath('key.pdf') });
  await picture(page, info, 'key', { fullPage: true });
  // an address of an earlier version
  await page.emulateMedia({ media: 'screen' });
  await page.goto('./#learn=handout');
  await page.getByRole('combobox', { name: 'Lesson' }).selectOption('The gap');
  await expect(page.getByRole('article', { name: 'Worksheet: The gap' })).toBeVisible();
});

test('the tools for a class fit a phone, and have contrast in the dark', async ({ page }, info) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const tab of ['course', 'own', 'results', 'teach', 'worksheet&lesson=ebadf']) {
    await page.goto(`./#learn=${tab}`);
    await expect(page.getByRole('main').getByRole('article')).toBeVisible();
    await expectNoOverflow(page);
    await picture(page, info, `phone-${tab.slice(0, 6)}`);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await complaintsOfAxe(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  }
  await page.goto('./#course=v1.abc');
  await expect(page.getByRole('alert')).toContainText('This course link is damaged.');
});

// The lesson editor: a teacher makes a lesson from the lab, tries it, and sends it; drafts are kept.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsOfAxe, expectNoOverflow, inEveryLook, picture } from './looks.ts';

test.slow();

const panel = (page: Page, name: string) => page.getByRole('region', { name: `Lesson: ${name}` });
const maker = (page: Page) => page.getByRole('dialog', { name: 'Make a lesson' });

test('a teacher makes a lesson with feedback and notes, previews it, and another person opens its link', async ({
  page,
  context,
  browser,
}, info) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./');
  const script = page.getByRole('listbox', { name: 'Script' });
  await expect(script.getByRole('option')).not.toHaveCount(0);
  await script.focus();
  await page.keyboard.press('End');
  await page.getByRole('button', { name: 'Previous line' }).click();
  await page.getByRole('button', { name: 'Lessons' }).click();
  await page.getByRole('button', { name: 'Make a lesson from here' }).click();
  const form = maker(page);
  const problems = form.getByRole('status').last();
  // a problem leads to its field
  await problems.getByRole('button', { name: 'Title: empty; enter some text' }).click();
  await expect(form.getByLabel('Title')).toBeFocused();
  await page.keyboard.type('My own lesson');
  await problems.getByRole('button', { name: 'Step 1, Question: empty; enter some text' }).click();
  await expect(form.getByLabel('Question')).toBeFocused();
  await page.keyboard.type('What does the last line do?');
  await expect(problems).toContainText('The lesson is valid.');
  await expect(form.getByText('Answer 1 is the right one (A).')).toBeVisible();

  const second = form.getByRole('combobox', { name: 'Answer 2 is right when' });
  await second.fill('purple');
  await expect(problems).toContainText('Step 1, Answer 2 is right when (column 1): expected');
  await second.fill('not fails');
  await expect(form.getByText('Answers 1 and 2 are right; exactly one must be.')).toBeVisible();
  await expect(problems).toContainText('Step 1, Answers: expected exactly one right answer');
  await second.fill('');
  await form.getByRole('button', { name: 'List of words for Answer 2 is right when' }).click();
  await form.getByRole('option', { name: /^fails/ }).click();
  await expect(second).toHaveValue('fails ');
  await expect(form.getByText('False now.')).toBeVisible();
  await form.getByLabel('Answer 2 feedback, if wrong').fill('The descriptor is open.');
  await form.getByLabel('Notes for the presenter').fill('Ask for a show of hands.');
  await form.getByLabel('Minutes').fill('7');
  await form.getByLabel('Level').selectOption('Intermediate');
  await form.getByLabel('Known at the end, one sentence per line').fill('The call succeeds.');
  await expect(problems).toContainText('The lesson is valid.');
  expect(await complaintsOfAxe(page, 'dialog')).toEqual([]);
  await inEveryLook(page, async (look) => {
    await expectNoOverflow(page, look.name);
    await picture(page, info, `maker ${look.name}`);
  });
  await page.setViewportSize({ width: 1280, height: 720 });

  await form.getByRole('button', { name: 'Preview as learner' }).click();
  const preview = panel(page, 'My own lesson');
  await preview.getByRole('radio', { name: 'The call fails' }).check();
  await preview.getByRole('button', { name: 'Run it' }).click();
  await expect(preview).toContainText('Not quite.');
  await preview.getByRole('button', { name: 'Back to the editor' }).click();
  await expect(form.getByLabel('Notes for the presenter')).toHaveValue('Ask for a show of hands.');

  const saved = page.waitForEvent('download');
  await form.getByRole('button', { name: 'Save as file' }).click();
  const text = await readFile(await (await saved).path(), 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    title: 'My own lesson',
    minutes: 7,
    level: 'middle',
    learned: ['The call succeeds.'],
    steps: [{ notes: 'Ask for a show of hands.', choices: [{}, { feedback: 'The descriptor is open.' }] }],
  });
  await form.getByRole('button', { name: 'Copy link to this lesson' }).click();
  await expect(page.getByText('Copied the link to the lesson.')).toBeAttached();
  const link = await page.evaluate(() => navigator.clipboard.readText());

  const far = await browser.newContext({ serviceWorkers: 'block' });
  const other = await far.newPage();
  await other.goto(link);
  await expect(panel(other, 'My own lesson')).toContainText('What does the last line do?');
  // an opened lesson is edited as a copy, with all its fields
  await panel(other, 'My own lesson').getByRole('button', { name: 'Edit a copy' }).click();
  await expect(maker(other).getByLabel('Notes for the presenter')).toHaveValue('Ask for a show of hands.');
  await maker(other).getByLabel('Title').fill('Their lesson');
  await maker(other).getByRole('button', { name: 'Close and keep draft' }).click();
  await other.goto(link.slice(0, -9));
  await expect(other.getByText('This lesson link is damaged.', { exact: true })).toBeVisible();
  await other.goto('./#learn=lessons'.replace('./', link.replace(/#.*$/s, '')));
  const chosen = other.waitForEvent('filechooser');
  await other.getByRole('button', { name: 'Open a file…' }).click();
  await (await chosen).setFiles({
    name: 'own.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  });
  await expect(panel(other, 'My own lesson')).toBeVisible();
  await far.close();
});

test('drafts are kept over closing and a reload, listed, duplicated, and removed with undo', async ({
  page,
}) => {
  await page.addInitScript(() => {
    if (localStorage.getItem('irqscope.drafts.lessons') !== null) return;
    // the only draft of an earlier version
    const old = { title: 'Old draft', about: '', generation: 'v3', script: 'device nvme', lines: [] };
    localStorage.setItem('irqscope.draft.lesson', JSON.stringify(old));
  });
  await page.goto('./#learn=lessons');
  const open = page.getByRole('button', { name: 'Make a lesson from here' });
  const form = maker(page);
  await open.click();
  await form.getByRole('button', { name: 'New draft from the lab' }).click();
  await form.getByLabel('Title').fill('Half a lesson');
  await page.keyboard.press('Escape');
  await expect(form).toHaveCount(0);
  await page.reload();
  await open.click();
  const list = form.getByRole('list', { name: 'Kept drafts' });
  await expect(list.getByRole('listitem')).toHaveText([/Half a lesson/, /Old draft/]);
  await form.getByRole('button', { name: 'Duplicate Old draft' }).click();
  await expect(list.getByRole('listitem')).toHaveText([/Old draft \(copy\)/, /Half a lesson/, /Old draft/]);
  await form.getByRole('button', { name: 'Remove Half a lesson' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await form.getByRole('button', { name: 'Undo' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(3);
  expect(await complaintsOfAxe(page, 'dialog')).toEqual([]);
  await form.getByRole('button', { name: 'Open Half a lesson' }).click();
  await expect(form.getByLabel('Title')).toHaveValue('Half a lesson');
});

// Long scripts in a browser: opened in a worker, cancelled, edited, scrubbed; the page equals the model.
import type { Page } from '@playwright/test';
import { printScript } from '../../src/formats/notation/print.ts';
import { withScript } from '../../src/session/deviceSpec.ts';
import { deleteLines } from '../../src/session/lineEdits.ts';
import { machineAfter, type Replay, replay, workOut } from '../../src/session/replay.ts';
import { emptySession, type Session } from '../../src/session/session.ts';
import { workload } from '../../src/session/workload.ts';
import { momentAt } from '../../src/views/wiring/moment.ts';
import { vectorRow } from '../../src/views/wiring/rows.ts';
import { rowSentence } from '../../src/views/wiring/sentence.ts';
import { expect, test } from './fixtures.ts';

test.slow();

const LONG = { lines: 20_000, vectors: 2048, seed: 3 };

function sessionOf(lines = LONG.lines): Session {
  return withScript(emptySession('dynamic', 'nvme'), workload({ ...LONG, lines }));
}

function worked(session: Session, upTo: number): Replay {
  const made = replay(session);
  workOut(made, upTo);
  return made;
}

async function openText(page: Page, text: string, name = 'long.txt') {
  const buffer = Buffer.from(text);
  await page.getByRole('button', { name: 'Open…' }).click();
  await page.getByLabel('Recording file').setInputFiles({ name, mimeType: 'text/plain', buffer });
}

async function lookAtLine(page: Page, line: number) {
  // the list scrolls, and the line is in the middle of it
  const list = page.locator('.script-scroll');
  // the list may still follow the cursor to its line
  await expect(async () => {
    await list.evaluate((element, row) => {
      element.scrollTop = row * 24 - element.clientHeight / 2;
    }, line);
    await page.locator(`.script-row[aria-posinset="${line + 1}"]`).click({ timeout: 5000 });
  }).toPass();
  await expect(page.locator('.position')).toHaveText(new RegExp(`^line ${line} `));
}

/** Expects every visible row to equal the model after a line. */
async function expectRows(page: Page, replayed: Replay, line: number) {
  await expect(page.getByRole('heading', { name: `Wiring after line ${line}`, exact: true })).toBeVisible();
  const moment = momentAt(replayed, { line, step: null });
  const rows = page.getByRole('row', { name: /^Vector \d+:/ });
  await expect(async () => {
    const names = await rows.evaluateAll((found) => found.map((row) => row.getAttribute('aria-label') ?? ''));
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) {
      const vector = Number(/^Vector (\d+)/.exec(name)?.[1]);
      expect(name).toBe(rowSentence(vectorRow(moment, vector)));
    }
  }).toPass();
}

test("a long script opens in a worker, and every place shows the model's state", async ({ page }) => {
  const session = sessionOf();
  await page.goto('./');
  await openText(page, printScript({ device: workload(LONG).device, lines: session.script }));
  await expect(page.locator('.position')).toHaveText('line 0 / 20000');
  await page.locator('.script-list').focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('heading', { name: 'Wiring after line 20000', exact: true })).toBeVisible({
    timeout: 180_000,
  });
  await expect(page.getByRole('status').first()).toContainText('All lines are computed.', {
    timeout: 180_000,
  });
  const whole = worked(session, LONG.lines);
  for (const line of [20_000, 9_999, 128, 129, 15_000]) {
    if (line !== 20_000) await lookAtLine(page, line);
    await expectRows(page, whole, line);
  }
  expect(machineAfter(whole, 20_000).domain.descs.size).toBeGreaterThan(1000);
});

test('unreadable lines are listed, and the script opens only on request', async ({ page }) => {
  const text = printScript({ device: null, lines: sessionOf(9_000).script });
  await page.goto('./');
  await openText(page, `raise x\n${text}nonsense\n`);
  const panel = page.getByRole('dialog', { name: 'Text of long.txt' });
  await expect(panel).toContainText('2 unreadable (greyed)');
  const told = panel.getByRole('status');
  await panel.getByRole('button', { name: 'Next problem' }).click();
  await expect(told).toContainText('Line 1, column 7');
  await panel.getByRole('button', { name: 'Next problem' }).click();
  await expect(told).toContainText('Line 9002, column 1');
  await expect(page.locator('.position')).toHaveText('line 7 / 12');
  await panel.getByRole('button', { name: 'Open 9,000 readable operations' }).click();
  await expect(page.locator('.position')).toHaveText('line 0 / 9000');
});

test('cancelling keeps the session; the next opening works', { tag: '@nightly' }, async ({ page }) => {
  const text = printScript(workload({ ...LONG, lines: 200_000, vectors: 64 }));
  await page.goto('./');
  await openText(page, text, 'huge.txt');
  await page.getByRole('region', { name: 'Progress' }).getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('region', { name: 'Progress' })).toBeHidden();
  await expect(page.locator('.position')).toHaveText('line 7 / 12');
  await openText(page, printScript(workload({ ...LONG, lines: 3_000 })), 'next.txt');
  await expect(page.locator('.position')).toHaveText('line 0 / 3000');
  await page.locator('.script-list').focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('heading', { name: 'Wiring after line 3000', exact: true })).toBeVisible();
});

test('an edit near the start shows at once; the rest is computed, cancelled and continued', {
  tag: '@nightly',
}, async ({ page }) => {
  const session = sessionOf(60_000);
  await page.goto('./');
  await openText(page, printScript({ device: workload(LONG).device, lines: session.script }));
  await expect(page.locator('.position')).toHaveText('line 0 / 60000');
  const progress = page.getByRole('region', { name: 'Progress' });
  await progress.getByRole('button', { name: 'Cancel' }).click();
  await expect(progress).toContainText(/^Computed up to line [\d,]+ of 60,000\.Continue/);
  await lookAtLine(page, 40_000);
  await expect(page.locator('#wiring-heading')).toContainText('(still computing line 40,000…)');
  await expect(page.getByText('Still computing this line…')).toBeVisible();
  await lookAtLine(page, 100);
  await page.locator('.script-list').focus();
  await page.keyboard.press('Delete');
  await expect(page.locator('.position')).toHaveText('line 99 / 59999');
  const edited = deleteLines(session, 99);
  const start = worked(edited, 99);
  await expectRows(page, start, 99);
  await expect(progress).toBeVisible();
  // on a busy machine this takes minutes
  await expect(progress).toBeHidden({ timeout: 400_000 });
  await lookAtLine(page, 40_000);
  const whole = worked(edited, 40_000);
  await expectRows(page, whole, 40_000);
});

test('a workload from the palette opens', async ({ page }) => {
  await page.goto('./');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Command' })).toBeFocused();
  await page.keyboard.type('workload: 10,000');
  await page.keyboard.press('Enter');
  await expect(page.locator('.position')).toHaveText('line 0 / 10000');
});

// The page says what it was checked against, with the figures of the run that was made with it.
import { readFileSync } from 'node:fs';
import { parseTrust, printTrust } from '../../src/formats/trust/trust.ts';
import { totalOf } from '../../src/views/trust/figures.ts';
import { expect, test } from './fixtures.ts';
import { complaintsOfAxe, LOOKS, overflow, wear } from './looks.ts';

const built = parseTrust(readFileSync('dist/trust.json', 'utf8'));
if (!built.ok) throw new Error('dist/trust.json cannot be read');
const trust = built.value;
// what axe has to look at is large, and machines are busy
test.setTimeout(180_000);

const SHEET = { name: 'What is checked' };

test('from the palette, the keys and the device menu: the figures of the run that was made with the page', async ({
  page,
}, info) => {
  await page.goto('./');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill('what is checked');
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', SHEET);
  const total = totalOf(trust.rows);
  const number = (value: number) => value.toLocaleString('en');
  await expect(sheet.getByRole('status')).toContainText(
    `${number(total.recordings)} recordings of 4 kernels, in ${number(total.steps)} steps and ${number(total.compared)} values: no mismatch.`,
  );
  await expect(
    sheet.getByRole('table', { name: 'By kernel' }).getByRole('row', { name: /^all/ }),
  ).toContainText(number(total.compared));
  await sheet.getByText('By device and machine').first().click();
  await expect(sheet.getByRole('table', { name: 'By device and machine' }).getByRole('row')).toHaveCount(
    trust.rows.length + 1,
  );
  await sheet.getByText('By device and machine').first().click();
  for (const look of LOOKS) {
    await wear(page, look);
    expect(await complaintsOfAxe(page, '.overlay'), look.name).toEqual([]);
    expect(await overflow(page), look.name).toBe(0);
    await page.screenshot({ path: info.outputPath(`trust ${look.name}.png`) });
  }
  await wear(page, { width: 1280, height: 720, colorScheme: 'light', name: '' });
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  const keys = page.getByRole('dialog', { name: 'Keys and marks' });
  // a dialog that is just closing has the keys a moment longer
  await expect(async () => {
    await page.keyboard.press('Shift+Slash');
    await expect(keys).toBeVisible({ timeout: 2000 });
  }).toPass();
  await keys.getByRole('button', SHEET).click();
  await expect(sheet.getByRole('status')).toBeVisible();
  await sheet.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('button', { name: /^Device: / }).click();
  await page.getByRole('region', { name: 'Device and host' }).getByRole('button', SHEET).click();
  await expect(sheet.getByRole('status')).toBeVisible();
});

test('a build that differs is not hidden', async ({ page }, info) => {
  const [first, ...rows] = trust.rows;
  if (first === undefined) throw new Error('no rows');
  const differing = {
    ...trust,
    rows: [{ ...first, mismatches: 2 }, ...rows],
    differences: ['errno', 'ret'].map((field) => ({
      path: 'static/bad-attached-single.jsonl.gz',
      place: '#4 SET_IRQS MSI-X [1..1] {999} = -EBADF',
      field,
      kernel: 'EBADF',
      model: 'EINVAL',
    })),
  };
  await page.route('**/trust.json', (route) => route.fulfill({ body: printTrust(differing) }));
  await page.goto('./');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Shift+Slash');
  await page.getByRole('dialog', { name: 'Keys and marks' }).getByRole('button', SHEET).click();
  const sheet = page.getByRole('dialog', SHEET);
  await expect(sheet.getByRole('alert')).toContainText('Differs.');
  await expect(sheet.getByRole('table', { name: /^What differs/ }).getByRole('row')).toHaveCount(3);
  for (const look of LOOKS) {
    await wear(page, look);
    expect(await complaintsOfAxe(page, '.overlay'), look.name).toEqual([]);
    await page.screenshot({ path: info.outputPath(`differs ${look.name}.png`) });
  }
});

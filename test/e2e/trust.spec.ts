// The page shows how the model is verified, with the numbers of the comparison made in its build.
import { readFileSync } from 'node:fs';
import { parseTrust, printTrust } from '../../src/formats/trust/trust.ts';
import { kernelsOf, totalOf } from '../../src/views/trust/figures.ts';
import { clickNowhere, expect, test } from './fixtures.ts';
import { complaintsIn, expectNoOverflow, LOOKS, picture, wear } from './looks.ts';

const built = parseTrust(readFileSync('dist/trust.json', 'utf8'));
if (!built.ok) throw new Error('dist/trust.json cannot be read');
const trust = built.value;
// axe checks a large page
test.slow();

const SHEET = { name: 'How the model is verified' };

test('opens from the palette, the help and the device menu with the numbers of the build', async ({
  page,
}, info) => {
  await page.goto('./');
  await clickNowhere(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill('verified');
  await expect(page.getByRole('option', { selected: true, name: /^How the model/ })).toBeVisible();
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', SHEET);
  const total = totalOf(trust.rows);
  const number = (value: number) => value.toLocaleString('en');
  await expect(sheet.getByRole('status')).toContainText(
    `${number(total.recordings)} recordings of ${kernelsOf(trust.rows).length} kernels: ${number(total.steps)} steps and ${number(total.compared)} values, 0 mismatches.`,
  );
  await expect(
    sheet.getByRole('table', { name: 'By kernel' }).getByRole('row', { name: /^total/ }),
  ).toContainText(number(total.compared));
  await sheet.getByText('By device and machine').first().click();
  await expect(sheet.getByRole('table', { name: 'By device and machine' }).getByRole('row')).toHaveCount(
    trust.rows.length + 1,
  );
  await sheet.getByText('By device and machine').first().click();
  for (const look of LOOKS) {
    await wear(page, look);
    expect(await complaintsIn(page, look, '.overlay'), look.name).toEqual([]);
    await expectNoOverflow(page, look.name);
    await picture(page, info, `trust ${look.name}`);
  }
  await wear(page, { width: 1280, height: 720, colorScheme: 'light', name: '' });
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  const help = page.getByRole('dialog', { name: 'Help' });
  // a closing dialog receives keys for a moment
  await expect(async () => {
    await page.keyboard.press('Shift+Slash');
    await expect(help).toBeVisible({ timeout: 5000 });
  }).toPass();
  await help.getByRole('button', SHEET).click();
  await expect(sheet.getByRole('status')).toBeVisible();
  await sheet.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('button', { name: /^Device: / }).click();
  await page.getByRole('region', { name: 'Device and host' }).getByRole('button', SHEET).click();
  await expect(sheet.getByRole('status')).toBeVisible();
});

test('shows the mismatches of a build that differs', async ({ page }, info) => {
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
  await clickNowhere(page);
  await page.keyboard.press('Shift+Slash');
  await page.getByRole('dialog', { name: 'Help' }).getByRole('button', SHEET).click();
  const sheet = page.getByRole('dialog', SHEET);
  await expect(sheet.getByRole('alert')).toContainText('Differs.');
  await expect(sheet.getByRole('table', { name: /^Mismatches/ }).getByRole('row')).toHaveCount(3);
  for (const look of LOOKS) {
    await wear(page, look);
    expect(await complaintsIn(page, look, '.overlay'), look.name).toEqual([]);
    await picture(page, info, `differs ${look.name}`);
  }
});

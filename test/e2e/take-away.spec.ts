// Every kind of export: chosen by key, previewed, copied, saved, and opened again if possible.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { parseSession } from '../../src/formats/session/parse.ts';
import { expect, test } from './fixtures.ts';
import { complaintsIn, expectNoOverflow, inEveryLook, picture } from './looks.ts';

const SCRIPT = `device nvme dynamic
eventfd 100
eventfd 101 # the second one
@ guest unmasks vector 1
set_irqs msix trigger eventfd 0 [100 101]
~ raise 0
set_irqs msix trigger eventfd 1 [999]
raise 1
read 101
`;

const KINDS = [
  ['Link', 'irqscope-link.txt', /^https?:.*#v2=/],
  ['Notation', 'irqscope-script.txt', /^device nvme dynamic\ncursor 4\neventfd 100\n/],
  ['JSON', 'irqscope-session.json', /^\{\n {2}"irqscope": "session",/],
  ['HTML frame', 'irqscope-embed.html', /<iframe[^>]*embed=1[\s\S]*<details/],
  ['Review mail', 'irqscope-review.txt', /By model \(irqscope\), checked against recordings/],
  ['C program', 'reproducer.c', /ioctl\(DEVICE, VFIO_DEVICE_SET_IRQS, set\)/],
  ['C: which kernel', 'which-kernel.c', /these answers are those of[\s\S]*VFIO_GROUP_GET_DEVICE_FD/],
  ['C: which, iommufd', 'which-kernel.c', /VFIO_DEVICE_BIND_IOMMUFD/],
  ['Kselftest fixture', 'irqscope_irqs_test.c', /TEST_F\(irqs, script\)/],
  ['Wiring, SVG', 'irqscope-wiring.svg', /<title>Wiring after line 4/],
  ['Wiring, PNG', 'irqscope-wiring.png', /^\x89PNG/],
  ['Timeline, SVG', 'irqscope-timeline.svg', /<svg/],
  ['Timeline, PNG', 'irqscope-timeline.png', /^\x89PNG/],
] as const;

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Export' });

/** A session of eight lines with the cursor at the fourth. */
async function begin(page: Page) {
  await page.goto('./');
  await page.getByRole('button', { name: 'Notation…' }).click();
  await page.getByRole('dialog', { name: 'Script in notation' }).getByRole('textbox').fill(SCRIPT);
  await page.getByRole('button', { name: 'Use these 7 lines' }).click();
  await expect(page.getByText('line 7 / 7')).toBeVisible();
  for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowLeft');
  await expect(page.getByText('line 4 / 7')).toBeVisible();
}

const preview = (page: Page, kind: string) => page.getByRole('region', { name: `Preview: ${kind}` });

async function save(page: Page): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const download = page.waitForEvent('download');
  const button = dialog(page).getByRole('button', { name: /^Save/ });
  // the export is made after its kind is chosen
  await expect(button).toBeEnabled();
  await button.press('Enter');
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test('previews, copies and saves every kind by key', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await begin(page);
  await page.keyboard.press('y');
  await expect(page.getByRole('radio', { name: 'Link' })).toBeFocused();
  for (const [at, [kind, name, content]] of KINDS.entries()) {
    const radio = page.getByRole('radio', { name: kind, exact: true });
    if (at > 0) await page.keyboard.press('ArrowDown');
    await expect(radio).toBeFocused();
    await expect(radio).toBeChecked();
    const isPicture = /SVG|PNG/.test(kind);
    if (isPicture) await expect(preview(page, kind).getByRole('img', { name: kind })).toBeVisible();
    const file = await save(page);
    expect(file.name).toBe(name);
    const text = file.bytes.toString(name.endsWith('.png') ? 'latin1' : 'utf8');
    expect(text).toMatch(content);
    if (!isPicture) expect(await preview(page, kind).locator('pre').textContent()).toBe(text);
    await dialog(page).getByRole('button', { name: 'Copy' }).press('Enter');
    await expect(dialog(page).getByRole('status')).toHaveText('Copied.');
    const copied = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      if (item?.types.includes('image/png') === true) return (await item.getType('image/png')).size;
      return navigator.clipboard.readText();
    });
    if (name.endsWith('.png')) expect(copied).toBeGreaterThan(1000);
    else expect(copied).toBe(text);
    await radio.focus();
  }
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
});

test('Compare offers the program that tells its kernels apart, and a mail warns of a local address', async ({
  page,
}) => {
  await begin(page);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByRole('button', { name: 'Tell apart in C…' }).press('Enter');
  await expect(page.getByRole('radio', { name: 'C: which kernel' })).toBeChecked();
  await expect(preview(page, 'C: which kernel')).toContainText('static const char *const kernels[KERNELS]');
  await page.getByRole('radio', { name: 'Review mail' }).check();
  await expect(preview(page, 'Review mail')).toContainText('By model (irqscope)');
  await expect(dialog(page).getByRole('note')).toContainText('another machine for everybody else');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await page.keyboard.press('y');
  await expect(page.getByRole('radio', { name: 'Link' })).toBeChecked();
});

test('saved notation and JSON open as the same session, cursor included', async ({ page }) => {
  await begin(page);
  await page.getByRole('button', { name: 'Export…' }).click();
  await page.getByRole('radio', { name: 'Notation' }).check();
  const notation = await save(page);
  await page.getByRole('radio', { name: 'JSON' }).check();
  const json = await save(page);
  const session = parseSession(json.bytes.toString());
  if (!session.ok) throw new Error('not a session');
  expect(parseScript(notation.bytes.toString()).script.lines).toEqual(session.value.script);
  await page.getByRole('radio', { name: 'Link' }).check();
  const link = (await save(page)).bytes.toString().trim();
  for (const { name, bytes } of [notation, json]) {
    await page.goto('./');
    await page.getByRole('button', { name: 'New' }).click();
    await drop(page, name, bytes.toString());
    await expect(page.getByText('line 4 / 7')).toBeVisible();
    await expect(page).toHaveURL(link);
  }
});

async function drop(page: Page, name: string, text: string) {
  const data = await page.evaluateHandle(
    ([file = '', content = '']) => {
      const made = new DataTransfer();
      made.items.add(new File([content], file));
      return made;
    },
    [name, text],
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
}

test('reports a damaged session file field by field and keeps the session', async ({ page }) => {
  await begin(page);
  const lines = page.getByRole('listbox', { name: 'Script' }).getByRole('option');
  const before = await lines.allTextContents();
  await drop(page, 'broken.json', '{"irqscope":"session","version":1,"generation":"v9"}');
  const problem = page.getByRole('alert');
  await expect(problem).toContainText('broken.json is not a readable session.');
  await expect(problem).toContainText(/generation: expected/);
  await expect(page.getByText('line 4 / 7')).toBeVisible();
  await expect.poll(() => lines.allTextContents()).toEqual(before);
});

test('disables the kinds that an empty script does not have', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'New' }).click();
  await page.keyboard.press('y');
  await page.getByRole('radio', { name: 'Timeline, SVG' }).check();
  await expect(preview(page, 'Timeline, SVG')).toHaveText('The script is empty, so the timeline is empty.');
  await expect(dialog(page).getByRole('button', { name: 'Copy' })).toBeDisabled();
});

test('looks right in every theme and size', async ({ page }, info) => {
  test.slow();
  await begin(page);
  await page.getByRole('button', { name: 'Export…' }).click();
  for (const kind of ['Link', 'Review mail', 'C program', 'Wiring, SVG', 'Timeline, SVG']) {
    await page.getByRole('radio', { name: kind }).check();
    await expect(preview(page, kind).locator('pre, img').first()).toBeVisible();
    await inEveryLook(page, async (look) => {
      const { name } = look;
      if (/mail|Wiring/.test(kind)) expect(await complaintsIn(page, look, 'dialog'), name).toEqual([]);
      await expectNoOverflow(page, name);
      await picture(page, info, `${kind} ${name}`);
    });
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Export…' })).toBeFocused();
  await inEveryLook(page, async ({ name }) => {
    await picture(page, info, `page ${name}`);
  });
});

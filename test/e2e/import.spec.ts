// Imports of texts from other tools by file, drop and paste. Bad lines are greyed, and a failed or cancelled import keeps the
// session.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { writtenHash } from './address.ts';
import { expect, test } from './fixtures.ts';
import { complaintsIn, expectNoOverflow, inEveryLook, picture } from './looks.ts';

const fixture = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../formats/imports/fixtures/${path}`, import.meta.url)));

const position = (page: Page) => page.locator('.position');
const bar = (page: Page) => page.getByRole('region', { name: 'Import result' });
const panel = (page: Page) => page.getByRole('dialog', { name: /^Text of / });

async function openFile(page: Page, name: string, buffer: Buffer) {
  await page.getByLabel('Recording file').setInputFiles({ name, mimeType: 'text/plain', buffer });
}

/** Dispatches the paste event that the browser sends to the page. */
async function paste(page: Page, text: string, selector = 'body') {
  await page.evaluate(
    ([content, target]) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', content ?? '');
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      document.querySelector(target ?? 'body')?.dispatchEvent(event);
    },
    [text, selector],
  );
}

async function drop(page: Page, name: string, text: string) {
  const transfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const made = new DataTransfer();
      made.items.add(new File([content ?? ''], fileName ?? '', { type: 'text/plain' }));
      return made;
    },
    [name, text],
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

test('opens a dropped QEMU trace at once and shows the reason for its format', async ({ page }, info) => {
  await page.goto('./');
  await drop(page, 'qemu.log', fixture('qemu-trace/good.txt').toString());
  await expect(position(page)).toHaveText('line 0 / 38');
  await expect(bar(page)).toContainText(
    'qemu.log was read as QEMU trace (vfio_* events) because line 1 has vfio_msix_early_setup.',
  );
  await picture(page, info, 'bar');
  // each operation has the event that causes it
  await expect(page.getByText('QEMU vfio_intx_enable_kvm').first()).toBeVisible();
  await bar(page).getByRole('button', { name: 'Show the text' }).click();
  await expect(panel(page)).toContainText('38 operations from 15 of 23 lines; 8 without an operation.');
  await expect(panel(page)).toContainText('KVM injects interrupts by irqfd');
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  await expect(bar(page)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(position(page)).toHaveText('line 7 / 12');
});

test('greys bad lines with the expected text, and opens the readable lines on request', async ({
  page,
}, info) => {
  await page.goto('./');
  await openFile(page, 'strace.log', fixture('strace/good.txt'));
  await expect(panel(page)).toBeVisible();
  await expect(position(page)).toHaveText('line 7 / 12');
  await expect(panel(page)).toContainText('2 unreadable (greyed)');
  const bad = panel(page).locator('.import-row.bad');
  await expect(bad).toHaveCount(2);
  await expect(bad.first()).toContainText('column 33: expected {argsz=…');
  await panel(page).getByRole('button', { name: 'Next problem' }).click();
  await expect(panel(page).getByRole('status')).toContainText('Line 8, column 33: expected');
  await picture(page, info, 'bad');
  await panel(page).getByRole('button', { name: 'Open 11 readable operations' }).click();
  await expect(position(page)).toHaveText('line 0 / 11');
  await expect(bar(page)).toContainText('2 unreadable lines.');
  // unreadable lines remain available
  await bar(page).getByRole('button', { name: 'Show the text' }).click();
  await expect(bad.first()).toBeVisible();
});

test('opens text pasted on the page or into the menu, but not text pasted into other fields', async ({
  page,
}) => {
  await page.goto('./');
  await paste(page, fixture('kprobe/good.txt').toString());
  await expect(position(page)).toHaveText('line 0 / 8');
  await expect(bar(page)).toContainText('because line 2 has # vfio-irqs 1.');
  // keyboard only
  await page.getByRole('button', { name: 'Open…' }).press('Enter');
  const field = page.getByRole('textbox', { name: 'Text to open' });
  await field.focus();
  await page.keyboard.insertText('eventfd 100\nread 100\nclose 100\n');
  await paste(page, 'device nvme\nreset\n', '[aria-label="Text to open"]');
  await expect(position(page)).toHaveText('line 0 / 8');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Open the text' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(position(page)).toHaveText('line 0 / 3');
  await expect(bar(page)).toContainText('pasted text was read as Script in notation');
});

test('offers the bpftrace script as a download', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Open…' }).click();
  await page.getByText('Record a trace').click();
  await expect(page.getByText('sudo bpftrace vfio-irqs.bt PID > irqs.log')).toBeVisible();
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'vfio-irqs.bt' }).click();
  const path = await (await coming).path();
  expect(readFileSync(path, 'utf8')).toContain('kprobe:vfio_pci_set_irqs_ioctl');
});

const REFUSED: readonly (readonly [what: string, name: string, bytes: Buffer, says: string])[] = [
  ['an empty file', 'empty.log', Buffer.alloc(0), 'found an empty file'],
  ['a binary file', 'a.out', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), 'found an ELF file'],
  ['a broken archive', 'x.log.gz', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), 'an undamaged gzip archive'],
  ['some other text', 'poem.txt', Buffer.from('Shall I compare thee\n'), 'found “Shall I compare thee”'],
  [
    'another version',
    'new.jsonl',
    fixture('recording/wrong-version.jsonl'),
    'expected 1 in version, found 2',
  ],
];

for (const [what, name, bytes, says] of REFUSED)
  test(`names ${what} and keeps the session`, async ({ page }) => {
    await page.goto('./');
    const hash = await writtenHash(page);
    await openFile(page, name, bytes);
    await expect(page.getByRole('alert')).toContainText(says);
    await expect(page.getByRole('alert')).toContainText(name);
    await expect(position(page)).toHaveText('line 7 / 12');
    expect(new URL(page.url()).hash).toBe(hash);
    await page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('alert')).toBeHidden();
  });

test('unpacks gzipped traces, keeps the readable lines of a truncated one, and reads it as another format', async ({
  page,
}) => {
  await page.goto('./');
  await openFile(page, 'irqs.log.gz', gzipSync(fixture('kprobe/good.txt')));
  await expect(position(page)).toHaveText('line 0 / 8');
  const lines = Array.from({ length: 30_000 }, (_, at) => `eventfd ${100 + ((at * 7919) % 5000)}\n`).join('');
  const packed = gzipSync(lines);
  await openFile(page, 'half.gz', packed.subarray(0, packed.length / 2));
  await expect(panel(page)).toBeVisible();
  await panel(page).getByRole('button', { name: 'Next problem' }).click();
  await expect(panel(page).getByRole('status')).toContainText('expected the rest of the file');
  await panel(page).getByRole('combobox', { name: 'Read as' }).selectOption('strace');
  await expect(panel(page)).toContainText('because you chose it.');
  await expect(panel(page).getByRole('button', { name: /^Open / })).toBeDisabled();
  await panel(page).getByRole('button', { name: 'Cancel' }).click();
  // the previous import is shown again
  await expect(bar(page)).toContainText('irqs.log.gz');
  await expect(position(page)).toHaveText('line 0 / 8');
});

/** Returns a trace with one operation and many lines without one. */
function traceOf(lines: number): Buffer {
  const line =
    'vfio_region_read  (0000:01:00.0:region0+0x1008, 4) = 0x80000000 qemu-system-x86_64 0123456789\n';
  return Buffer.from(`vfio_msix_enable  (0000:01:00.0)\n${line.repeat(lines)}`);
}

test('reads a large file in the worker', async ({ page }) => {
  await page.goto('./');
  await openFile(page, 'large.log', traceOf(30_000));
  await expect(position(page)).toHaveText('line 0 / 1');
  await bar(page).getByRole('button', { name: 'Show the text' }).click();
  await expect(panel(page)).toContainText('1 operation from 1 of 30,001 lines; 30,000 without an operation.');
});

test('reads a huge file with progress and a cancel button', { tag: '@nightly' }, async ({ page }) => {
  test.slow();
  await page.goto('./');
  // as long as the driver sends, so that a fast machine is still reading when the click arrives
  await openFile(page, 'huge.log', traceOf(500_000));
  const progress = page.getByRole('region', { name: 'Progress' });
  await expect(progress).toContainText(/Opening huge\.log/);
  await progress.getByRole('button', { name: 'Cancel' }).dispatchEvent('click');
  await expect(progress).toBeHidden();
  await expect(position(page)).toHaveText('line 7 / 12');
  await expect(panel(page)).toBeHidden();
  await openFile(page, 'huge.log', traceOf(300_000));
  await expect(position(page)).toHaveText('line 0 / 1', { timeout: 300_000 });
  await bar(page).getByRole('button', { name: 'Show the text' }).click();
  await expect(panel(page)).toContainText(
    '1 operation from 1 of 300,001 lines; 300,000 without an operation.',
  );
});

test('panel and bar fit every look', async ({ page }, info) => {
  test.slow();
  await page.goto('./');
  await openFile(page, 'strace.log', fixture('strace/good.txt'));
  await expect(panel(page).locator('.import-row').first()).toBeVisible();
  await inEveryLook(page, async (look) => {
    const { name } = look;
    expect(await complaintsIn(page, look), name).toEqual([]);
    await picture(page, info, `panel ${name}`);
  });
  await panel(page)
    .getByRole('button', { name: /^Open 11 readable/ })
    .click();
  await expect(bar(page)).toBeVisible();
  await inEveryLook(page, async (look) => {
    const { name } = look;
    await page.getByRole('button', { name: 'Open…' }).click();
    const more = page.getByText('Record a trace');
    await expect(more).toBeVisible();
    const commands = page.getByText('qemu-system-x86_64');
    if (!(await commands.isVisible())) await more.click();
    await expect(commands).toBeVisible();
    expect(await complaintsIn(page, look), name).toEqual([]);
    await picture(page, info, `menu ${name}`);
    await expectNoOverflow(page, name);
    await page.keyboard.press('Escape');
  });
});

// Bring your own: texts of other tools by file, drop and paste; bad lines greyed in place; a failed or cancelled import leaves
// the session as it was.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsOfAxe, inEveryLook, overflow } from './looks.ts';

const fixture = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../formats/imports/fixtures/${path}`, import.meta.url)));

const position = (page: Page) => page.locator('.position');
const bar = (page: Page) => page.getByRole('region', { name: 'How the text was read' });
const panel = (page: Page) => page.getByRole('dialog', { name: /^Text of / });

async function openFile(page: Page, name: string, buffer: Buffer) {
  await page.getByLabel('Recording file').setInputFiles({ name, mimeType: 'text/plain', buffer });
}

/** What the system does when a person pastes: the page gets the event, with the text. */
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

test('a trace of QEMU that is dropped opens at once and says how it was read', async ({ page }, info) => {
  await page.goto('./');
  await drop(page, 'qemu.log', fixture('qemu-trace/good.txt').toString());
  await expect(position(page)).toHaveText('line 0 / 38');
  await expect(bar(page)).toContainText(
    'qemu.log was read as QEMU trace (vfio_* events) because line 1 has vfio_msix_early_setup.',
  );
  await page.screenshot({ path: info.outputPath('bar.png') });
  // each operation says what it follows from
  await expect(page.getByText('QEMU vfio_intx_enable_kvm').first()).toBeVisible();
  await bar(page).getByRole('button', { name: 'Show the text' }).click();
  await expect(panel(page)).toContainText('38 operations from 15 of 23 lines; 8 say nothing that is one.');
  await expect(panel(page)).toContainText('KVM injects by irqfd');
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  await expect(bar(page)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(position(page)).toHaveText('line 7 / 12');
});

test('bad lines are greyed in place with what was expected; what is good is opened when it is asked', async ({
  page,
}, info) => {
  await page.goto('./');
  await openFile(page, 'strace.log', fixture('strace/good.txt'));
  await expect(panel(page)).toBeVisible();
  await expect(position(page)).toHaveText('line 7 / 12');
  await expect(panel(page)).toContainText('2 cannot be read and are greyed');
  const bad = panel(page).locator('.import-row.bad');
  await expect(bad).toHaveCount(2);
  await expect(bad.first()).toContainText('column 33: expected {argsz=…');
  await panel(page).getByRole('button', { name: 'Next problem' }).click();
  await expect(panel(page).getByRole('status')).toContainText('Line 8, column 33: expected');
  await page.screenshot({ path: info.outputPath('bad.png') });
  await panel(page).getByRole('button', { name: 'Open the good 14 operations' }).click();
  await expect(position(page)).toHaveText('line 0 / 14');
  await expect(bar(page)).toContainText('2 lines of it could not be read.');
  // what could not be read stays within reach
  await bar(page).getByRole('button', { name: 'Show the text' }).click();
  await expect(bad.first()).toBeVisible();
});

test('a text is pasted on the page, or into its place in the menu; in fields a paste is the field’s', async ({
  page,
}) => {
  await page.goto('./');
  await paste(page, fixture('kprobe/good.txt').toString());
  await expect(position(page)).toHaveText('line 0 / 8');
  await expect(bar(page)).toContainText('because line 2 has # vfio-irqs 1.');
  // from the keyboard alone
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

test('the script for bpftrace comes with the page', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Open…' }).click();
  await page.getByText('Get a trace of your own').click();
  await expect(page.getByText('sudo bpftrace vfio-irqs.bt PID > irqs.log')).toBeVisible();
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'vfio-irqs.bt' }).click();
  const path = await (await coming).path();
  expect(readFileSync(path, 'utf8')).toContain('kprobe:vfio_pci_set_irqs_ioctl');
});

const utf16 = Buffer.from('\ufeffeventfd 100\n', 'utf16le');
const REFUSED: readonly (readonly [what: string, name: string, bytes: Buffer, says: string])[] = [
  ['an empty file', 'empty.log', Buffer.alloc(0), 'found an empty file'],
  ['UTF-16', 'wide.txt', utf16, 'found UTF-16 text (little endian)'],
  ['a binary file', 'a.out', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), 'found an ELF file'],
  ['a broken archive', 'x.log.gz', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), 'a whole gzip archive'],
  ['some other text', 'poem.txt', Buffer.from('Shall I compare thee\n'), 'found “Shall I compare thee”'],
  [
    'another version',
    'new.jsonl',
    fixture('recording/wrong-version.jsonl'),
    'expected 1 in version, found 2',
  ],
];

for (const [what, name, bytes, says] of REFUSED)
  test(`${what} is named, and the session stays`, async ({ page }) => {
    await page.goto('./');
    // the address is written a moment after the page is there
    await expect(page).toHaveURL(/#v/);
    const { hash } = new URL(page.url());
    await openFile(page, name, bytes);
    await expect(page.getByRole('alert')).toContainText(says);
    await expect(page.getByRole('alert')).toContainText(name);
    await expect(position(page)).toHaveText('line 7 / 12');
    expect(new URL(page.url()).hash).toBe(hash);
    await page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('alert')).toBeHidden();
  });

test('a packed trace is unpacked; one that breaks off keeps its good lines; a person chooses another format', async ({
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
  // what was open before is what is open now, with how it was read
  await expect(bar(page)).toContainText('irqs.log.gz');
  await expect(position(page)).toHaveText('line 0 / 8');
});

test('a large file is read in the worker: it tells how far it is and can be cancelled', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto('./');
  const line =
    'vfio_region_read  (0000:01:00.0:region0+0x1008, 4) = 0x80000000 qemu-system-x86_64 0123456789\n';
  const block = line.repeat(10_000);
  const file = Buffer.from(`vfio_msix_enable  (0000:01:00.0)\n${block.repeat(30)}`);
  await openFile(page, 'huge.log', file);
  const progress = page.getByRole('region', { name: 'Progress' });
  await expect(progress).toContainText(/Opening huge\.log/);
  await progress.getByRole('button', { name: 'Cancel' }).click();
  await expect(progress).toBeHidden();
  await expect(position(page)).toHaveText('line 7 / 12');
  await expect(panel(page)).toBeHidden();
  await openFile(page, 'huge.log', file);
  await expect(position(page)).toHaveText('line 0 / 1', { timeout: 90_000 });
  await bar(page).getByRole('button', { name: 'Show the text' }).click();
  await expect(panel(page)).toContainText(
    '1 operation from 1 of 300,001 lines; 300,000 say nothing that is one.',
  );
});

test('the panel and the bar in every look', async ({ page }, info) => {
  test.slow();
  await page.goto('./');
  await openFile(page, 'strace.log', fixture('strace/good.txt'));
  await expect(panel(page).locator('.import-row').first()).toBeVisible();
  await inEveryLook(page, async ({ name }) => {
    expect(await complaintsOfAxe(page), name).toEqual([]);
    await page.screenshot({ path: info.outputPath(`panel ${name}.png`) });
  });
  await panel(page)
    .getByRole('button', { name: /^Open the good/ })
    .click();
  await expect(bar(page)).toBeVisible();
  await inEveryLook(page, async ({ name }) => {
    await page.getByRole('button', { name: 'Open…' }).click();
    const more = page.getByText('Get a trace of your own');
    if (
      (await page.getByText('qemu-system-x86_64').count()) === 0 ||
      !(await page.getByText('qemu-system-x86_64').isVisible())
    )
      await more.click();
    expect(await complaintsOfAxe(page), name).toEqual([]);
    await page.screenshot({ path: info.outputPath(`menu ${name}.png`) });
    expect(await overflow(page), name).toBe(0);
    await page.keyboard.press('Escape');
  });
});

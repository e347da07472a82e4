// A person brings a trace: it opens by paste, drop and file, its results are compared with the model, and one click switches to the
// kernel that agrees; also with the keyboard alone and on a phone.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsIn, expectNoOverflow, inEveryLook, picture } from './looks.ts';

/** A kernel that refuses a second vector: 6.4 or earlier, or one without dynamic allocation. */
const REFUSED = `device nvme dynamic
eventfd 6
eventfd 7
set_irqs msix trigger eventfd 0 [6] # => 0
set_irqs msix trigger eventfd 3 [7] # => -1 EINVAL
`;

const bar = (page: Page) => page.getByRole('region', { name: 'Comparison with the trace' });

/** Dispatches the paste event that the browser sends to the page. */
async function paste(page: Page, text: string) {
  await page.evaluate((content) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', content);
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}

async function openFile(page: Page, name: string, text: string) {
  await page
    .getByLabel('Recording file')
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
}

test('a trace whose results differ names the kernels that agree, and one click switches', async ({
  page,
}) => {
  await page.goto('./');
  await paste(page, REFUSED);
  await expect(bar(page)).toContainText('1 of 2 results differs, at line 4.');
  await expect(bar(page)).toContainText('Agrees with ≤ 6.4.');
  await expect(bar(page)).toContainText('Agrees with ≥ 6.5 without dynamic allocation.');
  await bar(page).getByRole('button', { name: 'Go to line 4' }).click();
  const line = page.getByRole('listbox', { name: 'Script' }).getByRole('option', { selected: true });
  await expect(line).toContainText('trace -EINVAL · model 0');
  await bar(page).getByRole('button', { name: 'Switch to 6.4 as released' }).click();
  await expect(bar(page)).toContainText('All 2 results are as traced.');
  await expect(page.getByText('trace -EINVAL · model 0')).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(bar(page)).toContainText('1 of 2 results differs');
});

test('the results survive a reload and a link', async ({ page }) => {
  await page.goto('./');
  await paste(page, REFUSED);
  await expect(bar(page)).toContainText('1 of 2 results differs');
  await expect(page).toHaveURL(/#v2=/);
  await page.reload();
  await expect(bar(page)).toContainText('1 of 2 results differs, at line 4.');
});

test('the keyboard alone opens a trace and switches', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Open…' }).press('Enter');
  await page.getByRole('textbox', { name: 'Text to open' }).focus();
  await page.keyboard.insertText(REFUSED);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Open the text' })).toBeFocused();
  await page.keyboard.press('Enter');
  const button = bar(page).getByRole('button', { name: 'Switch to 6.12 without dynamic allocation' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(bar(page)).toContainText('All 2 results are as traced.');
});

test('a guess of the reader can be changed', async ({ page }) => {
  await page.goto('./');
  await openFile(
    page,
    'excerpt.log',
    `vfio_msix_vector_do_use  (0000:01:00.0) vector 0 used
vfio_msix_vector_do_use  (0000:02:00.0) vector 1 used
vfio_msix_vector_release  (0000:01:00.0) vector 0 released
vfio_msix_disable  (0000:01:00.0)
`,
  );
  await page.getByRole('button', { name: 'Show the text' }).click();
  const panel = page.getByRole('dialog', { name: 'Text of excerpt.log' });
  await expect(panel).toContainText(/The trace has 2 devices; irqscope uses 0000:01:00.0/);
  await expect(panel).toContainText('Before the trace begins, MSI-X was on');
  await panel.getByRole('combobox', { name: /^The trace has 2 devices/ }).selectOption('0000:02:00.0');
  await expect(panel).toContainText('irqscope uses 0000:02:00.0');
  await panel.getByRole('button', { name: /^Open / }).click();
  await expect(page.locator('.position')).toHaveText(/^line \d+ \/ \d+$/);
});

test('lspci gives the device, and /proc/interrupts the expected state beside the replay', async ({
  page,
}) => {
  await page.goto('./');
  await paste(
    page,
    `03:00.0 Non-Volatile memory controller: Example Corp NVMe (prog-if 02 [NVM Express])
\tInterrupt: pin A routed to IRQ 16
\tCapabilities: [b0] MSI-X: Enable+ Count=33 Masked-
`,
  );
  const panel = page.getByRole('dialog', { name: /^Text of / });
  await expect(panel).toContainText('MSI-X at 0xb0: 33 vectors, enabled');
  await panel.getByRole('button', { name: 'Use this device' }).click();
  await expect(page.getByRole('button', { name: /MSI-X 33/ })).toBeVisible();
  await paste(
    page,
    `            CPU0       CPU1
 127:          0          4  IR-PCI-MSIX-0000:03:00.0    0-edge      vfio-msix[0](0000:03:00.0)
 130:          9          0  IR-PCI-MSIX-0000:03:00.0    3-edge      vfio-msix[3](0000:03:00.0)
`,
  );
  await expect(page.locator('.position')).toHaveText('line 0 / 3');
  await page.keyboard.press('End');
  await expect(page.locator('.position')).toHaveText('line 3 / 3');
  const result = page.getByRole('region', { name: 'Import result' });
  await result.locator('summary').click();
  await expect(result).toContainText('therefore missing here');
});

test('bar and panel fit every look', async ({ page }, info) => {
  await page.goto('./');
  await paste(page, REFUSED);
  await expect(bar(page)).toContainText('Agrees with ≤ 6.4.');
  await inEveryLook(page, async (look) => {
    await expectNoOverflow(page, `${look.width}`);
    await picture(page, info, `traced-${look.width}-${look.colorScheme}`);
    expect(await complaintsIn(page, look)).toEqual([]);
  });
});

// One level of controls in the lab: the composer with its disclosure, the folds of the wiring, and a window at 200 % zoom.
import type { Locator } from '@playwright/test';
import { clickNowhere, expect, test } from './fixtures.ts';
import { complaintsOfAxe, expectNoOverflow, picture } from './looks.ts';
import { openMore } from './more.ts';

test('composes with few controls, opens the others, unfolds vectors, and keeps result and Run in view at 200 % zoom', async ({
  page,
}, info) => {
  test.slow();
  await page.goto('./');
  const composer = page.getByRole('region', { name: 'VFIO_DEVICE_SET_IRQS' });
  const more = page.getByRole('button', { name: 'More operations' });
  const group = page.getByRole('group', { name: 'More operations' });

  // the first level: the ioctl, the device's interrupt, the typed line
  await expect(more).toHaveAttribute('aria-expanded', 'false');
  await expect(group).toBeHidden();
  for (const name of ['Run ioctl', 'raise', 'More operations'])
    await expect(
      composer.getByRole('button', { name, exact: true }).or(composer.getByRole('button', { name })),
    ).toBeInViewport();
  await expect(composer.getByRole('combobox', { name: 'Line of notation' })).toBeInViewport();
  for (const name of ['Create eventfd 104', 'reset', 'raw form', 'Add fault', 'cfg_read'])
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);

  // the second level: by click, by key, by palette; the choice outlives a reload
  await openMore(page);
  await expect(group.getByRole('heading', { level: 3 })).toHaveText([
    'Structure bytes',
    'Faults and interrupts during the call',
    'Eventfds',
    'Device',
    'Act as a client',
  ]);
  // no operation is cut at the edge of the pane
  await expect.poll(() => group.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
  const right = async (one: Locator) => one.evaluate((element) => element.getBoundingClientRect().right);
  expect(await right(group)).toBeLessThanOrEqual(await right(composer));
  expect(await complaintsOfAxe(page)).toEqual([]);
  await picture(page, info, 'more');
  await page.reload();
  await expect(group).toBeVisible();
  await clickNowhere(page);
  await page.keyboard.press('u');
  await expect(group).toBeHidden();
  await expect(more).toBeFocused();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('inject a fault');
  await page.keyboard.press('Enter');
  await expect(group.getByRole('combobox', { name: 'function' })).toBeFocused();
  await group.getByRole('button', { name: 'Add fault' }).click();
  await expect(composer.getByText(/Will fail with ENOMEM/)).toBeVisible();
  await composer.getByRole('button', { name: 'fault: 1' }).click();
  await group.getByRole('button', { name: /^Remove request_irq#1=ENOMEM/ }).click();
  await more.click();

  // folds: the same at every line; they open by click and key, and stay open
  const wiring = page.getByRole('table', { name: 'Wiring', exact: true });
  const fold = wiring.getByRole('button', { name: '3–4: empty' });
  await expect(fold).toHaveAttribute('aria-expanded', 'false');
  await clickNowhere(page);
  await page.keyboard.press('Home');
  await expect(page.getByText('None of the 8 vectors has an irq.')).toBeVisible();
  await expect(fold).toBeVisible();
  await expect(wiring.getByRole('row', { name: /^Vector 3:/ })).toHaveCount(0);
  await page.keyboard.press('End');
  await expect(fold).toBeVisible();
  await fold.focus();
  await page.keyboard.press('Enter');
  await expect(fold).toHaveAttribute('aria-expanded', 'true');
  await expect(wiring.getByRole('row', { name: /^Vector 3: empty/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(wiring.getByRole('button', { name: 'Details of vector 3' })).toBeFocused();

  // a line that uses a folded vector unfolds it
  await page
    .getByRole('combobox', { name: 'Line of notation' })
    .fill('set_irqs msix trigger eventfd 7 [100]');
  await page.getByRole('combobox', { name: 'Line of notation' }).press('Enter');
  await expect(wiring.getByRole('row', { name: /^Vector 7: attached/ })).toBeVisible();
  // the enabling call has allocated every vector below it: nothing is folded any more
  await expect(page.getByText(/^8 of 8 vectors have an irq; 1 is attached to an eventfd/)).toBeVisible();
  await expect(fold).toHaveCount(0);

  // 1280×720 at 200 %
  await page.setViewportSize({ width: 640, height: 360 });
  await page.getByRole('button', { name: 'Compose', exact: true }).click();
  await page.getByRole('radio', { name: 'INTx', exact: true }).focus();
  const run = page.getByRole('button', { name: 'Run ioctl' });
  const preview = page.locator('#composer-preview');
  await expect(run).toBeInViewport({ ratio: 1 });
  await expect(preview).toBeInViewport({ ratio: 1 });
  await page.getByRole('textbox', { name: 'start' }).fill('6');
  await page.getByRole('textbox', { name: 'fds' }).fill('999');
  await expect(preview).toContainText('Will fail with EBADF');
  await expect(preview).toBeInViewport({ ratio: 1 });
  await page.getByRole('textbox', { name: 'fds' }).press('Enter');
  await expect(composer.getByText(/^Line 14: SET_IRQS MSI-X/)).toBeInViewport({ ratio: 1 });
  await expect(composer.getByText('= -EBADF', { exact: true })).toBeInViewport({ ratio: 1 });
  await expect(run).toBeInViewport({ ratio: 1 });
  await expectNoOverflow(page);
  await picture(page, info, 'zoom');
  await openMore(page);
  await group.getByRole('button', { name: 'reset', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('Line 15: reset');
});

test('the tools of a line are below it, and no other line has any', async ({ page }) => {
  await page.goto('./');
  const script = page.getByRole('listbox', { name: 'Script' });
  const tools = page.getByRole('toolbar', { name: 'Line' });
  const line = (number: number) => script.getByRole('option').nth(number);
  await line(3).click();
  await expect(tools).toHaveCount(1);
  await expect(tools.getByRole('button')).toHaveCount(9);
  const below = async (number: number) => {
    const [row, bar] = [await line(number).boundingBox(), await tools.boundingBox()];
    return row !== null && bar !== null && Math.abs(row.y + row.height - bar.y) < 2;
  };
  await expect.poll(() => below(3)).toBe(true);
  for (const button of await tools.getByRole('button').all()) {
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
  }
  await tools.getByRole('button', { name: 'Move down line 3' }).click();
  await expect.poll(() => below(4)).toBe(true);
  await tools.getByRole('button', { name: 'Skip line 4' }).click();
  await expect(tools.getByRole('button', { name: 'Use line 4' })).toBeVisible();
  await script.focus();
  await page.keyboard.press('x');
  await expect(tools.getByRole('button', { name: 'Skip line 4' })).toBeVisible();
  // a double-click edits its line, although the tools appear under the pointer
  await line(6).dblclick();
  await expect(page.getByRole('textbox', { name: /line 6/i })).toBeFocused();
});

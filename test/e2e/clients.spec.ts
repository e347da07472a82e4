// Acting as a client in the lab: its ioctls become lines, its state is derived from the script, its cost is counted.
import type { Page } from '@playwright/test';
import { writtenLink } from './address.ts';
import { expect, test } from './fixtures.ts';
import { complaintsIn, expectNoOverflow, inEveryLook, picture } from './looks.ts';

const panel = (page: Page) => page.getByRole('region', { name: 'Act as a client' });
const action = (page: Page, name: string) => panel(page).getByRole('button', { name, exact: true });
const cost = (page: Page) => panel(page).getByRole('region', { name: 'Client cost' });
const kept = (page: Page) => panel(page).getByRole('region', { name: 'Client state' });

async function openPanel(page: Page) {
  await page.goto('./');
  await expect(page.getByRole('table', { name: 'Wiring', exact: true })).toBeVisible();
  await page.keyboard.press('a');
  await expect(panel(page).getByRole('combobox', { name: 'Client' })).toBeVisible();
}

async function chooseDevice(page: Page, device: RegExp) {
  await page.getByRole('button', { name: /^Device/ }).click();
  await page
    .getByRole('radio', { name: device })
    .or(page.getByRole('button', { name: device }))
    .first()
    .click();
  await page.keyboard.press('Escape');
}

async function start(page: Page, label: string) {
  await panel(page).getByRole('combobox', { name: 'Client' }).selectOption({ label });
  await panel(page).getByRole('button', { name: 'Start with an empty script' }).click();
  await expect(kept(page)).toBeVisible();
}

async function unmask(page: Page, vector: number) {
  await panel(page).getByLabel('Vector', { exact: true }).fill(String(vector));
  await action(page, `guest unmasks vector ${vector}`).click();
}

test('QEMU grows from one vector to four while the device raises: 7.2 loses interrupts, 10.0 loses none', async ({
  page,
}) => {
  test.slow();
  await openPanel(page);
  await chooseDevice(page, /e1000e/);

  const grow = async (label: string) => {
    await start(page, label);
    // without bus master the device sends no MSI
    await action(page, 'guest writes 0x107 to COMMAND').click();
    await panel(page)
      .getByRole('checkbox', { name: /raises a vector at the end of each ioctl/ })
      .check();
    await action(page, 'guest enables MSI-X').click();
    for (const vector of [0, 1, 2, 3]) await unmask(page, vector);
  };
  await grow('QEMU 7.2');
  await expect(cost(page)).toContainText('3 of them awaited');
  await expect(cost(page)).toContainText('6 vector-lines');
  await expect(page.getByRole('listbox', { name: 'Script' })).toContainText('guest unmasks vector 3');
  const ledger = page.locator('.ledger');
  // the first disable meets a device without a handler on its pin, and each of the three growths loses one
  await expect(ledger).toContainText(/lost\s*4/);

  await grow('QEMU 10.0 and 11.1');
  await expect(cost(page)).toContainText('0 vector-lines');
  await expect(cost(page)).not.toContainText('of them awaited');
  await expect(kept(page)).toContainText('noresizefalse');
  await expect(ledger).toContainText(/lost\s*0/);
  await expect(ledger).toContainText(/delivered\s*5/);
});

test('names the evidence of each client', async ({ page }) => {
  await openPanel(page);
  const choice = panel(page).getByRole('combobox', { name: 'Client' });
  await choice.selectOption({ label: 'QEMU 7.2' });
  await expect(panel(page)).toContainText('Recorded: QEMU 7.2.22 on Linux 6.1.192 and 6.12.117.');
  await choice.selectOption({ label: 'crosvm' });
  await expect(panel(page)).toContainText('By source, never recorded: crosvm devices/src/pci/vfio_pci.rs.');
});

test('keeps the client state through undo, reload and a link; an action is one edit', async ({ page }) => {
  test.slow();
  await openPanel(page);
  await start(page, 'QEMU 10.0 and 11.1');
  await action(page, 'guest enables MSI-X').hover();
  await expect(panel(page).getByRole('list', { name: 'Preview of operations' })).toContainText(
    'MSI-X [0..0] {-1} = 0',
  );
  await action(page, 'guest enables MSI-X').click();
  await unmask(page, 2);
  await expect(kept(page)).toContainText('nr_vectors3');
  await page.getByRole('heading', { name: 'Act as a client' }).click();
  await page.keyboard.press('Control+z');
  await expect(kept(page)).toContainText('nr_vectors0');
  await page.keyboard.press('Control+y');
  await expect(kept(page)).toContainText('nr_vectors3');
  await expect(kept(page)).toContainText('2 use, virq, unmasked');

  await page.reload();
  await expect(page.getByRole('table', { name: 'Wiring', exact: true })).toBeVisible();
  await page.keyboard.press('a');
  await expect(kept(page)).toContainText('nr_vectors3');
  const other = await page.context().newPage();
  await other.goto(await writtenLink(page));
  await expect(other.getByRole('table', { name: 'Wiring', exact: true })).toBeVisible();
  await other.keyboard.press('a');
  await expect(kept(other)).toContainText('2 use, virq, unmasked');
  await other.close();
});

test('reports a script that differs on another kernel, and replays the actions on it', async ({ page }) => {
  await openPanel(page);
  await start(page, 'QEMU 10.0 and 11.1');
  await action(page, 'guest enables MSI-X').click();
  await unmask(page, 0);
  await unmask(page, 1);
  await page.getByRole('radio', { name: '≤ 6.4 static' }).locator('xpath=..').click();
  await expect(panel(page).getByRole('note')).toContainText('differs from the client’s operation');
  await panel(page).getByRole('button', { name: 'Replay the client’s actions' }).click();
  await expect(kept(page)).toContainText('noresizetrue');
  await expect(kept(page)).toContainText('nr_vectors2');
});

test('shows actions above the ioctls on the timeline and in Compare, at several magnifications', async ({
  page,
}) => {
  test.slow();
  await openPanel(page);
  await start(page, 'QEMU 10.0 and 11.1');
  await action(page, 'guest enables MSI-X').click();
  for (const vector of [0, 1, 2]) await unmask(page, vector);
  const lane = page.getByRole('img', { name: /^guest unmasks vector 2, line \d+/ });
  await expect(lane.first()).toBeAttached();
  await expect(
    page.getByRole('img', { name: /^QEMU 10.0 and 11.1 opens the device, line 1/ }),
  ).toBeAttached();
  const pane = page.locator('.timeline-scroll, .timeline').first();
  await pane.hover();
  for (let turn = 0; turn < 2; turn++) {
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -240);
    await page.keyboard.up('Control');
  }
  await expect(page.getByRole('img', { name: /, line \d+/ }).first()).toBeAttached();
  await page.keyboard.press('v');
  await expect(page.getByRole('region', { name: 'Lane V3 patch', exact: true })).toBeVisible();
  await expect(page.getByRole('listbox', { name: 'Script' })).toBeVisible();
  await expect(lane.first()).toBeVisible();
  await expect(lane).toHaveCount(1);
});

test('works by keyboard and on a phone', async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 390, height: 844 });
  await openPanel(page);
  await panel(page).getByRole('combobox', { name: 'Client' }).selectOption({ label: 'DPDK 22.11' });
  await panel(page).getByRole('button', { name: 'Start with an empty script' }).focus();
  await page.keyboard.press('Enter');
  await action(page, 'driver enables 4 queue interrupts').focus();
  await expect(panel(page).getByRole('list', { name: 'Preview of operations' })).toContainText(
    '[0..4] {10 1000 1001 1002 1003} = 0',
  );
  await page.keyboard.press('Enter');
  await expect(kept(page)).toContainText('queues with an eventfd4');
  await expectNoOverflow(page);
});

test('passes axe in every look', async ({ page }, info) => {
  test.slow();
  await openPanel(page);
  await start(page, 'QEMU 7.2');
  await action(page, 'guest enables MSI-X').click();
  await unmask(page, 0);
  await unmask(page, 1);
  await inEveryLook(page, async (look) => {
    const { name } = look;
    await action(page, 'guest masks vector 1').hover();
    expect(await complaintsIn(page, look), name).toEqual([]);
    await picture(page, info, `client ${name}`, { fullPage: true });
  });
});

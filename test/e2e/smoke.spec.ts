import { expect, test } from './fixtures.ts';
import { complaintsOfAxe } from './looks.ts';

test('the built page opens under a sub-path without errors, policy breaches or requests to other origins', async ({
  page,
}) => {
  await page.goto('./', { waitUntil: 'networkidle' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('axe reports no violation', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await complaintsOfAxe(page)).toEqual([]);
});

// [code run in the page, beginning of the complaint about it]
const breaches: [string, string][] = [
  ["console.error('planted')", 'console: planted'],
  ["setTimeout(() => { throw new Error('planted') })", 'exception: planted'],
  [
    "document.body.append(Object.assign(document.createElement('script'), { text: 'x=1' }))",
    'console: policy: script-src-elem forbids inline',
  ],
  [
    "document.body.append(Object.assign(document.createElement('style'), { textContent: 'p{}' }))",
    'console: policy: style-src-elem forbids inline',
  ],
  ["setTimeout(() => globalThis.eval('1'))", 'console: policy: script-src forbids eval'],
  [
    "void fetch('http://127.0.0.1:9/').catch(() => {})",
    'console: policy: connect-src forbids http://127.0.0.1:9',
  ],
  ["void window.open('http://127.0.0.1:9/')", 'other origin: GET http://127.0.0.1:9/'],
  ["void fetch('no-such-file')", 'status 404: GET '],
];

for (const [breach, complaint] of breaches) {
  test(`the guards report ${breach}`, async ({ page, complaints }) => {
    await page.goto('./');
    await page.evaluate(`{ ${breach} }`);
    await expect.poll(() => complaints.filter((line) => line.startsWith(complaint))).not.toEqual([]);
    await page.close();
    complaints.length = 0;
  });
}

import { chromium } from '@playwright/test';
const all = Array.from({ length: 2048 }, (_, v) => 100 + (v % 64)).join(' ');
const lines = [...Array.from({ length: 64 }, (_, fd) => `eventfd ${100 + fd}`), `set_irqs msix trigger eventfd 0 [${all}]`];
for (let step = 0; lines.length < 4000; step++) { const vector = (step * 37) % 2048; const fd = 100 + (vector % 64);
  lines.push([`raise ${vector}`, `read ${fd}`, `set_irqs msix trigger eventfd ${vector} [999]`, step%3===0?`raise ${vector}`:`set_irqs msix trigger eventfd ${vector} [${fd}]`][step % 4]); 
  if (lines.length===3000) lines.push('set_irqs msix trigger none 0 0', 'eventfd 200', `set_irqs msix trigger eventfd 0 [${all}]`); }
const text = `device nvme2048 dynamic cpu_vectors=4096\n${lines.join('\n')}\n`;
const only = process.argv[2] ?? 'all';
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
for (const [w, h] of [[1440, 900], [1280, 720], [390, 844]]) for (const colorScheme of ['light', 'dark']) {
  if (only !== 'all' && only !== `${w}${colorScheme}`) continue;
  const page = await b.newPage({ viewport: { width: w, height: h }, colorScheme });
  page.on('console', (m) => m.type() === 'error' && console.log(m.text())); page.on('pageerror', (e) => console.log(String(e)));
  await page.goto('http://127.0.0.1:4302/some/where/irqscope/');
  if (w < 800) await page.getByRole('button', { name: 'Timeline', exact: true }).click();
  await page.waitForTimeout(300);
  await page.screenshot({ path: `/tmp/canvasbench/small-${w}-${colorScheme}.png` });
  if (w > 800) { await page.getByRole('treeitem', { name: /vector 1$/ }).click();
  await page.keyboard.press('z'); await page.waitForTimeout(200);
  await page.screenshot({ path: `/tmp/canvasbench/calls-${w}-${colorScheme}.png` }); await page.keyboard.press('0'); }
  if (w < 800) await page.getByRole('button', { name: 'Script', exact: true }).click();
  await page.getByRole('button', { name: 'Notation…' }).click();
  await page.getByLabel('Script file').setInputFiles({ name: 'l.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: /Use these/ }).click();
  if (w < 800) await page.getByRole('button', { name: 'Timeline', exact: true }).click();
  await page.getByText(/line \d{4} \/ \d{4}/).waitFor();
  await page.waitForTimeout(300);
  await page.screenshot({ path: `/tmp/canvasbench/large-${w}-${colorScheme}.png` });
  await page.getByRole('slider', { name: 'Lane height' }).fill('0');
  await page.waitForTimeout(300);
  await page.screenshot({ path: `/tmp/canvasbench/fit-${w}-${colorScheme}.png` });
  await page.close();
}
await b.close();

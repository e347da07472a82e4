// The size of the page: the files before the lab is usable, all files of a first visit, and the whole build.
import { fileURLToPath } from 'node:url';
import { filesBelow } from '../../build/files.ts';
import { expect, test } from './fixtures.ts';
import { firstModules, named, weight } from './weight.ts';

/** Kilobytes (1000 bytes), as a server with gzip sends them. */
const BUDGET = { lab: 76, visit: 214, styles: 12.5, all: 1090, single: 986 };

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

test('the lab stays within its budget before it is usable, and for a whole first visit', async ({
  page,
  baseURL,
}) => {
  const first = firstModules(dist);
  const scripts = new Set(first);
  const styles = new Set(named(dist, '.css'));
  page.on('response', (response) => {
    const path = response.url().slice(baseURL?.length);
    if (path.endsWith('.js')) scripts.add(path);
    if (path.endsWith('.css')) styles.add(path);
  });
  await page.goto('./');
  // the lab is usable once a click shows its result
  await page.getByRole('button', { name: 'Run ioctl' }).click();
  await expect(page.getByRole('heading', { name: /^Wiring after line \d+/ })).toBeVisible();
  await page.waitForLoadState('networkidle');
  // lanes, address and more are loaded after the first picture
  expect(scripts.size).toBeGreaterThan(first.size);
  const [lab, visit, css] = [weight(dist, first), weight(dist, scripts), weight(dist, styles)];
  test.info().annotations.push({
    type: 'kB',
    description: `lab ${lab.toFixed(1)}, visit ${visit.toFixed(1)}, style ${css.toFixed(1)}`,
  });
  expect(css).toBeLessThanOrEqual(BUDGET.styles);
  expect(lab).toBeLessThanOrEqual(BUDGET.lab);
  expect(visit).toBeLessThanOrEqual(BUDGET.visit);
});

test('the whole page and the single file stay within their budgets', () => {
  const files = filesBelow(dist).filter((path) => path !== 'irqscope.html');
  expect(files).toContain('atlas.json');
  test.info().annotations.push({
    type: 'kB',
    description: `all ${weight(dist, files).toFixed(1)}, one file ${weight(dist, ['irqscope.html']).toFixed(1)}`,
  });
  expect(weight(dist, files)).toBeLessThanOrEqual(BUDGET.all);
  expect(weight(dist, ['irqscope.html'])).toBeLessThanOrEqual(BUDGET.single);
});

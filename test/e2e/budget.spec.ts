// The size of the page: the files before the lab is usable, all files of a first visit, and the whole build.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { filesBelow } from '../../build/files.ts';
import { expect, test } from './fixtures.ts';

/** Kilobytes (1000 bytes), as a server with gzip sends them. */
const BUDGET = { lab: 131.9, visit: 264, styles: 12.1, all: 1060, single: 980 };

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Returns the kilobytes of built files, each gzipped separately unless it is compressed already. */
function weight(paths: Iterable<string>): number {
  const bytes = [...paths].map((path) => {
    const content = readFileSync(join(dist, path));
    return Math.min(content.length, gzipSync(content).length);
  });
  return bytes.reduce((sum, one) => sum + one, 0) / 1000;
}

/** Returns the static imports of a module, directly and indirectly. */
function withImports(path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  const code = readFileSync(join(dist, path), 'utf8');
  for (const [, name = ''] of code.matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)) {
    withImports(join('assets', name), found);
  }
  return found;
}

/** Returns the files of a kind that index.html names. */
function named(end: string): string[] {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  return [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].flatMap(([, path = '']) =>
    path.endsWith(end) ? [path] : [],
  );
}

test('the lab stays within its budget before it is usable, and for a whole first visit', async ({
  page,
  baseURL,
}) => {
  const first = new Set(named('.js').flatMap((path) => [...withImports(path)]));
  const scripts = new Set(first);
  const styles = new Set(named('.css'));
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
  const [lab, visit, css] = [weight(first), weight(scripts), weight(styles)];
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
    description: `all ${weight(files).toFixed(1)}, one file ${weight(['irqscope.html']).toFixed(1)}`,
  });
  expect(weight(files)).toBeLessThanOrEqual(BUDGET.all);
  expect(weight(['irqscope.html'])).toBeLessThanOrEqual(BUDGET.single);
});

// `npm run build` writes a complete page into any folder, for any path. One build serves all tests.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesBelow } from '../../build/files.ts';
import { listedFiles } from '../../build/offline.ts';
import type { Shipped } from '../../src/offline/answers.ts';

const top = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'irqscope-build-'));
const BASE = '/tools/anywhere/';

const read = (path: string) => readFileSync(join(folder, path));

/** Vitest's NODE_ENV would select React's development build. */
const { NODE_ENV: _, ...environment } = process.env;

beforeAll(() => {
  // a host's own files, also an unfinished older build
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'assets/old-0000.js'), '');
  writeFileSync(join(folder, 'robots.txt'), '');
  const args = ['build/all.mjs', '--outDir', folder, '--base', BASE, '--logLevel', 'error'];
  const built = spawnSync(process.execPath, args, { cwd: top, encoding: 'utf8', env: environment });
  if (built.status !== 0) throw new Error(built.stdout + built.stderr);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a build outside the repository with another base', () => {
  test('contains the page, the single file, the service worker and the data files', () => {
    expect(filesBelow(folder)).toEqual(
      expect.arrayContaining([
        'index.html',
        'irqscope.html',
        'sw.js',
        'atlas.json',
        'trust.json',
        'seen.json',
        'icon.svg',
      ]),
    );
    expect(JSON.parse(read('trust.json').toString())).toMatchObject({ differences: [], unreadable: [] });
  });

  test('links to existing files below the base', () => {
    const html = read('index.html').toString();
    const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link = '']) => decodeURI(link));
    expect(links.length).toBeGreaterThanOrEqual(3);
    for (const link of links) {
      expect(link.startsWith(BASE)).toBe(true);
      expect(filesBelow(folder)).toContain(link.slice(BASE.length));
    }
  });

  test('lists every file of the page for offline use, with its hash, and no file of the host', () => {
    const [first = ''] = read('sw.js').toString().split('\n');
    const { files }: Shipped = JSON.parse(first.replace(/^const SHIPPED=|;$/g, ''));
    const own = filesBelow(folder).filter(
      (path) => !['sw.js', 'irqscope.html', 'assets/old-0000.js', 'robots.txt'].includes(path),
    );
    expect(files.map(({ path }) => path)).toEqual(own);
    for (const { path, hash } of files)
      expect(createHash('sha256').update(read(path)).digest('base64'), path).toBe(hash);
  });

  test('puts every data file of the page into the single file, and no link to the base', () => {
    const html = read('irqscope.html').toString();
    const inside = [...html.matchAll(/ data-file="([^"]+)"/g)].map(([, path]) => path);
    const expected = listedFiles(folder).filter((path) => !/^(assets\/|index\.html$|icon\.svg$)/.test(path));
    expect(inside).toEqual(expected);
    expect(html).not.toContain(BASE);
    expect(html).not.toMatch(/<(?:script|link)[^>]* (?:src|href)="(?!data:)/);
  });
});

test('a folder without a built page is refused for the single file', () => {
  expect(() => listedFiles(tmpdir())).toThrow('build the page first');
});

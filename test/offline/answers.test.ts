// The decisions of the service worker: the file for a request, the address of a file, and the caches to delete.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressOf,
  cacheName,
  integrityOf,
  isNamedByContent,
  neededNoMore,
  ownCaches,
  pathAsked,
} from '../../src/offline/answers.ts';

const SCOPE = 'https://example.org/tools/irqscope/';
const get = (url: string) => ({ method: 'GET', url: new URL(url, SCOPE).href });

describe('the requested file', () => {
  const asked: [string, string | null][] = [
    ['./', 'index.html'],
    ['index.html', 'index.html'],
    ['./?embed=1', 'index.html'],
    ['./#s=1', 'index.html'],
    ['assets/index-D2x.js', 'assets/index-D2x.js'],
    ['recorder/', 'recorder/index.html'],
    ['recordings/a%20b.jsonl.gz', 'recordings/a b.jsonl.gz'],
    ['recordings/%E0%A4%A', null],
    ['../other/index.html', null],
    ['../irqscope', null],
    ['https://example.com/tools/irqscope/', null],
    ['http://example.org/tools/irqscope/', null],
  ];
  test.each(asked)('%s requests %s', (url, path) => {
    expect(pathAsked(get(url), SCOPE)).toBe(path);
  });

  test('only GET requests are served; others go to the network', () => {
    for (const method of ['POST', 'HEAD', 'PUT']) {
      expect(pathAsked({ method, url: SCOPE }, SCOPE)).toBeNull();
    }
  });

  test('the address of a file requests that file, whatever its name', () => {
    const part = fc
      .string({ unit: fc.constantFrom(...'aZ9.%?#&+ "é😀\u0000'), minLength: 1, maxLength: 6 })
      // browsers resolve dots as folders
      .filter((text) => !/^(\.|%2e){1,2}$/i.test(text));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => {
        const path = parts.join('/');
        expect(pathAsked(get(addressOf(path, SCOPE)), SCOPE)).toBe(path);
      }),
    );
  });

  test('an index is fetched by its folder, because browsers refuse redirected responses for pages', () => {
    expect(addressOf('index.html', SCOPE)).toBe(SCOPE);
    expect(addressOf('recorder/index.html', SCOPE)).toBe(`${SCOPE}recorder/`);
    expect(addressOf('myindex.html', SCOPE)).toBe(`${SCOPE}myindex.html`);
  });
});

test('every file except a gzipped one must have its hash', () => {
  expect(integrityOf({ path: 'index.html', hash: 'abc=' })).toBe('sha256-abc=');
  expect(integrityOf({ path: 'recordings/a.jsonl.gz', hash: 'abc=' })).toBeNull();
});

test('only files of the bundler have names with a content hash', () => {
  expect(isNamedByContent('assets/a-D2x.js')).toBe(true);
  expect(['index.html', 'atlas.json', 'recordings/a.jsonl.gz'].some(isNamedByContent)).toBe(false);
});

describe('the caches', () => {
  const other = 'https://example.org/tools/irqscope/nightly/';
  const all = [
    cacheName(SCOPE, 'one'),
    'of something else',
    cacheName(SCOPE, 'two'),
    cacheName(other, 'one'),
    cacheName(SCOPE, 'three'),
  ];

  test('of another page on the same origin are left alone', () => {
    expect(ownCaches(all, SCOPE)).toEqual(
      ['one', 'two', 'three'].map((version) => cacheName(SCOPE, version)),
    );
    expect(ownCaches(all, other)).toEqual([cacheName(other, 'one')]);
  });

  test('of this version and the one before are kept', () => {
    expect(neededNoMore(all, SCOPE, 'three')).toEqual([cacheName(SCOPE, 'one')]);
    // return to an older version
    expect(neededNoMore(all, SCOPE, 'one')).toEqual([cacheName(SCOPE, 'two')]);
    expect(neededNoMore([cacheName(SCOPE, 'one')], SCOPE, 'one')).toEqual([]);
  });
});

// Files that come with the page: taken from the server, or out of a page that is one file; and why one is not to be had.
import { afterEach, expect, test, vi } from 'vitest';
import { fileBlock } from '../../build/singleFile.ts';
import { isSingleFile, shippedFile } from '../../src/app/state/shipped.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

const bytesOf = async (path: string) => [...new Uint8Array(await (await shippedFile(path)).arrayBuffer())];

test('one file has them inside, as they were, and asks nobody', async () => {
  vi.stubGlobal('fetch', () => expect.unreachable());
  const text = new TextEncoder().encode('{"states":1}');
  const packed = new Uint8Array([0x1f, 0x8b, 8, 0, 255, 0]);
  document.body.innerHTML = fileBlock('atlas.json', text) + fileBlock('recordings/a.jsonl.gz', packed);
  expect(isSingleFile()).toBe(true);
  expect(await bytesOf('atlas.json')).toEqual([...text]);
  expect(await bytesOf('recordings/a.jsonl.gz')).toEqual([...packed]);
  await expect(shippedFile('recordings/b.jsonl.gz')).rejects.toThrow('it is not in this file');
});

test('a page from a server fetches them from beside itself', async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    return new Response(path === 'atlas.json' ? 'yes' : null, { status: path === 'atlas.json' ? 200 : 404 });
  });
  expect(isSingleFile()).toBe(false);
  expect(await bytesOf('atlas.json')).toEqual([...new TextEncoder().encode('yes')]);
  await expect(shippedFile('none')).rejects.toThrow('the server answered 404');
  expect(asked).toEqual(['atlas.json', 'none']);
});

test('without a network it says so in words', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(shippedFile('atlas.json')).rejects.toThrow('neither the server nor this browser has it now');
});

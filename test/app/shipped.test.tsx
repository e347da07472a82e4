// Files that come with the page: from the server or from the single-file page, and the errors for missing ones.
import { waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { fileBlock } from '../../build/singleFile.ts';
import { shippedFile } from '../../src/app/services/shipped.ts';
import { isSingleFile } from '../../src/app/services/singleFile.ts';
import { followShippedLinks } from '../../src/app/shell/shippedLinks.ts';
import { labSlice } from '../../src/app/store/lab.ts';
import { createPage } from './page.tsx';

const { app } = createPage();

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

const bytesOf = async (path: string) => [...new Uint8Array(await (await shippedFile(path)).arrayBuffer())];

test('the single-file page returns its embedded files unchanged, without a request', async () => {
  vi.stubGlobal('fetch', () => expect.unreachable());
  const text = new TextEncoder().encode('{"states":1}');
  const packed = new Uint8Array([0x1f, 0x8b, 8, 0, 255, 0]);
  document.body.innerHTML = fileBlock('atlas.json', text) + fileBlock('recordings/a.jsonl.gz', packed);
  expect(isSingleFile()).toBe(true);
  expect(await bytesOf('atlas.json')).toEqual([...text]);
  expect(await bytesOf('recordings/a.jsonl.gz')).toEqual([...packed]);
  await expect(shippedFile('recordings/b.jsonl.gz')).rejects.toThrow(
    'this single-file page does not contain it',
  );
});

test('a served page fetches files by paths relative to itself', async () => {
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

test('names an unreachable server in the error', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(shippedFile('atlas.json')).rejects.toThrow(
    'the server is unreachable and this browser has no copy',
  );
});

test('in the single-file page a link to a file saves it, and a link to a page offers the files of its folder', async () => {
  const saved: string[] = [];
  vi.stubGlobal(
    'URL',
    class extends URL {
      static override createObjectURL = () => 'blob:x';
      static override revokeObjectURL = () => undefined;
    },
  );
  const save = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download);
  });
  const text = (words: string) => new TextEncoder().encode(words);
  document.body.innerHTML =
    fileBlock('recorder/index.html', text('<p>')) +
    fileBlock('recorder/record.c', text('int main')) +
    fileBlock('atlas.json', text('{}')) +
    '<a href="recorder/index.html">page</a><a href="atlas.json">file</a><a href="none.c">none</a><a href="#x">here</a>';
  const end = followShippedLinks(app);
  const press = (name: string) => {
    const [link] = [...document.querySelectorAll('a')].filter(({ textContent }) => textContent === name);
    return link?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  };
  // true: the browser follows the link
  expect(press('here')).toBe(true);
  expect(press('page')).toBe(false);
  const { problem } = app.get(labSlice);
  expect(problem?.title).toContain('cannot show recorder/index.html');
  expect(problem?.actions?.map(({ label }) => label)).toEqual(['Save index.html', 'Save record.c']);
  problem?.actions?.[1]?.run();
  await waitFor(() => expect(saved).toEqual(['record.c']));
  expect(press('file')).toBe(false);
  await waitFor(() => expect(saved).toEqual(['record.c', 'atlas.json']));
  expect(press('none')).toBe(false);
  await waitFor(() => expect(app.get(labSlice).problem?.title).toBe('none.c could not be saved.'));
  end();
  save.mockRestore();
});

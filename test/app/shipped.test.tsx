// Files that come with the page: taken from the server, or out of a page that is one file; and why one is not to be had.
import { afterEach, expect, test, vi } from 'vitest';
import { fileBlock } from '../../build/singleFile.ts';
import { useLab } from '../../src/app/state/lab.ts';
import { isSingleFile, shippedFile } from '../../src/app/state/shipped.ts';
import { followShippedLinks } from '../../src/app/state/shippedLinks.ts';

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

test('in one file a link to a file saves it, and one to a page offers what belongs to it', async () => {
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
  const end = followShippedLinks();
  const press = (name: string) => {
    const [link] = [...document.querySelectorAll('a')].filter(({ textContent }) => textContent === name);
    return link?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  };
  // true: it is left to the browser
  expect(press('here')).toBe(true);
  expect(press('page')).toBe(false);
  const { problem } = useLab.getState();
  expect(problem?.title).toContain('recorder/index.html is not shown');
  expect(problem?.actions?.map(({ label }) => label)).toEqual(['Save index.html', 'Save record.c']);
  problem?.actions?.[1]?.run();
  await vi.waitFor(() => expect(saved).toEqual(['record.c']));
  expect(press('file')).toBe(false);
  await vi.waitFor(() => expect(saved).toEqual(['record.c', 'atlas.json']));
  expect(press('none')).toBe(false);
  await vi.waitFor(() => expect(useLab.getState().problem?.title).toBe('none.c could not be saved.'));
  end();
  save.mockRestore();
});

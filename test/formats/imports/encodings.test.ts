// Files in UTF-16, with and without a byte order mark, and in UTF-8.
import { expect, test } from 'vitest';
import { headOf, piecesOf } from '../../../src/app/workers/pieces.ts';
import { contentProblem, encodingOf } from '../../../src/formats/imports/content.ts';

const TRACE = 'vfio_msix_enable  (0000:01:00.0)\r\nvfio_msix_vector_do_use  (0000:01:00.0) vector 0 used\r\n';
const NOTED = `# Prüfung – écrit à la main 🦀\n${TRACE}`;

function utf16(text: string, isBig: boolean): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(2 * at, text.charCodeAt(at), !isBig);
  return bytes;
}

async function read(bytes: Uint8Array<ArrayBuffer>) {
  const file = new Blob([bytes]);
  const head = await headOf(file);
  let text = '';
  for await (const piece of piecesOf(file)) text += piece.text;
  return { head, text };
}

test.each([
  ['UTF-8', new TextEncoder().encode(NOTED)],
  ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${NOTED}`)],
  ['UTF-16 LE with a mark', utf16(`\ufeff${NOTED}`, false)],
  ['UTF-16 BE with a mark', utf16(`\ufeff${NOTED}`, true)],
  ['UTF-16 LE without a mark', utf16(NOTED, false)],
  ['UTF-16 BE without a mark', utf16(NOTED, true)],
])('reads text in %s', async (_, bytes) => {
  const { head, text } = await read(bytes);
  expect(head).toEqual({ ok: true, text: NOTED, packed: false });
  expect(text).toBe(NOTED);
});

test('reads long UTF-16 text whose characters are split between pieces', async () => {
  const long = `\ufeff${NOTED.repeat(3000)}`;
  const { text } = await read(utf16(long, true));
  expect(text).toBe(long.slice(1));
});

test('keeps the encoding of the whole head when the first piece is one byte', async () => {
  const bytes = utf16(TRACE, false);
  const file = new Blob([bytes]);
  Object.defineProperty(file, 'stream', {
    value: () =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
          controller.close();
        },
      }),
  });
  let text = '';
  for await (const piece of piecesOf(file)) text += piece.text;
  expect(text).toBe(TRACE);
});

test('takes binary files for no text', () => {
  const binary = new Uint8Array(400).map((_, at) => (at * 37) % 256);
  expect(encodingOf(binary)).toBe('utf-8');
  expect(contentProblem(binary)?.found).toBe('a zero byte, so the file is binary');
  const zeros = new Uint8Array(64);
  expect(encodingOf(zeros)).toBe('utf-8');
  expect(contentProblem(zeros)).not.toBeNull();
  const simple = Uint8Array.of(...Array<number>(8).fill(0xff), 0xb4, 0x29, 0, 0);
  expect(contentProblem(simple)?.found).toBe('a binary trace of QEMU’s simple backend');
});

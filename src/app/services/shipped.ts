// Loads the files that come with the page (public/, atlas.json …): by fetch from a server, or from the page itself if the page
// is a single file, because fetch fails on `file://` (build/singleFile.ts).

import { piped } from './piped.ts';
import { embeddedFiles } from './singleFile.ts';

/** Returns the paths of the files in a single-file page; empty for other pages. */
export function shippedPaths(): string[] {
  return [...embeddedFiles()].flatMap(({ dataset }) => dataset['file'] ?? []);
}

/**
 * Loads a file of the page by its path below the folder of the page, such as `recordings/x.jsonl.gz`.
 * Throws an Error whose message is a phrase for use after a colon.
 */
export async function shippedFile(path: string): Promise<Blob> {
  const all = [...embeddedFiles()];
  if (all.length > 0) {
    const block = all.find(({ dataset }) => dataset['file'] === path);
    if (block === undefined) throw new Error('this single-file page does not contain it');
    return unpackedBlock(block);
  }
  const response = await fetch(path).catch((error: unknown) => {
    throw new Error('the server is unreachable and this browser has no copy', { cause: error });
  });
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.blob();
}

async function unpackedBlock({ textContent, type }: HTMLScriptElement): Promise<Blob> {
  const bytes = Uint8Array.from(atob(textContent), (character) => character.charCodeAt(0));
  return new Blob([
    type === 'application/gzip' ? await piped(new DecompressionStream('gzip'), bytes) : bytes,
  ]);
}

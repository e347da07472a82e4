// The one door to the files that come with the page (public/, atlas.json …): fetched from beside a page on a server, and taken
// out of the page itself where that is one file, because nothing can be fetched from `file://` (build/singleFile.ts).

/** The blocks of a page that is one file. */
const blocks = () => document.querySelectorAll<HTMLScriptElement>('script[data-file]');

/** True where the page is one file, with everything in it. */
export function isSingleFile(): boolean {
  return blocks().length > 0;
}

/** The files in a page that is one file, by their paths; none where it is not. */
export function shippedPaths(): string[] {
  return [...blocks()].flatMap(({ dataset }) => dataset['file'] ?? []);
}

/**
 * A file that comes with the page, by its path below the folder of the page, for instance `recordings/x.jsonl.gz`.
 * Throws an Error whose message says why in words, to stand behind a colon.
 */
export async function shippedFile(path: string): Promise<Blob> {
  const all = [...blocks()];
  if (all.length > 0) {
    const block = all.find(({ dataset }) => dataset['file'] === path);
    if (block === undefined) throw new Error('it is not in this file');
    return unpackedBlock(block);
  }
  const response = await fetch(path).catch((error: unknown) => {
    throw new Error('neither the server nor this browser has it now', { cause: error });
  });
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.blob();
}

async function unpackedBlock({ textContent, type }: HTMLScriptElement): Promise<Blob> {
  const bytes = Uint8Array.from(atob(textContent), (character) => character.charCodeAt(0));
  const { body } = new Response(bytes);
  if (type !== 'application/gzip' || body === null) return new Blob([bytes]);
  return new Response(body.pipeThrough(new DecompressionStream('gzip'))).blob();
}

// Recordings from a file of the person or from those that come with the page.

import { placeText } from '../../base/result.ts';
import type { OpenedRecording } from '../../session/opened.ts';
import { openingRecording } from '../../session/opening.ts';
import type { BuiltIn } from './builtIn.ts';
import { showProblem, showRecording } from './lab.ts';
import { shippedFile } from './shipped.ts';
import { inSlices } from './slices.ts';
import { beginWorking, endWorking, newOpening, tellPart } from './working.ts';

/** Opens a recording that comes with the page. */
export async function openBuiltIn({ file }: BuiltIn): Promise<void> {
  const isWanted = newOpening();
  const opened = await loadBuiltIn(file, isWanted);
  if (opened !== null && isWanted()) showRecording(opened, file);
}

/** Loads a recording that comes with the page; null where it is not wanted any more, or a problem is shown. */
export async function loadBuiltIn(file: string, isWanted: () => boolean): Promise<OpenedRecording | null> {
  const name = `${file}.jsonl.gz`;
  try {
    return await readRecording(name, await unpacked(await shippedFile(`recordings/${name}`)), isWanted);
  } catch (error) {
    showProblem({ title: `${name} could not be loaded.`, details: [reason(error)] });
    return null;
  }
}

async function readRecording(
  name: string,
  bytes: Uint8Array,
  isWanted: () => boolean,
): Promise<OpenedRecording | null> {
  // the reader is fetched when it is needed: most visits open no recording
  const { readRecording: read } = await import('../../formats/recording/parse.ts');
  if (!isWanted()) return null;
  beginWorking('opening', name, 0, 0);
  const told = tellPart(isWanted);
  // reading takes about as long as comparing
  const parsed = await inSlices(read(new TextDecoder().decode(bytes)), (part) => told(part / 2));
  if (parsed === null) return null;
  if (parsed.ok) {
    const opened = await inSlices(openingRecording(parsed.value), (part) => told(0.5 + part / 2));
    if (opened !== null) endWorking();
    return opened;
  }
  endWorking();
  const details = parsed.problems.map(
    ({ at, expected, found }) => `${placeText(at)}: expected ${expected}, found ${found}`,
  );
  showProblem({ title: `${name} is not a recording that can be read.`, details });
  return null;
}

/** Unpacks what is packed: a server may already have done so, hence the look at the first bytes. */
async function unpacked(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const { body } = new Response(bytes);
  if (body === null) return new Uint8Array();
  return new Uint8Array(await new Response(body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

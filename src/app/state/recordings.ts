// Recordings from a file of the person or from those that come with the page.

import { placeText } from '../../base/result.ts';
import type { OpenedRecording } from '../../session/opened.ts';
import { openingRecording } from '../../session/opening.ts';
import type { BuiltIn } from './builtIn.ts';
import { showProblem, showRecording } from './lab.ts';
import { shippedFile } from './shipped.ts';
import { inSlices } from './slices.ts';
import { beginWorking, endWorking, newOpening, step } from './working.ts';

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

/** How a lesson, or what was done of lessons, begins. */
const LESSON = /^\s*\{\s*"irqscope"\s*:\s*"(lesson|progress)"/;

/** How the file of a session begins. */
const SESSION = /^\uFEFF?\s*\{\s*"irqscope"\s*:\s*"session"/;

/** Opens what the person has chosen or dropped: a recording, a session, a lesson, or a script in notation. */
export async function openFile(file: File): Promise<void> {
  try {
    const bytes = await unpacked(file);
    if (LESSON.test(new TextDecoder().decode(bytes.subarray(0, 200)))) {
      const { openLessonText } = await import('./lessonFiles.ts');
      openLessonText(file.name, new TextDecoder().decode(bytes));
      return;
    }
    if (SESSION.test(new TextDecoder().decode(bytes.subarray(0, 200)))) {
      const { openSessionText } = await import('./openSession.ts');
      openSessionText(file.name, new TextDecoder().decode(bytes));
      return;
    }
    if (!isRecording(file.name, bytes)) {
      const { openScriptText } = await import('./openScript.ts');
      await openScriptText(file.name, bytes);
      return;
    }
    const opened = await readRecording(file.name, bytes, newOpening());
    if (opened !== null) showRecording(opened, null);
  } catch (error) {
    showProblem({ title: `${file.name} could not be unpacked.`, details: [reason(error)] });
  }
}

/** A recording is JSON, and no line of a script begins with a brace; a name can say so too. */
function isRecording(name: string, bytes: Uint8Array): boolean {
  return /\.jsonl(\.gz)?$/.test(name) || bytes.find((byte) => byte > 0x20) === 0x7b;
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
  // reading takes about as long as comparing; another opening, or a person, ends this one
  const told = (from: number) => (part: number) => {
    if (!isWanted()) return false;
    step({ done: Math.round((from + part / 2) * 100), total: 100 });
    return true;
  };
  const parsed = await inSlices(read(new TextDecoder().decode(bytes)), told(0));
  if (parsed === null) return null;
  if (parsed.ok) {
    const opened = await inSlices(openingRecording(parsed.value), told(0.5));
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

// Recordings from a file of the person or from those that come with the page.

import { placeText } from '../../base/result.ts';
import { type OpenedRecording, openingRecording } from '../../session/opened.ts';
import { showProblem, showRecording } from './lab.ts';
import { inSlices } from './slices.ts';
import { beginWorking, endWorking, newOpening, tellPart } from './working.ts';

/** A recording that comes with the page. */
export interface BuiltIn {
  /** File name below `recordings/`. */
  readonly file: string;
  readonly kernel: string;
  /** What it shows. */
  readonly about: string;
}

/** The recordings below public/recordings, in the order of the menu. */
export const BUILT_IN: readonly BuiltIn[] = [
  { file: 'dynamic-bad-attached-single', kernel: '6.12 dynamic', about: 'A closed fd on an attached vector' },
  { file: 'static-bad-attached-single', kernel: '6.1 static', about: 'A closed fd on an attached vector' },
  {
    file: 'dynamic-bad-number-stolen',
    kernel: '6.12 dynamic',
    about: 'Who gets the irq number after a failure',
  },
  { file: 'v3-bad-number-stolen', kernel: 'V3 patch', about: 'Who gets the irq number after a failure' },
  { file: 'v2-bad-number-stolen', kernel: 'V2 patch', about: 'Who gets the irq number after a failure' },
  {
    file: 'dynamic-dynamic-block',
    kernel: '6.12 dynamic',
    about: 'A block that runs past the enabled range',
  },
  {
    file: 'dynamic-deassign-reassign',
    kernel: '6.12 dynamic',
    about: 'Detach, raise while detached, attach again',
  },
  {
    file: 'dynamic-pending-across-disable',
    kernel: '6.12 dynamic',
    about: 'A pending interrupt across a disable',
  },
  {
    file: 'dynamic-reset-enabled',
    kernel: '6.12 dynamic',
    about: 'VFIO_DEVICE_RESET while MSI-X is enabled',
  },
  { file: 'dynamic-intx-basic-e1000e', kernel: '6.12 dynamic', about: 'INTx: auto-mask and unmask' },
  { file: 'dynamic-msi-multi-xhci', kernel: '6.12 dynamic', about: 'MSI with several vectors' },
  { file: 'dynamic-count-zero', kernel: '6.12 dynamic', about: 'count 0 with EVENTFD and BOOL' },
];

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
    const response = await fetch(`recordings/${name}`);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return await readRecording(name, await unpacked(await response.blob()), isWanted);
  } catch (error) {
    showProblem({ title: `${name} could not be loaded.`, details: [reason(error)] });
    return null;
  }
}

/** Opens what the person has chosen or dropped. */
export async function openFile(file: File): Promise<void> {
  // the formats are fetched when one is needed: most visits open nothing
  const { openImport } = await import('./imports.ts');
  await openImport(file);
}

/** Opens a pasted text as a file is opened. */
export function openPasted(text: string): Promise<void> {
  return openFile(new File([text], 'pasted text', { type: 'text/plain' }));
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

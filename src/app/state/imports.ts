// Opening what a person brings: a file, something dropped, or a pasted text. What it is is told by its content, with the
// reason; until it is read as a whole nothing of the session is touched.

import { type Problem, problemText } from '../../base/result.ts';
import type { ImportFormat } from '../../formats/imports/format.ts';
import { headLines } from '../../formats/imports/head.ts';
import { FORMATS, formatById, type Recognised, recognise } from '../../formats/imports/registry.ts';
import { ImportRun } from '../../formats/imports/run.ts';
import { scriptMachine } from '../../session/scriptMachine.ts';
import { counted } from '../../views/words/numbers.ts';
import { brokenFile, headOf, piecesOf } from '../workers/pieces.ts';
import { documentOf } from './documents.ts';
import type { ReadFile } from './engine.ts';
import { type Imported, setImported, showImported, useImported } from './imported.ts';
import { showProblem, useLab } from './lab.ts';
import { loadEngine } from './long.ts';
import { openScript } from './openScript.ts';
import { openRecordingFile } from './recordingFile.ts';
import { newOpening } from './working.ts';

/** A file of more bytes, or a packed one, is read by the worker. */
const LARGE = 100_000;
/** Problems that are told by name. */
const SHOWN = 10;

/** Opens a file. */
export async function openImport(file: File): Promise<void> {
  const isWanted = newOpening();
  const head = await headOf(file).catch((error: unknown) => ({
    ok: false as const,
    problem: brokenFile(error),
  }));
  if (!isWanted()) return;
  if (!head.ok) {
    refuse(file.name, [head.problem]);
    return;
  }
  const document = documentOf(head.text);
  if (document !== null) {
    await document.open(file);
    return;
  }
  const lines = headLines(head.text, file.size < head.text.length);
  const found = recognise(lines) ?? named(file.name);
  if (found === null) {
    unknown(file, lines);
    return;
  }
  await openAs(file, found, lines, isWanted);
}

/** A name can say what a text does not. */
function named(name: string): Recognised | null {
  const id = /\.jsonl(\.gz)?$/.test(name) ? 'recording' : null;
  const format = id === null ? undefined : formatById(id);
  return format === undefined ? null : { format, reason: `its name is ${name}` };
}

async function openAs(
  file: File,
  { format, reason }: Recognised,
  head: readonly string[],
  isWanted: () => boolean,
): Promise<void> {
  if (format.id === 'recording') {
    const became = await openRecordingFile(file, isWanted);
    // a damaged one is read line by line, so that what is good of it is kept
    if (became !== 'damaged') return;
  }
  const read = await readFile(file, format, head, isWanted);
  if (read === null || !isWanted()) return;
  show(importedOf(file, format, reason, read));
}

/** Reads the text that is shown once more, as the format of that id. */
export async function readAs(id: string): Promise<void> {
  const { imported } = useImported.getState();
  const format = formatById(id);
  if (imported === null || format === undefined) return;
  const isWanted = newOpening();
  const head = await headOf(imported.file);
  if (!head.ok || !isWanted()) return;
  const lines = headLines(head.text, false);
  const read = await readFile(imported.file, format, lines, isWanted);
  if (read === null || !isWanted()) return;
  const reason = format.recognise(lines) ?? 'you chose it';
  setImported(importedOf(imported.file, format, reason, read));
}

/** Reads a file: in the worker where it is large and there is one, else here, a piece at a time. Null when it was cancelled. */
async function readFile(
  file: File,
  format: ImportFormat,
  head: readonly string[],
  isWanted: () => boolean,
): Promise<ReadFile | null> {
  const isPacked = file.name.endsWith('.gz');
  if ((file.size > LARGE || isPacked) && typeof Worker !== 'undefined') {
    const { readInWorker } = await loadEngine();
    return isWanted() ? readInWorker(file, format, head) : null;
  }
  const run = new ImportRun(format, head);
  let problem: Problem | null = null;
  try {
    for await (const { text } of piecesOf(file)) {
      if (!isWanted()) return null;
      run.push(text);
    }
  } catch (error) {
    problem = brokenFile(error);
  }
  const summary = run.end(problem);
  return { ...run.take(), summary };
}

function importedOf(file: File, format: ImportFormat, reason: string, read: ReadFile): Imported {
  const { device } = read.summary;
  const made = device === null ? null : scriptMachine(device, null);
  const deviceProblem = made?.ok === false ? problemText(made.problems[0]) : '';
  return { file, format: format.id, label: format.label, reason, deviceProblem, opened: false, ...read };
}

/** Opens it where all of it is good; where not, shows it and asks. */
function show(imported: Imported): void {
  const { file, lines, summary, deviceProblem } = imported;
  setImported(imported);
  if (summary.bad === 0 && deviceProblem === '' && lines.length > 0) {
    openImported();
    return;
  }
  if (lines.length > 0) {
    showImported();
    return;
  }
  const wrong = imported.rows.filter(({ kind }) => kind === 'bad').slice(0, SHOWN);
  const details = wrong.map(({ line, column, what }) => `line ${line}, column ${column}: ${what}`);
  showProblem({
    title: `${file.name} is not a ${formatById(imported.format)?.thing} that can be read.`,
    details: details.length > 0 ? details : [`No line of it is an operation: read as ${imported.label}.`],
    actions: [{ label: 'Show the text', run: () => showImported() }],
  });
}

/** Makes the script of the shown text the session. */
export function openImported(): void {
  const { imported } = useImported.getState();
  if (imported === null || imported.lines.length === 0) return;
  const { file, lines, summary, deviceProblem, label, reason } = imported;
  const device = deviceProblem === '' ? summary.device : null;
  const { cursor } = summary;
  openScript(file.name, { device, lines, ...(cursor === undefined ? {} : { cursor }) });
  setImported({ ...imported, opened: true });
  const opened = counted(lines.length, 'line');
  useLab.setState({ announcement: `${file.name} opened, ${opened}. Read as ${label}: ${reason}.` });
}

function refuse(name: string, problems: readonly Problem[]): void {
  showProblem({ title: `${name} cannot be read.`, details: problems.map(problemText) });
}

/** A text of which nothing is known is offered to be looked at. */
function unknown(file: File, head: readonly string[]): void {
  const known = FORMATS.map(({ label }) => label).join(', ');
  const first = head.find((text) => text.trim() !== '') ?? '';
  const format = formatById('notation');
  const actions =
    format === undefined ? [] : [{ label: 'Show the text', run: () => void showAs(file, format, head) }];
  showProblem({
    title: `${file.name} is of no format that is known.`,
    details: [`line 1: expected one of ${known}; found “${first.slice(0, 60)}”`],
    actions,
  });
}

async function showAs(file: File, format: ImportFormat, head: readonly string[]): Promise<void> {
  const read = await readFile(file, format, head, newOpening());
  if (read === null) return;
  setImported(importedOf(file, format, 'nothing else was recognised', read));
  showImported();
}

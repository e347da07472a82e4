// Imports a chosen, dropped or pasted text. Its content decides the format, and the page shows the reason. The session is
// unchanged until the whole text is read.

import type { Problem } from '../../../base/result.ts';
import type { Choices, ImportFormat } from '../../../formats/imports/format.ts';
import { FORMATS, formatById } from '../../../formats/imports/registry.ts';
import { ImportRows } from '../../../formats/imports/rows.ts';
import { type ImportRow, ImportRun } from '../../../formats/imports/run.ts';
import type { Recognised, Scanned } from '../../../formats/imports/scan.ts';
import type { Travel } from '../../../formats/imports/transport/travel.ts';
import { withScript } from '../../../session/deviceSpec.ts';
import { scriptMachine } from '../../../session/scriptMachine.ts';
import { counted } from '../../../text/numbers.ts';
import { problemText } from '../../../text/problem.ts';
import type { App } from '../../store/app.ts';
import type { ReadFile } from '../../store/engine/reading.ts';
import { type Imported, importedSlice, setImported, showImported } from '../../store/imported.ts';
import { edit, labSlice, showProblem, showRecording } from '../../store/lab.ts';
import { endOpening, isForWorker, loadEngine } from '../../store/long.ts';
import { openScript } from '../../store/openScript.ts';
import { readRecording } from '../../store/readRecording.ts';
import { newOpening } from '../../store/working.ts';
import { brokenFile, piecesOf } from '../../workers/pieces.ts';
import { scanFile } from '../../workers/scanFile.ts';

/** The most problems that a message lists. */
const SHOWN = 10;

/** A file that is opened; `isWanted` returns false once another opening has replaced this one. */
interface Begun {
  readonly file: File;
  readonly isWanted: () => boolean;
}

/** How a text is read: the choices of the person, and the ways in which it travelled. */
interface How {
  readonly choices: Choices;
  readonly travels: readonly Travel[];
}

/** Opens a trace, a recording or a script in notation. */
export async function openImport(app: App, { file, isWanted }: Begun): Promise<void> {
  const scanned = await scan(app, file, isWanted);
  if (scanned === null) return;
  const found = scanned.found ?? named(file.name);
  if (found === null) {
    endOpening(app);
    unknown(app, file, scanned);
    return;
  }
  await openAs(app, file, found, scanned.travels, isWanted);
}

/** Recognises the format of a file by its content, in the worker if it is large; null once another opening has replaced this one. */
async function scan(app: App, file: File, isWanted: () => boolean): Promise<Scanned | null> {
  if (!isForWorker(file)) return scanFile(file, isWanted);
  const { scanInWorker } = await loadEngine(app);
  return isWanted() ? scanInWorker(app, file, isWanted) : null;
}

/** Recognises a format by the name of the file. */
function named(name: string): Recognised | null {
  const id = /\.jsonl(\.gz)?$/.test(name) ? 'recording' : null;
  const format = id === null ? undefined : formatById(id);
  return format === undefined ? null : { format, reason: `its name is ${name}` };
}

async function openAs(
  app: App,
  file: File,
  { format, reason }: Recognised,
  travels: readonly Travel[],
  isWanted: () => boolean,
): Promise<void> {
  if (format.id === 'recording') {
    const recording = await readRecording(
      app,
      { name: file.name, file, isLarge: isForWorker(file) },
      isWanted,
    );
    if (recording === null || !isWanted()) return;
    if (recording.kind === 'read') {
      showRecording(app, recording.opened, null);
      return;
    }
    // a damaged recording is read line by line, so that its readable steps are kept
  }
  const read = await readFile(app, file, format, { choices: new Map(), travels }, isWanted);
  if (read === null || !isWanted()) return;
  show(app, importedOf(file, format, reason, { choices: new Map(), travels }, read));
}

/** Reads the shown text again, as the format with that id. */
export async function readAs(app: App, id: string): Promise<void> {
  const { imported } = app.get(importedSlice);
  if (imported === null) return;
  const scanned = await scan(app, imported.file, newOpening(app));
  if (scanned === null) return;
  const reason = scanned.found?.format.id === id ? scanned.found.reason : 'you chose it';
  await readAgain(app, imported, id, new Map(), reason);
}

/** Reads the shown text again with another choice of one guess. */
export async function choose(app: App, guess: string, value: string): Promise<void> {
  const { imported } = app.get(importedSlice);
  if (imported === null) return;
  const choices = new Map(imported.choices).set(guess, value);
  await readAgain(app, imported, imported.format, choices, imported.reason);
}

async function readAgain(
  app: App,
  imported: Imported,
  id: string,
  choices: Choices,
  reason: string,
): Promise<void> {
  const format = formatById(id);
  const isShown = () => app.get(importedSlice).imported?.file === imported.file;
  if (format === undefined || !isShown()) {
    endOpening(app);
    return;
  }
  const isWanted = newOpening(app);
  const how = { choices, travels: imported.travels };
  const read = await readFile(app, imported.file, format, how, isWanted);
  if (read === null || !isWanted() || !isShown()) return;
  setImported(app, importedOf(imported.file, format, reason, how, read));
}

/** Reads a file piece by piece, in the worker if it is large. Returns null when cancelled. */
async function readFile(
  app: App,
  file: File,
  format: ImportFormat,
  how: How,
  isWanted: () => boolean,
): Promise<ReadFile | null> {
  if (isForWorker(file)) {
    const { readInWorker } = await loadEngine(app);
    return isWanted() ? readInWorker(app, file, format, how.choices, how.travels) : null;
  }
  const run = new ImportRun(format, how.choices, how.travels);
  let problem: Problem | null = null;
  try {
    if (run.looks) for await (const { text } of piecesOf(file)) run.look(text);
    for await (const { text } of piecesOf(file)) {
      if (!isWanted()) return null;
      run.push(text);
    }
  } catch (error) {
    problem = brokenFile(error);
  }
  const summary = run.end(problem);
  const { lines, rows } = run.take();
  return { lines, rows: ImportRows.of(rows), summary };
}

function importedOf(file: File, format: ImportFormat, reason: string, how: How, read: ReadFile): Imported {
  const { device } = read.summary;
  const made = device === null ? null : scriptMachine(device, null);
  const deviceProblem = made?.ok === false ? problemText(made.problems[0]) : '';
  return {
    file,
    format: format.id,
    label: format.label,
    reason,
    ...how,
    deviceProblem,
    opened: false,
    ...read,
  };
}

/** Opens a text without problems. Otherwise shows the text, or a message if no line is readable. */
function show(app: App, imported: Imported): void {
  const { file, lines, summary, deviceProblem } = imported;
  setImported(app, imported);
  if (summary.bad === 0 && deviceProblem === '' && lines.length > 0) {
    openImported(app);
    return;
  }
  const isState = formatById(imported.format)?.isState === true;
  if (lines.length > 0 || summary.device !== null || isState) {
    showImported(app);
    return;
  }
  const details = firstBad(imported.rows).map(
    ({ line, column, what }) => `line ${line}, column ${column}: ${what}`,
  );
  showProblem(app, {
    title: `${file.name} is not a readable ${formatById(imported.format)?.thing}.`,
    details: details.length > 0 ? details : [`Read as ${imported.label}, it has no operation in any line.`],
    actions: [{ label: 'Show the text', run: () => showImported(app) }],
  });
}

/** Returns the first bad rows, at most SHOWN. */
function firstBad(rows: ImportRows): readonly ImportRow[] {
  const wrong: ImportRow[] = [];
  for (let at = rows.badFrom(0); at >= 0 && wrong.length < SHOWN; at = rows.badFrom(at + 1))
    wrong.push(...rows.slice(at, at + 1));
  return wrong;
}

/** Opens the script of the shown text as the session. */
export function openImported(app: App): void {
  const { imported } = app.get(importedSlice);
  if (imported === null || imported.lines.length === 0) return;
  const { file, lines, summary, deviceProblem, label, reason } = imported;
  const device = deviceProblem === '' ? summary.device : null;
  const { cursor } = summary;
  openScript(app, file.name, { device, lines, ...(cursor === undefined ? {} : { cursor }) });
  setImported(app, { ...imported, opened: true });
  const opened = counted(lines.length, 'line');
  app.set(labSlice, { announcement: `${file.name} opened, ${opened}. Read as ${label}: ${reason}.` });
}

/** Uses the device of the shown text for the present script, as an edit that undo reverts. */
export function openDevice(app: App): void {
  const { imported } = app.get(importedSlice);
  if (imported === null || imported.summary.device === null || imported.deviceProblem !== '') return;
  const { device } = imported.summary;
  edit(app, `device of ${imported.file.name}`, (now) => ({
    ...withScript(now, { device, lines: now.script }),
    cursor: now.cursor,
  }));
  setImported(app, { ...imported, opened: true });
  app.set(labSlice, { announcement: `The script runs on the device of ${imported.file.name}.` });
}

/** Shows the message for an unrecognised text, with a button that shows the text. */
function unknown(app: App, file: File, { first, travels }: Scanned): void {
  const known = FORMATS.map(({ label }) => label).join(', ');
  const format = formatById('notation');
  const actions =
    format === undefined
      ? []
      : [{ label: 'Show the text', run: () => void showAs(app, file, format, travels) }];
  showProblem(app, {
    title: `${file.name}: unrecognised format.`,
    details: [
      `line 1: found “${first.trim().slice(0, 60)}”`,
      `Accepted formats: ${known}, lesson, session (JSON), a patch of vfio_pci_intrs.c.`,
    ],
    actions,
  });
}

async function showAs(app: App, file: File, format: ImportFormat, travels: readonly Travel[]): Promise<void> {
  const how = { choices: new Map(), travels };
  const read = await readFile(app, file, format, how, newOpening(app));
  if (read === null) return;
  setImported(app, importedOf(file, format, 'no format was recognised', how, read));
  showImported(app);
}

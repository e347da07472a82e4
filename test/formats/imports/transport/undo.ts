// Undoes the travel of a text, for tests, and lists the samples.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Carrier } from '../../../../src/formats/imports/transport/carrier.ts';
import { travelOf } from '../../../../src/formats/imports/transport/detect.ts';
import { COMMENT, recordKind } from '../../../../src/formats/imports/transport/recordBegin.ts';
import type { Travel } from '../../../../src/formats/imports/transport/travel.ts';

const top = fileURLToPath(new URL('./', import.meta.url));

function filesOf(folder: string): readonly (readonly [name: string, text: string])[] {
  return readdirSync(top + folder).map((name) => [name, readFileSync(`${top}${folder}/${name}`, 'utf8')]);
}

/** Undamaged excerpts of traces of every kind. */
export const SAMPLES = filesOf('samples');
/** Traces out of mails. */
export const MAILS = new Map(filesOf('mails'));

/** Returns the lines of a text. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** Undoes the travel of a text; `change` chooses other ways than those found. */
export function undo(
  text: string,
  change: (found: readonly Travel[]) => readonly Travel[] = (found) => found,
) {
  const lines = linesOf(text);
  const travels = change(travelOf(lines, recordKind));
  const carrier = new Carrier(travels, recordKind);
  const carried = [...lines.flatMap((line) => carrier.push(line)), ...carrier.end()];
  return {
    travels,
    kinds: travels.map((travel) => (travel.kind === 'prefixed' ? travel.by : travel.kind)),
    carried,
    texts: carried.map((one) => one.text),
    losses: carrier.losses,
    /** Number of lines of the text. */
    count: lines.length,
  };
}

/** Returns the lines that begin a record, with single spaces. */
export function recordsOf(texts: readonly string[]): readonly string[] {
  return texts
    .filter((text) => (recordKind(text) ?? COMMENT) !== COMMENT)
    .map((text) => text.replace(/\s+/g, ' ').trim());
}

// Reads a text with an importer, for tests.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Choices } from '../../../src/formats/imports/format.ts';
import { formatById } from '../../../src/formats/imports/registry.ts';
import { ImportRun } from '../../../src/formats/imports/run.ts';
import { recogniseText } from '../../../src/formats/imports/scan.ts';
import { printBare } from '../../../src/formats/notation/printLine.ts';
import type { Op } from '../../../src/kernel/line.ts';

/** Imports a text in pieces of `size` characters, as the format `id` or else as the recognised format. */
export function readText(text: string, id?: string, size = 4096, choices: Choices = new Map()) {
  const { found, travels } = recogniseText(text);
  const format = id === undefined ? found?.format : formatById(id);
  if (format === undefined) throw new Error(`no format for ${text.slice(0, 40)}`);
  const run = new ImportRun(format, choices, travels);
  const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
    text.slice(at * size, (at + 1) * size),
  );
  if (run.looks) for (const piece of pieces) run.look(piece);
  for (const piece of pieces) run.push(piece);
  const summary = run.end();
  const { lines, rows } = run.take();
  return { id: format.id, reason: found?.reason ?? null, summary, lines, rows };
}

/** Returns the text of a file of test/field. */
export function fieldText(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../../field/${name}`, import.meta.url)), 'utf8');
}

/** Returns the operations of a text in notation. */
export function opsOf(text: string, id?: string): readonly string[] {
  return readText(text, id).lines.map(printBare);
}

/** Returns the bad lines of a text, such as `3:12 expected a number, found x`. */
export function badOf(text: string, id?: string): readonly string[] {
  return readText(text, id)
    .rows.filter(({ kind }) => kind === 'bad')
    .map(({ line, column, what }) => `${line}:${column} ${what}`);
}

/** Returns only the SET_IRQS operations of a text. */
export function setIrqs(text: string, id: string): readonly Op[] {
  return readText(text, id)
    .lines.map(({ line }) => line.op)
    .filter(({ op }) => op === 'set_irqs');
}

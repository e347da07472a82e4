// The report of a run as JSON: the figures with all their runs, the machine, and the measured commit. Reports of earlier
// versions have fewer fields, and are read too.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { type Figure, isNoisy, spreadOf, UNITS } from './figure.ts';

/** JSON has no NaN. */
const number = v.pipe(
  v.nullable(v.number()),
  v.transform((value) => value ?? Number.NaN),
);

const figure = v.object({
  part: v.optional(v.string(), ''),
  name: v.string(),
  value: number,
  unit: v.picklist(UNITS),
  samples: v.optional(v.array(v.number()), []),
  ratio: v.exactOptional(v.number()),
  against: v.exactOptional(v.string()),
  note: v.exactOptional(v.string()),
});

const report = v.object({
  date: v.string(),
  commit: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/))), null),
  dirty: v.optional(v.boolean(), false),
  quick: v.boolean(),
  long: v.optional(v.boolean(), false),
  parts: v.array(v.string()),
  figures: v.array(figure),
});

/** A figure and the part that measured it. */
export interface PartFigure extends Figure {
  /** Empty in the report of an earlier version. */
  readonly part: string;
}

/** A report as far as a comparison needs it. */
export interface Report {
  readonly date: string;
  /** Null without Git, and in the report of an earlier version. */
  readonly commit: string | null;
  /** The measured tree had changes that its commit lacks. */
  readonly dirty: boolean;
  readonly quick: boolean;
  readonly long: boolean;
  readonly parts: readonly string[];
  readonly figures: readonly PartFigure[];
}

/** Returns the report in a text. Throws an Error that names the file, the place and the expected form. */
export function parseReport(text: string, file: string): Report {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file}: not JSON: ${error instanceof Error ? error.message : error}`);
  }
  const read = v.safeParse(report, json);
  if (read.success) return read.output;
  const [issue] = read.issues;
  const place = v.getDotPath(issue) ?? 'the top';
  throw new Error(`${file}: not a report of this bench: at ${place}: ${issue.message}`);
}

/** Returns the report in a file. */
export function readReport(file: string): Report {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${file}: cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  return parseReport(text, file);
}

/** Returns a figure as it is written: with its spread, and `noisy` if the runs differ too much. */
export function written(part: string, one: Figure): PartFigure & { spread: number; noisy?: true } {
  return { part, ...one, spread: spreadOf(one), ...(isNoisy(one) ? { noisy: true } : {}) };
}

/** Writes an object as JSON, in a folder that may not exist yet. */
export function writeJson(file: string, content: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

// The figures of the comparison with all recordings, for the page's build. They are cached under a hash of all their inputs,
// so that they are computed once and always belong to the current state.

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Result } from '../base/result.ts';
import { readSections } from '../formats/trust/markdown.ts';
import { parseTrust, printTrust, type TrustFile } from '../formats/trust/trust.ts';
import { GENERATIONS } from '../kernel/generations/index.ts';
import type { Recording } from '../recordings/recording.ts';
import { problemText } from '../text/problem.ts';
import { checkRecordings } from './checkRecordings.ts';
import { mismatchPlace } from './conformance.ts';
import { findRecordings, readText } from './files.ts';

/** The folder of the recordings. */
export const RECORDINGS = 'test/recordings';

/** The inputs of the figures: the model, the readers of recordings, the recordings, and this file. */
export const SOURCES: readonly string[] = [
  ...['base', 'uapi', 'machine', 'kernel', 'session', 'text', 'recordings', 'formats'].map(
    (floor) => `src/${floor}`,
  ),
  ...['checkRecordings', 'conformance', 'files', 'trust'].map((name) => `src/cli/${name}.ts`),
  // packages used by the readers
  'package-lock.json',
  RECORDINGS,
];

/** Mismatches that are stored in full. */
const SHOWN = 50;

type Row = { -readonly [Key in keyof TrustFile['rows'][number]]: TrustFile['rows'][number][Key] };

/** Compares every recording below a folder, whose README lists the compared fields. */
export function makeTrust(folder: string): TrustFile {
  const files = findRecordings([folder]);
  if (!files.ok) throw new Error(problemText(files.problems[0]));
  const readme = readText(join(folder, 'README.md'));
  if (!readme.ok) throw new Error(problemText(readme.problems[0]));
  const rows = new Map<string, Row>();
  const differences: TrustFile['differences'][number][] = [];
  const unreadable: TrustFile['unreadable'][number][] = [];
  for (const checked of checkRecordings(files.value)) {
    const path = relative(folder, checked.path).split(sep).join('/');
    if ('problem' in checked) {
      unreadable.push({ path, problem: problemText(checked.problem) });
      continue;
    }
    const { recording, result } = checked;
    const row = rowFor(rows, recording);
    row.recordings++;
    row.steps += result.steps;
    row.compared += result.compared;
    row.mismatches += result.mismatches.length;
    for (const mismatch of result.mismatches.slice(0, Math.max(0, SHOWN - differences.length))) {
      const { field, kernel, model } = mismatch;
      differences.push({ path, place: mismatchPlace(recording, mismatch), field, kernel, model });
    }
  }
  return {
    version: 1,
    rows: [...rows.values()].sort(byKernelAndConfig),
    differences,
    unreadable,
    sections: readSections(readme.value),
  };
}

function rowFor(rows: Map<string, Row>, { header }: Recording): Row {
  const { driver: generation, release, config, irqRemapping, device } = header;
  const { model } = device;
  const key = JSON.stringify([generation, release, config, model, irqRemapping]);
  const counts = { recordings: 0, steps: 0, compared: 0, mismatches: 0 };
  const row = rows.get(key) ?? { generation, release, config, model, irqRemapping, ...counts };
  rows.set(key, row);
  return row;
}

function byKernelAndConfig(a: Row, b: Row): number {
  const order = (row: Row) => GENERATIONS.findIndex(({ id }) => id === row.generation);
  const names = (row: Row) => [row.release, row.config, row.model, String(row.irqRemapping)].join('\n');
  return order(a) - order(b) || (names(a) < names(b) ? -1 : 1);
}

function filesBelow(top: string, path: string): readonly string[] {
  if (!statSync(join(top, path)).isDirectory()) return [path];
  return readdirSync(join(top, path), { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((name) => statSync(join(top, name)).isFile())
    .sort();
}

/** Returns the hash of the named files and of everything in the named folders, names and contents. */
export function contentHash(top: string, paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const name of paths.flatMap((path) => filesBelow(top, path))) {
    const bytes = readFileSync(join(top, name));
    hash.update(`${name.split(sep).join('/')}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex').slice(0, 32);
}

/** A kind of file made by the build: its name, and how it is written and read. */
interface Kind<T> {
  readonly name: string;
  readonly print: (made: T) => string;
  readonly parse: (text: string) => Result<T>;
}

/** Returns the file cached for this hash, or makes it and replaces older ones. */
export function keptFile<T>(cache: string, hash: string, { name, print, parse }: Kind<T>, make: () => T): T {
  const path = join(cache, `${name}-${hash}.json`);
  const kept = statSync(path, { throwIfNoEntry: false }) === undefined ? null : readText(path);
  const parsed = kept?.ok === true ? parse(kept.value) : null;
  if (parsed?.ok === true) return parsed.value;
  const made = make();
  mkdirSync(cache, { recursive: true });
  for (const old of readdirSync(cache).filter(
    (file) => file.startsWith(`${name}-`) && file.endsWith('.json'),
  ))
    rmSync(join(cache, old), { force: true });
  // another build may be reading, so the file appears as a whole
  writeFileSync(`${path}.${process.pid}`, print(made));
  renameSync(`${path}.${process.pid}`, path);
  return made;
}

/** Returns the figures cached for this hash, or computes them. */
export function keptTrust(cache: string, hash: string, make: () => TrustFile): TrustFile {
  return keptFile(cache, hash, { name: 'trust', print: printTrust, parse: parseTrust }, make);
}

/** Returns the figures for the repository at `top`; recomputed only after one of the inputs changed. */
export function trustOf(top: string): TrustFile {
  const hash = contentHash(top, SOURCES);
  return keptTrust(join(top, '.cache'), hash, () => makeTrust(join(top, RECORDINGS)));
}

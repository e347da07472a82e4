// Writes src/views/trace/kernelLines.ts: file and line of every kernel function and check that the page names, per
// release. Usage, where each folder contains the unpacked source of that release:
//
//     npx tsx build/kernelLines.ts v6.1.192=DIR v6.12.117=DIR …
//
// Releases that are not named keep their lines. test/sources verifies the file.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECK_IDS } from '../src/kernel/checks.ts';
import { KERNEL_LINES } from '../src/views/trace/kernelLines.ts';
import { ABSENCES, CHECK_PLACES, type Place, SYMBOLS } from './kernelSymbols.ts';

/** Names with `file:line`, or with `-` and the reason why the release has no such line. */
export type Lines = Readonly<Record<string, string>>;

/** All lines of one release. */
export interface ReleaseLines {
  readonly symbols: Lines;
  readonly checks: Lines;
}

const OUTPUT = 'src/views/trace/kernelLines.ts';

/** Returns the lines of every symbol and check in the source tree at `tree`. Throws an Error that names missing ones. */
export function linesOf(tree: string, release: string): ReleaseLines {
  const files = new Map<string, readonly string[] | null>();
  const read = (file: string) => {
    const known = files.get(file);
    if (known !== undefined) return known;
    const path = join(tree, file);
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : null;
    files.set(file, lines);
    return lines;
  };
  const series = release.replace(/^v?(\d+\.\d+).*$/, '$1');
  const missing: string[] = [];
  const resolve = (name: string, places: readonly Place[]): string => {
    const absent = ABSENCES.find(({ names, releases }) => names.includes(name) && releases.test(series));
    if (absent !== undefined) return `- ${absent.reason}`;
    for (const one of places) {
      const line = findLine(read(one.file), one);
      if (line !== null) return `${one.file}:${line}`;
    }
    missing.push(name);
    return '';
  };
  const table = (names: readonly string[], placesOf: (name: string) => readonly Place[]) =>
    Object.fromEntries(names.map((name) => [name, resolve(name, placesOf(name))]));
  const lines = {
    symbols: table(Object.keys(SYMBOLS), (name) => SYMBOLS[name] ?? []),
    checks: table(CHECK_IDS, (id) => CHECK_PLACES[id] ?? []),
  };
  if (missing.length > 0) throw new Error(`${release}: no line for ${missing.join(', ')}`);
  return lines;
}

/** Returns the line of a place, counted from 1, or null where the file does not have it. */
function findLine(lines: readonly string[] | null, { symbol, at }: Place): number | null {
  if (lines === null) return null;
  const start = definitionOf(lines, symbol);
  if (start === null || at === undefined) return start === null ? null : start + 1;
  const length = lines.slice(start).findIndex((line) => line.startsWith('}'));
  const found = lines.slice(start, start + length).findIndex((line) => at.test(line));
  return found < 0 ? null : start + found + 1;
}

/** Returns the index of the line with the name in its definition: a function, a macro, a structure or a constant. */
function definitionOf(lines: readonly string[], symbol: string): number | null {
  const name = symbol.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const called = symbol.includes('(') ? name : `${name}\\(`;
  const opening = new RegExp(`^(?:[A-Za-z_].*[ *])?${called}`);
  const constant = new RegExp(`^(?:#define\\s+${name}\\b|struct ${name} \\{)`);
  for (const [index, line] of lines.entries()) {
    if (constant.test(line)) return index;
    if (!opening.test(line) || line.startsWith('EXPORT_') || line.startsWith('#')) continue;
    // a declaration ends with a semicolon before any body
    const rest = lines.slice(index, index + 8).join('\n');
    const end = /[;{]/.exec(rest)?.[0];
    if (end === '{') return index;
  }
  return null;
}

/** Returns the text of kernelLines.ts. */
function printLines(all: Readonly<Record<string, ReleaseLines>>): string {
  const releases = Object.entries(all).map(
    ([release, { symbols, checks }]) =>
      `  '${release}': {\n    symbols: {\n${entries(symbols)}    },\n    checks: {\n${entries(checks)}    },\n  },\n`,
  );
  return `// Made by build/kernelLines.ts (CONTRIBUTING.md, "Record the lines of a kernel"). Do not edit by hand.
//
// File and line of every kernel function and check that the page names, per release: \`file:line\`, or \`-\` and the reason
// why the release has no such line.

/** Lines by release, named by its tag in the stable tree. */
export const KERNEL_LINES: Readonly<
  Record<
    string,
    { readonly symbols: Readonly<Record<string, string>>; readonly checks: Readonly<Record<string, string>> }
  >
> = {
${releases.join('')}};
`;
}

function entries(lines: Lines): string {
  return Object.entries(lines)
    .map(([name, where]) => {
      const key = /^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`;
      return `      ${key}: '${where}',\n`;
    })
    .join('');
}

function byVersion([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

if (process.argv[1]?.endsWith('kernelLines.ts') === true) {
  const given = process.argv.slice(2).map((argument) => {
    const [release = '', tree = ''] = argument.split('=');
    return [release, linesOf(tree, release)] as const;
  });
  const all = Object.entries({ ...KERNEL_LINES, ...Object.fromEntries(given) }).sort(byVersion);
  writeFileSync(OUTPUT, printLines(Object.fromEntries(all)));
}

// The words beside the code stay true: every folder of src is told of, and every file that a README, ARCHITECTURE.md or
// CONTRIBUTING.md names is there.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const top = fileURLToPath(new URL('../', import.meta.url));

function foldersBelow(folder: string): string[] {
  const inside = readdirSync(join(top, folder), { withFileTypes: true }).filter((one) => one.isDirectory());
  return [folder, ...inside.flatMap(({ name }) => foldersBelow(`${folder}/${name}`))];
}

const folders = foldersBelow('src');
const readmes = folders.map((folder) => `${folder}/README.md`).filter((path) => existsSync(join(top, path)));
const textOf = (path: string) => readFileSync(join(top, path), 'utf8');

/** The README that tells of a folder: its own, or the nearest one above it that names it. */
function toldBy(folder: string): string | null {
  if (existsSync(join(top, folder, 'README.md'))) return `${folder}/README.md`;
  for (let above = dirname(folder); above !== '.'; above = dirname(above)) {
    const path = `${above}/README.md`;
    if (!existsSync(join(top, path))) continue;
    const name = folder.slice(above.length + 1);
    return [`\`${name}\``, `\`${name}/\``].some((word) => textOf(path).includes(word)) ? path : null;
  }
  return null;
}

/** What a text names as a file or folder: words in code style that end in a slash or in a file's ending. */
function named(text: string): string[] {
  const words = text.replace(/```[\s\S]*?```/g, '').matchAll(/`([^`\n]+)`/g);
  return [...words]
    .map(([, word = '']) => word)
    .filter((word) => /^[\w./*-]+(\/|\.(ts|tsx|md|css|mjs|c|bt|json|yml))$/.test(word));
}

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: top,
  encoding: 'utf8',
}).split('\n');

/** A name holds where it is the end of a path: below the folder of the one who names it, or anywhere for the texts at the top. */
function isThere(name: string, from: string): boolean {
  const pattern = name
    .replace(/^(\.\.?\/)+/, '')
    .replaceAll('.', '\\.')
    .replaceAll('*', '[^/]*');
  const own = name.startsWith('../') || dirname(from) === '.' ? '' : `${dirname(from)}/`;
  const ends = new RegExp(`(^|/)${pattern}${name.endsWith('/') ? '' : '$'}`);
  return tracked.some((path) => (path.startsWith(own) || !name.includes('*')) && ends.test(path));
}

test.each(folders)('%s is told of', (folder) => {
  expect(toldBy(folder)).not.toBeNull();
});

describe.each([...readmes, 'README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'])('%s', (path) => {
  test('names only what is there', () => {
    // what a build writes, or somebody is yet to write
    const made = /^(dist|\.cache)\/|^(trust|atlas)\.json$|NAME/;
    expect(named(textOf(path)).filter((name) => !made.test(name) && !isThere(name, path))).toEqual([]);
  });

  test('its links lead to what is there', () => {
    const links = [...textOf(path).matchAll(/\]\((?!https?:|#|mailto:)([^)\s#]+)[^)]*\)/g)].map(
      ([, to = '']) => to,
    );
    expect(links.filter((to) => !existsSync(join(top, dirname(path), to)))).toEqual([]);
  });
});

// The documentation agrees with the code: a README describes every folder of src, and every file and folder that a
// README, ARCHITECTURE.md or CONTRIBUTING.md names exists.
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

/** Returns the README that describes a folder: its own, or the nearest one above that names it; null without any. */
function describedBy(folder: string): string | null {
  if (existsSync(join(top, folder, 'README.md'))) return `${folder}/README.md`;
  for (let above = dirname(folder); above !== '.'; above = dirname(above)) {
    const path = `${above}/README.md`;
    if (!existsSync(join(top, path))) continue;
    const name = folder.slice(above.length + 1);
    return [`\`${name}\``, `\`${name}/\``].some((word) => textOf(path).includes(word)) ? path : null;
  }
  return null;
}

/** Returns the files and folders that a text names: words in code style with a slash or a file extension at the end. */
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

/** Returns whether a tracked path ends in the name. A README names paths below its folder, the texts at the top any path. */
function exists(name: string, from: string): boolean {
  const pattern = name
    .replace(/^(\.\.?\/)+/, '')
    .replaceAll('.', '\\.')
    .replaceAll('*', '[^/]*');
  const own = name.startsWith('../') || dirname(from) === '.' ? '' : `${dirname(from)}/`;
  const ends = new RegExp(`(^|/)${pattern}${name.endsWith('/') ? '' : '$'}`);
  return tracked.some((path) => (path.startsWith(own) || !name.includes('*')) && ends.test(path));
}

test.each(folders)('%s has a README that describes it', (folder) => {
  expect(describedBy(folder)).not.toBeNull();
});

describe.each([...readmes, 'docs/README.md', 'README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'])(
  '%s',
  (path) => {
    test('names only existing files and folders', () => {
      // files that the build writes, and placeholders
      const made = /^(dist|\.cache)\/|^(trust|seen|atlas)\.json$|NAME/;
      expect(named(textOf(path)).filter((name) => !made.test(name) && !exists(name, path))).toEqual([]);
    });

    test('links only to existing files', () => {
      const links = [...textOf(path).matchAll(/\]\((?!https?:|#|mailto:)([^)\s#]+)[^)]*\)/g)].map(
        ([, to = '']) => to,
      );
      expect(links.filter((to) => !existsSync(join(top, dirname(path), to)))).toEqual([]);
    });
  },
);

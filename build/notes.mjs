// Prints the release notes: the version's section of CHANGELOG.md. Usage: node build/notes.mjs v1.0.0
// Fails when the tag differs from the version in package.json, or when the changelog has no such section.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Returns a version's section of a changelog, without its heading. Throws when the section is missing or empty.
 * @param {string} changelog
 * @param {string} version such as `1.0.0`
 */
export function notesOf(changelog, version) {
  const parts = changelog.split(/^## /m).slice(1);
  const part = parts.find((one) => one.startsWith(`${version} `) || one.startsWith(`${version}\n`));
  const notes = part?.slice(part.indexOf('\n')).trim();
  if (!notes) throw new Error(`CHANGELOG.md has no text for ${version}`);
  return notes;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  /** @param {string} path */
  const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  const { version } = JSON.parse(read('package.json'));
  const [, , tag = ''] = process.argv;
  if (tag !== `v${version}`)
    throw new Error(
      `unexpected tag "${tag}"; package.json has version ${version}, so the tag must be v${version}`,
    );
  console.log(notesOf(read('CHANGELOG.md'), version));
}

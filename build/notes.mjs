// The words of a release: its part of CHANGELOG.md. Usage: node build/notes.mjs v1.0.0
// Fails where the tag is not the version of package.json, or the changelog has no such part.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The part of a changelog about a version, without its heading. Throws where there is none, or an empty one.
 * @param {string} changelog
 * @param {string} version for instance `1.0.0`
 */
export function notesOf(changelog, version) {
  const parts = changelog.split(/^## /m).slice(1);
  const part = parts.find((one) => one.startsWith(`${version} `) || one.startsWith(`${version}\n`));
  const notes = part?.slice(part.indexOf('\n')).trim();
  if (!notes) throw new Error(`CHANGELOG.md says nothing of ${version}`);
  return notes;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  /** @param {string} path */
  const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  const { version } = JSON.parse(read('package.json'));
  const [, , tag = ''] = process.argv;
  if (tag !== `v${version}`) throw new Error(`the tag ${tag} is not v${version}, which package.json says`);
  console.log(notesOf(read('CHANGELOG.md'), version));
}

// The files of the built page, for the steps that run after the build.

import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

/** The path, inside the built page, of the single file that works without a server. */
export const SINGLE_FILE = 'irqscope.html';

/** The path, inside the built page, of the service worker, which serves the page when there is no network. */
export const SERVICE_WORKER = 'sw.js';

/** Returns the paths of all files below a folder, with `/` and sorted. Throws when the folder does not exist. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(join(folder, '/').length))
    .map((path) => path.replaceAll('\\', posix.sep))
    .sort();
}

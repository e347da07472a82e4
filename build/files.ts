// The files of the built page, for what is made of them after the build.

import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Where the one file that works without a server lies in the built page. */
export const SINGLE_FILE = 'irqscope.html';

/** The script that answers for the network where there is none, in the built page. */
export const SERVICE_WORKER = 'sw.js';

/** Every file below a folder, as paths with `/`, in order. Throws where there is no such folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(join(folder, '/').length))
    .map((path) => path.replaceAll('\\', posix.sep))
    .sort();
}

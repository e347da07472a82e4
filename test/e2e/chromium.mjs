// Finds a Chromium for the end-to-end tests; run as a program, it installs one where permitted.
// Order: the variable CHROMIUM; the usual names on the PATH; as root on Debian, apt-get. The headless shell comes first: it is the
// same engine without the pages of a browser window, which start slowly on a small machine.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Returns the path of an installed Chromium, or undefined. */
export function findChromium() {
  const named = process.env['CHROMIUM'];
  if (named) {
    if (!isExecutable(named)) throw new Error(`CHROMIUM=${named} is not an executable file`);
    return named;
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function installChromium() {
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (!mayInstall) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // apt-get prints to standard error, so that standard output contains only the path.
  const apt = (/** @type {string[]} */ ...args) =>
    spawnSync('apt-get', args, { env, stdio: ['ignore', 2, 2] }).status === 0;
  // The installation can succeed after a failed update (one mirror of several).
  apt('update', '-q');
  const install = (/** @type {string} */ name) =>
    apt('install', '-y', '-q', '--no-install-recommends', name, 'fonts-dejavu-core');
  // older releases lack this package
  if (!install('chromium-headless-shell')) install('chromium');
}

/** Returns the path of a Chromium and installs one if needed; throws an error that names the remedy. */
export function provideChromium() {
  const found = findChromium();
  if (found) return found;
  installChromium();
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    `No Chromium for the end-to-end tests. Install one so that ${names.join(', ')} is on the PATH ` +
      '(on Debian: apt-get install chromium), or set CHROMIUM to the path of one.',
  );
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    console.log(provideChromium());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

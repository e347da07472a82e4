// Reads new-kernel.txt, the list of scripts that a new kernel is recorded with.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scriptsIn } from './recordAll.mjs';

const top = fileURLToPath(new URL('../../', import.meta.url));

/** Returns the scripts that new-kernel.txt names: recordings to make again, and script files. */
export function readNewKernel() {
  const lines = readFileSync(new URL('new-kernel.txt', import.meta.url), 'utf8').split('\n');
  const entries = lines.map((line) => line.replace(/;.*/, '').trim()).filter((line) => line !== '');
  return entries.flatMap((entry) => scriptsIn(`${top}test/${entry}`));
}

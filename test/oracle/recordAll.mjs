// Records scripts on every configuration that they name, one machine at a time, and writes one file per recording.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { record } from './boot.mjs';
import { readScripts, scriptOfRecording } from './scripts.mjs';

/** The folder for kernels, the compiled recorder and the files of a boot. */
export const WORK = fileURLToPath(new URL('../../.cache/oracle', import.meta.url));

/**
 * Returns the scripts in a file: a script file, or a recording of another kernel.
 *
 * @param {string} path
 */
export function scriptsIn(path) {
  const isRecording = /\.jsonl(\.gz)?$/.test(path);
  return isRecording ? [scriptOfRecording(path)] : readScripts(readFileSync(path, 'utf8'), path);
}

/**
 * Returns the generation of the MSI-X code of a release: the dynamic one came with 6.5.
 *
 * @param {string} release
 */
export function driverOf(release) {
  const [major = 0, minor = 0] = release.split('.').map(Number);
  return major > 6 || (major === 6 && minor >= 5) ? 'dynamic' : 'static';
}

/**
 * @param {Omit<import('./boot.mjs').Boot, 'config'>} boot
 * @param {string} out
 */
export function recordAll({ scripts, ...boot }, out) {
  mkdirSync(out, { recursive: true });
  for (const config of new Set(scripts.flatMap(({ configs }) => configs))) {
    const own = scripts.filter(({ configs }) => configs.includes(config));
    const twice = own.find(({ name }, at) => own.findIndex((one) => one.name === name) < at);
    if (twice !== undefined) throw new Error(`${config}: two scripts are named ${twice.name}`);
    const recordings = record({ ...boot, scripts: own, config });
    let bytes = 0;
    for (const [name, text] of recordings) {
      const file = `${name}${config === 'nvme8' ? '' : `@${config}`}.jsonl.gz`;
      const data = gzipSync(text, { level: 9 });
      writeFileSync(join(out, file), data);
      bytes += data.length;
    }
    console.log(`${config}: ${recordings.size} recordings, ${bytes} bytes`);
  }
}

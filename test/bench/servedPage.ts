// Builds and serves the released page for the parts of the bench that measure it.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Port of the server on 127.0.0.1. */
export const PORT = Number(process.env['IRQSCOPE_BENCH_PORT'] ?? 4197);
const TOP = fileURLToPath(new URL('../../', import.meta.url));

/** Builds the page and starts its server, which the caller must kill. Throws if either fails. */
export async function serveBuilt(): Promise<ChildProcess> {
  const built = spawnSync('npm', ['run', 'build'], { cwd: TOP, stdio: ['ignore', 'ignore', 'inherit'] });
  if (built.status !== 0) throw new Error('npm run build failed');
  const server = spawn(process.execPath, ['test/e2e/serve.mjs', String(PORT)], {
    cwd: TOP,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve, reject) => {
    server.stdout.once('data', resolve);
    server.once('exit', () => reject(new Error('the server ended')));
  });
  return server;
}

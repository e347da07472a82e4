// `npm run build`: builds the static page, and from its files the single-file page. Both builds get the arguments, so that
// `npm run build -- --outDir /srv/irqscope --base /tools/irqscope/` builds into any folder, for any path.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('../', import.meta.url));
const vite = fileURLToPath(new URL('bin/vite.js', import.meta.resolve('vite/package.json')));

for (const config of ['vite.config.ts', 'build/single.config.ts']) {
  const args = [vite, 'build', '--config', config, ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, args, { cwd: top, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

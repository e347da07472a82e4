// `node test/oracle/add-kernel.mjs VERSION`: downloads a kernel of Debian, records the scripts of new-kernel.txt on it, keeps the
// recordings in test/recordings/linux-X.Y and compares the model with them.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fetchKernel, kernelFiles } from './kernels.mjs';
import { readNewKernel } from './newKernel.mjs';
import { driverOf, recordAll, WORK } from './recordAll.mjs';

const top = fileURLToPath(new URL('../../', import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, work: { type: 'string', default: WORK } },
});
const [version] = positionals;
if (version === undefined || positionals.length > 1) {
  console.error(
    'usage: add-kernel.mjs VERSION [--out FOLDER] [--work FOLDER], for instance add-kernel.mjs 6.17.13',
  );
  process.exit(2);
}

const kernel = fetchKernel(version, values.work);
const { release } = kernelFiles(kernel);
const [series] = /^\d+\.\d+/.exec(release) ?? [release];
const out = values.out ?? join(top, 'test/recordings', `linux-${series}`);
recordAll({ kernel, driver: driverOf(release), scripts: readNewKernel(), work: values.work }, out);

const command = ['run', '--silent', 'irqscope', '--', 'conformance', out];
const { status } = spawnSync('npm', command, { cwd: top, stdio: 'inherit' });
process.exitCode = status ?? 1;

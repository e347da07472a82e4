// `node test/oracle/record.mjs VERSION --out FOLDER FILE…`: records script files, or recordings again, on a kernel.
import { parseArgs } from 'node:util';
import { fetchKernel, kernelFiles } from './kernels.mjs';
import { driverOf, recordAll, scriptsIn, WORK } from './recordAll.mjs';

const USAGE = `usage: record.mjs VERSION --out FOLDER [--config NAME]... [--only REGEX] [--driver LABEL]
                  [--replace MODULE=FILE.ko]... [--inject FILE.ko [--nodyn]] [--work FOLDER] FILE...`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' },
    work: { type: 'string', default: WORK },
    config: { type: 'string', multiple: true },
    only: { type: 'string', default: '' },
    driver: { type: 'string' },
    replace: { type: 'string', multiple: true, default: [] },
    inject: { type: 'string' },
    nodyn: { type: 'boolean' },
  },
});
const [version, ...files] = positionals;
const { out, work, config, only, driver, replace, inject, nodyn } = values;
if (version === undefined || out === undefined || files.length === 0) {
  console.error(USAGE);
  process.exit(2);
}

const wanted = new RegExp(only);
const scripts = files
  .flatMap(scriptsIn)
  .filter(({ name }) => wanted.test(name))
  .map((script) => ({
    ...script,
    configs: script.configs.filter((name) => config === undefined || config.includes(name)),
  }));
const kernel = fetchKernel(version, work);
const boot = {
  driver: driver ?? driverOf(kernelFiles(kernel).release),
  replace: Object.fromEntries(replace.map((pair) => pair.split('='))),
  inject: inject ?? null,
  nodyn: nodyn ?? false,
};
recordAll({ kernel, scripts, work, ...boot }, out);

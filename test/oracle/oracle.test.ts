// The oracle's readers: script files, recordings as scripts, the list for a new kernel, and the choice of packages.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { CONFIGS } from './configs.mjs';
import { packagesOf } from './kernels.mjs';
import { readNewKernel } from './newKernel.mjs';
import { driverOf } from './recordAll.mjs';
import { readScripts, scriptOfRecording } from './scripts.mjs';

const here = import.meta.dirname;
const recordings = join(here, '../recordings');

/** Returns the scripts of a file. */
const kept = (file: string) => readScripts(readFileSync(join(here, file), 'utf8'), file);

test.each([
  ['memory-off.txt', 'memory-off/linux-7.3'],
  ['power.txt', 'power/linux-6.1'],
  ['eventfd-write.txt', 'eventfd-write/linux-7.3'],
  ['faults-dynamic.txt', 'faults/linux-7.3'],
  ['faults-static.txt', 'faults/linux-6.1'],
])('%s contains the scripts of the recordings in %s', (file, folder) => {
  const scripts = kept(file);
  const files = readdirSync(join(recordings, folder)).filter((name) => name.endsWith('.jsonl.gz'));
  expect(files.length).toBeGreaterThan(1);
  for (const name of files) {
    const { configs, ...again } = scriptOfRecording(join(recordings, folder, name));
    const script = scripts.find((one) => one.name === again.name);
    expect(script).toMatchObject(again);
    expect(script?.configs).toEqual(expect.arrayContaining(configs));
  }
});

describe('the list for a new kernel', () => {
  it('names scripts of known configurations, each once', () => {
    const scripts = readNewKernel();
    const names = scripts.flatMap(({ name, configs }) => configs.map((config) => `${name}@${config}`));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeLessThanOrEqual(60);
    for (const { configs } of scripts) expect(Object.keys(CONFIGS)).toEqual(expect.arrayContaining(configs));
  });

  it.each(['linux-6.17', 'linux-7.2'])('names the scripts of %s', (folder) => {
    const names = readNewKernel().flatMap(({ name, configs }) =>
      configs.map((config) => `${name}${config === 'nvme8' ? '' : `@${config}`}.jsonl.gz`),
    );
    expect(readdirSync(join(recordings, folder)).sort()).toEqual(names.sort());
  });
});

describe('a script file', () => {
  it.each([
    ['reset\n', /expected `script NAME`, found `reset`/],
    ['script a\nreset\n', /expected `end`/],
    ['script a\nscript b\nend\n', /my.txt:2: expected `end` before `script`/],
    ['script a\nend\nscript a\nend\n', /my.txt:3: a second script a/],
  ])('that is %j is refused', (text, message) => {
    expect(() => readScripts(text, 'my.txt')).toThrow(message);
  });

  it('names nvme8 where it names no configuration', () => {
    expect(readScripts('; a comment\nscript a\nreset\nend\n', 'my.txt')).toEqual([
      { name: 'a', about: '', configs: ['nvme8'], ops: ['reset'] },
    ]);
  });
});

describe('the packages of a kernel', () => {
  const names = [
    ...['linux-image-6.1.0-56-amd64', 'linux-image-6.12.117+deb12-amd64', 'linux-image-6.12.117+deb13-amd64'],
    ...['linux-image-6.17.13+deb13-amd64', 'linux-image-6.17.13+deb13-amd64-dbg'],
    ...['linux-image-6.19.14+deb13-amd64', 'linux-binary-6.19.14+deb13-amd64'],
    ...[
      'linux-image-7.2.13+deb14-amd64',
      'linux-binary-7.2.13+deb14-amd64',
      'linux-modules-7.2.13+deb14-amd64',
    ],
  ];

  it.each([
    ['6.1.0-56', ['linux-image-6.1.0-56-amd64']],
    ['6.17.13', ['linux-image-6.17.13+deb13-amd64']],
    ['6.12.117', ['linux-image-6.12.117+deb13-amd64']],
    ['6.12.117+deb12', ['linux-image-6.12.117+deb12-amd64']],
    ['7.2.13', ['linux-binary-7.2.13+deb14-amd64', 'linux-modules-7.2.13+deb14-amd64']],
  ])('%s are found', (version, found) => {
    expect(packagesOf(version, names)).toEqual(found);
  });

  it.each([
    ['6.19.14', /its kernel and not its modules/],
    ['6.17.1', /no package linux-image-6.17.1\*-amd64/],
  ])('%s are refused', (version, message) => {
    expect(() => packagesOf(version, names)).toThrow(message);
  });
});

it('labels kernels from 6.5 on as dynamic', () => {
  expect(['5.10.0-32-amd64', '6.1.0-56-amd64', '6.4.4'].map(driverOf)).toEqual([
    'static',
    'static',
    'static',
  ]);
  expect(['6.5.0', '6.17.13+deb13-amd64', '7.3.4'].map(driverOf)).toEqual(['dynamic', 'dynamic', 'dynamic']);
});

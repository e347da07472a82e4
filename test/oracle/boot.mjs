// Boots a kernel in QEMU (TCG, no KVM) with the recorder as init, and returns its recordings.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BDF, configOf } from './configs.mjs';
import { kernelFiles } from './kernels.mjs';

const recorderSource = fileURLToPath(new URL('recorder.c', import.meta.url));

/**
 * @typedef {object} Boot
 * @property {string} kernel  The folder of an unpacked kernel.
 * @property {string} driver  The generation of its MSI-X code, for the header.
 * @property {string} config
 * @property {import('./scripts.mjs').Script[]} scripts
 * @property {string} work  A folder for the files of the boot.
 * @property {Readonly<Record<string, string>>} [replace]  Files to load in place of the kernel's modules, by name.
 * @property {string | null} [inject]  `inject.ko`, built for this kernel.
 * @property {boolean} [nodyn]  Whether `inject.ko` turns dynamic allocation off.
 */

/**
 * Runs the scripts on one configuration. Returns the text of each recording, by the name of its script.
 *
 * @param {Boot} boot
 * @returns {Map<string, string>}
 */
export function record(boot) {
  const folder = resolve(boot.work, `boot-${boot.config}-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { vmlinuz, modules } = kernelFiles(boot.kernel);
  const initrd = packInitrd(boot, modules, folder);
  const text = run(boot.config, vmlinuz, initrd, folder);
  const recordings = split(text);
  const missing = boot.scripts.filter(({ name }) => !recordings.has(name));
  if (missing.length > 0 || !text.includes('\n#done')) {
    throw new Error(
      `${boot.config}: ${missing.length} scripts are incomplete; ${folder} contains the output`,
    );
  }
  rmSync(folder, { recursive: true });
  return recordings;
}

/** @param {string} work  Compiles recorder.c, unless that has been done. Returns the program. */
function compileRecorder(work) {
  const program = resolve(work, 'init');
  if (!existsSync(program) || statSync(program).mtimeMs < statSync(recorderSource).mtimeMs) {
    const part = `${program}.${process.pid}`;
    execFileSync('gcc', ['-O2', '-static', '-Wall', '-o', part, recorderSource], { stdio: 'inherit' });
    renameSync(part, program);
  }
  return program;
}

/** @param {Boot} boot @param {string} modules @param {string} folder */
function packInitrd(boot, modules, folder) {
  const { vfioPci, model, intremap } = configOf(boot.config);
  const root = join(folder, 'root');
  for (const name of ['mods', 'proc', 'sys', 'dev']) mkdirSync(join(root, name), { recursive: true });
  copyFileSync(compileRecorder(boot.work), join(root, 'init'));

  /** @type {[string, string][]} */
  const wanted = [
    ['virt/lib/irqbypass', ''],
    // a module of its own before 6.4
    ['drivers/vfio/vfio_virqfd', ''],
    ['drivers/vfio/vfio', ''],
    ['drivers/vfio/vfio_iommu_type1', 'allow_unsafe_interrupts=1'],
    ['drivers/vfio/pci/vfio-pci-core', ''],
    ['drivers/vfio/pci/vfio-pci', `disable_idle_d3=1 ${vfioPci ?? ''}`],
  ];
  const order = [];
  for (const [path, parameters] of wanted) {
    const name = basename(path);
    const replacement = boot.replace?.[name];
    const content = replacement === undefined ? readModule(join(modules, path)) : readFileSync(replacement);
    if (content === null) continue;
    writeFileSync(join(root, 'mods', `${name}.ko`), content);
    order.push(`${name}.ko ${parameters}`.trim());
  }
  if (boot.inject) {
    copyFileSync(boot.inject, join(root, 'mods/inject.ko'));
    order.push(boot.nodyn ? 'inject.ko nodyn=1' : 'inject.ko');
  }
  writeFileSync(join(root, 'mods/order'), `${order.join('\n')}\n`);

  const head = [
    `@driver ${boot.driver}`,
    `@config ${boot.config}`,
    `@model ${model}`,
    `@intremap ${intremap}`,
  ];
  const blocks = boot.scripts.map(({ name, about, ops }) => [
    `script ${name}`,
    `about ${about}`,
    ...ops,
    'end',
    '',
  ]);
  writeFileSync(join(root, 'scripts'), `${[...head, ...blocks.flat()].join('\n')}\n`);
  const initrd = join(folder, 'initrd');
  execFileSync(
    'sh',
    ['-c', 'chmod 755 init && find . | sort | cpio -o -H newc --quiet | gzip -1 > ../initrd'],
    {
      cwd: root,
    },
  );
  return initrd;
}

/** @param {string} path  A module without its extension. Returns its content, or null if the kernel does not have it. */
function readModule(path) {
  if (existsSync(`${path}.ko`)) return readFileSync(`${path}.ko`);
  for (const [extension, program] of /** @type {const} */ ([
    ['xz', 'xz'],
    ['zst', 'zstd'],
  ])) {
    const file = `${path}.ko.${extension}`;
    if (existsSync(file)) return execFileSync(program, ['-dcq', file], { maxBuffer: 1 << 28 });
  }
  return null;
}

/** Messages of QEMU about DMA to address 0, which a clobbered table entry causes, and about the unconnected network. */
const NOISE = /hub 0 is not connected|vtd_iova_to_slpte|vtd_iommu_translate/;

/** @param {string} config @param {string} vmlinuz @param {string} initrd @param {string} folder */
function run(config, vmlinuz, initrd, folder) {
  const { intremap, qemu, append = '' } = configOf(config);
  const output = join(folder, 'output');
  const words = [
    ...[
      'console=ttyS0',
      'quiet',
      'loglevel=3',
      'intel_iommu=on',
      'iomem=relaxed',
      'no_timer_check',
      'nokaslr',
    ],
    ...['mitigations=off', 'nowatchdog', 'panic=-1', `orc_bdf=${BDF}`, append],
  ];
  const args = [
    ...['-machine', 'q35', '-accel', 'tcg,thread=single', '-smp', '1', '-m', '512', '-nodefaults'],
    ...['-display', 'none', '-no-reboot', '-device', `intel-iommu,intremap=${intremap}`, ...qemu],
    ...['-kernel', vmlinuz, '-initrd', initrd, '-append', words.join(' ').trim()],
    ...['-chardev', `file,id=output,path=${output}`, '-device', 'isa-debugcon,iobase=0xe9,chardev=output'],
    ...['-chardev', `file,id=console,path=${join(folder, 'console')}`, '-serial', 'chardev:console'],
  ];
  // a boot on a busy machine can fail before init; it has recorded nothing then
  for (let tries = 0; tries < 3; tries++) {
    const { error, stderr } = spawnSync('nice', ['-n', '5', 'qemu-system-x86_64', ...args], {
      stdio: ['ignore', 'inherit', 'pipe'],
      encoding: 'utf8',
      timeout: 1_800_000,
    });
    if (error) throw error;
    for (const line of stderr.split('\n'))
      if (line !== '' && !NOISE.test(line)) console.error(`${config}: ${line}`);
    if (existsSync(output) && statSync(output).size > 0) return readFileSync(output, 'utf8');
  }
  throw new Error(`${config}: the kernel did not reach the recorder; ${folder} contains its console`);
}

/**
 * Returns the recordings in the text that the recorder writes, by name. Lines between recordings are of the kernel's console.
 *
 * @param {string} output
 */
export function split(output) {
  /** @type {Map<string, string>} */
  const recordings = new Map();
  let name = null;
  /** @type {string[]} */
  let lines = [];
  for (const line of output.split(/\r?\n/)) {
    if (line.startsWith('#script ')) {
      name = line.slice('#script '.length);
      lines = [];
    } else if (line.startsWith('#end ')) {
      if (name !== null) recordings.set(name, `${lines.join('\n')}\n`);
      name = null;
    } else if (line.startsWith('#')) {
      // #noprobe: a function that this kernel does not have
      if (line !== '#done' && !line.startsWith('#noprobe')) console.error(line);
    } else if (name !== null) lines.push(line);
  }
  return recordings;
}

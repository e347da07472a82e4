// Records scripts on an arm64 kernel in QEMU (software emulation, one CPU): machine `virt` with an SMMUv3. Usage:
//
//     npx tsx test/oracle/arm64/record.ts --kernel DIR --work DIR --out DIR [--config NAME] [--gic its|v2m] [--only REGEX] FILE…
//
// --kernel  Debian's arm64 kernel packages, unpacked into one folder
// --work    folder for the files of the boot, which remain only after an error
// --config  a device of DEVICES; scripts whose line "config" names only others are left out
// --gic     a GICv3 with an ITS, or a GICv2 with a v2m frame, which is also in the names of the configurations
// FILE      a file of scripts, or a recording (.jsonl.gz), whose operations are a script

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { split } from '../boot.mjs';
import { kernelFiles } from '../kernels.mjs';
import { scriptsIn } from '../recordAll.mjs';
import type { Script } from '../scripts.mjs';

interface EmulatedDevice {
  readonly model: string;
  /** Arguments of QEMU. */
  readonly qemu: readonly string[];
}

function nvme(options: string): EmulatedDevice {
  const drive = ['-drive', 'if=none,id=d0,driver=null-co,size=16M'];
  return {
    model: 'QEMU NVMe Ctrl',
    qemu: [...drive, '-device', `nvme,serial=x,drive=d0,addr=4.0,${options}`],
  };
}

const DEVICES: Readonly<Record<string, EmulatedDevice>> = {
  nvme8: nvme('msix_qsize=8,max_ioqpairs=8'),
  nvme2048: nvme('msix_qsize=2048'),
  e1000e: {
    model: 'Intel 82574L (QEMU e1000e)',
    qemu: ['-netdev', 'hubport,hubid=0,id=n0', '-device', 'e1000e,netdev=n0,addr=4.0,romfile='],
  },
  xhci: {
    model: 'NEC xHCI (QEMU nec-usb-xhci)',
    qemu: ['-device', 'nec-usb-xhci,addr=4.0,msi=on,msix=on'],
  },
  edu: { model: 'QEMU edu', qemu: ['-device', 'edu,addr=4.0'] },
};

/** The device's address: addr=4.0 on bus 0. */
const BDF = '0000:00:04.0';

/** Interrupt controllers. A v2m frame does not isolate the messages of devices, an ITS does. */
const GICS = {
  its: { machine: 'gic-version=3,its=on', remapping: 'on', suffix: '' },
  v2m: { machine: 'gic-version=2', remapping: 'off', suffix: 'v2m' },
} as const;

/** Modules in the order of loading, with parameters. One that is built into the kernel has no file. */
const MODULES = [
  ['virt/lib/irqbypass', ''],
  ['drivers/vfio/vfio', ''],
  ['drivers/vfio/vfio_iommu_type1', 'allow_unsafe_interrupts=1'],
  ['drivers/vfio/pci/vfio-pci-core', ''],
  ['drivers/vfio/pci/vfio-pci', 'disable_idle_d3=1'],
] as const;

const KERNEL_LINE = `quiet loglevel=3 iomem=relaxed nokaslr mitigations=off nowatchdog panic=-1 orc_bdf=${BDF}`;

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    kernel: { type: 'string' },
    work: { type: 'string' },
    out: { type: 'string' },
    config: { type: 'string', default: 'nvme8' },
    gic: { type: 'string', default: 'its' },
    only: { type: 'string', default: '' },
    timeout: { type: 'string', default: '1800' },
  },
});

function required(name: 'kernel' | 'work' | 'out'): string {
  const value = options[name];
  if (value === undefined) throw new Error(`--${name}: expected a folder, found nothing`);
  return value;
}

const kernel = required('kernel');
const out = required('out');
const device = DEVICES[options.config];
if (device === undefined) {
  throw new Error(`--config: expected one of ${Object.keys(DEVICES).join(', ')}, found ${options.config}`);
}
if (options.gic !== 'its' && options.gic !== 'v2m') {
  throw new Error(`--gic: expected its or v2m, found ${options.gic}`);
}
const gic = GICS[options.gic];
const config = `${options.config}${gic.suffix}`;
const boot = resolve(required('work'), `boot-${config}-${process.pid}`);

function selectedScripts(): readonly Script[] {
  const only = new RegExp(options.only);
  // a recording names its configuration with the suffix of its interrupt controller
  const isOwn = ({ name, configs }: Script) =>
    configs.some((one) => one.replace(/v2m$/, '') === options.config) && only.test(name);
  const found = files.flatMap(scriptsIn).filter(isOwn);
  if (found.length === 0) throw new Error(`expected scripts for ${options.config}, found none`);
  return found;
}

/** Writes the initramfs: the recorder as init, the modules, the scripts. Returns its path. */
function initramfs(modules: string, { model }: EmulatedDevice, scripts: readonly Script[]): string {
  const root = join(boot, 'root');
  for (const folder of ['mods', 'proc', 'sys', 'dev']) mkdirSync(join(root, folder), { recursive: true });
  const recorder = join(import.meta.dirname, '../recorder.c');
  const compile = ['-O2', '-static', '-Wall', '-o', join(root, 'init'), recorder];
  execFileSync('aarch64-linux-gnu-gcc', compile, { stdio: 'inherit' });
  const order = MODULES.flatMap(([module, parameters]) => {
    const packed = join(modules, `${module}.ko.xz`);
    if (!existsSync(packed)) return [];
    const name = `${basename(module)}.ko`;
    writeFileSync(join(root, 'mods', name), execFileSync('xz', ['-dc', packed], { maxBuffer: 1 << 28 }));
    return [`${name} ${parameters}`.trim()];
  });
  writeFileSync(join(root, 'mods/order'), `${order.join('\n')}\n`);
  const head = ['@driver dynamic', `@config ${config}`, `@model ${model}`, `@intremap ${gic.remapping}`];
  const body = scripts.flatMap(({ name, about, ops }) => [`script ${name}`, `about ${about}`, ...ops, 'end']);
  writeFileSync(join(root, 'scripts'), `${[...head, ...body].join('\n')}\n`);
  const initrd = join(boot, 'initrd');
  const pack = `cd "${root}" && find . | sort | cpio -o -H newc --quiet | gzip -1 > "${initrd}"`;
  execFileSync('sh', ['-c', pack]);
  return initrd;
}

/** Boots the kernel. Returns its output: the console of the kernel, then that of the recorder, which silences the kernel. */
function run(image: string, initrd: string, { qemu }: EmulatedDevice): string {
  const output = join(boot, 'out.txt');
  const machine = ['-machine', `virt,iommu=smmuv3,${gic.machine}`, '-cpu', 'cortex-a72', '-m', '512'];
  const emulation = ['-accel', 'tcg,thread=single', '-smp', '1', '-nodefaults', '-display', 'none'];
  const system = ['-no-reboot', '-kernel', image, '-initrd', initrd, '-append', KERNEL_LINE];
  const { error } = spawnSync(
    'qemu-system-aarch64',
    [...machine, ...emulation, ...qemu, ...system, '-serial', `file:${output}`],
    { stdio: ['ignore', 'inherit', 'inherit'], timeout: Number(options.timeout) * 1000 },
  );
  if (error !== undefined) process.stderr.write(`${error.message}\n`);
  return readFileSync(output, 'utf8');
}

const scripts = selectedScripts();
const { modules, vmlinuz } = kernelFiles(kernel);
const initrd = initramfs(modules, device, scripts);
const output = run(vmlinuz, initrd, device);
const recordings = split(output);
mkdirSync(out, { recursive: true });
for (const [name, text] of recordings) {
  const file = `${name}${config === 'nvme8' ? '' : `@${config}`}.jsonl.gz`;
  writeFileSync(join(out, file), gzipSync(text, { level: 9 }));
}
process.stdout.write(`${config}: ${recordings.size} of ${scripts.length} scripts\n`);
if (/^#done\r?$/m.test(output) && recordings.size === scripts.length) {
  rmSync(boot, { recursive: true });
} else {
  process.stderr.write(`the recorder did not reach its end; its output is in ${boot}\n`);
  process.exitCode = 1;
}

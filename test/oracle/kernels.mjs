// Debian's kernel packages: finds those of a version with the machine's apt, downloads and unpacks them. Nothing is installed.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Returns the packages with the kernel and the modules of a version. Up to 6.18 `linux-image-*` contains both; from 6.19 on it
 * is empty, `linux-binary-*` contains the kernel and `linux-modules-*` the modules. A version may omit Debian's suffix
 * (`6.17.13` for `6.17.13+deb13`); of several suffixes the last one counts.
 *
 * @param {string} version
 * @param {readonly string[]} names  The names of packages that apt knows.
 * @returns {string[]}
 */
export function packagesOf(version, names) {
  const form = new RegExp(
    `^linux-(image|binary|modules)-(${version.replace(/[.+]/g, '\\$&')}(?:\\+[^-]+)?)-amd64$`,
  );
  /** @type {Map<string, Set<string>>} */
  const kinds = new Map();
  for (const name of names) {
    const [, kind, full] = form.exec(name) ?? [];
    if (kind !== undefined && full !== undefined) kinds.set(full, (kinds.get(full) ?? new Set()).add(kind));
  }
  const newest = [...kinds].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  if (newest === undefined) {
    throw new Error(
      `kernel ${version}: apt knows no package linux-image-${version}*-amd64 (README.md, "Sources")`,
    );
  }
  const [full, kind] = newest;
  if (!kind.has('binary')) return [`linux-image-${full}-amd64`];
  if (kind.has('modules')) return [`linux-binary-${full}-amd64`, `linux-modules-${full}-amd64`];
  throw new Error(`kernel ${full}: apt knows its kernel and not its modules (linux-modules-${full}-amd64)`);
}

/**
 * Downloads and unpacks the packages of a version below `work`, unless that has been done. Returns the folder.
 *
 * @param {string} version
 * @param {string} work
 */
export function fetchKernel(version, work) {
  const folder = resolve(work, 'kernels', version);
  if (existsSync(folder)) return folder;
  const options = (process.env['APT_OPTIONS'] ?? '').split(/\s+/).filter((word) => word !== '');
  const search = ['search', '--names-only', '^linux-(image|binary|modules)-[0-9].*-amd64$'];
  const listed = execFileSync('apt-cache', [...options, ...search], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const packages = packagesOf(
    version,
    listed.split('\n').map((line) => line.split(' ')[0] ?? ''),
  );

  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  const downloads = join(part, 'downloads');
  mkdirSync(downloads, { recursive: true });
  for (const name of packages) {
    execFileSync('apt-get', [...options, 'download', name], { cwd: downloads, stdio: 'inherit' });
  }
  for (const file of readdirSync(downloads)) execFileSync('dpkg-deb', ['-x', join(downloads, file), part]);
  rmSync(downloads, { recursive: true });
  renameSync(part, folder);
  return folder;
}

/**
 * Returns the kernel image and the folder of modules of an unpacked kernel: `boot/vmlinuz-*` and `lib/modules/*`, or in newer
 * packages `vmlinuz` beside the modules.
 *
 * @param {string} folder
 */
export function kernelFiles(folder) {
  const above = ['lib/modules', 'usr/lib/modules'].map((path) => join(folder, path)).find(existsSync);
  const [release] = above === undefined ? [] : readdirSync(above);
  if (above === undefined || release === undefined)
    throw new Error(`${folder}: expected lib/modules/RELEASE`);
  const boot = join(folder, 'boot');
  const image = existsSync(boot) ? readdirSync(boot).find((name) => name.startsWith('vmlinuz-')) : undefined;
  const vmlinuz = image === undefined ? join(above, release, 'vmlinuz') : join(boot, image);
  if (!existsSync(vmlinuz))
    throw new Error(`${folder}: expected boot/vmlinuz-* or vmlinuz beside the modules`);
  return { release, vmlinuz, modules: join(above, release, 'kernel') };
}

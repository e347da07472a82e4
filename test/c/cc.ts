// The C compiler for tests of exported C: the one in CC, or cc; as root on Debian it is installed with apt-get.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const compiler = process.env['CC'] ?? 'cc';

// the headers of libc and kernel are in separate packages
const isThere = () =>
  spawnSync(compiler, ['--version'], { stdio: 'ignore' }).status === 0 &&
  existsSync('/usr/include/linux/vfio.h');

function install(): void {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // several test files can run this at the same time
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], { env, stdio: ['ignore', 2, 2] });
  // the installation can succeed after a failed update (one mirror of several)
  apt('update', '-q');
  apt('install', '-y', '-q', '--no-install-recommends', 'gcc', 'libc6-dev', 'linux-libc-dev');
}

/** Makes sure that a compiler and the kernel's headers are installed; the error explains how to install them. */
export function provideCompiler(): void {
  if (!isThere()) install();
  if (isThere()) return;
  throw new Error(
    `No C compiler with linux/vfio.h for the tests of exported C. Install one as ${compiler} ` +
      '(on Debian: apt-get install gcc libc6-dev linux-libc-dev), or set CC to the name of one.',
  );
}

/** Returns the compiler's messages with every warning as an error; empty without any. */
export function compile(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(compiler, ['-Wall', '-Wextra', '-Werror', ...args]);
    let told = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (told += String(text)));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve(code === 0 && told === '' ? '' : `${told}compiler ended with ${code}`),
    );
  });
}

/** Compiles one C file to a program with the published command; throws the compiler's messages. */
export async function compileC(source: string, program: string): Promise<void> {
  provideCompiler();
  const told = await compile(['-std=gnu11', '-O2', '-o', program, source]);
  if (told !== '') throw new Error(`${source}:\n${told}`);
}

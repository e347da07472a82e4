// The C compiler of the tests of what we publish in C: the one that CC names, or cc; as root on Debian it is installed by apt-get.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const compiler = process.env['CC'] ?? 'cc';

// the headers of the libc and of the kernel come in packages of their own
const isThere = () =>
  spawnSync(compiler, ['--version'], { stdio: 'ignore' }).status === 0 &&
  existsSync('/usr/include/linux/vfio.h');

function install(): void {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // several test files may come here at the same time
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], { env, stdio: ['ignore', 2, 2] });
  // a failed update (one mirror of several) need not mean that the installation fails
  apt('update', '-q');
  apt('install', '-y', '-q', '--no-install-recommends', 'gcc', 'libc6-dev', 'linux-libc-dev');
}

/** Makes sure that there is a compiler with the kernel's headers, or throws an error that says what to do. */
export function provideCompiler(): void {
  if (!isThere()) install();
  if (isThere()) return;
  throw new Error(
    `No C compiler with linux/vfio.h for the tests of what is published in C. Install one as ${compiler} ` +
      '(on Debian: apt-get install gcc libc6-dev linux-libc-dev), or set CC to the name of one.',
  );
}

/** What the compiler has to say, every warning an error: empty for nothing. */
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

/** Compiles one C file to a program as users are told to; throws with what the compiler printed. */
export async function compileC(source: string, program: string): Promise<void> {
  provideCompiler();
  const told = await compile(['-std=gnu11', '-O2', '-o', program, source]);
  if (told !== '') throw new Error(`${source}:\n${told}`);
}

// A C compiler for tests of what we publish in C: the one that is there; as root on Debian one is installed by apt-get.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

function run(program: string, args: readonly string[]) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(program, args, { env, encoding: 'utf8' });
}

function hasCc(): boolean {
  // the headers of the libc and of the kernel come in packages of their own
  return run('cc', ['--version']).status === 0 && existsSync('/usr/include/linux/vfio.h');
}

/** Compiles one C file as users are told to, every warning an error; throws with what the compiler printed. */
export function compileC(source: string, program: string): void {
  if (!hasCc() && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    // a failed update (one mirror of several) need not mean that the installation fails
    run('apt-get', ['update', '-q']);
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'gcc', 'libc6-dev', 'linux-libc-dev']);
  }
  if (!hasCc()) {
    throw new Error(
      'No C compiler with the kernel’s headers: install cc and linux/vfio.h (on Debian: apt-get install gcc libc6-dev).',
    );
  }
  const { status, stderr } = run('cc', [
    ...['-std=gnu11', '-O2', '-Wall', '-Wextra', '-Werror'],
    ...['-o', program, source],
  ]);
  if (status !== 0) throw new Error(`cc ${source}:\n${stderr}`);
}

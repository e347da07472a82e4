// Ways to record what a text lacks: the command, the rights that it needs, and what it gives.

/** A way to record a trace. */
export interface Capture {
  readonly what: string;
  readonly command: string;
  readonly rights: string;
}

/** The bpftrace script and the library that come with the page, and the page about every tool. */
export const PROBE = 'import/vfio-irqs.bt';
export const PRELOAD = 'import/vfio-irqs-preload.c';
export const TOOLS = 'import/index.html';

/** The ways, the most complete first. */
export const CAPTURES: readonly Capture[] = [
  {
    what: 'Every SET_IRQS of a running program, with descriptors and results',
    command: 'sudo bpftrace vfio-irqs.bt PID > irqs.log',
    rights: 'Needs root and bpftrace 0.17 or later.',
  },
  {
    what: 'Every SET_IRQS of all programs while a command runs, without the calls of eventfd()',
    command: "sudo bpftrace -c 'COMMAND' vfio-irqs.bt > irqs.log",
    rights: 'Needs root; bpftrace starts the program as root too.',
  },
  {
    what: 'The library for a program, with every byte and result',
    command: 'cc -shared -fPIC -o vfio-irqs-preload.so vfio-irqs-preload.c -ldl',
    rights: 'Needs a C compiler and no rights.',
  },
  {
    what: 'A program with this library',
    command: 'VFIO_IRQS=irqs.log LD_PRELOAD=$PWD/vfio-irqs-preload.so PROGRAM',
    rights: 'Needs the rights of the program; the program must use the C library.',
  },
  {
    what: 'Events of QEMU',
    command: "qemu-system-x86_64 … -trace 'vfio_*' -D qemu.log",
    rights: 'Needs no rights; QEMU prints no result of an ioctl that works.',
  },
];

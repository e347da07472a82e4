// Ways to record what a text lacks: the command, the rights that it needs, and what it gives.

/** A way to record a trace. */
export interface Capture {
  readonly what: string;
  readonly command: string;
  readonly rights: string;
}

/** The bpftrace script that comes with the page. */
export const PROBE = 'import/vfio-irqs.bt';

/** The ways, the most complete first. */
export const CAPTURES: readonly Capture[] = [
  {
    what: 'Every SET_IRQS of a running program, with descriptors and results',
    command: 'sudo bpftrace vfio-irqs.bt PID > irqs.log',
    rights: 'Needs root and bpftrace 0.17 or later.',
  },
  {
    what: 'The same from the start of a program',
    command: "sudo bpftrace -c 'COMMAND' vfio-irqs.bt > irqs.log",
    rights: 'Needs root; bpftrace starts the program as root too.',
  },
  {
    what: 'Events of QEMU',
    command: "qemu-system-x86_64 … -trace 'vfio_*' -D qemu.log",
    rights: 'Needs no rights; QEMU prints no result of an ioctl that works.',
  },
];

// The descriptors in scripts that irqscope writes itself; other scripts may use any numbers.

/** The first eventfd, as in the recordings; the others follow. */
export const FIRST_FD = 100;
/** A file that is not an eventfd. */
export const FILE_FD = 500;
/** A descriptor that is never open in a small script. */
export const BAD_FD = 999;
/** The first eventfd of a client; in QEMU, the first of those that KVM owns. */
export const CLIENT_FD = 1000;
/** The first eventfd of QEMU's main loop. */
export const QEMU_LOOP_FD = 5000;
/** A descriptor that is never open in a workload, which has an eventfd for each of its vectors. */
export const WORKLOAD_BAD_FD = 99_999;

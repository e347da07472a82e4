// Errno numbers and names on these paths (include/uapi/asm-generic/errno*.h, include/linux/errno.h).

export const EIO = 5;
export const EBADF = 9;
export const EAGAIN = 11;
export const ENOMEM = 12;
export const EFAULT = 14;
export const EBUSY = 16;
export const ENODEV = 19;
export const EINVAL = 22;
export const ENOTTY = 25;
export const ENOSPC = 28;
export const ERANGE = 34;
export const EOPNOTSUPP = 95;
export const ENOTCONN = 107;
/** Kernel-internal and absent from the uapi headers, but the PCI/MSI core leaks it to user space. */
export const ENOTSUPP = 524;

const names = {
  EPERM: 1,
  ENOENT: 2,
  EIO,
  EBADF,
  EAGAIN,
  ENOMEM,
  EACCES: 13,
  EFAULT,
  EBUSY,
  EEXIST: 17,
  ENODEV,
  EINVAL,
  EMFILE: 24,
  ENOTTY,
  ENOSPC,
  ERANGE,
  EOPNOTSUPP,
  ENOTCONN,
  ENOTSUPP,
} as const;

/** An errno's name, for instance `EBADF`. */
export type Errno = keyof typeof names;

/** Every errno of the model, its faults and the recordings, in ascending order of number. */
export const ERRNOS: readonly Errno[] = Object.keys(names).filter(isErrno);

const byNumber = new Map<number, Errno>(ERRNOS.map((name) => [names[name], name]));

/** Returns whether `text` is the name of a known errno. */
export function isErrno(text: string): text is Errno {
  return Object.hasOwn(names, text);
}

/** Returns the number of an errno name, for instance 9 for `EBADF`. */
export function errnoNumber(name: Errno): number {
  return names[name];
}

/** Returns the name of a positive errno number, for instance `EBADF` for 9; throws on a number without a name. */
export function errnoName(number: number): Errno {
  const name = byNumber.get(number);
  if (name === undefined) throw new Error(`no name for errno ${number}`);
  return name;
}

/** Returns the name of an errno number, or null if the model does not know it. */
export function knownErrno(number: number): Errno | null {
  return byNumber.get(number) ?? null;
}

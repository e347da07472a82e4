// The texts of glibc's strerror(3), as strace prints them after an errno's name.

import { type Errno, isErrno } from '../uapi/errno.ts';

/** The text of every known errno. */
export const STRERROR: Readonly<Record<Errno, string>> = {
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  EIO: 'Input/output error',
  EBADF: 'Bad file descriptor',
  EAGAIN: 'Resource temporarily unavailable',
  ENOMEM: 'Cannot allocate memory',
  EACCES: 'Permission denied',
  EFAULT: 'Bad address',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  ENODEV: 'No such device',
  EINVAL: 'Invalid argument',
  EMFILE: 'Too many open files',
  ENOTTY: 'Inappropriate ioctl for device',
  ENOSPC: 'No space left on device',
  ERANGE: 'Numerical result out of range',
  EOPNOTSUPP: 'Operation not supported',
  ENOTCONN: 'Transport endpoint is not connected',
  // the C library has no text for it, because it is not an errno for user space
  ENOTSUPP: 'Unknown error 524',
};

/** Returns an errno as strace prints it, for instance `EBADF (Bad file descriptor)`; an unknown name without a text. */
export function errnoText(name: string): string {
  return isErrno(name) ? `${name} (${STRERROR[name]})` : name;
}

const BY_TEXT = new Map(Object.entries(STRERROR).map(([name, text]) => [text.toLowerCase(), name]));

/** Returns the name of the errno that a C library printed, for instance `EBUSY` for `Device or resource busy`; null if unknown. */
export function errnoOfText(text: string): string | null {
  const tidy = text.trim().replace(/\.$/, '').toLowerCase();
  const name = BY_TEXT.get(tidy);
  if (name !== undefined) return name;
  return /^unknown error 524$/.test(tidy) ? 'ENOTSUPP' : null;
}

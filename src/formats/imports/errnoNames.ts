// The names of Linux's errno numbers (include/uapi/asm-generic/errno-base.h and errno.h), for results that a kernel probe prints.

import { knownErrno } from '../../uapi/errno.ts';

/** The names from 1 on; a dash stands for a number without a name. */
const NAMES =
  `EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV
ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG
ENOLCK ENOSYS ENOTEMPTY ELOOP - ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI EL2HLT EBADE EBADR EXFULL
ENOANO EBADRQC EBADSLT - EBFONT ENOSTR ENODATA ETIME ENOSR ENONET ENOPKG EREMOTE ENOLINK EADV ESRMNT ECOMM EPROTO EMULTIHOP
EDOTDOT EBADMSG EOVERFLOW`.split(/\s+/);

/** Returns the name of a positive errno number; null if it has none here. */
export function errnoNameOf(number: number): string | null {
  const name = knownErrno(number) ?? NAMES[number - 1] ?? null;
  return name === '-' ? null : name;
}

/** Returns the result of a kernel function in words: the name of a negative errno, such as `EBUSY`, or the number. */
export function resultName(ret: number): string {
  return errnoNameOf(-ret) ?? String(ret);
}

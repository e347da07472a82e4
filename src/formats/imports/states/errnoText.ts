// The result of a kernel function in words.

import { ERRNOS, errnoNumber } from '../../../uapi/errno.ts';

/** Returns the name of a negative errno, such as `EBUSY`, or the number of another result. */
export function errnoText(ret: number): string {
  return ERRNOS.find((name) => errnoNumber(name) === -ret) ?? String(ret);
}

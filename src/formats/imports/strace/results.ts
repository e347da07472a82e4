// The results of system calls, as the trace shows them.

import type { Out } from '../../../kernel/frame.ts';
import type { Op } from '../../../kernel/line.ts';
import type { TracedResult } from '../../../session/script.ts';
import type { Call } from './call.ts';

const MOST = 0x7fffffff;

/** Returns the result of a call; null if it is unknown. `opens`: the call returns a descriptor, which a script notes as 0. */
export function resultOf(call: Call, out: Out | null = null, opens = false): TracedResult | null {
  const { ret, errno } = call;
  if (ret === null || ret > MOST) return null;
  if (ret < 0) return errno === null ? null : { ret: -1, errno, out: null };
  return { ret: opens ? 0 : ret, errno: null, out };
}

/** Returns a result for a sentence, such as `returned −1 EINVAL`. */
export function resultText({ ret, errno }: Call): string {
  if (ret === null) return 'did not return';
  return ret < 0 ? `returned −1 ${errno ?? ''}`.trim() : `returned ${ret}`;
}

/** Returns the operation of VFIO_DEVICE_GET_PCI_HOT_RESET_INFO; the first of two calls has no room for the list of devices. */
export function hotResetInfo({ args, errno }: Call): Op {
  const short = errno === 'ENOSPC' || /^\{argsz=12\}/.test(args[2]?.text ?? '');
  return short ? { op: 'hot_reset_info', short } : { op: 'hot_reset_info' };
}

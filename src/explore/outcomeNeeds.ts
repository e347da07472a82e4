// The needs of a result: the operations, faults and host facts without which no line of a usual alphabet fails with an errno or is
// decided by a check. An errno or check without an entry has no needs.

import type { CheckId } from '../kernel/checks.ts';
import { type Errno, isErrno } from '../uapi/errno.ts';
import { type Need, NOTHING_NEEDED } from './needs.ts';

const NO_FD: readonly Need[] = [{ means: 'bad-fd' }, { means: 'close' }];
const FEW: readonly Need[] = [{ means: 'few-cpu-vectors' }, { means: 'few-irqs' }];
const INTX: Need = { means: 'intx' };
const ANY_FAULT: Need = { means: 'fault', errno: null };
const SHORT: Need = { any: [{ means: 'few-irqs' }, { means: 'short-grant' }] };

/** Causes of an errno besides a fault that results in it. EINVAL has no needs: every alphabet may reach it. */
const ERRNO_NEEDS: Readonly<Partial<Record<Errno, readonly Need[]>>> = {
  EBADF: NO_FD,
  ENOSPC: FEW,
  ERANGE: [{ means: 'count-zero' }],
  EOPNOTSUPP: [{ means: 'raise' }, { means: 'lower' }],
  // no pin, another driver on its irq, a second UNMASK eventfd, MASK with an eventfd, a pin without an irq
  ENODEV: [INTX],
  EBUSY: [INTX],
  ENOTTY: [INTX],
  ENOTCONN: [INTX],
};

/** Returns the need of a line that fails with an errno. */
export function needOfErrno(name: string | null): Need {
  if (name === null || !isErrno(name) || name === 'EINVAL') return NOTHING_NEEDED;
  const ways = ERRNO_NEEDS[name] ?? [{ means: 'other-operation', what: `fails with ${name}` }];
  return { any: [...ways, { means: 'fault', errno: name }] };
}

const CHECK_NEEDS: Readonly<Partial<Record<CheckId, Need>>> = {
  'fault.injected': ANY_FAULT,
  'set_irqs.header-copy': ANY_FAULT,
  'set_irqs.no-memory': ANY_FAULT,
  'msi.ctx-memory': ANY_FAULT,
  'msi.array-memory': ANY_FAULT,
  'msi.name-memory': ANY_FAULT,
  'msi.too-few': SHORT,
  'msi.no-host-irqs': SHORT,
  'msi.no-vectors': { means: 'count-zero' },
  'irq.no-cpu-vector': { means: 'few-cpu-vectors' },
  'msi.no-cpu-vector': { means: 'few-cpu-vectors' },
  'eventfd.closed': { any: NO_FD },
  'fd.closed': { means: 'close' },
  'raise.unable': { any: [{ means: 'raise' }, { means: 'lower' }] },
  'reset.none': { means: 'reset' },
  'msi.trigger-range': { means: 'loopback' },
};

/** Checks of SET_IRQS on INTx, by the first part of their ids. */
const INTX_CHECKS: readonly string[] = ['intx', 'virqfd'];

/** Operations outside the usual alphabets, by the first part of their checks. */
const OTHER_OPERATIONS: Readonly<Record<string, string>> = {
  ioctl: 'closes the device',
  single: 'sets ERR or REQ',
  info: 'is GET_IRQ_INFO',
  config: 'reads or writes config space',
  open: 'opens the device again',
  hot_reset: 'resets the slot or bus',
};

const ON_DESCRIPTORS: readonly string[] = [
  'eventfd.empty',
  'eventfd.full',
  'eventfd.write-max',
  'eventfd.write-size',
];

/** Returns the need of a line whose result a check decides. */
export function needOfCheck(id: string | null): Need {
  const known = Object.entries(CHECK_NEEDS).find(([check]) => check === id)?.[1];
  if (known !== undefined) return known;
  if (id === null) return NOTHING_NEEDED;
  if (ON_DESCRIPTORS.includes(id)) return { means: 'other-operation', what: 'reads or writes an eventfd' };
  if (id === 'eventfd.not-eventfd') {
    return { means: 'other-operation', what: 'opens a descriptor that is not an eventfd' };
  }
  if (id === 'raise.closed') return { means: 'other-operation', what: 'closes the device' };
  const place = id.split('.')[0] ?? '';
  if (INTX_CHECKS.includes(place)) return INTX;
  const what = OTHER_OPERATIONS[place];
  return what === undefined ? NOTHING_NEEDED : { means: 'other-operation', what };
}

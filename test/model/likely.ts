// Random lines that often succeed: small ranges, mostly open descriptors, every operation, some faults.

import fc from 'fast-check';
import { FAULT_SITES, type Fault, type Line, type Op } from '../../src/kernel/line.ts';
import { dataLength, type IrqSetData } from '../../src/uapi/irqSet.ts';

const openFd = fc.integer({ min: 100, max: 105 });
const anyFd = fc.oneof(
  { weight: 10, arbitrary: openFd },
  { weight: 3, arbitrary: fc.constant(-1) },
  { weight: 2, arbitrary: fc.constantFrom(-2, 777, 200, -(2 ** 31), 2 ** 31 - 1) },
);
const vector = fc.integer({ min: 0, max: 8 });
const index = fc.constantFrom(2, 2, 2, 2, 1, 1, 0, 3, 4);

const assign: fc.Arbitrary<Op> = fc
  .record({ index, start: fc.constantFrom(0, 0, 0, 1, 2, 5), fds: fc.array(anyFd, { maxLength: 5 }) })
  .map(({ index: at, start, fds }) => ({
    op: 'set_irqs',
    argsz: 20 + 4 * fds.length,
    flags: 0x24,
    index: at,
    start: at === 2 || at === 1 ? start : 0,
    count: fds.length,
    data: { kind: 'i32', values: fds },
  }));

const act: fc.Arbitrary<Op> = fc
  .record({
    index,
    flags: fc.constantFrom(0x21, 0x21, 0x09, 0x11),
    start: fc.constantFrom(0, 0, 1),
    count: fc.nat(3),
  })
  .map((it) => ({ op: 'set_irqs', argsz: 20, ...it, data: { kind: 'none' } }));

const bools: fc.Arbitrary<Op> = fc
  .record({ index, flags: fc.constantFrom(0x22, 0x12, 0x0a), values: fc.array(fc.nat(2), { maxLength: 4 }) })
  .map(({ index: at, flags, values }) => ({
    op: 'set_irqs',
    argsz: 20 + values.length,
    flags,
    index: at,
    start: 0,
    count: values.length,
    data: { kind: 'u8', values },
  }));

const unmaskEventfd: fc.Arbitrary<Op> = anyFd.map((fd) => ({
  op: 'set_irqs',
  argsz: 24,
  flags: 0x14,
  index: 0,
  start: 0,
  count: 1,
  data: { kind: 'i32', values: [fd] },
}));

const u32 = fc.oneof(fc.nat(12), fc.constantFrom(20, 0x7fffffff, 0xfffffffe, 0xffffffff), fc.nat(0xffffffff));
const data: fc.Arbitrary<IrqSetData> = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc.record({ kind: fc.constant('i32' as const), values: fc.array(anyFd, { maxLength: 4 }) }),
  fc.record({ kind: fc.constant('u8' as const), values: fc.array(fc.nat(255), { maxLength: 9 }) }),
);

const malformed: fc.Arbitrary<Op> = fc
  .record({ data, argsz: fc.option(u32), flags: u32, index: u32, start: u32, count: u32 })
  .map((it) => ({ op: 'set_irqs', ...it, argsz: it.argsz ?? 20 + dataLength(it.data) }));

const other: fc.Arbitrary<Op> = fc.oneof(
  fc.record({
    op: fc.constantFrom('read' as const, 'close' as const),
    fd: fc.oneof(openFd, fc.constant(200)),
  }),
  fc.record({
    op: fc.constant('write' as const),
    fd: openFd,
    value: fc.constantFrom(0n, 1n, 3n, 2n ** 64n - 2n, 2n ** 64n - 1n),
  }),
  fc.record({ op: fc.constant('file' as const), fd: fc.constantFrom(200, 105) }),
  fc.record({ op: fc.constant('irq_info' as const), index: fc.nat(6) }),
  fc.record({ op: fc.constantFrom('device_info' as const, 'reset' as const, 'lower' as const) }),
  fc.record({ op: fc.constantFrom('release' as const, 'reopen' as const, 'reopen' as const) }),
  fc.record({ op: fc.constant('clobber' as const), entry: vector }),
  fc.record({
    op: fc.constant('cfg_write' as const),
    off: fc.constant(4),
    size: fc.constant(2),
    value: fc.constantFrom(0x407, 0x7, 0x3, 0x5),
  }),
  fc.record({
    op: fc.constant('cfg_read' as const),
    off: fc.constantFrom(4, 6, 0x42, 0x72, 4096),
    size: fc.constantFrom(1, 2, 4),
  }),
);

const eventfd: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('eventfd' as const),
  fd: openFd,
  initval: fc.constantFrom(0n, 0n, 2n),
  semaphore: fc.constantFrom(false, false, true),
});

const raise: fc.Arbitrary<Op> = fc.record({ op: fc.constant('raise' as const), vector });

const fault: fc.Arbitrary<Fault> = fc.record({
  site: fc.constantFrom(...FAULT_SITES),
  nth: fc.integer({ min: 1, max: 3 }),
  result: fc.constantFrom('ENOMEM' as const, 'ENOSPC' as const, 'EBUSY' as const),
});

/** A line that often passes validation, so that random scripts reach many states. */
export const anyLikelyLine: fc.Arbitrary<Line> = fc.record({
  op: fc.oneof(
    { weight: 12, arbitrary: assign },
    { weight: 5, arbitrary: act },
    { weight: 3, arbitrary: bools },
    { weight: 2, arbitrary: unmaskEventfd },
    { weight: 3, arbitrary: malformed },
    { weight: 7, arbitrary: eventfd },
    { weight: 5, arbitrary: raise },
    { weight: 6, arbitrary: other },
  ),
  faults: fc.oneof(
    { weight: 9, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fault, { minLength: 1, maxLength: 2 }) },
  ),
});

import { describe, expect, test } from 'vitest';
import { parseLine } from '../../src/formats/notation/parse.ts';
import { shortLine } from '../../src/formats/shortLine.ts';
import { straceLine } from '../../src/formats/strace.ts';
import { STRERROR } from '../../src/formats/strerror.ts';
import type { Op } from '../../src/kernel/line.ts';
import { recordedPreset } from '../../src/kernel/presets.ts';
import { bootMachine } from '../../src/machine/boot.ts';
import { deviceByName } from '../../src/machine/devices.ts';
import { problemText } from '../../src/text/problem.ts';
import type { StepResult } from '../../src/text/step.ts';
import { ERRNOS } from '../../src/uapi/errno.ts';

function op(text: string): Op {
  const parsed = parseLine(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(problemText).join('\n'));
  return parsed.value.line.op;
}

const gave = (ret: number, out: StepResult['out'] = null): StepResult => ({ ret, errno: null, out });
const failed = (errno: string): StepResult => ({ ret: -1, errno, out: null });

const SET = 'ioctl(50, VFIO_DEVICE_SET_IRQS, ';
const fds = (n: number, text: (fd: number) => string) => Array.from({ length: n }, (_, i) => text(100 + i));

/** Notation, result, strace text, short text. */
const steps: [string, StepResult, string, string][] = [
  [
    'set_irqs msix trigger eventfd 1 [777]',
    failed('EBADF'),
    `${SET}{argsz=24, flags=DATA_EVENTFD|ACTION_TRIGGER, index=MSI-X, start=1, count=1, [777]}) = -1 EBADF (Bad file descriptor)`,
    'SET_IRQS MSI-X [1..1] {777} = -EBADF',
  ],
  [
    'set_irqs msi trigger eventfd 0 [100 -1]',
    gave(1),
    `${SET}{argsz=28, flags=DATA_EVENTFD|ACTION_TRIGGER, index=MSI, start=0, count=2, [100, -1]}) = 1`,
    'SET_IRQS MSI [0..1] {100 -1} = 1',
  ],
  [
    'disable msix',
    gave(0),
    `${SET}{argsz=20, flags=DATA_NONE|ACTION_TRIGGER, index=MSI-X, start=0, count=0}) = 0`,
    'SET_IRQS MSI-X disable = 0',
  ],
  [
    'set_irqs msix trigger none 3 0',
    gave(0),
    `${SET}{argsz=20, flags=DATA_NONE|ACTION_TRIGGER, index=MSI-X, start=3, count=0}) = 0`,
    'SET_IRQS MSI-X disable start=3 = 0',
  ],
  [
    'set_irqs msix trigger none 1 2',
    gave(0),
    `${SET}{argsz=20, flags=DATA_NONE|ACTION_TRIGGER, index=MSI-X, start=1, count=2}) = 0`,
    'SET_IRQS MSI-X trigger [1..2] = 0',
  ],
  [
    'set_irqs msix trigger bool 0 [1 0]',
    gave(0),
    `${SET}{argsz=22, flags=DATA_BOOL|ACTION_TRIGGER, index=MSI-X, start=0, count=2, [1, 0]}) = 0`,
    'SET_IRQS MSI-X trigger [0..1] bool {1 0} = 0',
  ],
  [
    'set_irqs intx unmask eventfd 0 [100]',
    gave(0),
    `${SET}{argsz=24, flags=DATA_EVENTFD|ACTION_UNMASK, index=INTx, start=0, count=1, [100]}) = 0`,
    'SET_IRQS INTx unmask [0..0] {100} = 0',
  ],
  [
    'set_irqs msix trigger eventfd 3 []',
    failed('EINVAL'),
    `${SET}{argsz=20, flags=DATA_EVENTFD|ACTION_TRIGGER, index=MSI-X, start=3, count=0, []}) = -1 EINVAL (Invalid argument)`,
    'SET_IRQS MSI-X start=3 count=0 {} = -EINVAL',
  ],
  [
    'set_irqs raw argsz=4096 flags=0x80000066 index=7 start=0 count=1 u8=100,0',
    failed('EINVAL'),
    `${SET}{argsz=4096, flags=DATA_BOOL|DATA_EVENTFD|ACTION_TRIGGER|0x80000040, index=7, start=0, count=1, [100, 0]}) = -1 EINVAL (Invalid argument)`,
    'SET_IRQS 7 flags=0x80000066 argsz=4096 [0..0] bytes {100 0} = -EINVAL',
  ],
  [
    'set_irqs raw argsz=20 flags=0 index=2 start=0 count=0',
    failed('EINVAL'),
    `${SET}{argsz=20, flags=0, index=MSI-X, start=0, count=0}) = -1 EINVAL (Invalid argument)`,
    'SET_IRQS MSI-X flags=0x0 start=0 count=0 = -EINVAL',
  ],
  ['eventfd 100', gave(0, { ev: 0 }), 'eventfd2(0, EFD_CLOEXEC|EFD_NONBLOCK) = 100', 'eventfd 100'],
  [
    'eventfd 100 5 semaphore',
    gave(0, { ev: 0 }),
    'eventfd2(5, EFD_SEMAPHORE|EFD_CLOEXEC|EFD_NONBLOCK) = 100',
    'eventfd 100 5 semaphore',
  ],
  ['file 200', gave(0), 'openat(AT_FDCWD, "/dev/null", O_RDWR|O_CLOEXEC) = 200', 'file 200'],
  ['close 100', gave(0), 'close(100) = 0', 'close 100'],
  ['close 100', failed('EBADF'), 'close(100) = -1 EBADF (Bad file descriptor)', 'close 100 = -EBADF'],
  ['read 100', gave(8, { value: 6n }), 'read(100, 6, 8) = 8', 'read 100 → 6'],
  [
    'read 100',
    failed('EAGAIN'),
    'read(100, buf, 8) = -1 EAGAIN (Resource temporarily unavailable)',
    'read 100 = -EAGAIN',
  ],
  ['read 200', gave(0), 'read(200, "", 8) = 0', 'read 200'],
  ['write 100 3', gave(8), 'write(100, 3, 8) = 8', 'write 100 3'],
  [
    'irq_info msix',
    gave(0, { flags: 9, count: 8 }),
    'ioctl(50, VFIO_DEVICE_GET_IRQ_INFO, {argsz=16, flags=VFIO_IRQ_INFO_EVENTFD|VFIO_IRQ_INFO_NORESIZE, index=2, count=8}) = 0',
    'irq_info msix → EVENTFD|NORESIZE, count 8',
  ],
  [
    'irq_info 6',
    failed('EINVAL'),
    'ioctl(50, VFIO_DEVICE_GET_IRQ_INFO, {argsz=16, index=6}) = -1 EINVAL (Invalid argument)',
    'irq_info 6 = -EINVAL',
  ],
  [
    'device_info',
    gave(0, { flags: 3, regions: 9, irqs: 5 }),
    'ioctl(50, VFIO_DEVICE_GET_INFO, {argsz=20, flags=VFIO_DEVICE_FLAGS_RESET|VFIO_DEVICE_FLAGS_PCI, num_regions=9, num_irqs=5}) = 0',
    'device_info → RESET|PCI, 9 regions, 5 irqs',
  ],
  [
    'device_info',
    failed('EBADF'),
    'ioctl(50, VFIO_DEVICE_GET_INFO, {argsz=20}) = -1 EBADF (Bad file descriptor)',
    'device_info = -EBADF',
  ],
  ['reset', gave(0), 'ioctl(50, VFIO_DEVICE_RESET) = 0', 'reset'],
  ['hot_reset', gave(0), 'ioctl(50, VFIO_DEVICE_PCI_HOT_RESET, ...) = 0', 'hot_reset'],
  [
    'hot_reset_info short',
    failed('ENOSPC'),
    'ioctl(50, VFIO_DEVICE_GET_PCI_HOT_RESET_INFO, {argsz=12}) = -1 ENOSPC (No space left on device)',
    'hot_reset_info short = -ENOSPC',
  ],
  [
    'hot_reset_info',
    failed('ENODEV'),
    'ioctl(50, VFIO_DEVICE_GET_PCI_HOT_RESET_INFO, ...) = -1 ENODEV (No such device)',
    'hot_reset_info = -ENODEV',
  ],
  ['release', gave(0), 'close(50) = 0', 'release'],
  ['reopen', gave(0), 'ioctl(49, VFIO_GROUP_GET_DEVICE_FD, ...) = 50', 'reopen'],
  [
    'cfg_read off=4 size=2',
    gave(2, { value: 6n }),
    'pread64(50, 0x6, 2, CONFIG+0x4) = 2',
    'cfg_read off=4 size=2 → 0x6',
  ],
  ['cfg_read off=0 size=2', gave(2), 'pread64(50, buf, 2, CONFIG+0x0) = 2', 'cfg_read off=0 size=2'],
  [
    'cfg_write off=4 size=2 value=0x406',
    gave(2),
    'pwrite64(50, 0x406, 2, CONFIG+0x4) = 2',
    'cfg_write off=4 size=2 value=0x406',
  ],
  ['clobber 3', gave(0), '[device zeroes MSI-X entry 3]', 'clobber 3'],
  ['raise 1', gave(0), '[device raises vector 1]', 'raise 1'],
  [
    'raise 1',
    failed('EOPNOTSUPP'),
    '[device raises vector 1] = -1 EOPNOTSUPP (Operation not supported)',
    'raise 1 = -EOPNOTSUPP',
  ],
  ['lower', gave(0), '[device lowers its pin]', 'lower'],
];

describe('straceLine and shortLine', () => {
  test.each(steps)('%s', (text, result, strace, short) => {
    expect(straceLine(op(text), result)).toBe(strace);
    expect(shortLine(op(text), result)).toBe(short);
  });

  test('cut a long list', () => {
    const long = op(`set_irqs msix trigger eventfd 0 [${fds(17, (fd) => `${fd}`).join(' ')}]`);
    const shown = fds(16, (fd) => `${fd}`).join(', ');
    expect(straceLine(long, gave(0))).toContain(`count=17, [${shown}, ...]}) = 0`);
    expect(shortLine(long, gave(0))).toBe('SET_IRQS MSI-X [0..16] {100..116} = 0');

    const sixteen = op(`set_irqs msix trigger eventfd 0 [${fds(16, () => '-1').join(' ')}]`);
    expect(straceLine(sixteen, gave(0))).not.toContain('...');
    expect(shortLine(sixteen, gave(0))).toBe('SET_IRQS MSI-X [0..15] {-1 -1 -1 -1 -1 -1 -1 -1 …} = 0');
  });

  test('show no result before the line has run', () => {
    expect(shortLine(op('set_irqs msix trigger eventfd 0 [100]'), null)).toBe('SET_IRQS MSI-X [0..0] {100}');
    expect(shortLine(op('read 100'), null)).toBe('read 100');
  });

  test.each([
    [0, 'reopen', 'ioctl(49, VFIO_GROUP_GET_DEVICE_FD, ...) = 50'],
    [1, 'reopen', 'ioctl(49, VFIO_GROUP_GET_DEVICE_FD, ...) = 51'],
    [2, 'release', 'close(51) = 0'],
    [1, 'release', 'close(50) = 0'],
  ])('with %i open descriptors of the device: %s', (openCount, text, strace) => {
    const device = deviceByName('nvme') ?? expect.fail('no nvme');
    const before = { ...bootMachine(device, recordedPreset('dynamic').host), openCount };
    expect(straceLine(op(text), { ...gave(0), before })).toBe(strace);
  });

  test('show an errno without a text by its name', () => {
    expect(straceLine(op('reset'), failed('EWHATEVER'))).toBe('ioctl(50, VFIO_DEVICE_RESET) = -1 EWHATEVER');
  });

  test('have a text for every known errno', () => {
    expect(Object.keys(STRERROR).sort()).toEqual([...ERRNOS].sort());
  });
});

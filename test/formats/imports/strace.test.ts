// The forms in which strace of 5.10 to 7.2, perf trace and programs based on strace print calls on eventfds and vfio devices.
import { expect, test } from 'vitest';
import { straceLineOf } from '../../../src/formats/imports/strace/call.ts';
import { printLine } from '../../../src/formats/notation/printLine.ts';
import { scriptMachine } from '../../../src/session/scriptMachine.ts';
import { badOf, fieldText, readText } from './read.ts';

/** Returns the operations of a text with their results, in notation. */
function read(text: string, choices?: ReadonlyMap<string, string>): readonly string[] {
  const { lines, rows } = readText(text, 'strace', 4096, choices);
  expect(rows.filter(({ kind }) => kind === 'bad')).toEqual([]);
  return lines.map(printLine);
}

/** Returns the outcome of each line. */
function outcomes(text: string): readonly string[] {
  return readText(text, 'strace').rows.map(({ kind, what }) => `${kind}: ${what}`);
}

const DECODED =
  '{argsz=24, flags=VFIO_IRQ_SET_DATA_EVENTFD|VFIO_IRQ_SET_ACTION_TRIGGER, index=VFIO_PCI_MSIX_IRQ_INDEX, start=0, count=1, data=[12]}';
const SENT = ['eventfd 12', 'set_irqs msix trigger eventfd 0 [12] # => 0'];

test.each([
  DECODED,
  '{argsz=24, flags=DATA_EVENTFD|ACTION_TRIGGER, index=MSI-X, start=0, count=1, [12]}',
  '{argsz=0x18, flags=0x24, index=0x2, start=0, count=0x1, data=[0xc]}',
  '{argsz=24, flags=0x24 /* VFIO_IRQ_SET_DATA_EVENTFD|VFIO_IRQ_SET_ACTION_TRIGGER */, index=2 /* VFIO_PCI_MSIX_IRQ_INDEX */, start=0, count=1, data=[12]}',
  '{argsz=24, flags=36, index=2, start=0, count=1, data=[12<anon_inode:[eventfd]>]}',
  '{argsz=24, flags=36, index=2, start=0, count=1, data=[{fd=12<anon_inode:[eventfd]>}]}',
  '{argsz=24, flags=36, index=2, start=0, count=1, data="\\f\\0\\0\\0"}',
])('reads struct vfio_irq_set: %s', (struct) => {
  expect(read(`ioctl(15, VFIO_DEVICE_SET_IRQS, ${struct}) = 0\n`)).toEqual(SENT);
});

test.each([
  'VFIO_DEVICE_SET_IRQS',
  '0x3b6e',
  '0x3b6e /* VFIO_DEVICE_SET_IRQS */',
  '_IOC(_IOC_NONE, 0x3b, 0x6e, 0)',
  '_IO(0x3b, 0x6e)',
])('reads the request %s', (request) => {
  expect(read(`ioctl(15, ${request}, ${DECODED}) = 0\n`)).toEqual(SENT);
});

test.each([
  '',
  '4711 ',
  '[pid  4711] ',
  '[pid 4711<qemu>] ',
  '02:43:47 ',
  '02:43:47.364336 ',
  '1795747427.834849 ',
  '     0.000068 ',
  '20:12:32 (+     0.000067) ',
  '4711  02:43:47.364336 ',
  '[pid  4711] 02:43:47 [  16] ',
  '[00007f1c11543d6b] ',
])('reads a line behind “%s”', (before) => {
  expect(read(`${before}ioctl(15, VFIO_DEVICE_RESET) = -1 EINVAL (Invalid argument) <0.000019>\n`)).toEqual([
    'reset # => -1 EINVAL',
  ]);
});

test('reads paths of -y and -yy, also with brackets and arrows in them', () => {
  const text = `openat(AT_FDCWD</tmp/a,b(c>, "/dev/vfio/devices/vfio0", O_RDWR) = 15</dev/vfio/devices/vfio0<char 511:0>>
write(4<TCP:[127.0.0.1:1->127.0.0.1:2]>, "x", 1) = 1
ioctl(15</dev/vfio/devices/vfio0<char 511:0>>, VFIO_DEVICE_BIND_IOMMUFD, 0x7ffc00001000) = 0
eventfd2(0, EFD_CLOEXEC|EFD_NONBLOCK) = 12<anon_inode:[eventfd]>
ioctl(15</dev/vfio/devices/vfio0<char 511:0>>, VFIO_DEVICE_SET_IRQS, ${DECODED}) = 0
close(12<anon_inode:[eventfd]>) = 0
close(15</dev/vfio/devices/vfio0<char 511:0>>) = 0
openat(AT_FDCWD, "/dev/vfio/devices/vfio0", O_RDWR) = 15
ioctl(15, VFIO_DEVICE_BIND_IOMMUFD, 0x7ffc00001000) = 0
`;
  expect(read(text)).toEqual([
    'eventfd 12 # => 0',
    'set_irqs msix trigger eventfd 0 [12] # => 0',
    'close 12 # => 0',
    'release # => 0',
    'reopen # => 0',
  ]);
});

test('keeps the values that the kernel wrote', () => {
  const text = `ioctl(15, VFIO_DEVICE_GET_INFO, {argsz=20} => {argsz=20, flags=VFIO_DEVICE_FLAGS_RESET|VFIO_DEVICE_FLAGS_PCI, num_regions=9, num_irqs=5}) = 0
ioctl(15, VFIO_DEVICE_GET_IRQ_INFO, {argsz=16, index=VFIO_PCI_MSIX_IRQ_INDEX} => {flags=VFIO_IRQ_INFO_EVENTFD|VFIO_IRQ_INFO_NORESIZE, count=8}) = 0
ioctl(15, VFIO_DEVICE_GET_IRQ_INFO, {argsz=16, flags=0 => 0x9, index=3, count=0 => 1}) = 0
ioctl(15, VFIO_DEVICE_GET_IRQ_INFO, {argsz=16, index=7}) = -1 EINVAL (Invalid argument)
pread64(15, "\\6\\4", 2, 7696581394436) = 2
pread64(15, 0x7ffc00001010, 2, 7696581394436) = -1 EIO (Input/output error)
`;
  expect(read(text)).toEqual([
    'device_info # => 0 flags=0x3 regions=9 irqs=5',
    'irq_info msix # => 0 flags=0x9 count=8',
    'irq_info err # => 0 flags=0x9 count=1',
    'irq_info 7 # => -1 EINVAL',
    'cfg_read off=4 size=2 # => 2 value=1030',
    'cfg_read off=4 size=2 # => -1 EIO',
  ]);
});

test('reads of an eventfd can ask for more than 8 bytes, and reads of config space for all of it', () => {
  const text = `eventfd2(0, 0) = 12
ioctl(15, VFIO_DEVICE_SET_IRQS, ${DECODED}) = 0
read(12, "\\3\\0\\0\\0\\0\\0\\0\\0", 512) = 8
read(12, 0x7ffc, 16) = -1 EAGAIN (Resource temporarily unavailable)
pread64(15, "\\206\\200"..., 4096, 7696581394432) = 4096
`;
  expect(read(text)).toEqual([
    'eventfd 12 # => 0',
    'set_irqs msix trigger eventfd 0 [12] # => 0',
    'read 12 # => 8 value=3',
    'read 12 # => -1 EAGAIN',
  ]);
});

test('only the eventfds that a SET_IRQS names are operations', () => {
  const text = `eventfd2(0, 0) = 4
eventfd2(0, 0) = 12
write(4, "\\1\\0\\0\\0\\0\\0\\0\\0", 8) = 8
ioctl(15, VFIO_DEVICE_SET_IRQS, ${DECODED}) = 0
close(4) = 0
close(12) = 0
`;
  expect(read(text)).toEqual([
    'eventfd 12 # => 0',
    'set_irqs msix trigger eventfd 0 [12] # => 0',
    'close 12 # => 0',
  ]);
});

test('where strace shows no SET_IRQS, a person can choose the eventfds', () => {
  const text = `eventfd2(0, 0) = 4
ioctl(9, VFIO_GROUP_GET_DEVICE_FD, 0x7ffc) = 15
eventfd2(0, 0) = 12
ioctl(15, VFIO_DEVICE_SET_IRQS, 0x7ffc) = -1 EBUSY (Device or resource busy)
eventfd2(0, 0) = 13
`;
  const ops = (chosen: string) =>
    readText(text, 'strace', 4096, new Map([['eventfds', chosen]])).lines.map(printLine);
  expect(ops('during')).toEqual(['eventfd 12 # => 0']);
  expect(ops('all')).toEqual(['eventfd 4 # => 0', 'eventfd 12 # => 0', 'eventfd 13 # => 0']);
  expect(ops('none')).toEqual([]);
  expect(readText(text, 'strace').summary.guesses).toMatchObject([{ id: 'eventfds', value: 'during' }]);
  expect(badOf(text, 'strace')).toEqual([
    expect.stringMatching(
      /^4:33 .*vfio-irqs.bt and vfio-irqs-preload.c.* found 0x7ffc, and the call returned −1 EBUSY$/,
    ),
  ]);
});

test('a request with several names belongs to the device or to its container', () => {
  const hotReset = 'VFIO_DEVICE_PCI_HOT_RESET or VFIO_IOMMU_MAP_DMA';
  const text = `openat(AT_FDCWD, "/dev/vfio/vfio", O_RDWR) = 8
ioctl(8, ${hotReset}, 0x7ffc) = 0
ioctl(9, VFIO_GROUP_GET_DEVICE_FD, 0x7ffc) = 15
ioctl(8, 0x3b71, 0x7ffc) = 0
ioctl(15, VFIO_DEVICE_GET_PCI_HOT_RESET_INFO or VFIO_IOMMU_GET_INFO, 0x7ffc) = -1 ENODEV (No such device)
ioctl(15, ${hotReset}, 0x7ffc) = 0
`;
  expect(outcomes(text)).toEqual([
    'passed: a container of vfio',
    'passed: an ioctl of the container or the group',
    'passed: the device is opened',
    'passed: an ioctl of the container or the group',
    'read: hot_reset_info',
    'read: hot_reset',
  ]);
});

test('one device of several is chosen', () => {
  const text = `ioctl(9, VFIO_GROUP_GET_DEVICE_FD, "0000:00:04.0") = 15
ioctl(9, VFIO_GROUP_GET_DEVICE_FD, "0000:00:05.0") = 16
ioctl(15, VFIO_DEVICE_RESET) = 0
ioctl(16, VFIO_DEVICE_SET_IRQS, ${DECODED}) = -1 EINVAL (Invalid argument)
`;
  expect(readText(text, 'strace').summary.guesses).toMatchObject([{ id: 'device', value: '0000:00:05.0' }]);
  // the descriptor was open, because the kernel found it
  expect(read(text)).toEqual(['eventfd 12', 'set_irqs msix trigger eventfd 0 [12] # => -1 EINVAL']);
  expect(read(text, new Map([['device', '0000:00:04.0']]))).toEqual(['reset # => 0']);
});

test('a descriptor that the kernel did not find stays closed', () => {
  const text = `ioctl(15, VFIO_DEVICE_SET_IRQS, ${DECODED}) = -1 EBADF (Bad file descriptor)\n`;
  expect(read(text)).toEqual(['set_irqs msix trigger eventfd 0 [12] # => -1 EBADF']);
});

test('an eventfd is followed through its descriptors', () => {
  const text = `eventfd2(0, EFD_CLOEXEC) = 5
dup2(5, 12) = 12
close(5) = 0
eventfd2(0, 0) = 5
ioctl(15, VFIO_DEVICE_SET_IRQS, ${DECODED}) = 0
write(12, "\\1\\0\\0\\0\\0\\0\\0\\0", 8) = 8
close(12) = 0
close(12) = -1 EBADF (Bad file descriptor)
`;
  expect(read(text)).toEqual([
    'eventfd 12 # => 0',
    'set_irqs msix trigger eventfd 0 [12] # => 0',
    'write 12 1 # => 8',
    'close 12 # => 0',
    'close 12 # => -1 EBADF',
  ]);
});

test('a process that is forked has copies of the descriptors, also before the end of the call', () => {
  const text = `10 eventfd2(0, 0) = 12
10 ioctl(15, VFIO_DEVICE_SET_IRQS, ${DECODED}) = 0
10 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD <unfinished ...>
11 close(12) = 0
10 <... clone resumed>, child_tidptr=0x7faa30a10) = 11
11 close(15) = 0
11 +++ exited with 0 +++
10 close(12) = 0
10 close(15) = 0
`;
  expect(read(text)).toEqual([
    'eventfd 12 # => 0',
    'set_irqs msix trigger eventfd 0 [12] # => 0',
    'close 12 # => 0',
    'release # => 0',
  ]);
});

test('a descriptor that is opened again was closed before', () => {
  const text = `eventfd2(0, 0) = 12
ioctl(15, VFIO_DEVICE_SET_IRQS, ${DECODED}) = 0
eventfd2(0, 0) = 12
ioctl(15, VFIO_DEVICE_SET_IRQS, ${DECODED}) = 0
`;
  expect(read(text)).toEqual([
    'eventfd 12 # => 0',
    'set_irqs msix trigger eventfd 0 [12] # => 0',
    'close 12',
    'eventfd 12 # => 0',
    'set_irqs msix trigger eventfd 0 [12] # => 0',
  ]);
  expect(readText(text, 'strace').summary.assumed.join(' ')).toContain('does not show every close');
});

test('calls in two lines, also where one of them is missing', () => {
  const text = `11 <... ioctl resumed>) = 0
11 ioctl(15, VFIO_DEVICE_RESET <unfinished ...>
12 poll([{fd=3, events=POLLIN}], 1, -1 <unfinished ...>
11 <... ioctl resumed>) = -1 ENOTTY (Inappropriate ioctl for device)
12 read(3,  <unfinished ...>
12 read(4, "", 8) = 0
12 exit_group(0 <unfinished ...>) = ?
11 ioctl(15, VFIO_DEVICE_RESET <unfinished ...>
`;
  expect(outcomes(text)).toEqual([
    'passed: the end of a call whose beginning is not watched or not in the trace',
    'passed: continues in line 4',
    'passed: not a call on an eventfd or the device',
    'read: reset',
    'passed: a call whose end the trace does not show',
    'passed: not an eventfd',
    'passed: a call that did not return',
    'passed: a call whose end the trace does not show',
  ]);
});

test('a message of strace can cut a line', () => {
  const text = `clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLDstrace: Process 11 attached
, child_tidptr=0x7faa30a10) = 11
ioctl(15, VFIO_DEVICE_RESET) = 0
`;
  expect(outcomes(text).map((said) => said.split(':')[0])).toEqual(['passed', 'passed', 'read']);
});

test('prose between the lines is passed, and a damaged call is bad', () => {
  const text = `Hello,

the guest hangs after this:
> the call below
 > /usr/lib/libc.so.6(ioctl+0x3d) [0x11c5ad]
ioctl(15, VFIO_DEVICE_RESET) = 0
ioctl(15, VFIO_DEVICE_RE
mmap(NULL, 4096, PROT_READ
`;
  expect(outcomes(text).map((said) => said.split(':')[0])).toEqual([
    'passed',
    'passed',
    'passed',
    'passed',
    'passed',
    'read',
    'bad',
    'passed',
  ]);
  expect(badOf(text, 'strace')).toEqual(['7:25 expected “)” and “= result”, found the end of the line']);
});

test('perf trace names its arguments and can print a call in two lines', () => {
  const text = `     1.000 ( 0.100 ms): CPU 0/KVM/229 ioctl(fd: 15, cmd: (NONE, 0x3b, 0x6f, 0), arg: 0x55ec5e9ccf30)        = -1 EINVAL (Invalid argument)
     2.000 (         ): qemu-system-x8/230 ioctl(fd: 15<anon_inode:[vfio-device]>, cmd: (NONE, 0x3b, 0x6f, 0), arg: 0x1      ) ...
     3.000 ( 0.100 ms): CPU 0/KVM/229 close(fd: 7) = 0
     2.000 ( 9.000 ms): qemu-system-x8/230  ... [continued]: ioctl())   = 0
`;
  expect(read(text)).toEqual(['reset # => -1 EINVAL', 'reset # => 0']);
});

test('the end of a program closes what is open', () => {
  const text = `10 eventfd2(0, 0) = 12
10 ioctl(15, VFIO_DEVICE_SET_IRQS, ${DECODED}) = 0
11 +++ exited with 0 +++
10 +++ killed by SIGKILL +++
`;
  expect(read(text)).toEqual([
    'eventfd 12 # => 0',
    'set_irqs msix trigger eventfd 0 [12] # => 0',
    '@ the program ends\nclose 12',
    'release',
  ]);
});

test('a refused access to config space keeps its result', () => {
  expect(read(fieldText('strace-config-eio.txt'))).toEqual([
    'cfg_read off=4 size=2 # => 2 value=1030',
    'cfg_read off=4 size=2 # => -1 EIO',
  ]);
});

test('left out lines are passed and told', () => {
  const { rows, summary, lines } = readText(fieldText('strace-elisions.txt'));
  expect(rows.filter(({ kind }) => kind === 'bad').map(({ line }) => line)).toEqual([9]);
  expect(summary.assumed).toEqual([
    expect.stringContaining('leaves lines out in line 1 and in 3 later lines'),
    expect.stringContaining('Operations may be missing from line 1 on'),
  ]);
  expect(lines.map(printLine)).toEqual(['eventfd 23 # => 0', 'release # => 0']);
});

test('both readings of a text see the same lines, also with damaged ones', () => {
  const text = `\ufeffeventfd2(0, 0) = 4
eventfd2(0, 0) = 5\u0001
eventfd2(0, 0) = 12
ioctl(15, VFIO_DEVICE_SET_IRQS, ${DECODED}) = 0
close_range(3, 4294967295, 0) = 0
`;
  expect(readText(text, 'strace').lines.map(printLine)).toEqual([
    'eventfd 12 # => 0',
    'set_irqs msix trigger eventfd 0 [12] # => 0 uncompared',
    'close 12',
    'release',
  ]);
});

test('the answers of the kernel make the device', () => {
  const text = `ioctl(15, VFIO_DEVICE_GET_INFO, {argsz=20, flags=0x2, num_regions=9, num_irqs=5}) = 0
ioctl(15, VFIO_DEVICE_GET_IRQ_INFO, {argsz=16, flags=0x9, index=2, count=16}) = 0
ioctl(15, VFIO_DEVICE_GET_IRQ_INFO, {argsz=16, flags=0x9, index=1, count=4}) = 0
ioctl(15, VFIO_DEVICE_GET_IRQ_INFO, {argsz=16, flags=0, index=3, count=0}) = 0
`;
  const { device, assumed } = readText(text, 'strace').summary;
  expect(device).toMatchObject({ model: 'e1000e', msix: 16, msi: 4, noDyn: true });
  expect(device?.facts?.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['device.pcie', 'device.reset']),
  );
  expect(device === null ? null : scriptMachine(device, null).ok).toBe(true);
  expect(assumed).toEqual([]);
  expect(readText('ioctl(15, VFIO_DEVICE_RESET) = 0\n', 'strace').summary.device).toBeNull();
});

test('eventfds of another device are no operations, unless both devices have them', () => {
  const text = `ioctl(9, VFIO_GROUP_GET_DEVICE_FD, "0000:00:04.0") = 15
ioctl(9, VFIO_GROUP_GET_DEVICE_FD, "0000:00:05.0") = 16
eventfd2(0, 0) = 11
ioctl(16, VFIO_DEVICE_SET_IRQS, {argsz=24, flags=0x24, index=2, start=0, count=1, [11]}) = 0
ioctl(16, VFIO_DEVICE_SET_IRQS, ${DECODED}) = 0
ioctl(15, VFIO_DEVICE_SET_IRQS, ${DECODED}) = 0
close(11) = 0
`;
  expect(read(text)).toEqual(['eventfd 12', 'set_irqs msix trigger eventfd 0 [12] # => 0']);
  expect(read(text, new Map([['device', '0000:00:05.0']]))).toEqual([
    'eventfd 11 # => 0',
    'set_irqs msix trigger eventfd 0 [11] # => 0',
    'eventfd 12',
    'set_irqs msix trigger eventfd 0 [12] # => 0',
    'close 11 # => 0',
  ]);
});

test('a SET_IRQS without its third argument is a problem of its line', () => {
  const text =
    'ioctl(50, VFIO_DEVICE_GET_IRQ_INFO, {argsz=16, index=MSI-X} => {flags=EVENTFD, count=8}) = 0\nioctl(50, VFIO_DEVICE_SET_IRQS, ) = 0\n';
  const bad = readText(text).rows.filter(({ kind }) => kind === 'bad');
  expect(bad.map(({ line, column }) => `${line}:${column}`)).toEqual(['2:1']);
});

test.each([
  ['ioctl(11, KVM_RUN, 0) = 0', { kind: 'other', name: 'ioctl', why: 'no ioctl of vfio' }],
  ['ioctl(11</dev/kvm>, KVM_RUN, 0) = -1 EINTR (Interrupted system call)', { kind: 'other' }],
  // two threads in one line: the second call is lost
  ['ioctl(11, KVM_RUN, ioctl(50, VFIO_DEVICE_SET_IRQS, {argsz=24}) = 0', { kind: 'broken' }],
  ['ioctl(11, KVM_CREATE_VM, 0) = 12<anon_inode:kvm-vm>', { kind: 'call' }],
  ['ioctl(11, KVM_RUN, {a=[1, 2', { kind: 'broken' }],
  ['ioctl(50, VFIO_DEVICE_RESET) = 0', { kind: 'call' }],
  ['ioctl(11, VFIO_IOMMU_ENABLE or VFIO_DEVICE_GET_GFX_DMABUF, 0) = 0', { kind: 'call' }],
  ['ioctl(11, 0x3b6e, 0x7ffc) = 0', { kind: 'call' }],
  [
    'futex(0x7f, FUTEX_WAIT, 2, NULL) = -1 EAGAIN (Resource temporarily unavailable)',
    { kind: 'other', why: 'not a call on an eventfd or the device' },
  ],
  ['close(5) = 0', { kind: 'call' }],
  ['epoll_wait(3, [], 8, 100) = 0', { kind: 'other', name: 'epoll_wait' }],
  ['futex(0x7f, FUTEX_WAIT, 2, NULL) = ? ERESTARTSYS (To be restarted)', { kind: 'call' }],
])('splits %s only as far as its reader needs', (text, wanted) => {
  expect(straceLineOf(text)).toMatchObject(wanted);
});

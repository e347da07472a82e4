// The forms in which bpftrace, ftrace, perf and trace-cmd print a kernel probe of vfio_pci_set_irqs_ioctl.
import { expect, test } from 'vitest';
import { recogniseText } from '../../../src/formats/imports/scan.ts';
import { printLine } from '../../../src/formats/notation/printLine.ts';
import { badOf, fieldText, readText } from './read.ts';

/** Returns the operations of a text with their results, in notation; the text has no bad lines. */
function read(text: string, choices?: ReadonlyMap<string, string>): readonly string[] {
  const { id, lines, rows } = readText(text, undefined, 4096, choices);
  expect(id).toBe('kprobe');
  expect(rows.filter(({ kind }) => kind === 'bad')).toEqual([]);
  return lines.map(printLine);
}

const outcomes = (text: string) => readText(text, 'kprobe').rows.map(({ kind, what }) => `${kind}: ${what}`);

const SENT = ['eventfd 34', 'set_irqs msix trigger eventfd 0 [34 -1] # => -1 EBUSY'];

test.each([
  [
    'ftrace, with a name of its own',
    ` qemu-system-x86-4321    [002] ..... 52301.118208: my_event: (vfio_pci_set_irqs_ioctl+0x4/0x110 [vfio_pci_core]) flags=0x24 index=2 start=0 count=2 data={34,-1,7,7}
 qemu-system-x86-4321    [002] ..... 52301.118377: my_event_ret: (vfio_pci_core_ioctl+0x4a2/0x9f0 [vfio_pci_core] <- vfio_pci_set_irqs_ioctl) ret=-16
`,
  ],
  [
    'ftrace, with the process',
    ` CPU 0/KVM-4321    ( 4300) [002] ..... 52301.118208: my_event: (vfio_pci_set_irqs_ioctl+0x4/0x110 [vfio_pci_core]) flags=0x24 index=2 start=0 count=2 data={34,4294967295}
 CPU 0/KVM-4321    ( 4300) [002] ..... 52301.118377: my_event_ret: (vfio_pci_core_ioctl+0x4a2/0x9f0 [vfio_pci_core] <- vfio_pci_set_irqs_ioctl) ret=0xfffffff0
`,
  ],
  [
    'trace-cmd with scalar fields',
    `cpus=4
 qemu-system-x86-187   [000]    20.733745: set_irqs:             (ffffffffc0686144) flags=0x24 index=2 start=0 count=2 d0=34 d1=-1 d2=7 d3=7
 qemu-system-x86-187   [000]    20.737851: set_irqs_ret:         (ffffffffc0686144 <- ffffffffc0683f69) ret=-16
`,
  ],
  [
    'perf with scalar fields',
    ` qemu-system-x86   216 [000]    57.514197:         probe:vfio_pci_set_irqs_ioctl: (ffffffffc0686144) flags=0x24 index=2 start=0 count=2 d0=34 d1=-1
 qemu-system-x86   216 [000]    57.515503: probe:vfio_pci_set_irqs_ioctl__return: (ffffffffc0686144 <- ffffffffc0683f69) arg1=-16
`,
  ],
  [
    'bpftrace',
    `Attached 9 probes
# vfio-irqs 1: SET_IRQS of vfio-pci, by bpftrace
set_irqs tid=7 vdev=0xffff888101230000 flags=0x24 index=2 start=0 count=2
data tid=7 at=0 34 -1 0 0
ret tid=7 ret=-16
`,
  ],
  [
    'bpftrace with JSON',
    `{"type": "attached_probes", "count": 7, "data": {"probes": 7}}
{"type": "printf", "data": "set_irqs tid=7 vdev=0xffff888101230000 flags=0x24 index=2 start=0 count=2\\n"}
{"type": "printf", "data": "data tid=7 at=0 34 -1 0 0\\n"}
{"type": "printf", "data": "ret tid=7 ret=-16\\n"}
`,
  ],
  ['JSON', '{"flags": 36, "index": 2, "start": 0, "count": 2, "data": [34, -1], "ret": -16}\n'],
])('reads %s', (_name, text) => {
  expect(read(text)).toEqual(SENT);
});

const ADDRESS = ' qemu   216 [000]    57.514197: probe:x: (ffffffffc0686144)';
const RETURN =
  ' qemu   216 [000]    57.515503: probe:x__return: (ffffffffc0686144 <- ffffffffc0683f69) arg1=';

test('an array of zeros from perf or trace-cmd is refused, with the result of the call', () => {
  const text = `${ADDRESS} flags=0x24 index=2 start=0 count=1 data={0,0}
${RETURN}-22
${ADDRESS} flags=0x21 index=2 start=0 count=1 data={0,0}
${RETURN}0
`;
  expect(badOf(text, 'kprobe')).toEqual([
    expect.stringMatching(
      /^1:\d+ expected the values as fields d0= d1= …, .* found data=\{0\}, and the call returned −1 EINVAL$/,
    ),
  ]);
  expect(readText(text).lines.map(printLine)).toEqual(['set_irqs msix trigger none 0 1 # => 0 uncompared']);
});

test('zeros are read where another array of the tool shows that it prints arrays', () => {
  const text = `${ADDRESS} flags=0x24 index=2 start=0 count=2 data={0,34}
${RETURN}0
${ADDRESS} flags=0x24 index=2 start=2 count=1 data={0,0}
${RETURN}0
`;
  expect(read(text)).toEqual([
    'eventfd 0',
    'eventfd 34',
    'set_irqs msix trigger eventfd 0 [0 34] # => 0',
    'set_irqs msix trigger eventfd 2 [0] # => 0',
  ]);
});

test('fewer values than the call needs are told', () => {
  const text = `${ADDRESS} flags=0x24 index=2 start=0 count=3 d0=34 d1=35
${RETURN}0
`;
  expect(badOf(text, 'kprobe')).toEqual([
    '1:1 expected data= and 3 descriptors, found only 2, and the call returned 0',
  ]);
});

test('the kernel’s own call at the close of a device is no ioctl', () => {
  const event = (index: number) =>
    `(vfio_pci_set_irqs_ioctl+0x4/0xd0 [vfio_pci_core]) flags=0x21 index=${index} start=0 count=0`;
  const returns = (caller: string, ret: number) =>
    `(${caller}+0x6f/0x430 [vfio_pci_core] <- vfio_pci_set_irqs_ioctl) ret=${ret}`;
  const text = ` qemu-193     [000] .....    19.384038: e: ${event(2)}
 qemu-193     [000] .....    19.384159: r: ${returns('vfio_pci_core_ioctl', 0)}
 qemu-193     [000] .....    19.384238: e: ${event(2)}
 qemu-193     [000] .....    19.384259: r: ${returns('vfio_pci_core_disable', 0)}
    call_rcu-162     [000] .....    19.394038: e: ${event(1)}
    call_rcu-162     [000] .....    19.394159: r: ${returns('vfio_pci_core_disable', 0)}
 qemu-195     [000] .....    19.404038: e: ${event(5)}
`;
  expect(read(text)).toEqual([
    'set_irqs msix trigger none 0 0 # => 0',
    'release',
    'reopen',
    'release',
    'reopen',
    'release',
  ]);
});

test('where a tool prints addresses, the caller of the other calls tells an ioctl', () => {
  const text = `${ADDRESS} flags=0x24 index=2 start=0 count=1 d0=34
${RETURN}0
${ADDRESS} flags=0x21 index=2 start=0 count=0 d0=0
${RETURN}0
${ADDRESS} flags=0x21 index=2 start=0 count=0 d0=0
 qemu   216 [000]    61.378140: probe:x__return: (ffffffffc0686144 <- ffffffffc0682f9f) arg1=0
`;
  expect(read(text)).toEqual([
    'eventfd 34',
    'set_irqs msix trigger eventfd 0 [34] # => 0',
    'set_irqs msix trigger none 0 0 # => 0',
    'release',
  ]);
});

test('a mark in the trace is the action of the next operation', () => {
  const text = `         python3-186   [000]    19.240432: print:                tracing_mark_write: action unmask 2
${ADDRESS} flags=0x21 index=2 start=0 count=0
${RETURN}0
`;
  expect(read(text)).toEqual(['@ unmask 2\nset_irqs msix trigger none 0 0 # => 0']);
});

const unmask = (fd: number, ret: number) => `set_irqs tid=7 flags=0x14 index=0 start=0 count=1
data tid=7 at=0 ${fd} 0 0 0
ret tid=7 ret=${ret}
`;

test('an eventfd that unmasks INTx was closed where the kernel accepts another one', () => {
  const text = `${unmask(22, 0)}${unmask(22, 0)}${unmask(23, -16)}${unmask(23, 0)}`;
  expect(read(text)).toEqual([
    'eventfd 22',
    'set_irqs intx unmask eventfd 0 [22] # => 0',
    'close 22',
    'eventfd 22',
    'set_irqs intx unmask eventfd 0 [22] # => 0',
    'eventfd 23',
    'set_irqs intx unmask eventfd 0 [23] # => -1 EBUSY',
    'close 22',
    'set_irqs intx unmask eventfd 0 [23] # => 0',
  ]);
  expect(readText(text).summary.assumed.join(' ')).toContain(
    'does not show the close of the eventfd that unmasks INTx',
  );
  const off = 'set_irqs tid=7 flags=0x21 index=0 start=0 count=0\nret tid=7 ret=0\n';
  expect(read(`${unmask(22, 0)}${off}${unmask(22, 0)}`)).not.toContain('close 22');
});

test('eventfds that vfio does not get are passed', () => {
  const text = `# vfio-irqs 1: SET_IRQS of vfio-pci, by bpftrace
eventfd tid=7 fd=3 initval=0 flags=0x0
eventfd tid=7 fd=34 initval=5 flags=0x1
set_irqs tid=7 flags=0x24 index=2 start=0 count=1
data tid=7 at=0 34 0 0 0
ret tid=7 ret=0
close tid=7 fd=3
close tid=7 fd=34
`;
  expect(read(text)).toEqual([
    'eventfd 34 5 semaphore # => 0',
    'set_irqs msix trigger eventfd 0 [34] # => 0',
    'close 34',
  ]);
});

test('one device of several is chosen', () => {
  const call = (vdev: string, start: number) =>
    `set_irqs tid=7 vdev=${vdev} flags=0x21 index=2 start=${start} count=1\nret tid=7 ret=0\n`;
  const text = `${call('0xffff888101230000', 1)}${call('0xffff888101240000', 2)}`;
  expect(read(text)).toEqual(['set_irqs msix trigger none 1 1 # => 0']);
  expect(read(text, new Map([['device', '0xffff888101240000']]))).toEqual([
    'set_irqs msix trigger none 2 1 # => 0',
  ]);
});

test('function_graph without arguments tells only results', () => {
  const text = `# tracer: function_graph
 1)               |  vfio_pci_core_ioctl [vfio_pci_core]() {
 1)               |    vfio_pci_set_irqs_ioctl [vfio_pci_core]() {
 1)   0.120 us    |      vfio_msi_set_block [vfio_pci_core](); /* ret=0 */
 1)   2.345 us    |    } /* vfio_pci_set_irqs_ioctl [vfio_pci_core] ret=-22 */
 1)   0.123 us    |    vfio_pci_set_irqs_ioctl [vfio_pci_core](); /* = 0xffffffffffffffea */
 1) + 12.5 us     |  } /* = -22 */
 0)               |  vfio_pci_core_close_device [vfio_pci_core]() {
 0)               |    vfio_pci_core_disable [vfio_pci_core]() {
 0)   0.123 us    |      vfio_pci_set_irqs_ioctl [vfio_pci_core]();
 0)   0.223 us    |    }
 0)   0.323 us    |  }
`;
  const rows = outcomes(text).filter((said) => !said.startsWith('passed'));
  expect(rows).toEqual([
    expect.stringMatching(
      /^bad: expected flags=.*which function_graph does not record.* and the call returned −1 EINVAL$/,
    ),
    expect.stringMatching(/^bad: .* and the call returned −1 EINVAL$/),
    'read: release',
  ]);
});

test('function_graph with arguments gives the calls without values', () => {
  const text = ` 1)               |  vfio_pci_set_irqs_ioctl [vfio_pci_core](vdev=0xffff888101230000, flags=0x21, index=2, start=0, count=0, data=0x0) {
 1)   2.345 us    |  } /* vfio_pci_set_irqs_ioctl [vfio_pci_core] ret=0 */
 1)   2.345 us    |  vfio_pci_set_irqs_ioctl [vfio_pci_core](vdev=0xffff888101230000, flags=36, index=2, start=0, count=1, data=0xffff888101240000); /* ret=-9 */
`;
  expect(readText(text).lines.map(printLine)).toEqual(['set_irqs msix trigger none 0 0 # => 0']);
  expect(badOf(text)).toEqual([
    '3:1 expected data= and 1 descriptor, found no values, so its arguments are unknown, and the call returned −1 EBADF',
  ]);
});

test('a kernel log with the function in a stack is no probe', () => {
  const text = `[  210.100301] Call Trace:
[  210.100341]  vfio_pci_set_irqs_ioctl+0x88/0xb0 [vfio_pci]
[  210.100351]  vfio_pci_ioctl+0x218/0xbe0 [vfio_pci]
`;
  expect(recogniseText(text).found?.format.id).not.toBe('kprobe');
});

test('a refused call keeps its result', () => {
  expect(read(fieldText('probe-observed-einval.txt')).slice(2)).toEqual([
    'set_irqs msix trigger eventfd 0 [6] # => 0',
    'set_irqs msix trigger eventfd 3 [7] # => -1 EINVAL',
  ]);
  expect(recogniseText(fieldText('dmesg-bypass.txt')).found?.format.id).not.toBe('kprobe');
});

test('the vectors of successful calls make the device, where the usual one lacks them', () => {
  const call = (index: number, start: number, ret: number) =>
    `{"flags": 33, "index": ${index}, "start": ${start}, "count": 1, "ret": ${ret}}\n`;
  expect(readText(call(2, 7, 0)).summary.device).toBeNull();
  expect(readText(call(2, 40, -22)).summary.device).toBeNull();
  expect(readText(`${call(2, 40, 0)}${call(1, 2, 0)}`).summary).toMatchObject({
    device: { model: 'e1000e', msix: 41, msi: 4 },
    assumed: expect.arrayContaining([
      'The trace does not contain the size of the MSI-X table; irqscope uses 41 entries.',
      'The trace does not contain the number of MSI vectors; irqscope uses 4.',
    ]),
  });
});

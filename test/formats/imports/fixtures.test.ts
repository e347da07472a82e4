// The fixtures of all importers: recognised format and reason, number of operations, and the places of the bad lines.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { FORMATS } from '../../../src/formats/imports/registry.ts';
import { badOf, opsOf, readText } from './read.ts';

const top = fileURLToPath(new URL('./fixtures/', import.meta.url));
const textOf = (path: string) => new TextDecoder().decode(readFileSync(top + path));

/** Path, number of operations, places of the bad lines. */
const fixtures: readonly (readonly [path: string, operations: number, bad: readonly string[]])[] = [
  ['notation/good.txt', 7, []],
  ['notation/truncated.txt', 4, ['8:1']],
  ['notation/binary.txt', 6, ['6:10']],
  ['notation/wrong-version.txt', 2, ['1:28', '3:1']],
  ['notation/mixed-ends.txt', 7, []],
  ['recording/good.jsonl', 10, []],
  ['recording/truncated.jsonl', 6, ['9:12']],
  ['recording/binary.jsonl', 9, ['7:10']],
  ['recording/wrong-version.jsonl', 0, ['1:48', ...Array.from({ length: 11 }, (_, at) => `${at + 2}:1`)]],
  ['recording/mixed-ends.jsonl', 10, []],
  ['kprobe/good.txt', 8, []],
  ['kprobe/truncated.txt', 6, ['14:12']],
  ['kprobe/binary.txt', 8, ['11:10']],
  ['kprobe/wrong-version.txt', 0, Array.from({ length: 19 }, (_, at) => `${at + 2}:1`)],
  ['kprobe/mixed-ends.txt', 8, []],
  ['kprobe/json.jsonl', 4, ['7:1', '8:2', '9:22']],
  ['kprobe/ftrace.txt', 4, ['7:1', '10:1']],
  ['qemu-trace/good.txt', 38, []],
  ['qemu-trace/truncated.txt', 23, ['16:1']],
  ['qemu-trace/binary.txt', 38, ['12:10']],
  ['qemu-trace/wrong-version.txt', 4, ['1:25', '3:1', '5:1']],
  ['qemu-trace/mixed-ends.txt', 38, []],
  ['qemu-trace/before-7.1.txt', 14, []],
  ['qemu-trace/together.txt', 20, ['7:1']],
  ['qemu-trace/simple.txt', 7, []],
  ['strace/good.txt', 11, ['8:33', '9:21']],
  ['strace/truncated.txt', 8, ['8:33', '9:21', '17:12']],
  ['strace/binary.txt', 11, ['8:33', '9:21', '13:10']],
  ['strace/wrong-version.txt', 4, []],
  ['strace/mixed-ends.txt', 11, ['8:33', '9:21']],
  ['irqscope-strace/good.txt', 20, ['20:112']],
  ['irqscope-strace/truncated.txt', 14, ['15:10']],
  ['irqscope-strace/binary.txt', 19, ['11:10', '20:112']],
  ['irqscope-strace/wrong-version.txt', 1, ['1:85', '2:50', '3:1']],
  ['irqscope-strace/mixed-ends.txt', 20, ['20:112']],
  ['lspci/good.txt', 0, []],
  ['lspci/truncated.txt', 0, ['25:21']],
  ['lspci/binary.txt', 0, ['15:10']],
  ['lspci/wrong-version.txt', 0, ['6:21', '7:2']],
  ['lspci/mixed-ends.txt', 0, []],
  ['lspci/ids-no-pin.txt', 0, []],
  ['lspci/msi-unconnected.txt', 0, []],
  ['lspci/denied.txt', 0, []],
  ['proc-interrupts/good.txt', 3, []],
  ['proc-interrupts/truncated.txt', 2, ['6:92']],
  ['proc-interrupts/binary.txt', 2, ['6:10']],
  ['proc-interrupts/wrong-version.txt', 3, ['4:19', '5:27', '6:1']],
  ['proc-interrupts/mixed-ends.txt', 3, []],
  ['proc-interrupts/linux-5.10.txt', 3, []],
  ['proc-interrupts/arm64.txt', 3, []],
  ['proc-interrupts/msi.txt', 4, []],
  ['proc-interrupts/intx-grep.txt', 2, []],
  ['proc-interrupts/no-counts.txt', 3, []],
  ['proc-interrupts/wide.txt', 3, []],
  ['proc-interrupts/no-vfio.txt', 0, []],
  ['proc-interrupts/twice-with-msi-irqs.txt', 3, []],
  ['msi-irqs/good.txt', 5, []],
  ['msi-irqs/truncated.txt', 3, ['3:48']],
  ['msi-irqs/binary.txt', 2, ['2:10']],
  ['msi-irqs/wrong-version.txt', 0, []],
  ['msi-irqs/mixed-ends.txt', 5, []],
  ['msi-irqs/grep-msi.txt', 3, []],
  ['msi-irqs/columns.txt', 6, []],
  ['msi-irqs/long.txt', 3, []],
  ['kernel-log/good.txt', 0, []],
  ['kernel-log/truncated.txt', 0, ['6:16', '7:9']],
  ['kernel-log/binary.txt', 0, ['5:10']],
  ['kernel-log/wrong-version.txt', 0, ['2:22', '3:14']],
  ['kernel-log/mixed-ends.txt', 0, []],
  ['kernel-log/shared-pin.txt', 0, []],
  ['kernel-log/nobody-cared.txt', 0, []],
  ['kernel-log/remapping.txt', 0, []],
  ['irq-info/good.txt', 4, []],
  ['irq-info/truncated.txt', 2, ['10:1']],
  ['irq-info/binary.txt', 3, ['6:1', '9:10']],
  ['irq-info/wrong-version.txt', 0, ['1:6', '3:7', '4:1', '8:1']],
  ['irq-info/mixed-ends.txt', 4, []],
  ['irq-info/dpdk.txt', 1, []],
  ['irq-info/two-devices.txt', 3, []],
  ['qemu-trace/failed-intx.txt', 3, []],
  ['irq-info/crosvm.txt', 0, []],
  ['kselftest/good.txt', 0, []],
  ['kselftest/truncated.txt', 0, ['17:7']],
  ['kselftest/binary.txt', 0, ['13:10']],
  ['kselftest/wrong-version.txt', 0, ['3:3']],
  ['kselftest/mixed-ends.txt', 0, []],
  ['kselftest/exported.txt', 0, []],
  ['kselftest/run-kselftest.txt', 0, []],
];

describe('a device with several descriptors', () => {
  test('is followed through all of them, by the name that it was opened with', () => {
    const text = `ioctl(12, VFIO_GROUP_GET_DEVICE_FD, "0000:00:04.0") = 20
ioctl(12, VFIO_GROUP_GET_DEVICE_FD, "0000:00:04.0") = 21
ioctl(12, VFIO_GROUP_GET_DEVICE_FD, "0000:00:05.0") = 22
ioctl(21, VFIO_DEVICE_RESET) = 0
ioctl(22, VFIO_DEVICE_RESET) = 0
close(20) = 0
ioctl(21, VFIO_DEVICE_RESET) = 0
close(21) = 0
`;
    expect(opsOf(text, 'strace')).toEqual(['reopen', 'reset', 'release', 'reset', 'release']);
  });
});

describe('fixtures', () => {
  test.each(fixtures)('%s', (path, operations, bad) => {
    const text = textOf(path);
    const { id, reason, lines } = readText(text);
    expect(`${id}/`).toBe(path.slice(0, path.indexOf('/') + 1));
    expect(reason).toMatch(/^line \d+ (has|begins with) ./);
    expect(badOf(text).map((said) => said.split(' ')[0])).toEqual(bad);
    expect(lines).toHaveLength(operations);
    // the result does not depend on the size of the pieces
    expect(readText(text, id, 1).lines).toEqual(lines);
    expect(readText(text, id, 7).rows).toEqual(readText(text).rows);
  });

  test('each importer has its fixtures, and each fixture is listed', () => {
    const found = readdirSync(top).flatMap((folder) =>
      readdirSync(top + folder).map((name) => `${folder}/${name}`),
    );
    expect(found.sort()).toEqual(fixtures.map(([path]) => path).sort());
    for (const { id } of FORMATS) {
      const own = found.filter((path) => path.startsWith(`${id}/`));
      for (const kind of ['good', 'truncated', 'binary', 'wrong-version', 'mixed-ends'])
        expect(own.filter((path) => path.includes(`/${kind}.`))).toHaveLength(1);
    }
  });
});

const many = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => `${line(at)}\n`).join('');

/** The lines of a text of 100,000 lines for each format, with one bad line. */
const LARGE: Readonly<Record<string, (at: number) => string>> = {
  notation: (at) => (at === 70_000 ? 'raise x' : at % 2 === 0 ? 'raise 0' : 'read 100'),
  kprobe: (at) =>
    at === 70_000
      ? 'set_irqs tid=7 flags=zero'
      : at % 2 === 0
        ? 'set_irqs tid=7 flags=0x21 index=2 start=0 count=0'
        : 'ret tid=7 ret=0',
  'qemu-trace': (at) =>
    at === 0
      ? 'vfio_msix_enable  (0000:01:00.0)'
      : at === 70_000
        ? 'vfio_msix_vector_do_use  (0000:01:00.0) vector'
        : `vfio_msix_vector_${at % 2 === 0 ? 'release' : 'do_use'}  (0000:01:00.0) vector 3 ${at % 2 === 0 ? 'released' : 'used'}`,
  strace: (at) => (at === 70_000 ? 'write(19' : at % 2 === 0 ? 'eventfd2(0, 0) = 19' : 'close(19) = 0'),
  'irqscope-strace': (at) =>
    at === 70_000 ? '[device' : at % 2 === 0 ? '[device raises vector 0]' : 'read(100, 1, 8) = 8',
};

test.each(Object.keys(LARGE))(
  'reads 100,000 lines: %s',
  (id) => {
    const text = many(100_000, LARGE[id] ?? (() => ''));
    const { rows, summary, lines, id: found } = readText(text, undefined, 65_536);
    expect(found).toBe(id);
    expect(summary).toMatchObject({ texts: 100_000, bad: 1 });
    expect(lines.length).toBeGreaterThan(40_000);
    expect(rows.filter(({ kind }) => kind === 'bad').map(({ line }) => line)).toEqual([70_001]);
    // not all of these many lines are kept for display
    expect(rows.length).toBeLessThan(21_000);
  },
  60_000,
);

test('reads a recording of 100,000 steps', () => {
  const [header = '', initial = '', step = ''] = textOf('recording/good.jsonl').split('\n');
  const steps = many(100_000, (at) => (at === 70_000 ? '{' : step.replace('"n":0', `"n":${at}`)));
  const { summary, rows, lines } = readText(`${header}\n${initial}\n${steps}`, undefined, 65_536);
  expect(summary).toMatchObject({ texts: 100_002, bad: 1, passed: 2 });
  expect(lines).toHaveLength(99_999);
  expect(rows.at(-1)).toMatchObject({ line: 70_003, kind: 'bad' });
});

test('derives the ioctls of hw/vfio/pci.c from QEMU events', () => {
  const sets = (path: string) => opsOf(textOf(path)).filter((op) => op.startsWith('set_irqs msix'));
  // docs/clients.md §3: 8.2 on a kernel that can allocate
  expect(sets('qemu-trace/simple.txt')).toEqual([
    'set_irqs msix trigger eventfd 0 [-1]',
    'set_irqs msix trigger eventfd 0 [1000]',
    'set_irqs msix trigger eventfd 1 [1001]',
  ]);
  // docs/clients.md §2: before 8.2 every further vector disables and enables MSI-X
  expect(sets('qemu-trace/before-7.1.txt')).toEqual([
    'set_irqs msix trigger none 0 0',
    'set_irqs msix trigger eventfd 0 [5000]',
    'set_irqs msix trigger eventfd 0 [1000]',
    'set_irqs msix trigger none 0 0',
    'set_irqs msix trigger eventfd 0 [1000 1001]',
    'set_irqs msix trigger none 0 0',
    'set_irqs msix trigger eventfd 0 [1000 1001 1002]',
    'set_irqs msix trigger eventfd 1 [5001]',
  ]);
  expect(sets('qemu-trace/together.txt')).toEqual([
    'set_irqs msix trigger eventfd 0 [1000 -1 1002]',
    'set_irqs msix trigger none 0 0',
  ]);
});

test('uses the descriptors of the main loop if the trace shows no irqfd', () => {
  const text = `vfio_msix_enable  (x)
vfio_msix_vector_do_use  (x) vector 0 used
vfio_msi_interrupt  (x) vector 0 0xfee00000/0x21
vfio_msix_vector_release  (x) vector 0 released
`;
  expect(opsOf(text)).toEqual([
    'set_irqs msix trigger eventfd 0 [-1]',
    'eventfd 5000',
    'set_irqs msix trigger eventfd 0 [5000]',
    'raise 0',
    'read 5000',
  ]);
});

test('reports arguments that strace does not decode, with the result of the call', () => {
  const [first, second] = badOf(textOf('strace/good.txt'));
  expect(first).toContain('which strace does not decode');
  expect(first).toContain('found 0x7ffc068ab7c0, and the call returned 0');
  expect(second).toContain('found 0x7ffd1bd9dd80, and the call returned −1 EINVAL');
});

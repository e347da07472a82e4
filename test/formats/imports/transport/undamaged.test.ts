// Undamaged texts pass as they are.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { linesOf, SAMPLES, undo } from './undo.ts';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
const recordings = fileURLToPath(new URL('../../../recordings/', import.meta.url));

function expectAsIs(text: string): void {
  const { travels, carried } = undo(text);
  expect(travels).toEqual([]);
  expect(carried).toEqual(linesOf(text).map((line, at) => ({ text: line, lines: [at + 1], shift: 0 })));
}

test.each(SAMPLES)('passes the trace %s as it is', (_, text) => expectAsIs(text));

test.each(readdirSync(fixtures))('passes the fixtures of %s as they are', (folder) => {
  for (const name of readdirSync(fixtures + folder)) {
    // some kernel logs come from the journal
    const isJournal = folder === 'kernel-log' && /^(?:remapping|shared-pin)\./.test(name);
    const text = readFileSync(`${fixtures}${folder}/${name}`, 'utf8');
    if (isJournal) expect(undo(text).travels).toEqual([{ kind: 'prefixed', by: 'journal' }]);
    else expectAsIs(text);
  }
});

test('passes recordings as they are', () => {
  const names = readdirSync(recordings, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.jsonl.gz'),
  );
  // every 20th of the sorted names, and those with errnos, whose `=EBUSY` looks encoded
  const some = names.filter((name, at) => at % 20 === 0 || (name.includes('ebusy') && at % 5 === 0));
  expect(some.length).toBeGreaterThan(100);
  for (const name of some) expectAsIs(gunzipSync(readFileSync(recordings + name)).toString('utf8'));
});

test.each([
  [
    'the time and name of QEMU before its messages',
    [
      '2023-05-01T10:20:30.123456Z qemu-system-x86_64: warning: a',
      '2023-05-01T10:20:31.123456Z vfio_msix_enable  (0000:01:00.0)',
    ],
  ],
  [
    'a message of QEMU after a long event',
    [
      'vfio_msix_early_setup 0000:41:00.0 PCI MSI-X CAP @0x60, BAR 2, offset 0x1000, entries 4',
      'qemu-system-x86_64: vfio: Error: Failed to enable 8 MSI vectors, retry with 1',
      'vfio_msi_enable  (0000:41:00.0) Enabled 1 MSI vectors',
    ],
  ],
  [
    'a line of another program after a long event',
    [
      'vfio_msix_early_setup 0000:41:00.0 PCI MSI-X CAP @0x60, BAR 2',
      'char device redirected to /dev/pts/2 (label serial0)',
      'vfio_msix_enable  (0000:41:00.0)',
    ],
  ],
  [
    'a mark of left-out lines after the longest record',
    [
      '2210@1650000100.100001:vfio_msi_setup 11111111-2222-3333-4444-555555555555 PCI MSI CAP @0x48',
      '2210@1650000101.400001:vfio_msi_interrupt  (11111111-2222-3333-4444-555555555555) vector 0 0xfee02004/0x4025',
      '... (many more)',
    ],
  ],
  [
    'a line of another program after the longest record',
    [
      '2210@1650000101.400001:vfio_msi_interrupt  (11111111-2222-3333-4444-555555555555) vector 0 0xfee02004/0x4025',
      'char device redirected to /dev/pts/2 (label serial0)',
      '2210@1650000100.100001:vfio_msi_setup 11111111-2222-3333-4444-555555555555 PCI MSI CAP @0x48',
    ],
  ],
  [
    'marks of left-out lines',
    [
      '[...]',
      '0.000031 openat(AT_FDCWD, "/dev/vfio/vfio", O_RDWR|O_CLOEXEC) = 20 <0.000011>',
      '...',
      '<snip>',
      '0.000020 close(22) = 0 <0.000010>',
      '... (many more)',
    ],
  ],
  [
    'an event of QEMU within a line of ftrace',
    [
      'qemu-1 [000] .... 12.345678: tracing_mark_write: vfio_msix_enable (0000:01:00.0)',
      'qemu-1 [000] .... 12.345679: tracing_mark_write: vfio_msix_disable (0000:01:00.0)',
      'qemu-1 [000] .... 12.345680: tracing_mark_write: vfio_intx_enable (0000:01:00.0)',
      'qemu-1 [000] .... 12.345681: tracing_mark_write: vfio_intx_disable (0000:01:00.0)',
    ],
  ],
  [
    'equal signs before descriptors',
    ['eventfd tid=3 fd=34 initval=0 flags=0x80800', 'close tid=3 fd=80', 'ret tid=3 ret='],
  ],
  [
    'injected errnos',
    [
      'set_irqs msix trigger eventfd 0 [10] ! irq_bypass_register_producer#1=EBUSY',
      'set_irqs msix trigger eventfd 0 [11] ! request_irq#1=EBADF',
    ],
  ],
  [
    'processes that ascend by one now and then',
    [
      '184   ioctl(9, KVM_GET_API_VERSION, 0) = 12',
      '185   close(3) = 0',
      '184   close(4) = 0',
      '185   close(5) = 0',
      '186   close(6) = 0',
      '186   close(7) = 0',
    ],
  ],
  ['strings with HTML', ['write(1, "<p>&gt;</p>", 11) = 11', 'ioctl(9, VFIO_DEVICE_RESET, 0) = 0']],
  [
    'notes with any character',
    [
      '# “quoted” – a note\u00a0here…',
      '# > set_irqs msix trigger eventfd 0 [10]',
      'raise 1 # × → “x”',
      '@ guest’s action',
    ],
  ],
  [
    'interrupts with ascending numbers',
    [
      '            CPU0',
      ' 24:          0  IR-PCI-MSI 1-edge a',
      ' 25:          0  IR-PCI-MSI 2-edge b',
      ' 26:          7  IR-PCI-MSI 3-edge c',
      ' 27:          0  IR-PCI-MSI 4-edge d',
    ],
  ],
  [
    'aligned operations',
    [
      'set_irqs intx unmask eventfd 0 [21]',
      'set_irqs intx unmask eventfd 0 [22]',
      'set_irqs intx unmask eventfd 0 [23]',
      'set_irqs intx unmask eventfd 0 [24]',
    ],
  ],
  ['no text', []],
  ['empty lines', ['', '  ', '']],
] as const)('passes %s', (_, lines) => expectAsIs(lines.join('\n')));

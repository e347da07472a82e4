// Each kind of damage, undone.
import { expect, test } from 'vitest';
import {
  hasSides,
  lossText,
  type Travel,
  travelText,
  withSide,
} from '../../../../src/formats/imports/transport/travel.ts';
import { LOG_PREFIXES, pasted } from '../damage.ts';
import { MAILS, undo } from './undo.ts';

const ENABLE = 'vfio_msix_enable  (0000:01:00.0)';
const USE = 'vfio_msix_vector_do_use  (0000:01:00.0) vector 0 used';
const SETUP = 'vfio_msix_early_setup 0000:07:00.0 PCI MSI-X CAP @0x90, BAR 1, offset 0x3000, entries 8';

function undone(...lines: readonly string[]) {
  const { kinds, texts } = undo(lines.join('\n'));
  return { kinds, texts };
}

test('reads a trace out of a quoted and wrapped mail, with the lines it came from', () => {
  const { kinds, carried } = undo(MAILS.get('wrapped.txt') ?? '');
  expect(kinds).toEqual(['quoted', 'wrapped', 'journal']);
  const shift = '>> mars 03 11:20:01 box qemu-system-x86_64[811]: '.length;
  expect(carried).toEqual([
    { text: SETUP, lines: [1, 2], shift },
    { text: 'vfio_msix_enable (0000:07:00.0)', lines: [3, 4], shift },
    { text: 'vfio_msix_vector_do_use (0000:07:00.0) vector 0 used', lines: [5, 6], shift },
  ]);
});

test('decodes a quoted-printable mail', () => {
  const { kinds, texts, carried } = undo(MAILS.get('quoted-printable.txt') ?? '');
  expect(kinds).toEqual(['quotedPrintable']);
  expect(texts[1]).toBe('vfio_pci_write_config  (0000:41:00.0, @0x4, 0x507, len=0x2)');
  expect(texts[4]).toBe(
    'vfio_msix_early_setup 0000:41:00.0 PCI MSI-X CAP @0x60, BAR 2, offset 0x1000, entries 4, noresize 0',
  );
  expect(carried[4]?.lines).toEqual([5, 6]);
});

test('decodes a character of several bytes that a break separates, and Latin-1', () => {
  expect(
    undone('f=C3=', '=A9vr. 03 11:20:01 box qemu[8]: x=3D1', 'f=E9vr. 03 11:20:02 box qemu[8]: vfio_a (b)')
      .texts,
  ).toEqual(['x=1', 'vfio_a (b)']);
});

test('leaves numbers behind equal signs in encoded text', () => {
  expect(undone('eventfd tid=3D3 fd=3D34 initval=3D0', 'ret tid=3D3 ret=3D80').texts).toEqual([
    'eventfd tid=3 fd=34 initval=0',
    'ret tid=3 ret=80',
  ]);
});

test.each([['> '], ['>'], ['> > > '], ['>>> '], ['>> > '], ['| '], [' > ']])(
  'removes the quote mark “%s”',
  (mark) => {
    const found = undone('On Monday, a person wrote:', '', mark + ENABLE, mark.trimEnd(), mark + USE, 'Yes.');
    expect(found).toEqual({
      kinds: ['quoted'],
      texts: ['On Monday, a person wrote:', '', ENABLE, '', USE, 'Yes.'],
    });
  },
);

test('joins lines whose rest lost the quote mark, and leaves a short line alone', () => {
  const { texts } = undone(
    '> vfio_msix_early_setup 0000:07:00.0 PCI MSI-X CAP @0x90, BAR 1,',
    'offset 0x3000, entries 8',
    `> ${ENABLE}`,
    'Regards',
  );
  expect(texts).toEqual([SETUP, ENABLE, 'Regards']);
});

test('joins flowed lines', () => {
  expect(
    undone(
      'vfio_msix_early_setup 0000:07:00.0 PCI MSI-X CAP ',
      '@0x90, BAR 1, offset 0x3000, ',
      'entries 8',
      ENABLE,
    ),
  ).toEqual({ kinds: ['wrapped'], texts: [SETUP, ENABLE] });
});

test('joins lines that a terminal cut within words', () => {
  const lines = ['ioctl(18, VFIO_DEVICE_SET_IRQS, 0x7ffc068ab7c0) = -1 EINVAL (Invalid argume', 'nt)'];
  const more = [
    'ioctl(18, VFIO_DEVICE_GET_REGION_INFO, 0x7ffc068ab7a0) = -1 ENOTTY (Inappro',
    'priate ioctl)',
  ];
  const { texts } = undone(...lines, 'close(4) = 0', ...more);
  expect(texts).toEqual([lines.join(''), 'close(4) = 0', more.join('')]);
});

test.each(Object.entries(LOG_PREFIXES))('removes the prefix of %s', (_, prefix) => {
  expect(undone(prefix(0) + ENABLE, prefix(1) + USE).texts).toEqual([ENABLE, USE]);
});

test.each([
  ['févr.', 'févr. 03 11:20:01 box qemu[811]: '],
  ['a day before the month', '3. März 11:20:01 box qemu[811]: '],
  ['no host', 'May 01 11:20:01 qemu[811]: '],
  ['a priority and a time since the boot', '<6>[  101.123456] host qemu[1]: '],
])('removes a journal’s prefix with %s', (_, prefix) => {
  expect(undone(prefix + ENABLE, prefix + USE).texts).toEqual([ENABLE, USE]);
});

test('removes the journal’s prefix of kernel messages, and keeps the kernel’s own time', () => {
  expect(undone('May  1 10:20:30 box kernel: vfio-pci 0000:42:00.0: enabling device').texts).toEqual([
    'vfio-pci 0000:42:00.0: enabling device',
  ]);
  expect(undone('May  1 10:20:30 box kernel: [  210.100001] vfio-pci 0000:42:00.0: reset').texts).toEqual([
    '[  210.100001] vfio-pci 0000:42:00.0: reset',
  ]);
});

test('removes the time and name of QEMU before events, and leaves its messages', () => {
  const before = '2023-05-01T10:20:30.123456Z qemu-system-x86_64: ';
  expect(undone(before + ENABLE, `${before}warning: a`, before + USE)).toEqual({
    kinds: ['qemu'],
    texts: [ENABLE, `${before}warning: a`, USE],
  });
});

test('joins the parts of a line of a container’s log', () => {
  const time = '2023-05-01T10:20:30.123456789Z stdout';
  const { carried } = undo(`${time} P vfio_msix_en\n${time} F able  (0000:01:00.0)\n${time} F ${USE}\n`);
  expect(carried.map(({ text, lines }) => [text, lines])).toEqual([
    [ENABLE, [1, 2]],
    [USE, [3]],
  ]);
});

test.each([
  ['colours', `\u001b[32m${ENABLE}\u001b[0m\u001b[K`, ENABLE],
  ['colours', `#033[32m${ENABLE}^[[0m`, ENABLE],
  [
    'html',
    'ioctl(9&lt;/dev/vfio/5&gt;, VFIO_DEVICE_RESET, 0)&nbsp;= 0',
    'ioctl(9</dev/vfio/5>, VFIO_DEVICE_RESET, 0) = 0',
  ],
  ['html', `<pre>${ENABLE}<br/>`, ENABLE],
  ['spaces', 'vfio_msix_enable\u00a0 (0000:01:\u200b00.0)', ENABLE],
  ['typographic', 'read(3, “\\1\\0”…, 8) = −1 EAGAIN', 'read(3, "\\1\\0"..., 8) = -1 EAGAIN'],
  ['typographic', 'ioctl(18, VFIO_DEVICE_RESET, 0×3b) = 0', 'ioctl(18, VFIO_DEVICE_RESET, 0x3b) = 0'],
])('reads %s as plain characters', (kind, damaged, plain) => {
  expect(undone(damaged)).toEqual({ kinds: [kind], texts: [plain] });
});

test('keeps the number of each line: fences and heads of a diff become empty', () => {
  expect(undone('```text', ENABLE, USE, '```')).toEqual({ kinds: ['fenced'], texts: ['', ENABLE, USE, ''] });
  const diff = ['--- a', '+++ b', '@@ -1,2 +1,2 @@', ` ${ENABLE}`, `-${SETUP}`, `+${USE}`].join('\n');
  expect(undo(diff).texts).toEqual(['', '', '', ENABLE, '', USE]);
  expect(undo(diff, (found) => withSide(found, 'left')).texts).toEqual(['', '', '', ENABLE, SETUP, '']);
});

test('removes only the common indentation', () => {
  expect(undone(`    ${ENABLE}`, '', `      ${USE}`).texts).toEqual([ENABLE, '', `  ${USE}`]);
});

test('removes line numbers, also before lines of strace, which may begin with a number', () => {
  expect(undone(`12: ${ENABLE}`, `13: ${USE}`).texts).toEqual([ENABLE, USE]);
  const calls = Array.from({ length: 12 }, (_, at) => `close(${at}) = 0`);
  expect(undo(calls.map((call, at) => `${String(at + 3).padStart(4)}  ${call}`).join('\n')).texts).toEqual(
    calls,
  );
});

const LEFT = [ENABLE, USE, 'vfio_msix_disable  (0000:01:00.0)', 'vfio_intx_enable  (0000:01:00.0)'];
const RIGHT = [ENABLE, 'vfio_msix_disable  (0000:01:00.0)', 'vfio_intx_enable  (0000:01:00.0)'];

test('reads the left one of two columns, then the right one, or the chosen one', () => {
  const row = (left: string, sign: string, right: string) => `${left.padEnd(60)} ${sign} ${right}`.trimEnd();
  const text = [
    row(ENABLE, ' ', ENABLE),
    row(USE, '<', ''),
    row(LEFT[2] ?? '', ' ', RIGHT[1] ?? ''),
    row(LEFT[3] ?? '', '|', RIGHT[2] ?? ''),
  ].join('\n');
  const both = undo(text);
  expect(both.kinds).toEqual(['columns']);
  expect(both.texts).toEqual([...LEFT, ...RIGHT]);
  expect(both.carried.map(({ lines, shift }) => [lines[0], shift])).toEqual([
    ...[1, 2, 3, 4].map((line) => [line, 0]),
    ...[1, 3, 4].map((line) => [line, 63]),
  ]);
  expect(undo(text, (found) => withSide(found, 'left')).texts).toEqual(LEFT);
  expect(undo(text, (found) => withSide(found, 'right')).texts).toEqual([RIGHT[0], '', RIGHT[1], RIGHT[2]]);
});

test('reads columns with a tab between', () => {
  const { texts, travels } = undo(pasted(LEFT.join('\n'), RIGHT.join('\n')));
  expect(texts).toEqual([...LEFT, ...RIGHT]);
  expect(hasSides(travels)).toBe(true);
  expect(hasSides(undo(`> ${ENABLE}`).travels)).toBe(false);
});

test('names a right column that is too long', () => {
  const row = `${ENABLE.padEnd(40)}   ${ENABLE}`;
  const { losses, carried } = undo(Array<string>(400_010).fill(row).join('\n'));
  expect(losses).toEqual([{ kind: 'columnTooLong', lines: 10 }]);
  expect(carried).toHaveLength(800_010);
  expect(losses.map(lossText).join('')).toContain('10 lines');
});

test('says each way in one sentence', () => {
  const all: readonly Travel[] = [
    { kind: 'colours' },
    { kind: 'spaces' },
    { kind: 'typographic' },
    { kind: 'html' },
    { kind: 'quotedPrintable' },
    { kind: 'quoted', gap: 1 },
    { kind: 'fenced' },
    { kind: 'indented', most: 1 },
    { kind: 'indented', most: 4 },
    { kind: 'numbered', sign: ':', column: 0, gap: 1 },
    ...(['left', 'right', 'both'] as const).flatMap((side): Travel[] => [
      { kind: 'diff', side },
      { kind: 'columns', from: 40, gutter: null, side },
    ]),
    ...(['journal', 'libvirt', 'container', 'priority', 'qemu'] as const).map(
      (by): Travel => ({ kind: 'prefixed', by }),
    ),
    { kind: 'wrapped', width: 72, at: 'space', kinds: ['qemu'], by: 'decoded' },
  ];
  const texts = all.map(travelText);
  expect(new Set(texts).size).toBe(all.length);
  for (const text of texts) expect(text).toMatch(/^(?:irqscope |[A-Z]).*\.$/);
  expect(travelText({ kind: 'quoted', gap: 1 })).toBe('irqscope removes quote marks (“>”).');
});

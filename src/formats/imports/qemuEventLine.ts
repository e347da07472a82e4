// Reads one line of a QEMU trace: event, device and numbers, by the format strings of hw/vfio/trace-events.

import { fieldsOf } from './fields.ts';
import { shown } from './format.ts';
import { u32Of } from './numbers.ts';

/** An event about interrupts. */
export interface QemuEvent {
  readonly name: string;
  /** The device, such as `0000:01:00.0`; null if the event does not name it. */
  readonly device: string | null;
  /** Its numbers, by name. */
  readonly numbers: ReadonlyMap<string, number>;
  /** The event as quoted text, such as `vfio_msix_vector_do_use vector 3`. */
  readonly said: string;
  readonly column: number;
}

/** A line of a trace. */
export type QemuLine =
  | { readonly kind: 'event'; readonly event: QemuEvent }
  | { readonly kind: 'passed'; readonly why: string }
  | { readonly kind: 'broken'; readonly column: number; readonly expected: string; readonly found: string };

/** The printed form of an event's arguments: a pattern with one group per number, and simpletrace.py's names of the numbers. */
interface Shape {
  readonly pattern: RegExp;
  readonly numbers: readonly string[];
  /** Numbers that older versions do not print. */
  readonly optional?: readonly string[];
}

const NAMED = /^\(([^)]+)\)$/;
const plain: Shape = { pattern: NAMED, numbers: [] };
const vector = (word: string): Shape => ({
  pattern: new RegExp(`^\\(([^)]+)\\) vector (\\d+) ${word}$`),
  numbers: ['index'],
});

/** The events about interrupts. */
const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['vfio_intx_interrupt', { pattern: /^\(([^)]+)\) Pin [A-D]$/, numbers: [] }],
  ['vfio_intx_eoi', { pattern: /^\(([^)]+)\) EOI$/, numbers: [] }],
  ['vfio_intx_enable_kvm', { pattern: /^\(([^)]+)\) KVM INTx accel enabled$/, numbers: [] }],
  ['vfio_intx_disable_kvm', { pattern: /^\(([^)]+)\) KVM INTx accel disabled$/, numbers: [] }],
  ['vfio_intx_update', { pattern: /^\(([^)]+)\) IRQ moved -?\d+ -> -?\d+$/, numbers: [] }],
  ['vfio_intx_enable', plain],
  ['vfio_intx_disable', plain],
  [
    'vfio_msi_interrupt',
    { pattern: /^\(([^)]+)\) vector (\d+) 0x[\da-f]+\/0x[\da-f]+$/, numbers: ['index'] },
  ],
  ['vfio_msix_vector_do_use', vector('used')],
  ['vfio_msix_vector_release', vector('released')],
  ['vfio_msix_enable', plain],
  ['vfio_msix_disable', plain],
  ['vfio_msix_pba_enable', plain],
  ['vfio_msix_pba_disable', plain],
  ['vfio_msix_fixup', { pattern: /^\(([^)]+)\) MSI-X region \d+ mmap fixup \[.*\]$/, numbers: [] }],
  ['vfio_msix_relo', { pattern: /^\(([^)]+)\) BAR -?\d+ offset 0x[\da-f]+$/, numbers: [] }],
  ['vfio_msi_enable', { pattern: /^\(([^)]+)\) Enabled (\d+) MSI vectors$/, numbers: ['nr_vectors'] }],
  ['vfio_msi_disable', plain],
  ['vfio_msi_setup', { pattern: /^(\S+) PCI MSI CAP @0x[\da-f]+$/, numbers: [] }],
  [
    'vfio_msix_early_setup',
    {
      pattern:
        /^(\S+) PCI MSI-X CAP @0x[\da-f]+, BAR \d+, offset 0x[\da-f]+, entries (\d+)(?:, noresize ([01]))?$/,
      numbers: ['entries', 'noresize'],
      optional: ['noresize'],
    },
  ],
  [
    'vfio_pci_write_config',
    {
      pattern: /^\(([^,]+), @(0x[\da-f]+), (0x[\da-f]+), len=(0x[\da-f]+)\)$/,
      numbers: ['addr', 'val', 'len'],
    },
  ],
  ['vfio_pci_read_config', { pattern: /^\(([^,]+), @0x[\da-f]+, len=0x[\da-f]+\) 0x[\da-f]+$/, numbers: [] }],
  ['vfio_pci_reset', plain],
  ['vfio_pci_reset_flr', { pattern: /^(\S+) FLR\/VFIO_DEVICE_RESET$/, numbers: [] }],
  ['vfio_pci_reset_pm', { pattern: /^(\S+) PCI PM Reset$/, numbers: [] }],
  ['vfio_pci_hot_reset', { pattern: /^\(([^)]+)\) \w+$/, numbers: [] }],
  ['vfio_pci_hot_reset_result', { pattern: /^(\S+) hot reset: .+$/, numbers: [] }],
  [
    'vfio_populate_device_get_irq_info_failure',
    { pattern: /^VFIO_DEVICE_GET_IRQ_INFO failure: .+$/, numbers: [] },
  ],
  ['vfio_put_base_device', { pattern: /^close vdev->fd=\d+$/, numbers: [] }],
]);

/** Matches names that must be in the table; other names with this prefix are cut off or unknown. */
const INTERRUPTS = /^vfio_(intx|msix?)(_|$)/;

/** Reads a line. */
export function qemuEventOf(text: string): QemuLine {
  const found = /\b(vfio_[a-z0-9_]+)\b(?![(=])/.exec(text);
  const name = found?.[1] ?? '';
  if (found === null) {
    const why = text.trim() === '' ? 'empty' : 'not a vfio event';
    const cut = text.search(/\bvfio/);
    return cut >= 0 && /\bvfio_?$/.test(text.trimEnd())
      ? {
          kind: 'broken',
          column: cut + 1,
          expected: 'the name of an event in hw/vfio/trace-events',
          found: shown(text),
        }
      : { kind: 'passed', why };
  }
  const column = found.index + 1;
  const shape = SHAPES.get(name);
  if (shape === undefined) {
    if (INTERRUPTS.test(name) || name === 'vfio_')
      return {
        kind: 'broken',
        column,
        expected: 'the name of an event in hw/vfio/trace-events',
        found: shown(name),
      };
    return { kind: 'passed', why: 'not an event about interrupts' };
  }
  const rest = text.slice(found.index + name.length).trim();
  const args = argumentsOf(shape, rest);
  if (args === null) {
    const at = column + name.length + 1;
    return {
      kind: 'broken',
      column: at,
      expected: `the arguments of ${name} as QEMU prints them`,
      found: shown(rest),
    };
  }
  const index = args.numbers.get('index');
  const said = index === undefined ? name : `${name} vector ${index}`;
  return { kind: 'event', event: { name, ...args, said, column } };
}

function argumentsOf(
  { pattern, numbers, optional = [] }: Shape,
  rest: string,
): Pick<QemuEvent, 'device' | 'numbers'> | null {
  const values = new Map<string, number>();
  const put = (name: string, text: string | undefined) => {
    const value = text === undefined ? null : u32Of(text);
    if (value !== null) values.set(name, value);
    return value !== null || optional.includes(name);
  };
  const found = pattern.exec(rest);
  if (found !== null) {
    const good = numbers.every((name, at) => put(name, found[at + 2]));
    return good ? { device: found[1] ?? null, numbers: values } : null;
  }
  // simpletrace.py prints the time since the last event, then pid= and the arguments by name
  if (!/^-?[\d.]+ pid=\d+/.test(rest)) return null;
  const fields = fieldsOf(rest);
  if (!numbers.every((name) => put(name, fields.get(name)?.text))) return null;
  const device = fields.get('name')?.text.replace(/^b?'(.*)'$/, '$1') ?? null;
  return { device, numbers: values };
}

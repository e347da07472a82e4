// Reads one row of /proc/interrupts (show_interrupts in kernel/irq/proc.c): irq number, a count for each CPU, the irq chip with the
// number that the irq has there, and the names of the handlers.

import type { IrqMode } from '../../../session/expectedState.ts';
import { counted } from '../../../text/numbers.ts';
import { addressOf } from './address.ts';

/** A handler that vfio-pci has installed. */
export interface VfioName {
  readonly mode: IrqMode;
  /** Null for INTx. */
  readonly vector: number | null;
  /** The address of the device. */
  readonly device: string;
}

/** The place of an irq, from its chip. */
export interface ChipPlace {
  readonly device: string;
  /** MSI and MSI-X if one chip serves both, as before Linux 6.2. */
  readonly mode: 'msi' | 'msix' | null;
  readonly vector: number;
}

/** A row. */
export type ProcRow =
  /** The heading; `cpus` is 0 if its end is cut off. */
  | { readonly kind: 'cpus'; readonly cpus: number }
  /** A row without an irq number, such as `NMI:`. */
  | { readonly kind: 'other'; readonly name: string }
  | {
      readonly kind: 'irq';
      readonly irq: number;
      /** The counts; empty if they were cut out. */
      readonly counts: readonly number[];
      /** The handlers of vfio. */
      readonly vfio: readonly VfioName[];
      /** The rest of the row: the chip and all names. */
      readonly rest: string;
      readonly place: ChipPlace | null;
      /** The names after the chip, if the chip is one of MSI or MSI-X. */
      readonly names: string | null;
    }
  | { readonly kind: 'broken'; readonly column: number; readonly expected: string; readonly found: string }
  | { readonly kind: 'unknown' };

/** Matches the row of CPU names; its end may be cut off. */
const CPUS = /^\s*CPU\d+(?:\s+CPU\d*)*(?:\s+CP?)?\s*$/;
/** Matches a row of an irq; grep puts the name of the file before it. */
const ROW = /^(?:\S*interrupts:)?\s*(\d{1,7}):((?:\s+\d+)*)(?:\s+(\S[\s\S]*))?$/;
const OTHER = /^(?:\S*interrupts:)?\s*([A-Z][A-Za-z0-9]{1,7}):(?:\s+\d|\s*$)/;
const VFIO = /vfio-(msix|msi|intx)(?:\[(\d{1,5})\])?\(([^()\s]+)\)/g;
/** Matches a chip of PCI MSI or MSI-X, with the address in its name or not, and the number of the irq there. */
const CHIP =
  /^(?:(\S*MSI(X)?)-([\da-f]{4,8}:[\da-f]{2}:[\da-f]{2}\.[0-7])|(\S*(?:PCI|ITS|GICv2m)-MSIX?))\s+(\d{1,15})(?:-\w+|\s+(?:Edge|Level)(?:-\w+)?|(?=\s|$))\s*([\s\S]*)$/i;
/** Matches the chip without a number, as kernels without an irq domain print it. */
const OLD_CHIP = /^\S*MSIX?-edge\s*(.*)$/i;

/** Reads a row. `cpus` is the number of CPUs in the heading, or 0 without one. */
export function procRow(text: string, cpus: number): ProcRow {
  if (CPUS.test(text)) {
    const names = text.trim().split(/\s+/);
    return { kind: 'cpus', cpus: names.every((name) => /^CPU\d+$/.test(name)) ? names.length : 0 };
  }
  const found = ROW.exec(text);
  if (found === null) {
    const other = OTHER.exec(text)?.[1];
    return other === undefined ? { kind: 'unknown' } : { kind: 'other', name: other };
  }
  const [, irq = '', countText = '', given = ''] = found;
  const rest = given.trim();
  const counts = countText.trim() === '' ? [] : countText.trim().split(/\s+/).map(Number);
  const column = text.length - given.length + 1;
  if (rest === '') {
    const expected = 'the irq chip and the names of the handlers';
    return { kind: 'broken', column: text.length + 1, expected, found: 'the end of the line' };
  }
  if (counts.length > 0 && counts.length < cpus) {
    const cut = counted(counts.length, 'count');
    return { kind: 'broken', column, expected: `${cpus} counts, one for each CPU`, found: cut };
  }
  const vfio = [...rest.matchAll(VFIO)].map(nameOf);
  const started = rest.match(/vfio-(?:msix|msi|intx)(?![a-z])/g)?.length ?? 0;
  if (started > vfio.length) {
    const at = rest.lastIndexOf('vfio-');
    const expected = 'a name such as vfio-msix[0](0000:03:00.0)';
    return { kind: 'broken', column: column + at, expected, found: rest.slice(at, at + 40) };
  }
  return { kind: 'irq', irq: Number(irq), counts, vfio, rest, ...placeOf(rest) };
}

function nameOf(found: RegExpMatchArray): VfioName {
  const [, word = '', vector, device = ''] = found;
  const mode: IrqMode = word === 'msix' || word === 'msi' ? word : 'intx';
  return {
    mode,
    vector: mode === 'intx' || vector === undefined ? null : Number(vector),
    device: addressOf(device) ?? device,
  };
}

function placeOf(rest: string): { readonly place: ChipPlace | null; readonly names: string | null } {
  const found = CHIP.exec(rest);
  if (found === null) return { place: null, names: OLD_CHIP.exec(rest)?.[1] ?? null };
  const [, , x, device, , number = '', names = ''] = found;
  const value = Number(number);
  if (device !== undefined) {
    const mode = x === undefined ? 'msi' : 'msix';
    return { place: { device: addressOf(device) ?? device, mode, vector: value }, names };
  }
  return { place: hardwarePlace(value), names };
}

/** Returns device and vector from the number that PCI/MSI gives an irq: vector, then device id, then domain. */
function hardwarePlace(value: number): ChipPlace {
  const vector = value % 2 ** 11;
  const id = Math.floor(value / 2 ** 11) % 2 ** 16;
  const hex = (part: number, digits: number) => part.toString(16).padStart(digits, '0');
  const domain = hex(Math.floor(value / 2 ** 27), 4);
  const device = `${domain}:${hex(id >> 8, 2)}:${hex((id >> 3) & 31, 2)}.${id & 7}`;
  return { device, mode: null, vector };
}

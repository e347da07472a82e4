// Reads one line of a listing of /sys/bus/pci/devices/…/msi_irqs, which has a file for each allocated MSI or MSI-X irq; the file
// contains `msi` or `msix`.

import { addressIn } from './address.ts';
import { EXAMINED } from './passage.ts';

/** The mode of the irqs that a line lists; null if it does not say it. */
type Mode = 'msi' | 'msix' | null;

/** A line of the listing. */
export type MsiIrqsLine =
  | {
      readonly kind: 'irqs';
      readonly irqs: readonly number[];
      readonly mode: Mode;
      /** The address in its path, or null. */
      readonly device: string | null;
    }
  /** A command, or the heading of a folder. */
  | { readonly kind: 'folder'; readonly device: string | null; readonly isCommand: boolean }
  /** The content of the file that the line before names. */
  | { readonly kind: 'mode'; readonly mode: 'msi' | 'msix' }
  /** The folder does not exist: MSI and MSI-X are not enabled. */
  | { readonly kind: 'absent'; readonly device: string | null }
  | { readonly kind: 'broken'; readonly column: number; readonly found: string }
  /** `total 0`, `.` and the like. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown' };

/** Matches one or more irq numbers, as ls prints them. */
const NUMBERS = /^\s*\d{1,7}(?:[\s,]+\d{1,7})*,?\s*$/;
/** Matches a file with its content, as grep prints it, or alone. */
const FILE = /^\s*(?:==>\s*)?(?:\S*\/|\.\/)?(\d{1,7})(?::\s*(msix?)\s*|\s*<==\s*|\s*)$/;
const LONG = /^[-r][-rwx]{9}\S*\s.*\s(\d{1,7})\s*$/;

/** Reads a line. */
export function msiIrqsLine(line: string): MsiIrqsLine {
  const text = line.slice(0, EXAMINED);
  if (NUMBERS.test(text)) {
    const irqs = text.split(/[\s,]+/).filter((word) => word !== '');
    return { kind: 'irqs', irqs: irqs.map(Number), mode: null, device: null };
  }
  const file = FILE.exec(text);
  const isFile = file !== null && (file[2] !== undefined || text.includes('msi_irqs/'));
  if (isFile) {
    const mode = file[2] === 'msi' || file[2] === 'msix' ? file[2] : null;
    return { kind: 'irqs', irqs: [Number(file[1])], mode, device: pathDevice(text) };
  }
  const long = LONG.exec(text)?.[1];
  if (long !== undefined) return { kind: 'irqs', irqs: [Number(long)], mode: null, device: null };
  const word = text.trim();
  if (word === 'msi' || word === 'msix') return { kind: 'mode', mode: word };
  if (/^total \d+$|^[d-][-rwx]{9}.*\.\.?$/.test(word)) return { kind: 'nothing' };
  const cut = /msi_irqs\/\d+:(?!.*[*?])(.*)$/.exec(text);
  if (cut !== null) {
    const [, found = ''] = cut;
    return { kind: 'broken', column: text.length - found.length + 1, found };
  }
  if (/msi_irqs.*(?:No such file|cannot access)|cannot access.*msi_irqs/i.test(text)) {
    return { kind: 'absent', device: pathDevice(text) };
  }
  if (text.includes('msi_irqs')) {
    return {
      kind: 'folder',
      device: pathDevice(text),
      isCommand: !/msi_irqs\/?:?\s*$/.test(text) || /[$#]\s/.test(text),
    };
  }
  return { kind: 'unknown' };
}

/** Returns the last address before `msi_irqs`: a path also names the bridges above the device. */
function pathDevice(text: string): string | null {
  const path = text.slice(0, Math.max(0, text.lastIndexOf('msi_irqs')));
  const parts = path.split('/');
  for (const part of parts.reverse()) {
    const device = addressIn(part);
    if (device !== null) return device;
  }
  return null;
}

// The bytes of struct vfio_irq_set by field. Drawn after the first picture.

import { type IrqSet, irqSetBytes } from '../../uapi/irqSet.ts';
import { VFIO_IRQ_SET_MINSZ } from '../../uapi/vfio.ts';
import type { ByteField } from './draft.ts';

/** Adjacent bytes of one field. */
export interface ByteRun {
  readonly field: ByteField;
  /** Bytes as two hexadecimal digits each. */
  readonly bytes: string;
  /** For instance `start = 7`. */
  readonly label: string;
}

/** Returns the structure's bytes by field; data has one run per element. */
export function byteRuns(set: IrqSet): readonly ByteRun[] {
  const bytes = irqSetBytes(set);
  const text = (from: number, length: number) =>
    [...bytes.slice(from, from + length)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const header: readonly ByteField[] = ['argsz', 'flags', 'index', 'start', 'count'];
  const values = set.data.kind === 'none' ? [] : set.data.values;
  const size = set.data.kind === 'u8' ? 1 : 4;
  return [
    ...header.map((field, at) => ({
      field,
      bytes: text(at * 4, 4),
      label: `${field} = ${headerValue(set, field)}`,
    })),
    ...values.map((value, at) => ({
      field: 'data' as const,
      bytes: text(VFIO_IRQ_SET_MINSZ + at * size, size),
      label: `data[${at}] = ${value}`,
    })),
  ];
}

function headerValue(set: IrqSet, field: ByteField): string {
  if (field === 'data') return '';
  return field === 'flags' ? `0x${set.flags.toString(16)}` : String(set[field]);
}

// The rows of the wiring and their cells. A row is computed when it is shown, so that a
// table of 2,048 entries costs only its visible rows.

import { MSIX_VECTORS_MAX } from '../../machine/device.ts';
import { BLANK_ENTRY, type Machine, type MsiDesc } from '../../machine/machine.ts';
import { messageText } from '../../text/numbers.ts';
import { VFIO_PCI_MSI_IRQ_INDEX } from '../../uapi/vfio.ts';
import type { Moment } from './moment.ts';
import {
  type EntryCell,
  eventfdCell,
  type VectorChange,
  type VectorState,
  type WiringCell,
  type WiringRow,
} from './row.ts';

/** Returns true if the rows are MSI vectors: MSI is enabled, or the device has no MSI-X. */
export function showsMsi({ vdev, domain, device }: Machine): boolean {
  if (domain.mode !== null) return domain.mode === 'msi';
  return vdev.irq_type === VFIO_PCI_MSI_IRQ_INDEX || (device.msix === null && device.msi !== null);
}

/** Returns the number of vectors of the shown mode. */
export function vectorCount(machine: Machine): number {
  const { msi, msix } = machine.device;
  return (showsMsi(machine) ? msi?.vectors : msix?.vectors) ?? 0;
}

/** Returns the vectors that differ from an untouched table entry now or before the line. */
export function vectorsInUse({ now, before, failures }: Moment): readonly number[] {
  // computed at every place: one flag per vector takes a fifth of the time of a sorted set
  const used = new Uint8Array(MSIX_VECTORS_MAX);
  const note = (_: unknown, vector: number) => {
    used[vector] = 1;
  };
  now.vdev.ctx.forEach(note);
  now.domain.descs.forEach(note);
  failures.forEach(note);
  if (before.domain.descs !== now.domain.descs) before.domain.descs.forEach(note);
  if (!showsMsi(now)) now.pci.entries.forEach(note);
  const vectors: number[] = [];
  for (let vector = 0; vector < MSIX_VECTORS_MAX; vector++) if (used[vector] === 1) vectors.push(vector);
  return vectors;
}

/** No table has more entries (PCI 3.0, 6.8.2.3). */

/** Returns the row of one vector. */
export function vectorRow(moment: Moment, vector: number): WiringRow {
  const { now } = moment;
  const desc = now.domain.descs.get(vector);
  const freed = desc === undefined ? freedIrq(moment, vector) : null;
  const failure = moment.failures.get(vector);
  const ctx = now.vdev.ctx.get(vector);
  const state: VectorState = desc === undefined ? 'empty' : desc.handler === null ? 'cached' : 'attached';
  const ev = ctx?.trigger ?? desc?.handler ?? null;
  const eventfd =
    failure !== undefined && ev === null
      ? { text: `fd ${failure.fd}`, word: failure.errno, look: 'failed' as const }
      : eventfdCell(now, ev);
  return {
    label: String(vector),
    vector,
    state,
    change: changeOf(moment, vector, freed !== null, ev),
    eventfd,
    ctx: ctx === undefined ? null : { text: `ctx[${vector}]`, word: '', look: 'plain' },
    irq: irqCell(desc, freed),
    entry: entryCell(now, vector, state),
    wires: [
      ev === null ? 'none' : 'solid',
      state === 'attached' && ctx !== undefined ? 'solid' : 'none',
      state === 'attached' ? 'solid' : state === 'cached' ? 'dotted' : freed !== null ? 'broken' : 'none',
    ],
  };
}

function irqCell(desc: MsiDesc | undefined, freed: number | null): WiringCell | null {
  if (freed !== null) return { text: `irq ${freed}`, word: 'freed', look: 'freed' };
  if (desc === undefined) return null;
  return desc.handler === null
    ? { text: `irq ${desc.irq}`, word: 'cached', look: 'cached' }
    : { text: `irq ${desc.irq}`, word: '', look: 'attached' };
}

function entryCell(now: Machine, vector: number, state: VectorState): EntryCell {
  if (showsMsi(now)) {
    const { msi } = now.pci;
    const masked = now.device.msi?.maskable === true ? (msi.mask & (1 << vector)) !== 0 : null;
    const pending = (msi.pending & (1 << vector)) !== 0;
    // all vectors share one message: the device adds the vector's number to the data
    const message = { ...msi.message, data: msi.message.data === 0 ? 0 : msi.message.data + vector };
    return { text: messageText(message), word: pending ? 'pending' : '', look: state, masked, pending };
  }
  const entry = now.pci.entries.get(vector) ?? BLANK_ENTRY;
  return {
    text: messageText(entry),
    word: entry.pending ? 'pending' : '',
    look: state,
    masked: entry.masked,
    pending: entry.pending,
  };
}

/** Returns the irq that the line freed at this vector, or null. */
function freedIrq({ before, happenings }: Moment, vector: number): number | null {
  const had = before.domain.descs.get(vector);
  if (had !== undefined) return had.irq;
  const freed = happenings.find((one) => one.kind === 'freed' && one.vector === vector);
  return freed?.kind === 'freed' ? freed.irq : null;
}

function changeOf(moment: Moment, vector: number, freed: boolean, ev: number | null): VectorChange {
  if (moment.failures.has(vector)) return 'failed';
  if (freed) return 'freed';
  const signalled = moment.happenings.some(
    (one) =>
      (one.kind === 'delivered' && one.vector === vector) ||
      (one.kind === 'signal' && one.by === 'loopback' && one.ev === ev),
  );
  return signalled ? 'signalled' : null;
}

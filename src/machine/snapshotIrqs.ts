// The irqs and the MSI-X table of a machine as bytes. Consecutive vectors and irqs need no bytes of their own, and neither
// does an entry equal to the kernel's last message for its vector.

import { IntMap } from '../base/intMap.ts';
import type { Packer, Unpacker } from '../base/packed.ts';
import { type Device, handlerName } from './device.ts';
import {
  type IrqDomain,
  type Machine,
  type MsiDesc,
  type PciState,
  sameMessage,
  type TableEntry,
  ZERO_MESSAGE,
} from './machine.ts';
import { KEY_MAX, Messages } from './snapshotParts.ts';

const MODES: readonly IrqDomain['mode'][] = [null, 'msi', 'msix'];

const ORIGINAL = 1;
const FIXED = 2;
const RESEND = 4;
const ZERO = 8;
const HANDLED = 16;
const NAMED = 32;
const OTHER_NAME = 64;

/** Writes the irq domain: the allocated vectors and their irq numbers. */
export function writeDomain(w: Packer, { domain, device }: Machine): void {
  w.number(MODES.indexOf(domain.mode));
  w.number(domain.initialRange);
  w.number(domain.msiGranted);
  w.number(domain.lowestFree);
  w.number(domain.cpuVectorsUsed);
  w.number(domain.reserved);
  const messages = new Messages();
  let nextIrq = 0;
  w.map(domain.descs, (desc, vector) => {
    const zero = sameMessage(desc.message, ZERO_MESSAGE);
    const usual = desc.name === handlerName(device, domain.mode === 'msix', vector);
    w.number(
      (desc.original ? ORIGINAL : 0) |
        (desc.fixed ? FIXED : 0) |
        (desc.resend ? RESEND : 0) |
        (zero ? ZERO : 0) |
        (desc.handler === null ? 0 : HANDLED) |
        (desc.name === null ? 0 : NAMED | (usual ? 0 : OTHER_NAME)),
    );
    w.signed(desc.irq - nextIrq);
    nextIrq = desc.irq + 1;
    if (!zero) messages.write(w, desc.message);
    if (desc.handler !== null) w.number(desc.handler);
    if (desc.name !== null && !usual) w.text(desc.name);
  });
  // the numbers usually follow from the descriptors
  const derived = isInverse(domain);
  w.number(Number(derived));
  if (!derived) w.map(domain.numbers, (vector) => w.number(vector));
}

function isInverse({ descs, numbers }: IrqDomain): boolean {
  if (descs.size !== numbers.size) return false;
  let same = true;
  descs.forEach(({ irq }, vector) => {
    if (numbers.get(irq) !== vector) same = false;
  });
  return same;
}

/** Reads an irq domain. */
export function readDomain(r: Unpacker, device: Device): IrqDomain {
  const mode = MODES[r.number(MODES.length - 1)] ?? null;
  const initialRange = r.number();
  const msiGranted = r.number();
  const lowestFree = r.number();
  const cpuVectorsUsed = r.number();
  const reserved = r.number();
  const messages = new Messages();
  let nextIrq = 0;
  const descs = r.map<MsiDesc>((vector) => {
    const flags = r.number(127);
    const irq = nextIrq + r.signed();
    if (irq < 0 || irq > KEY_MAX) r.fail(`the irq ${irq}`);
    nextIrq = irq + 1;
    const message = (flags & ZERO) === 0 ? messages.read(r) : ZERO_MESSAGE;
    const handler = (flags & HANDLED) === 0 ? null : r.number();
    const name =
      (flags & NAMED) === 0
        ? null
        : (flags & OTHER_NAME) !== 0
          ? r.text()
          : handlerName(device, mode === 'msix', vector);
    const original = (flags & ORIGINAL) !== 0;
    return {
      irq,
      message,
      handler,
      name,
      original,
      fixed: (flags & FIXED) !== 0,
      resend: (flags & RESEND) !== 0,
    };
  });
  const derived = r.number(1) === 1;
  const numbers = derived ? inverse(r, descs) : r.map<number>(() => r.number(KEY_MAX));
  return { mode, initialRange, msiGranted, descs, numbers, lowestFree, cpuVectorsUsed, reserved };
}

function inverse(r: Unpacker, descs: IntMap<MsiDesc>): IntMap<number> {
  if (r.failure !== null) return IntMap.empty();
  const pairs = descs.entries().map(([vector, { irq }]) => ({ irq, vector }));
  pairs.sort((a, b) => a.irq - b.irq);
  if (pairs.some(({ irq }, at) => irq === pairs[at - 1]?.irq)) {
    r.fail('two vectors with one irq');
    return IntMap.empty();
  }
  return IntMap.ofAscending(
    pairs.map(({ irq }) => irq),
    pairs.map(({ vector }) => vector),
  );
}

const MASKED = 1;
const PENDING = 2;
/** The entry is equal to the kernel's last message for the vector. */
const WRITTEN = 4;

/** Writes the MSI-X table. */
export function writeEntries(w: Packer, { entries }: PciState, { descs }: IrqDomain): void {
  const messages = new Messages();
  w.map(entries, (entry, vector) => {
    const desc = descs.get(vector);
    const written = desc !== undefined && sameMessage(entry, desc.message);
    w.number((entry.masked ? MASKED : 0) | (entry.pending ? PENDING : 0) | (written ? WRITTEN : 0));
    if (!written) messages.write(w, entry);
  });
}

/** Reads an MSI-X table. */
export function readEntries(r: Unpacker, { descs }: IrqDomain): IntMap<TableEntry> {
  const messages = new Messages();
  return r.map<TableEntry>((vector) => {
    const flags = r.number(7);
    const written = (flags & WRITTEN) !== 0 ? descs.get(vector)?.message : messages.read(r);
    if (written === undefined) r.fail(`an entry ${vector} without an irq`);
    const { addressLow, addressHigh, data } = written ?? ZERO_MESSAGE;
    const masked = (flags & MASKED) !== 0;
    return { addressLow, addressHigh, data, masked, pending: (flags & PENDING) !== 0 };
  });
}

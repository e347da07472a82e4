// A machine as bytes: what is usual (the next vector, the next irq, the message that stands in the entry too) costs a
// byte or none, so that a table of 2,048 attached vectors takes some 25 kB. Device and host are not in the bytes: they
// are the session's, and the same for all of its machines.

import { IntMap, Owner } from '../base/intMap.ts';
import { Packer, Unpacker } from '../base/packed.ts';
import { failed, ok, type Result } from '../base/result.ts';
import type { Device } from './device.ts';
import type { Host } from './host.ts';
import type {
  Eventfd,
  File,
  IntxCtx,
  IrqCtx,
  IrqDomain,
  Machine,
  MsiDesc,
  MsiMessage,
  PciState,
  TableEntry,
  Vdev,
} from './machine.ts';
import { ZERO_MESSAGE } from './machine.ts';

const KEY_MAX = 2 ** 30 - 1;
const U32_MAX = 0xffffffff;
const MODES: readonly IrqDomain['mode'][] = [null, 'msi', 'msix'];

/** The machine as bytes, without its device and host. */
export function encodeMachine(machine: Machine): Uint8Array<ArrayBuffer> {
  const w = new Packer();
  const { pci, domain, vdev } = machine;
  w.number(bitsOf(machine.opened, pci.pinAsserted, pci.msixEnabled, pci.msixFunctionMask));
  w.number(machine.nextEventfd);
  w.map(machine.fds, (file) => w.optional(file.kind === 'eventfd' ? file.ev : null));
  w.map(machine.eventfds, ({ count, semaphore, refs }) => {
    w.number(refs * 2 + Number(semaphore));
    w.big(count);
  });
  w.number(pci.command);
  w.number(bitsOf(pci.msi.enabled));
  w.number(pci.msi.vectors);
  writeWords(w, pci.msi.message);
  w.number(pci.msi.mask >>> 0);
  w.number(pci.msi.pending >>> 0);
  writeDomain(w, machine);
  writeVdev(w, vdev, domain);
  writeEntries(w, pci, domain);
  w.map(machine.producers, (irq) => w.number(irq));
  return w.take();
}

/** The machine that the bytes say, on this device and host; a problem where they say none. */
export function decodeMachine(bytes: Uint8Array, { device, host }: MachineBase): Result<Machine> {
  const r = new Unpacker(bytes);
  const [opened, pinAsserted, msixEnabled, msixFunctionMask] = readBits(r);
  const nextEventfd = r.number();
  const fds = r.map<File>(() => {
    const ev = r.optional();
    return ev === null ? { kind: 'other' } : { kind: 'eventfd', ev };
  });
  const eventfds = r.map<Eventfd>(() => {
    const head = r.number();
    return { count: r.big(), semaphore: head % 2 === 1, refs: Math.floor(head / 2) };
  });
  const command = r.number(0xffff);
  const [enabled] = readBits(r);
  const vectors = r.number(32);
  const message = readWords(r);
  const msi = { enabled, vectors, message, mask: r.number(U32_MAX), pending: r.number(U32_MAX) };
  const domain = readDomain(r, device);
  const vdev = readVdev(r, domain);
  const entries = readEntries(r, domain);
  const producers = r.map<number>(() => r.number(KEY_MAX));
  if (r.failure === null && !r.atEnd) r.fail('more bytes');
  if (r.failure !== null)
    return failed({ at: { path: 'machine' }, expected: 'the bytes of a machine', found: r.failure });
  const pci = { command, pinAsserted, msi, msixEnabled, msixFunctionMask, entries };
  return ok({ host, device, fds, eventfds, nextEventfd, opened, pci, domain, vdev, producers });
}

/** What the bytes leave out. */
export interface MachineBase {
  readonly device: Device;
  readonly host: Host;
}

function bitsOf(...bits: readonly boolean[]): number {
  return bits.reduce((all, bit, at) => all | (Number(bit) << at), 0);
}

function readBits(r: Unpacker): readonly [boolean, boolean, boolean, boolean] {
  const bits = r.number(15);
  return [(bits & 1) !== 0, (bits & 2) !== 0, (bits & 4) !== 0, (bits & 8) !== 0];
}

function writeWords(w: Packer, { addressLow, addressHigh, data }: MsiMessage): void {
  for (const word of [addressLow, addressHigh, data]) w.number(word >>> 0);
}

function readWords(r: Unpacker): MsiMessage {
  return { addressLow: r.number(U32_MAX), addressHigh: r.number(U32_MAX), data: r.number(U32_MAX) };
}

function sameMessage(a: MsiMessage, b: MsiMessage): boolean {
  return a.addressLow === b.addressLow && a.addressHigh === b.addressHigh && a.data === b.data;
}

/** Messages after one another: how one differs from the one before. */
class Messages {
  #last: MsiMessage = ZERO_MESSAGE;

  write(w: Packer, message: MsiMessage): void {
    w.signed(message.addressLow - this.#last.addressLow);
    w.signed(message.addressHigh - this.#last.addressHigh);
    w.signed(message.data - this.#last.data);
    this.#last = message;
  }

  read(r: Unpacker): MsiMessage {
    const last = this.#last;
    const word = (before: number): number => {
      const value = before + r.signed();
      if (value < 0 || value > U32_MAX) r.fail(`the word ${value}`);
      return value;
    };
    const addressLow = word(last.addressLow);
    const addressHigh = word(last.addressHigh);
    this.#last = { addressLow, addressHigh, data: word(last.data) };
    return this.#last;
  }
}

/** The name that request_irq is given for a vector, as all generations make it. */
function usualName(device: Device, mode: IrqDomain['mode'], vector: number): string {
  return `vfio-msi${mode === 'msix' ? 'x' : ''}[${vector}](${device.bdf})`;
}

const ORIGINAL = 1;
const FIXED = 2;
const RESEND = 4;
const ZERO = 8;
const HANDLED = 16;
const NAMED = 32;
const OTHER_NAME = 64;

function writeDomain(w: Packer, { domain, device }: Machine): void {
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
    const usual = desc.name === usualName(device, domain.mode, vector);
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
  // the numbers are those of the descriptors
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

function readDomain(r: Unpacker, device: Device): IrqDomain {
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
      (flags & NAMED) === 0 ? null : (flags & OTHER_NAME) !== 0 ? r.text() : usualName(device, mode, vector);
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
  const owner = new Owner();
  let numbers = IntMap.empty<number>();
  descs.forEach(({ irq }, vector) => {
    numbers = numbers.set(irq, vector, owner);
  });
  return numbers;
}

const PRODUCER = 1;
const TRIGGER = 2;
/** The trigger is the eventfd of the handler that is installed for the vector. */
const HANDLER = 4;

function writeVdev(w: Packer, vdev: Vdev, { descs }: IrqDomain): void {
  w.number(vdev.irq_type);
  w.number(vdev.num_ctx);
  w.number(bitsOf(vdev.has_dyn_msix, vdev.virq_disabled, vdev.intx !== null));
  w.optional(vdev.err_trigger);
  w.optional(vdev.req_trigger);
  w.number(vdev.msi_qmax);
  w.number(vdev.virtualCommand);
  const { control, addressLow, addressHigh, data } = vdev.virtualMsi;
  w.number(control);
  writeWords(w, { addressLow, addressHigh, data });
  w.signed(vdev.savedCommand);
  if (vdev.intx !== null) {
    const { trigger, masked, unmask, requested, looping } = vdev.intx;
    w.number(bitsOf(masked, requested, looping));
    w.optional(trigger);
    w.optional(unmask);
  }
  w.map(vdev.ctx, ({ trigger, producer }, vector) => {
    const handled = trigger !== null && descs.get(vector)?.handler === trigger;
    w.number((producer ? PRODUCER : 0) | (trigger === null ? 0 : handled ? TRIGGER | HANDLER : TRIGGER));
    if (trigger !== null && !handled) w.number(trigger);
  });
}

function readVdev(r: Unpacker, { descs }: IrqDomain): Vdev {
  const irq_type = r.number(U32_MAX);
  const num_ctx = r.number();
  const [has_dyn_msix, virq_disabled, isIntx] = readBits(r);
  const err_trigger = r.optional();
  const req_trigger = r.optional();
  const msi_qmax = r.number();
  const virtualCommand = r.number(U32_MAX);
  const virtualMsi = { control: r.number(U32_MAX), ...readWords(r) };
  const savedCommand = r.signed();
  const intx = isIntx ? readIntx(r) : null;
  const ctx = r.map<IrqCtx>((vector) => {
    const flags = r.number(7);
    const handled = (flags & HANDLER) !== 0 ? (descs.get(vector)?.handler ?? null) : null;
    if ((flags & HANDLER) !== 0 && handled === null)
      r.fail(`a trigger of vector ${vector} without a handler`);
    const trigger = (flags & TRIGGER) === 0 ? null : (flags & HANDLER) === 0 ? r.number() : handled;
    return { trigger, producer: (flags & PRODUCER) !== 0 };
  });
  return {
    irq_type,
    ctx,
    num_ctx,
    intx,
    err_trigger,
    req_trigger,
    has_dyn_msix,
    virq_disabled,
    msi_qmax,
    virtualCommand,
    virtualMsi,
    savedCommand,
  };
}

function readIntx(r: Unpacker): IntxCtx {
  const [masked, requested, looping] = readBits(r);
  return { masked, requested, looping, trigger: r.optional(), unmask: r.optional() };
}

const MASKED = 1;
const PENDING = 2;
/** The entry holds what the kernel last wrote for the vector. */
const WRITTEN = 4;

function writeEntries(w: Packer, { entries }: PciState, { descs }: IrqDomain): void {
  const messages = new Messages();
  w.map(entries, (entry, vector) => {
    const desc = descs.get(vector);
    const written = desc !== undefined && sameMessage(entry, desc.message);
    w.number((entry.masked ? MASKED : 0) | (entry.pending ? PENDING : 0) | (written ? WRITTEN : 0));
    if (!written) messages.write(w, entry);
  });
}

function readEntries(r: Unpacker, { descs }: IrqDomain): IntMap<TableEntry> {
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

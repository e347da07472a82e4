// What of a machine is in the key of a state: everything that can influence what the lines of the alphabet do later, and
// what the question looks at. This file is the one place that says so; the exported models have the same variables.
//
// Always in the key
//   globals      opened; command register, pin; MSI-X enable and function mask; all MSI registers; mode of the irq
//                domain and of vfio; num_ctx; INTx context; ERR and REQ triggers; virtual command and MSI registers;
//                virq_disabled; msi_qmax; saved command
//   each vector  allocated, handler (eventfd object), resend; context: absent, or trigger and producer;
//                table entry: masked, pending
//                in MSI mode also whether it holds its CPU vector from allocation to release (`fixed`): that decides what is
//                left in the MSI message register, and follows from the device
//   each eventfd whether it has an irq-bypass producer
// In the key only where it can matter (`keyParts`)
//   originals    `original` of each vector and the initial range: nothing in the kernels reads them, some questions do
//   messages     zero, placeholder or assigned, of each vector and of its entry; and `fixed`. A vector is unmasked only
//                right after its message was written, so they matter only where a line can wipe or restore messages
//                (clobber, reset, release, reopen, config writes), or a question compares them (I10)
//   reservations `fixed` of each vector and the CPU vectors in use, where the host has fewer than the device has vectors
//   pool         the number of irqs in use, where the host can give fewer than the device has vectors (it follows from
//                the vectors and adds no state; it stands there because the kernels read it)
//   counters     descriptors and eventfd objects with counter and references, where a line reads, writes, opens or closes
//                descriptors or uses INTx, ERR or REQ; otherwise descriptors never change and nothing reads a counter
//   numbers      irq numbers, for I11 alone, which is about them. Otherwise each vector has its own and nothing depends on
//                which, so vector v is given the number firstIrq + v
// Never in the key
//   names of handlers, `reserved` (only the wording of a kernel log depends on it), and what follows from the above.

import type { Line } from '../kernel/line.ts';
import { assignedMessage, freshMessage, isZeroMessage } from '../kernel/services/message.ts';
import type { Host } from '../machine/host.ts';
import type { IrqDomain, Machine, MsiMessage, PciState, Vdev } from '../machine/machine.ts';
import { VFIO_PCI_MSI_IRQ_INDEX, VFIO_PCI_MSIX_IRQ_INDEX } from '../uapi/vfio.ts';
import { atomUses } from './predicate.ts';
import type { Question } from './questions.ts';

/** A part of the machine that is in the key only where it can matter. */
export type KeyPart = 'originals' | 'messages' | 'reservations' | 'pool' | 'counters' | 'numbers';

/** Which of those parts are in the key. */
export type KeyParts = Readonly<Record<KeyPart, boolean>>;

/** Vectors of a machine's device: those of MSI-X or of MSI, whichever has more. */
export function vectorsOf({ device }: Machine): number {
  return Math.max(device.msix?.vectors ?? 0, device.msi?.vectors ?? 0);
}

/** The parts that matter for these lines on this host and for this question. */
export function keyParts(start: Machine, alphabet: readonly Line[], question: Question | null): KeyParts {
  const asked = question?.sides === 1 && question.where !== null ? atomUses(question.where) : [];
  const needs = (part: KeyPart) => asked.some(({ atom }) => atom.needs.includes(part));
  const vectors = vectorsOf(start);
  const { host } = start;
  return {
    originals: needs('originals'),
    numbers: needs('numbers'),
    messages: needs('messages') || alphabet.some(touchesMessages),
    reservations: host.cpuVectors < vectors,
    pool: host.irqPool !== null && host.irqPool < vectors,
    counters: alphabet.some(touchesDescriptors) || hasOtherTriggers(start),
  };
}

function touchesMessages({ op }: Line): boolean {
  return ['clobber', 'reset', 'release', 'reopen', 'cfg_write', 'cfg_read'].includes(op.op);
}

function touchesDescriptors({ op }: Line): boolean {
  if (['eventfd', 'file', 'close', 'read', 'write', 'release'].includes(op.op)) return true;
  return op.op === 'set_irqs' && op.index !== VFIO_PCI_MSI_IRQ_INDEX && op.index !== VFIO_PCI_MSIX_IRQ_INDEX;
}

function hasOtherTriggers({ vdev }: Machine): boolean {
  return vdev.intx !== null || vdev.err_trigger !== null || vdev.req_trigger !== null;
}

/** One vector of a state. Eventfd objects by number; messages by kind. */
export interface VectorState {
  readonly allocated: boolean;
  readonly original: boolean;
  readonly fixed: boolean;
  readonly resend: boolean;
  readonly handler: number | null;
  /** Irq number above the host's first, where numbers are in the key; else 0. */
  readonly number: number;
  /** 0 zero, 1 placeholder, 2 assigned. */
  readonly message: 0 | 1 | 2;
  /** Undefined: no context. */
  readonly ctx: { readonly trigger: number | null; readonly producer: boolean } | undefined;
  readonly masked: boolean;
  readonly pending: boolean;
  /** 0 zero, 1 the irq's message, 2 another. */
  readonly entryMessage: 0 | 1 | 2;
  /** The handler's name is one of MSI, not of MSI-X. */
  readonly msi: boolean;
}

const NO_EVENTFD = 0;

function bit(flag: boolean, at: number): number {
  return flag ? 1 << at : 0;
}

/** One vector as a number: two vectors have the same number exactly if their states are the same in the key. */
export function vectorCode(machine: Machine, vector: number, parts: KeyParts): number {
  const desc = machine.domain.descs.get(vector);
  const ctx = machine.vdev.ctx.get(vector);
  const entry = machine.pci.entries.get(vector);
  let code =
    bit(desc !== undefined, 0) +
    bit(desc?.resend === true, 1) +
    bit(ctx !== undefined, 2) +
    bit(ctx?.producer === true, 3) +
    bit(entry?.masked === false, 4) +
    bit(entry?.pending === true, 5) +
    bit(desc !== undefined && machine.domain.mode === 'msi', 6);
  if (desc !== undefined) {
    if (parts.originals) code += bit(desc.original, 7);
    if (parts.numbers) code += (desc.irq - machine.host.firstIrq) * 2 ** 33;
    if (parts.messages || parts.reservations || machine.domain.mode === 'msi') code += bit(desc.fixed, 8);
    if (parts.messages) code += messageKind(machine.host, desc.message, desc.irq) * 2 ** 9;
  }
  if (parts.messages && entry !== undefined && !isZeroMessage(entry)) {
    code += (desc !== undefined && sameMessage(entry, desc.message) ? 1 : 2) * 2 ** 11;
  }
  return code + objectCode(desc?.handler) * 2 ** 13 + objectCode(ctx?.trigger) * 2 ** 23;
}

/** What a number of `vectorCode` stands for. */
export function vectorOfCode(code: number): VectorState {
  const bits = (at: number, width: number) => Math.floor(code / 2 ** at) % 2 ** width;
  const flag = (at: number) => bits(at, 1) === 1;
  const object = (at: number) => (bits(at, 10) === NO_EVENTFD ? null : bits(at, 10) - 1);
  return {
    allocated: flag(0),
    resend: flag(1),
    ctx: flag(2) ? { producer: flag(3), trigger: object(23) } : undefined,
    masked: !flag(4),
    pending: flag(5),
    msi: flag(6),
    original: flag(7),
    fixed: flag(8),
    message: kindOf(bits(9, 2)),
    entryMessage: kindOf(bits(11, 2)),
    handler: object(13),
    number: bits(33, 12),
  };
}

function kindOf(bits: number): 0 | 1 | 2 {
  return bits === 0 ? 0 : bits === 1 ? 1 : 2;
}

function objectCode(ev: number | null | undefined): number {
  if (ev === null || ev === undefined) return NO_EVENTFD;
  if (ev > 1000) throw new Error(`a search tells 1,000 eventfd objects apart, and this one has number ${ev}`);
  return ev + 1;
}

function messageKind(host: Host, message: MsiMessage, irq: number): 0 | 1 | 2 {
  if (isZeroMessage(message)) return 0;
  if (sameMessage(message, assignedMessage({ host }, irq))) return 2;
  if (sameMessage(message, freshMessage({ host }, irq))) return 1;
  throw new Error(`the message of irq ${irq} is neither zero nor a placeholder nor its own`);
}

function sameMessage(a: MsiMessage, b: MsiMessage): boolean {
  return a.addressLow === b.addressLow && a.addressHigh === b.addressHigh && a.data === b.data;
}

/** The scalars of a machine, and its descriptors where they are in the key. */
export interface Globals {
  readonly opened: boolean;
  readonly nextEventfd: number;
  readonly pci: Omit<PciState, 'entries'>;
  readonly domain: Pick<IrqDomain, 'mode' | 'initialRange' | 'msiGranted'>;
  readonly vdev: Omit<Vdev, 'ctx'>;
  /** Irq numbers in use, where numbers are in the key: a new irq gets the lowest that is free. */
  readonly numbers: readonly number[] | null;
  /** Irqs in use, where the pool is in the key; else 0. */
  readonly inUse: number;
  /** CPU vectors in use, where reservations are in the key; else 0. */
  readonly cpuVectorsUsed: number;
  /** Only with counters: descriptors, eventfd objects, producers. Counters as text. */
  readonly files: {
    readonly fds: readonly (readonly [
      number,
      Machine['fds'] extends { get(key: number): infer F } ? F : never,
    ])[];
    readonly eventfds: readonly (readonly [
      number,
      { readonly count: string; readonly semaphore: boolean; readonly refs: number },
    ])[];
    readonly producers: readonly number[];
  } | null;
}

// Field by field, because this is done for every run of the model; the types demand that none is missing.

/** The device's registers without its table. */
function scalarsOfPci(pci: Globals['pci']): Globals['pci'] {
  const { command, pinAsserted, msi, msixEnabled, msixFunctionMask } = pci;
  return { command, pinAsserted, msi, msixEnabled, msixFunctionMask };
}

/** The driver's state without its contexts. */
function scalarsOfVdev(vdev: Globals['vdev']): Globals['vdev'] {
  const { irq_type, num_ctx, intx, err_trigger, req_trigger, has_dyn_msix } = vdev;
  const { virq_disabled, msi_qmax, virtualCommand, virtualMsi, savedCommand } = vdev;
  return {
    irq_type,
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

/** The globals of a machine, and the text that two machines share exactly if their globals are the same in the key. */
export function globalsOf(machine: Machine, parts: KeyParts): Globals {
  const { mode, initialRange, msiGranted, numbers, cpuVectorsUsed } = machine.domain;
  return {
    opened: machine.opened,
    nextEventfd: machine.nextEventfd,
    pci: scalarsOfPci(machine.pci),
    domain: { mode, initialRange: parts.originals ? initialRange : 0, msiGranted },
    vdev: scalarsOfVdev(machine.vdev),
    numbers: parts.numbers ? numbers.keys() : null,
    inUse: parts.pool ? numbers.size : 0,
    cpuVectorsUsed: parts.reservations ? cpuVectorsUsed : 0,
    files: parts.counters
      ? {
          fds: machine.fds.entries(),
          eventfds: machine.eventfds
            .entries()
            .map(([ev, { count, semaphore, refs }]) => [ev, { count: String(count), semaphore, refs }]),
          producers: machine.producers.keys(),
        }
      : null,
  };
}

/** The text that two machines share exactly if their globals are the same: JSON in which the order of fields says nothing. */
export function globalsText(globals: Globals): string {
  return JSON.stringify(globals, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** The key of a machine as text: equal exactly for machines between which no later line and no question can tell. */
export function canonicalKey(machine: Machine, parts: KeyParts): string {
  const vectors = Array.from({ length: vectorsOf(machine) }, (_, v) => vectorCode(machine, v, parts));
  const producers = parts.counters ? [] : machine.producers.keys();
  return `${vectors.join(' ')}|${producers.join(' ')}|${globalsText(globalsOf(machine, parts))}`;
}

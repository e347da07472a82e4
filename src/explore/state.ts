// The key of a state: every part of a machine that can influence a later line of the alphabet or that the question reads. Only
// this file defines it; the exported models have the same variables.
//
// Always in the key
//   globals      open count; command register, pin, power state; MSI-X enable and function mask; all MSI registers; mode of the irq
//                domain and of vfio; num_ctx; INTx context; ERR and REQ triggers; virtual command and MSI registers;
//                virq_disabled; msi_qmax; saved command registers
//   each vector  allocated, handler (eventfd object), resend; context: absent, or trigger and producer;
//                table entry: masked, pending
//                in MSI mode also whether it has its CPU vector from allocation to release (`fixed`), which decides the
//                value left in the MSI message register, and follows from the device
//   each eventfd whether it has an irq-bypass producer
// In the key only where it can matter (`keyParts`)
//   originals    `original` of each vector and the initial range: no kernel reads them, some questions do
//   messages     zero, placeholder or assigned, of each vector and of its entry; and `fixed`. A kernel unmasks a vector
//                right after writing its message, so messages matter only where a line can wipe or restore them
//                (clobber, reset, release, reopen, config writes), or where a question compares them (I10)
//   reservations `fixed` of each vector and the CPU vectors in use, where the host has fewer than the device has vectors
//   pool         the number of irqs in use, where the host has fewer than the device has vectors (it follows from the
//                vectors and adds no state; it is in the key because the kernels read it)
//   counters     descriptors and eventfd objects with their references and counters, where a line reads, writes, opens or closes
//                descriptors; otherwise descriptors never change, and the references follow from the triggers
//   amounts      with counters: their exact values, where a line reads or writes them or opens an eventfd, or where INTx uses a
//                semaphore. Everywhere else a kernel only adds to a counter, sets it to zero (the UNMASK eventfd) and asks whether
//                it is above zero, so the key has 0 or 1; without that a search with INTx would have no last state
//   nonzero      without counters, but with INTx: the eventfd objects whose counter is above zero
//   numbers      irq numbers, for I11 alone. Elsewhere no result depends on them, so vector v gets the number
//                firstIrq + v
// Never in the key
//   names of handlers, `reserved` (only a kernel log depends on it), and facts that follow from the above.

import type { Line } from '../kernel/line.ts';
import { assignedMessage, freshMessage, isZeroMessage } from '../kernel/services/message.ts';
import type { Host } from '../machine/host.ts';
import {
  type IrqDomain,
  type Machine,
  type MsiMessage,
  type PciState,
  sameMessage,
  type Vdev,
} from '../machine/machine.ts';
import { VFIO_PCI_INTX_IRQ_INDEX } from '../uapi/vfio.ts';
import { atomUses } from './predicate.ts';
import { predicateOf, type Question } from './questions.ts';
import { vectorsOf } from './vectors.ts';

/** A part of the machine that is in the key only where it matters. */
export type KeyPart =
  | 'originals'
  | 'messages'
  | 'reservations'
  | 'pool'
  | 'counters'
  | 'amounts'
  | 'nonzero'
  | 'numbers';

/** The parts that are in the key. */
export type KeyParts = Readonly<Record<KeyPart, boolean>>;

/** Returns the parts that matter for these lines, this host and this question. */
export function keyParts(start: Machine, alphabet: readonly Line[], question: Question | null): KeyParts {
  const where = question === null ? null : predicateOf(question);
  const asked = where === null ? [] : atomUses(where);
  const needs = (part: KeyPart) => asked.some(({ atom }) => atom.keyParts.includes(part));
  const vectors = vectorsOf(start);
  const { host } = start;
  const intx = start.vdev.intx !== null || alphabet.some(setsIntx);
  const semaphores = start.eventfds.entries().some(([, { semaphore }]) => semaphore);
  const amounts = alphabet.some(touchesAmounts) || (intx && semaphores);
  const counters = amounts || alphabet.some(touchesDescriptors);
  return {
    originals: needs('originals'),
    numbers: needs('numbers'),
    messages: needs('messages') || alphabet.some(touchesMessages),
    reservations: host.msiController === 'apic' && host.cpuVectors < vectors,
    pool: host.irqPool !== null && host.irqPool < vectors,
    counters,
    amounts,
    nonzero: intx && !counters,
  };
}

function touchesMessages({ op }: Line): boolean {
  return ['clobber', 'reset', 'hot_reset', 'release', 'reopen', 'cfg_write', 'cfg_read'].includes(op.op);
}

function touchesDescriptors({ op }: Line): boolean {
  return ['eventfd', 'file', 'close', 'read', 'write', 'release'].includes(op.op);
}

function touchesAmounts({ op }: Line): boolean {
  return op.op === 'eventfd' || op.op === 'read' || op.op === 'write';
}

function setsIntx({ op }: Line): boolean {
  return op.op === 'set_irqs' && op.index === VFIO_PCI_INTX_IRQ_INDEX;
}

/** One vector of a state, with eventfd objects by number and messages by kind. */
export interface VectorState {
  readonly allocated: boolean;
  readonly original: boolean;
  readonly fixed: boolean;
  readonly resend: boolean;
  readonly handler: number | null;
  /** Offset of the irq number from the first of the host, where numbers are in the key; else 0. */
  readonly number: number;
  /** 0 zero, 1 placeholder, 2 assigned. */
  readonly message: 0 | 1 | 2;
  /** Undefined without a context. */
  readonly ctx: { readonly trigger: number | null; readonly producer: boolean } | undefined;
  readonly masked: boolean;
  readonly pending: boolean;
  /** 0 zero, 1 the irq's message, 2 another. */
  readonly entryMessage: 0 | 1 | 2;
  /** The handler has an MSI name, not an MSI-X name. */
  readonly msi: boolean;
}

const NO_EVENTFD = 0;

function bit(flag: boolean, at: number): number {
  return flag ? 1 << at : 0;
}

/** Returns a vector as a number; two vectors have the same number exactly if their states are equal in the key. */
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

/** Returns the vector state of a `vectorCode`. */
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
  if (ev > 1000) throw new Error(`eventfd object ${ev}: a search distinguishes at most 1,000`);
  return ev + 1;
}

function messageKind(host: Host, message: MsiMessage, irq: number): 0 | 1 | 2 {
  if (isZeroMessage(message)) return 0;
  if (sameMessage(message, assignedMessage({ host }, irq))) return 2;
  if (sameMessage(message, freshMessage({ host }, irq))) return 1;
  throw new Error(`the message of irq ${irq} is neither zero nor its placeholder nor its own`);
}

/** The scalars of a machine, and its descriptors where these are in the key. */
export interface Globals {
  readonly openCount: number;
  readonly nextEventfd: number;
  readonly pci: Omit<PciState, 'entries'>;
  readonly domain: Pick<IrqDomain, 'mode' | 'initialRange' | 'msiGranted'>;
  readonly vdev: Omit<Vdev, 'ctx'>;
  /** Irq numbers in use, where numbers are in the key; a new irq gets the lowest free one. */
  readonly numbers: readonly number[] | null;
  /** Irqs in use, where the pool is in the key; else 0. */
  readonly inUse: number;
  /** Eventfd objects whose counter is above zero, where that is in the key. */
  readonly nonzero: readonly number[] | null;
  /** CPU vectors in use, where reservations are in the key; else 0. */
  readonly cpuVectorsUsed: number;
  /** Descriptors, eventfd objects (counters as text) and producers; null where counters are left out of the key. */
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

// Field by field for speed, because this runs after every run of the model; the types demand every field.

/** Returns the registers of the device without its table. */
function scalarsOfPci(pci: Globals['pci']): Globals['pci'] {
  const { command, pinAsserted, d3hot, msi, msixEnabled, msixFunctionMask } = pci;
  return { command, pinAsserted, d3hot, msi, msixEnabled, msixFunctionMask };
}

/** Returns the state of the driver without its contexts. */
function scalarsOfVdev(vdev: Globals['vdev']): Globals['vdev'] {
  const { irq_type, num_ctx, intx, err_trigger, req_trigger, has_dyn_msix } = vdev;
  const { virq_disabled, msi_qmax, virtualCommand, virtualMsi, savedCommand, pm_save } = vdev;
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
    pm_save,
  };
}

/** Returns the globals of a machine, reduced to the parts in the key. */
export function globalsOf(machine: Machine, parts: KeyParts): Globals {
  const { mode, initialRange, msiGranted, numbers, cpuVectorsUsed } = machine.domain;
  return {
    openCount: machine.openCount,
    nextEventfd: machine.nextEventfd,
    pci: scalarsOfPci(machine.pci),
    domain: { mode, initialRange: parts.originals ? initialRange : 0, msiGranted },
    vdev: scalarsOfVdev(machine.vdev),
    numbers: parts.numbers ? numbers.keys() : null,
    inUse: parts.pool ? numbers.size : 0,
    cpuVectorsUsed: parts.reservations ? cpuVectorsUsed : 0,
    nonzero: parts.nonzero
      ? machine.eventfds.entries().flatMap(([ev, { count }]) => (count > 0n ? [ev] : []))
      : null,
    files: parts.counters
      ? {
          fds: machine.fds.entries(),
          eventfds: machine.eventfds
            .entries()
            .map(([ev, { count, semaphore, refs }]) => [
              ev,
              { count: parts.amounts ? String(count) : count === 0n ? '0' : '1', semaphore, refs },
            ]),
          producers: machine.producers.keys(),
        }
      : null,
  };
}

/** Returns globals as JSON with sorted fields; equal globals have equal texts. */
export function globalsText(globals: Globals): string {
  return JSON.stringify(globals, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Returns the key of a machine as text, equal for machines that no later line and no question can distinguish. */
export function canonicalKey(machine: Machine, parts: KeyParts): string {
  const vectors = Array.from({ length: vectorsOf(machine) }, (_, v) => vectorCode(machine, v, parts));
  const producers = parts.counters ? [] : machine.producers.keys();
  return `${vectors.join(' ')}|${producers.join(' ')}|${globalsText(globalsOf(machine, parts))}`;
}

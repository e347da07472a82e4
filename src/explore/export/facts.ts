// The facts of a problem that an export needs. Everything without a counterpart in the models becomes a Problem that names it, so
// that an export never differs silently from the search.

import { type Problem as Flaw, failed, ok, type Result } from '../../base/result.ts';
import type { NamedGenerationId } from '../../kernel/generations/generation.ts';
import { baseOf, isWhatIf } from '../../kernel/generations/policies.ts';
import type { FaultSite, Line } from '../../kernel/line.ts';
import { run } from '../../kernel/run.ts';
import type { Device } from '../../machine/device.ts';
import type { Machine } from '../../machine/machine.ts';
import { errnoNumber } from '../../uapi/errno.ts';
import { asBytes, asInt32 } from '../../uapi/irqSet.ts';
import { PCI_COMMAND_MASTER, PCI_COMMAND_MEMORY } from '../../uapi/pciRegs.ts';
import {
  VFIO_IRQ_SET_DATA_BOOL,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_PCI_MSIX_IRQ_INDEX,
  VFIO_PCI_NUM_IRQS,
} from '../../uapi/vfio.ts';
import type { Problem, Side } from '../problem.ts';
import { questionById } from '../questions.ts';
import { type KeyParts, keyParts } from '../state.ts';

/** The fault sites of the exported models: those below the dispatcher. */
const MODEL_SITES: readonly FaultSite[] = [
  'kcalloc_ctx',
  'pci_alloc_irq_vectors',
  'pci_msix_alloc_irq_at',
  'vfio_irq_ctx_alloc',
  'kasprintf',
  'eventfd_ctx_fdget',
  'request_irq',
  'irq_bypass_register_producer',
];

/** A fault of a line: the nth call of the site fails with `errno`, or grants only `had` vectors. */
export interface ExportFault {
  readonly site: FaultSite;
  readonly nth: number;
  readonly errno: number;
  readonly had: number | null;
}

/** Returns a line in notation. */
export type PrintLine = (line: Line) => string;

/** A line of the alphabet in the terms of the models, and in notation. */
export type ExportOp = Operation & { readonly text: string };

type Operation =
  | {
      readonly kind: 'set_irqs';
      readonly flags: number;
      readonly start: number;
      readonly count: number;
      readonly data: readonly number[];
      readonly faults: readonly ExportFault[];
    }
  | { readonly kind: 'raise' | 'clobber' | 'close'; readonly which: number }
  | { readonly kind: 'reset' | 'lower' }
  /** Rejected before any state is read, always with this negative errno. */
  | { readonly kind: 'refused'; readonly ret: number };

/** A descriptor of the process when the search starts. */
export interface ExportFd {
  readonly fd: number;
  /** Eventfd of the model, from 1; null for another file. */
  readonly eventfd: number | null;
  /** Index among the descriptors that the alphabet closes; null for one that stays open. */
  readonly closable: number | null;
}

/** One kernel of a problem. */
export interface ExportKernel {
  /** Suffix of its names: empty for a single kernel, else for instance `_v3`. */
  readonly suffix: string;
  readonly generation: NamedGenerationId;
  readonly canAllocDyn: boolean;
  readonly irqPool: number | null;
  readonly cpuVectors: number;
  /** Whether every irq is active from its allocation on, as with a GIC. */
  readonly activeAtOnce: boolean;
  /** The optional parts of the key of a state; the model has the same parts. */
  readonly parts: KeyParts;
}

/** A problem in the terms of the models. */
export interface ExportFacts {
  /** Number of entries of the MSI-X table. */
  readonly vectors: number;
  readonly device: Device;
  /** Number of eventfds; they are 1 to this. */
  readonly eventfds: number;
  readonly fds: readonly ExportFd[];
  readonly kernels: readonly ExportKernel[];
  readonly ops: readonly ExportOp[];
  readonly kinds: ReadonlySet<ExportOp['kind']>;
  /** Fault sites that some line of the alphabet uses. */
  readonly sites: readonly FaultSite[];
  /** Length of the longest data of a line. */
  readonly longest: number;
  /** Facts of a step that the question needs. */
  readonly noted: ReadonlySet<string>;
}

/** Name and text of a file. */
export interface ExportedFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Returns the name of the files without extension, for instance `irqscope_v3_dynamic_3_differ_client`: kernels, vectors, question.
 * It is an identifier of TLA+.
 */
export function exportName({ sides, question }: Problem): string {
  const kernels = sides.map(({ generation }) => identifier(generation.id)).join('_');
  const vectors = sides[0].start.device.msix?.vectors ?? 0;
  return `irqscope_${kernels}_${vectors}_${questionName(question)}`;
}

function identifier(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '');
}

/** Longest name of a question in a file name. */
const LONGEST_NAME = 40;

/** A composed question is named by its text, cut and made unique by a checksum where it is long. */
function questionName({ id, title }: Problem['question']): string {
  const known = questionById(id);
  const text = known.ok && known.value.title === title ? id : title;
  const name = identifier(text);
  if (name.length <= LONGEST_NAME) return name;
  let sum = 0x811c9dc5;
  for (const letter of text) sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return `${name.slice(0, LONGEST_NAME - 9)}_${(sum >>> 0).toString(16).padStart(8, '0')}`;
}

/**
 * Returns the facts of a problem; `noted` names the facts of a step that its question needs, `print` writes the lines that the
 * engine prints.
 */
export function exportFacts(
  problem: Problem,
  noted: ReadonlySet<string>,
  print: PrintLine,
): Result<ExportFacts> {
  const [first] = problem.sides;
  const flaws = [...sideFlaws(problem)];
  const closes = [...new Set(problem.alphabet.flatMap(({ op }) => (op.op === 'close' ? [op.fd] : [])))];
  const evs = first.start.eventfds.keys();
  const fds = first.start.fds.entries().map(([fd, file]): ExportFd => {
    const closable = closes.indexOf(fd);
    return {
      fd,
      eventfd: file.kind === 'eventfd' ? evs.indexOf(file.ev) + 1 : null,
      closable: closable < 0 ? null : closable,
    };
  });
  const ops: ExportOp[] = [];
  for (const [at, line] of problem.alphabet.entries()) {
    const op = exportOp(line, first, closes);
    if (typeof op !== 'string') ops.push({ ...op, text: print(line) });
    else if (!flaws.some(({ found }) => found === op))
      flaws.push({ at: { path: `alphabet[${at}]` }, expected: EXPECTED, found: op });
  }
  if (closes.length > 0 && ops.some(signals)) {
    flaws.push({
      at: { path: 'alphabet' },
      expected: 'close, or raise and loopback: with both, unbounded counters are part of a state',
      found: 'both',
    });
  }
  const [flaw, ...more] = flaws;
  if (flaw !== undefined) return failed(flaw, ...more);

  const faults = ops.flatMap((op) => (op.kind === 'set_irqs' ? op.faults : []));
  const kinds = new Set(ops.map(({ kind }) => kind));
  return ok({
    vectors: first.start.device.msix?.vectors ?? 0,
    device: first.start.device,
    eventfds: evs.length,
    fds,
    kernels: kernels(problem),
    ops,
    kinds,
    sites: [...new Set(faults.map(({ site }) => site))],
    longest: Math.max(1, ...ops.map((op) => (op.kind === 'set_irqs' ? op.data.length : 0))),
    noted,
  });
}

function signals(op: ExportOp): boolean {
  return (
    op.kind === 'raise' ||
    (op.kind === 'set_irqs' && op.count > 0 && (op.flags & VFIO_IRQ_SET_DATA_EVENTFD) === 0)
  );
}

const EXPECTED = 'an operation on MSI-X, raise, lower, clobber, close of an eventfd, or reset';

function kernels({ sides, alphabet, question }: Problem): readonly ExportKernel[] {
  const same = sides[0].generation.id === sides[1]?.generation.id;
  return sides.map(({ generation, start }, at): ExportKernel => {
    const suffix = sides.length === 1 ? '' : `_${generation.id}${same ? at + 1 : ''}`;
    const { canAllocDyn, irqPool, cpuVectors, msiController } = start.host;
    const activeAtOnce = msiController === 'gic';
    const parts = keyParts(start, alphabet, question);
    return {
      suffix,
      generation: baseOf(generation.id),
      canAllocDyn,
      irqPool,
      cpuVectors,
      activeAtOnce,
      parts,
    };
  });
}

const MOST_VECTORS = 250;

/** Returns the facts of the kernels and the alphabet's size that the models lack; it reads no line. */
export function sideFlaws({ sides: [first, second], alphabet }: Problem): readonly Flaw[] {
  const flaws = [
    ...startFlaws(first, 'sides[0]'),
    ...(second === undefined ? [] : startFlaws(second, 'sides[1]')),
  ];
  if (second !== undefined && !sameWorld(first.start, second.start)) {
    flaws.push({
      at: { path: 'sides' },
      expected: 'the same device and descriptors on both sides',
      found: 'different ones',
    });
  }
  if (alphabet.length === 0) {
    flaws.push({ at: { path: 'alphabet' }, expected: 'at least one operation', found: 'none' });
  }
  return flaws;
}

/** Returns the facts of a start machine that the models lack. They start with a device that was just opened. */
function startFlaws({ start, generation }: Side, path: string): readonly Flaw[] {
  const flaws: Flaw[] = [];
  const want = (holds: boolean, expected: string, found: string) => {
    if (!holds) flaws.push({ at: { path: `${path}.start` }, expected, found });
  };
  const { vdev, domain, pci, device } = start;
  if (isWhatIf(generation.id)) {
    const expected = 'a generation with a file of its own, without changed policies';
    flaws.push({ at: { path: `${path}.generation` }, expected, found: generation.id });
  }
  want(start.openCount > 0, 'an open device', 'a closed device');
  want(
    device.msix !== null && device.msix.vectors <= MOST_VECTORS,
    `a device with 1 to ${MOST_VECTORS} MSI-X vectors, because the models keep a vector in a byte`,
    device.msix === null ? `${device.model} without MSI-X` : `${device.model} with ${device.msix.vectors}`,
  );
  want(vdev.irq_type === VFIO_PCI_NUM_IRQS && domain.mode === null, 'no interrupt mode', 'an enabled mode');
  want(pci.entries.size === 0 && !pci.pinAsserted, 'an unused device', 'entries or a pin in use');
  want(!pci.d3hot, 'a device in D0', 'a device in D3hot');
  want(vdev.ctx.size === 0 && start.producers.size === 0, 'no contexts and no producers', 'some');
  const decoding = PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER;
  want((pci.command & decoding) === decoding, 'memory space and bus master on', `command ${pci.command}`);
  want(start.eventfds.size <= 250, 'at most 250 eventfds', String(start.eventfds.size));
  return flaws;
}

function sameWorld(a: Machine, b: Machine): boolean {
  const world = ({ device, fds }: Machine) => JSON.stringify([device, fds.entries()]);
  return world(a) === world(b);
}

/** Returns the line in the terms of the models, or the part that they lack. */
function exportOp(
  { op, faults, raises = [] }: Line,
  side: Side,
  closes: readonly number[],
): Operation | string {
  if (raises.length > 0) return 'an interrupt inside a line';
  switch (op.op) {
    case 'raise':
      return { kind: 'raise', which: op.vector };
    case 'clobber':
      return { kind: 'clobber', which: op.entry };
    case 'lower':
    case 'reset':
      return { kind: op.op };
    case 'close':
      return side.start.fds.get(op.fd)?.kind === 'eventfd'
        ? { kind: 'close', which: closes.indexOf(op.fd) }
        : 'close of a descriptor that is not an open eventfd';
    case 'set_irqs':
      break;
    default:
      return op.op;
  }
  // errors of the header and of the copy of the data occur in every state, so a run returns their errno
  const early = faults.filter(({ site }) => site === 'copy_from_user' || site === 'memdup_user');
  const tried = run(side.generation, side.start, { op, faults: early });
  const before = tried.check?.startsWith('set_irqs.') === true || tried.check === 'dispatch.action';
  if (tried.errno !== null && (before || tried.check === 'fault.injected')) {
    return { kind: 'refused', ret: -errnoNumber(tried.errno) };
  }
  if (op.index !== VFIO_PCI_MSIX_IRQ_INDEX) return `set_irqs of index ${op.index}`;
  const later = faults.filter((fault) => !early.includes(fault));
  const sites = later.map(({ site }) => site);
  const strange = sites.find((site, at) => !MODEL_SITES.includes(site) || sites.indexOf(site) !== at);
  if (strange !== undefined) return `a second fault of ${strange} in one line, or a fault outside MSI-X`;
  const data =
    (op.flags & VFIO_IRQ_SET_DATA_EVENTFD) !== 0
      ? asInt32(op.data, op.count)
      : (op.flags & VFIO_IRQ_SET_DATA_BOOL) !== 0
        ? asBytes(op.data, op.count)
        : [];
  return {
    kind: 'set_irqs',
    flags: op.flags,
    start: op.start,
    count: op.count,
    data,
    faults: later.map(({ site, nth, result }) => ({
      site,
      nth,
      errno: typeof result === 'number' ? 0 : errnoNumber(result),
      had: typeof result === 'number' ? result : null,
    })),
  };
}

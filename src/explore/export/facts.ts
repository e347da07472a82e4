// What an export needs of a problem, and the check that it can be exported: whatever the models cannot say becomes a
// Problem that names it, so that an export is never silently different from the search.

import { type Problem as Flaw, failed, ok, type Result } from '../../base/result.ts';
import type { GenerationId } from '../../kernel/generations/generation.ts';
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
import { type KeyParts, keyParts } from '../state.ts';

/** The sites at which the exported models can inject a fault: those below the dispatcher. */
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

/** A fault of a line: the nth call of the site fails with `errno`, or finds only `had` vectors. */
export interface ExportFault {
  readonly site: FaultSite;
  readonly nth: number;
  readonly errno: number;
  readonly had: number | null;
}

/** A line of the alphabet as the models say it. */
export type ExportOp =
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
  /** Refused before any state is looked at: always this negative errno. */
  | { readonly kind: 'refused'; readonly ret: number };

/** A descriptor of the process when the search starts. */
export interface ExportFd {
  readonly fd: number;
  /** Eventfd of the model, from 1; null for a file that is none. */
  readonly eventfd: number | null;
  /** Its place among the descriptors that the alphabet closes; null when it stays open. */
  readonly closable: number | null;
}

/** One kernel of a problem. */
export interface ExportKernel {
  /** What its names end with: nothing for one kernel alone, otherwise `_v3` or the like. */
  readonly suffix: string;
  readonly generation: GenerationId;
  readonly canAllocDyn: boolean;
  readonly irqPool: number | null;
  readonly cpuVectors: number;
  /** What of a state is in the search's key only where it matters: the model has it in the same cases. */
  readonly parts: KeyParts;
}

/** A problem in the terms of the models. */
export interface ExportFacts {
  /** Entries of the MSI-X table. */
  readonly vectors: number;
  readonly device: Device;
  /** Number of eventfds; they are 1 … this. */
  readonly eventfds: number;
  readonly fds: readonly ExportFd[];
  readonly kernels: readonly ExportKernel[];
  readonly ops: readonly ExportOp[];
  readonly kinds: ReadonlySet<ExportOp['kind']>;
  /** Fault sites that some line of the alphabet uses. */
  readonly sites: readonly FaultSite[];
  /** Longest data of a line. */
  readonly longest: number;
  /** What the question asks for besides states. */
  readonly noted: ReadonlySet<string>;
}

/** A text and the name of the file that it is for. */
export interface ExportedFile {
  readonly name: string;
  readonly text: string;
}

/** The name of the files without their ending, for instance `irqscope_v3_dynamic_3`. */
export function fileName(facts: ExportFacts): string {
  return `irqscope_${facts.kernels.map(({ generation }) => generation).join('_')}_${facts.vectors}`;
}

/** The facts of a problem; `noted` is what its question wants to know of each step. */
export function exportFacts(problem: Problem, noted: ReadonlySet<string>): Result<ExportFacts> {
  const [first, second] = problem.sides;
  const flaws = [
    ...startFlaws(first, 'sides[0]'),
    ...(second === undefined ? [] : startFlaws(second, 'sides[1]')),
  ];
  if (second !== undefined && !sameWorld(first.start, second.start)) {
    flaws.push({
      at: { path: 'sides' },
      expected: 'one device and the same descriptors on both sides',
      found: 'two',
    });
  }
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
    if (typeof op !== 'string') ops.push(op);
    else if (!flaws.some(({ found }) => found === op))
      flaws.push({ at: { path: `alphabet[${at}]` }, expected: EXPECTED, found: op });
  }
  if (closes.length > 0 && ops.some(signals)) {
    flaws.push({
      at: { path: 'alphabet' },
      expected: 'no close beside raise or loopback: counters are then part of a state, and they have no end',
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
    const { canAllocDyn, irqPool, cpuVectors } = start.host;
    const parts = keyParts(start, alphabet, question);
    return { suffix, generation: generation.id, canAllocDyn, irqPool, cpuVectors, parts };
  });
}

/** What of a starting machine the models cannot say. They start with a device that was just opened. */
function startFlaws({ start }: Side, path: string): readonly Flaw[] {
  const flaws: Flaw[] = [];
  const want = (holds: boolean, expected: string, found: string) => {
    if (!holds) flaws.push({ at: { path: `${path}.start` }, expected, found });
  };
  const { vdev, domain, pci, device } = start;
  want(start.opened, 'an open device', 'a closed one');
  want(
    device.msix !== null && device.msix.vectors <= 250,
    'a device with 1 to 250 MSI-X vectors',
    device.model,
  );
  want(vdev.irq_type === VFIO_PCI_NUM_IRQS && domain.mode === null, 'no interrupt mode', 'an enabled one');
  want(
    pci.entries.size === 0 && !pci.pinAsserted,
    'a device that nobody has used',
    'entries or a pin in use',
  );
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

/** The line as the models say it, or what of it they cannot say. */
function exportOp(
  { op, faults, raises = [] }: Line,
  side: Side,
  closes: readonly number[],
): ExportOp | string {
  if (raises.length > 0) return 'a device that fires inside a line';
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
        : 'close of a descriptor that is no open eventfd';
    case 'set_irqs':
      break;
    default:
      return op.op;
  }
  // what the header and the copy of the data refuse is refused in every state, so the model itself says the errno
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
  if (strange !== undefined) return `faults of ${strange} that are more than one in a line, or outside MSI-X`;
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

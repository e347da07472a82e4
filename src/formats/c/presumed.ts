// What the expected results of a program presume of the kernel, the host and the device. A fact is presumed if the results of
// exactly the program's calls differ without it: the calls are replayed with the other value of each fact, and under the facts
// of every release of the table.

import type { Run } from '../../kernel/frame.ts';
import type { Generation, GenerationId } from '../../kernel/generations/generation.ts';
import { generation } from '../../kernel/generations/index.ts';
import { line } from '../../kernel/line.ts';
import { RELEASES } from '../../kernel/releases.ts';
import { run } from '../../kernel/run.ts';
import { type Device, MSIX_VECTORS_MAX } from '../../machine/device.ts';
import type { Host } from '../../machine/host.ts';
import { type Session, type Setup, startingMachine } from '../../session/session.ts';
import { resultText } from '../../text/shortResult.ts';
import {
  INDEX_NAMES,
  VFIO_IRQ_INFO_NORESIZE,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../../uapi/vfio.ts';
import type { CallOp, Plan } from './plan.ts';

/** The vectors of the largest MSI capability. */
const MSI_VECTORS_MAX = 32;

/** A check that a program makes before its first call. `holds` is the presumption as a sentence without its full stop. */
export type Check =
  | { readonly kind: 'device'; readonly id: number; readonly holds: string }
  /** An index has so many interrupts, or at least so many. */
  | {
      readonly kind: 'count';
      readonly index: number;
      readonly count: number;
      readonly atLeast: boolean;
      readonly holds: string;
    }
  /** VFIO_IRQ_INFO_NORESIZE of MSI-X is set or clear. */
  | { readonly kind: 'noresize'; readonly set: boolean; readonly holds: string }
  /** Enabling an index with so many entries of −1 returns `ret`. */
  | {
      readonly kind: 'offer';
      readonly index: number;
      readonly count: number;
      readonly ret: number;
      readonly holds: string;
    }
  | { readonly kind: 'machine'; readonly names: readonly string[]; readonly holds: string }
  /** The rows of the table of releases, oldest first, in which the results are the same. */
  | { readonly kind: 'release'; readonly rows: readonly ReleaseRow[]; readonly holds: string };

/** A release of the table for the check of `uname -r`. */
export interface ReleaseRow {
  readonly order: readonly [number, number, number];
  /** Debian's ABI number where `uname -r` has no patch level, else −1. */
  readonly abi: number;
  readonly agrees: boolean;
}

/** The presumptions of a program. */
export interface Presumed {
  readonly checks: readonly Check[];
  /** Presumptions that a program cannot check, one sentence each, without a full stop. */
  readonly unchecked: readonly string[];
}

/** The longest script that is replayed under other facts; a longer one presumes its driver and all of them. */
const MOST_COMPARED = 500;

/** A kernel on a host, and a device. */
interface Other {
  readonly host?: Partial<Host>;
  readonly device?: Partial<Device>;
  readonly generation?: GenerationId;
}

/** Returns whether the results are the same elsewhere. */
type Same = (other: Other) => boolean;

/**
 * Returns the presumptions of a session's calls. With `host` those about the kernel's driver are left out, for a program that
 * finds out the kernel.
 */
export function presumedBy(
  session: Session,
  plan: Plan,
  about: 'everything' | 'host' = 'everything',
): Presumed {
  const calls = plan.lines.flatMap((planned) => (planned.kind === 'call' ? [planned] : []));
  const same = comparer(session, calls);
  const { host } = session.setup;
  const names = (index: number) => calls.some(({ op }) => 'index' in op && op.index === index);
  const checks: Check[] = [...deviceChecks(session, calls, same)];
  const unchecked: string[] = [];
  const add = (holds: string, check: Unsaid | null) => {
    if (check === null) unchecked.push(holds);
    else checks.push({ ...check, holds });
  };
  const rows = RELEASES.map(
    ({ order, debianAbi, generation: id, facts }): ReleaseRow & { readonly other: Other } => ({
      order,
      abi: debianAbi ?? -1,
      agrees: same({ host: facts, generation: id }),
      other: { host: facts, generation: id },
    }),
  );
  const allocates = { canAllocDyn: !host.canAllocDyn };
  const needsDyn =
    !same({ host: allocates }) ||
    // a driver without dynamic allocation does not read the fact, but another kernel with the same results does
    (!host.canAllocDyn &&
      rows.some(({ agrees, other }) => agrees && !same({ ...other, host: { ...other.host, ...allocates } })));
  if (needsDyn && names(VFIO_PCI_MSIX_IRQ_INDEX)) checks.push(noresizeCheck(session));
  if (host.irqPool !== null && !same({ host: { irqPool: null } }))
    add(
      `the irq domain can give the device ${host.irqPool} irqs and no more`,
      poolOffer(session, host.irqPool),
    );
  if (names(VFIO_PCI_MSI_IRQ_INDEX) && !same({ host: { irqRemapping: !host.irqRemapping } })) {
    const [offer = null] = offersOf(session, VFIO_PCI_MSI_IRQ_INDEX, 2);
    add(
      host.irqRemapping
        ? 'interrupts are remapped, so that MSI can have several vectors'
        : 'interrupts are not remapped, so that MSI has a single vector',
      offer,
    );
  }
  if (!same({ host: { msiController: host.msiController === 'apic' ? 'gic' : 'apic' } })) {
    if (host.msiController === 'apic')
      add('the machine is an x86', { kind: 'machine', names: ['x86_64', 'i686'] });
    else add('the machine is an arm64', { kind: 'machine', names: ['aarch64'] });
  }
  if (!same({ host: { cpuVectors: Number.MAX_SAFE_INTEGER } }))
    add(`the CPUs have ${host.cpuVectors} free vectors for the device and no more`, null);
  if (host.pin !== 'connected' && !same({ host: { pin: 'connected' } }))
    add('the pin of the device has no irq', null);
  if (about === 'host') return { checks, unchecked };
  if (!rows.some(({ agrees }) => agrees))
    add(
      `the kernel has the driver ${generation(session.generation).label}, as no release of the table has`,
      null,
    );
  else if (!rows.every(({ agrees }) => agrees))
    add(`the kernel is Linux ${rangesOf(rows)}`, { kind: 'release', rows });
  return { checks, unchecked };
}

type WithoutHolds<T> = T extends unknown ? Omit<T, 'holds'> : never;
/** A check before its sentence. */
type Unsaid = WithoutHolds<Check>;

/** Returns a comparison of the calls' results. Hosts that the model does not tell apart are replayed once. */
function comparer({ setup, generation: own }: Session, calls: readonly Call[]): Same {
  const known = new Map<string, boolean>();
  return ({ host, device, generation: id }) => {
    if (calls.length > MOST_COMPARED) return id === own;
    const made = id ?? own;
    const there = { ...setup, host: { ...setup.host, ...host }, device: { ...setup.device, ...device } };
    // the model reads neither, and warnings are no results
    const { release: _release, nointxmask: _nointxmask, resetWarns: _resetWarns, ...read } = there.host;
    const key = JSON.stringify([made, read, device]);
    const found = known.get(key) ?? agrees(there, generation(made), calls);
    known.set(key, found);
    return found;
  };
}

interface Call {
  readonly op: CallOp;
  readonly run: Run;
}

/** Returns whether calls have the same results on another setup or with another driver. */
function agrees(setup: Setup, made: Generation, calls: readonly Call[]): boolean {
  let machine = startingMachine(setup);
  for (const { op, run: expected } of calls) {
    const result = run(made, machine, line(op));
    if (resultText(op, result) !== resultText(op, expected)) return false;
    machine = result.after;
  }
  return true;
}

/** The device, where its identity matters, and the interrupts of each index that the script names. */
function deviceChecks(session: Session, calls: readonly Call[], same: Same): readonly Check[] {
  const { setup, generation: id } = session;
  const { device } = setup;
  const start = startingMachine(setup);
  const [vendor = 0, model = 0] = device.id.split(':').map((word) => Number.parseInt(word, 16));
  const counts = INDEX_NAMES.flatMap((name, index): readonly Check[] => {
    if (!calls.some(({ op }) => 'index' in op && op.index === index)) return [];
    const { out } = run(generation(id), start, line({ op: 'irq_info', index }));
    const count = out?.count ?? 0;
    const least = leastCount(device, index, same);
    return [
      {
        kind: 'count',
        index,
        count: least ?? count,
        atLeast: least !== null,
        holds: `the index ${name} has ${countWords(least ?? count, least !== null)}`,
      },
    ];
  });
  // a reset, config space and GET_INFO depend on more than the number of interrupts
  const isNamed = calls.some(({ op }) => ['reset', 'cfg_read', 'cfg_write', 'device_info'].includes(op.op));
  const known: Check = {
    kind: 'device',
    id: vendor + model * 0x10000,
    holds: `the device is ${device.model} (${device.id})`,
  };
  return isNamed && Number.isFinite(known.id) ? [known, ...counts] : counts;
}

function countWords(count: number, atLeast: boolean): string {
  if (count === 0) return 'no interrupts';
  return `${atLeast ? 'at least ' : ''}${count} ${count === 1 ? 'interrupt' : 'interrupts'}`;
}

/** Returns the lowest number of vectors with the same results, if every higher number has them too; else null. */
function leastCount({ msix, msi }: Device, index: number, same: Same): number | null {
  const withVectors = (vectors: number): Partial<Device> | null => {
    if (index === VFIO_PCI_MSIX_IRQ_INDEX && msix !== null) return { msix: { ...msix, vectors } };
    return index === VFIO_PCI_MSI_IRQ_INDEX && msi !== null ? { msi: { ...msi, vectors } } : null;
  };
  const isSame = (vectors: number): boolean => {
    const device = withVectors(vectors);
    return device !== null && same({ device });
  };
  const isMsix = index === VFIO_PCI_MSIX_IRQ_INDEX;
  if (!isSame(isMsix ? MSIX_VECTORS_MAX : MSI_VECTORS_MAX)) return null;
  const own = (isMsix ? msix : msi)?.vectors ?? 1;
  // MSI has a power of two, and a table of MSI-X can have 2,048 entries: the number is bisected
  const sizes = Array.from({ length: isMsix ? own : Math.log2(own) + 1 }, (_, at) =>
    isMsix ? at + 1 : 2 ** at,
  );
  let from = 0;
  let to = sizes.length - 1;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (isSame(sizes[middle] ?? own)) to = middle;
    else from = middle + 1;
  }
  return sizes[to] ?? own;
}

function noresizeCheck({ setup, generation: id }: Session): Check {
  const info = run(
    generation(id),
    startingMachine(setup),
    line({ op: 'irq_info', index: VFIO_PCI_MSIX_IRQ_INDEX }),
  );
  const set = ((info.out?.flags ?? 0) & VFIO_IRQ_INFO_NORESIZE) !== 0;
  const holds = set
    ? 'the irq domain cannot allocate vectors while MSI-X is enabled (VFIO_IRQ_INFO_NORESIZE is set)'
    : 'the irq domain can allocate vectors while MSI-X is enabled (VFIO_IRQ_INFO_NORESIZE is clear)';
  return { kind: 'noresize', set, holds };
}

type Offer = Extract<Unsaid, { readonly kind: 'offer' }>;

/** Returns a request for one irq more than the domain has, for an index with that many vectors; or null. */
function poolOffer(session: Session, pool: number): Offer | null {
  const [offer] = [VFIO_PCI_MSIX_IRQ_INDEX, VFIO_PCI_MSI_IRQ_INDEX].flatMap((index) =>
    offersOf(session, index, pool + 1),
  );
  return offer ?? null;
}

/** Returns the request for so many vectors with the model's result; empty if the index has fewer. */
function offersOf({ setup, generation: id }: Session, index: number, count: number): readonly Offer[] {
  const { msix, msi } = setup.device;
  const most = (index === VFIO_PCI_MSIX_IRQ_INDEX ? msix?.vectors : msi?.vectors) ?? 0;
  if (most < count) return [];
  const values = Array.from({ length: count }, () => -1);
  const { ret } = run(
    generation(id),
    startingMachine(setup),
    line({
      op: 'set_irqs',
      argsz: 20 + 4 * count,
      flags: 0x24,
      index,
      start: 0,
      count,
      data: { kind: 'i32', values },
    }),
  );
  return ret < 0 ? [] : [{ kind: 'offer', index, count, ret }];
}

/** Returns the versions of the agreeing rows in words, for instance `before 6.5 or 7.3 and later`. */
function rangesOf(rows: readonly ReleaseRow[]): string {
  const name = ([major, minor, patch]: readonly [number, number, number]) =>
    `${major}.${minor}${patch === 0 ? '' : `.${patch}`}`;
  const words: string[] = [];
  for (let from = 0; from < rows.length; from++) {
    const first = rows[from];
    if (first === undefined || !first.agrees) continue;
    let next = from + 1;
    while (rows[next]?.agrees === true) next++;
    const after = rows[next];
    if (after === undefined) words.push(`${name(first.order)} and later`);
    else if (from === 0) words.push(`before ${name(after.order)}`);
    else words.push(`from ${name(first.order)} to before ${name(after.order)}`);
    from = next;
  }
  return words.join(' or ');
}

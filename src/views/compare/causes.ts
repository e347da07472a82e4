// The cause of a lane's state: the last event of a vector, the kernel calls that led to it, and the source of the rule behind
// it. Everything is read from the lane's runs.

import { CHECKS } from '../../kernel/checks.ts';
import type { Frame, Happening } from '../../kernel/frame.ts';
import type { GenerationId, NamedGenerationId } from '../../kernel/generations/generation.ts';
import { isWhatIf } from '../../kernel/generations/policies.ts';
import type { Machine } from '../../machine/machine.ts';
import type { LaneRuns } from '../../session/laneRuns.ts';
import { eventfdName, isOpen } from '../../text/eventfds.ts';
import { reasonClause } from '../../text/reason.ts';

/** The names of things in a clause about one vector, or about several in one sentence. */
export interface Names {
  /** The irq of the vector. */
  readonly own: (irq: number) => string;
  /** Another irq, or the irq of the vector a second time. */
  readonly irq: (irq: number) => string;
  readonly eventfd: (machine: Machine, ev: number) => string;
}

export const ONE: Names = { own: (irq) => `irq ${irq}`, irq: (irq) => `irq ${irq}`, eventfd: eventfdName };

export const MANY: Names = {
  own: () => 'their irqs',
  irq: () => 'the irqs',
  eventfd: (machine, ev) => (isOpen(machine, ev) ? 'an eventfd each' : eventfdName(machine, ev)),
};

/** A cause as text that follows the lane's name, and its sources. */
export interface Cause {
  readonly text: string;
  /** The text for several vectors; absent where it is the same. */
  readonly many?: string;
  readonly sources: readonly string[];
}

/** The most lines that are searched for a cause. */
const FAR = 5_000;

/** An earlier happening and its line. */
export interface Past<H extends Happening = Happening> {
  readonly line: number;
  readonly happening: H;
}

/** Returns the last happening of these kinds for a vector, up to a line; null without one within `FAR` lines. */
export function lastOf<K extends 'allocated' | 'freed' | 'attached' | 'detached' | 'lost'>(
  lane: LaneRuns,
  line: number,
  vector: number,
  kinds: readonly K[],
): Past<Extract<Happening, { readonly kind: K }>> | null {
  const isOne = (one: Happening): one is Extract<Happening, { readonly kind: K }> =>
    kinds.some((kind) => kind === one.kind) && 'vector' in one && one.vector === vector;
  for (let at = Math.min(line, lane.script.length); at >= Math.max(1, line - FAR); at--) {
    const found = lane.runAt(at)?.happenings.findLast(isOne);
    if (found !== undefined) return { line: at, happening: found };
  }
  return null;
}

/** Returns a frame and its callers, innermost first. */
function callersOf(frames: readonly Frame[], at: number): readonly Frame[] {
  const chain: Frame[] = [];
  let depth = Number.POSITIVE_INFINITY;
  for (let index = at; index >= 0; index--) {
    const frame = frames[index];
    if (frame === undefined || frame.depth >= depth) continue;
    chain.push(frame);
    depth = frame.depth;
  }
  return chain;
}

/** The sources of each generation's way to allocate and free, by function. */
const WRITTEN: Readonly<Record<NamedGenerationId, Readonly<Record<string, string>>>> = {
  static: {
    vfio_msi_set_block: 'Linux ≤ 6.4 drivers/vfio/pci/vfio_pci_intrs.c; docs/driver.md §6.3',
    vfio_pci_set_msi_trigger: 'Linux ≤ 6.4 drivers/vfio/pci/vfio_pci_intrs.c; docs/driver.md §6.1',
  },
  v2: {
    vfio_msi_set_vector_signal:
      'PATCH V2 0/8, 28 March 2023: irq and context are created and freed together; docs/driver.md §18.4',
    vfio_msi_free_irq: 'PATCH V2 7/8, 28 March 2023; docs/driver.md §18.4',
  },
  v3: {
    vfio_msi_free_irq:
      'PATCH V3, 18 April 2023, error path of vfio_msi_set_vector_signal; objection of Alex Williamson, 19 April 2023; docs/driver.md §6.4',
    vfio_msi_set_block:
      'PATCH V3, 18 April 2023, without the range check of Linux ≤ 6.4; docs/driver.md §6.3',
  },
  dynamic: {
    vfio_msi_set_vector_signal:
      'Linux ≥ 6.5 (e4163438e015) after PATCH V4 “Remove vfio_msi_free_irq()”; docs/driver.md §6.4',
    vfio_msi_set_block:
      'Linux ≥ 6.5 (e4163438e015), without the range check of Linux ≤ 6.4; docs/driver.md §6.3',
  },
  track: {
    vfio_msi_free_irq:
      'proposal that no kernel has: a failing assignment frees only the irq that it allocated; docs/driver.md §19.1',
    vfio_msi_set_block: 'as PATCH V3, 18 April 2023; docs/driver.md §6.3',
  },
  hold: {
    vfio_msi_set_vector_signal:
      'proposal that no kernel has: a swap keeps the irq requested; docs/driver.md §19.2',
    vfio_msi_set_block: 'as Linux ≥ 6.5 (e4163438e015); docs/driver.md §6.3',
  },
};

/** Returns the source of a function of a generation; empty without one. */
export function written(generation: GenerationId, fn: string): readonly string[] {
  if (isWhatIf(generation)) return [`${fn}: no kernel; docs/driver.md §20`];
  const found = WRITTEN[generation][fn];
  return found === undefined ? [] : [`${fn}: ${found}`];
}

/** Returns the name of a line in a sentence about another one: `this call` for the same line. */
export function lineName(line: number, from: number): string {
  return line === from ? 'this call' : `line ${line}`;
}

/** Returns the cause of a missing irq from the happening that freed it. */
export function whyFreed(
  lane: LaneRuns,
  { line, happening }: Past<Extract<Happening, { readonly kind: 'freed' }>>,
  from: number,
): Cause {
  const { vector, irq, by, original } = happening;
  const where = lineName(line, from);
  const frames = lane.framesOf(line);
  if (by === 'pci_free_irq_vectors') {
    const disabling = frames.some(({ fn }) => fn === 'vfio_msi_disable');
    return {
      text: `${where} freed every irq (pci_free_irq_vectors${disabling ? ' in vfio_msi_disable' : ''})`,
      sources: [],
    };
  }
  const at = frames.findLastIndex(({ fn, args }) => fn === 'pci_msix_free_irq' && args['index'] === vector);
  const callers = callersOf(frames, at);
  const assignment = callers.find(({ fn }) => fn === 'vfio_msi_set_vector_signal');
  const helper = callers.find(({ fn }) => fn === 'vfio_msi_free_irq');
  const fn = helper?.fn ?? assignment?.fn ?? 'pci_msix_free_irq';
  const how = (names: Names) => {
    const which = `${names.irq(irq)}${original ? ' of the original allocation' : ''}`;
    if (typeof assignment?.ret === 'string') {
      return `the failed assignment (${assignment.ret}) of ${where} freed ${which}`;
    }
    return Number(assignment?.args['fd']) < 0
      ? `detaching it in ${where} freed ${which}`
      : `${where} freed ${which} before it allocated another`;
  };
  return { text: how(ONE), many: how(MANY), sources: written(lane.generation, fn) };
}

/** Returns why a vector never got the irq that another lane allocated in `line`; null when the line did not fail. */
export function whyNever(lane: LaneRuns, line: number, from: number): Cause | null {
  const run = lane.runAt(line);
  if (run === null || run.errno === null) return null;
  const failed = `${lineName(line, from)} failed with ${run.errno}`;
  if (run.check === null) return { text: failed, sources: [] };
  const { fn, section, file } = CHECKS[run.check];
  const checked = written(lane.generation, fn);
  // the line's own sentence already gives the reason
  return {
    text: line === from ? failed : `${failed}: ${reasonClause(run.check)}`,
    sources: checked.length > 0 ? checked : [`${fn}: ${file}; docs/driver.md §${section}`],
  };
}

/** Returns the cause of a missing eventfd from the happening that detached it. */
export function whyDetached(lane: LaneRuns, past: Past, vector: number, from: number): Cause {
  const run = lane.runAt(past.line);
  const where = lineName(past.line, from);
  const failed = run?.happenings.find((one) => one.kind === 'failed');
  if (run?.errno != null) {
    // a vector that the unwind detached was not detached by its own assignment
    const own =
      failed?.kind === 'failed' &&
      failed.vector === vector &&
      run.happenings.indexOf(past.happening) < run.happenings.indexOf(failed);
    const text = own
      ? `${where} removed its handler before the assignment failed with ${run.errno}`
      : `${where} failed with ${run.errno}, and vfio_msi_set_block detached the vectors up to the failing one`;
    return {
      text,
      sources: written(lane.generation, own ? 'vfio_msi_set_vector_signal' : 'vfio_msi_set_block'),
    };
  }
  const disabled = lane.framesOf(past.line).some(({ fn }) => fn === 'vfio_msi_disable');
  return { text: disabled ? `${where} disabled the mode` : `${where} detached it`, sources: [] };
}

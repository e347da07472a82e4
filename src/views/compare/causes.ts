// Why a lane has what it has: the last thing that happened to a vector, the kernel calls that led to it, and where the
// rule behind it is written. Everything is read from the lane's runs.

import { CHECKS } from '../../kernel/checks.ts';
import type { Frame, Happening } from '../../kernel/frame.ts';
import type { GenerationId } from '../../kernel/generations/generation.ts';
import type { LaneRuns } from '../../session/laneRuns.ts';

/** A reason in words, to stand behind the lane's name, and where it comes from. */
export interface Cause {
  readonly text: string;
  readonly sources: readonly string[];
}

/** Lines that are looked through for the beginning of something. */
const FAR = 5_000;

/** A happening of the past and its line. */
export interface Past<H extends Happening = Happening> {
  readonly line: number;
  readonly happening: H;
}

/** The last happening of a vector that is one of these kinds, up to a line; null where there is none near enough. */
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

/** A frame and those that called it, innermost first. */
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

/** What each generation's way of allocating and freeing is, and where that was decided (function by function). */
const WRITTEN: Readonly<Record<GenerationId, Readonly<Record<string, string>>>> = {
  static: {
    vfio_msi_set_block: 'Linux ≤ 6.4 drivers/vfio/pci/vfio_pci_intrs.c; specification §6.3',
    vfio_pci_set_msi_trigger: 'Linux ≤ 6.4 drivers/vfio/pci/vfio_pci_intrs.c; specification §6.1',
  },
  v2: {
    vfio_msi_set_vector_signal:
      'PATCH V2 0/8, 28 March 2023: irq and context live and die together; specification §18.4',
    vfio_msi_free_irq: 'PATCH V2 7/8, 28 March 2023; specification §18.4',
  },
  v3: {
    vfio_msi_free_irq:
      'PATCH V3, 18 April 2023, error path of vfio_msi_set_vector_signal; objection of Alex Williamson, 19 April 2023; specification §6.4',
    vfio_msi_set_block: 'PATCH V3, 18 April 2023, without the range check of Linux ≤ 6.4; specification §6.3',
  },
  dynamic: {
    vfio_msi_set_vector_signal:
      'Linux ≥ 6.5 (e4163438e015) after PATCH V4 “Remove vfio_msi_free_irq()”; specification §6.4',
    vfio_msi_set_block:
      'Linux ≥ 6.5 (e4163438e015), without the range check of Linux ≤ 6.4; specification §6.3',
  },
};

/** Where a function of a generation is written, or nothing. */
export function written(generation: GenerationId, fn: string): readonly string[] {
  const found = WRITTEN[generation][fn];
  return found === undefined ? [] : [`${fn}: ${found}`];
}

/** A line as it is spoken of from another one: `it` for the same. */
export function lineName(line: number, from: number): string {
  return line === from ? 'this call' : `line ${line}`;
}

/** Why the irq of a vector is gone since a happening of the past. */
export function whyFreed(
  lane: LaneRuns,
  { line, happening }: Past<Extract<Happening, { readonly kind: 'freed' }>>,
  from: number,
): Cause {
  const { vector, irq, by, original } = happening;
  const which = `irq ${irq}${original ? ' of the original allocation' : ''}`;
  const where = lineName(line, from);
  const frames = lane.framesOf(line);
  if (by === 'pci_free_irq_vectors') {
    const disabling = frames.some(({ fn }) => fn === 'vfio_msi_disable');
    return {
      text: `${where} gave every irq back (pci_free_irq_vectors${disabling ? ' in vfio_msi_disable' : ''})`,
      sources: [],
    };
  }
  const at = frames.findLastIndex(({ fn, args }) => fn === 'pci_msix_free_irq' && args['index'] === vector);
  const callers = callersOf(frames, at);
  const assignment = callers.find(({ fn }) => fn === 'vfio_msi_set_vector_signal');
  const helper = callers.find(({ fn }) => fn === 'vfio_msi_free_irq');
  const fn = helper?.fn ?? assignment?.fn ?? 'pci_msix_free_irq';
  const how =
    typeof assignment?.ret === 'string'
      ? `the failed assignment (${assignment.ret}) of ${where} freed ${which}`
      : Number(assignment?.args['fd']) < 0
        ? `detaching it in ${where} freed ${which}`
        : `${where} freed ${which} before it allocated anew`;
  return { text: how, sources: written(lane.generation, fn) };
}

/** Why a vector never got an irq, when another lane allocated one for it in `line`; null where nothing decided. */
export function whyNever(lane: LaneRuns, line: number, from: number): Cause | null {
  const run = lane.runAt(line);
  if (run === null || run.errno === null) return null;
  const failed = `${lineName(line, from)} failed with ${run.errno}`;
  if (run.check === null) return { text: failed, sources: [] };
  const { why, fn, section, file } = CHECKS[run.check];
  const checked = written(lane.generation, fn);
  // of this very line its own sentence says why
  return {
    text: line === from ? failed : `${failed}: ${lowerFirst(why)}`.replace(/\.$/, ''),
    sources: checked.length > 0 ? checked : [`${fn}: ${file}; specification §${section}`],
  };
}

/** Why a vector has no eventfd since a happening of the past. */
export function whyDetached(lane: LaneRuns, past: Past, vector: number, from: number): Cause {
  const run = lane.runAt(past.line);
  const where = lineName(past.line, from);
  const failed = run?.happenings.find((one) => one.kind === 'failed');
  if (run?.errno != null) {
    const own = failed?.kind === 'failed' && failed.vector === vector;
    const text = own
      ? `${where} took its handler away before the assignment failed with ${run.errno}`
      : `${where} failed with ${run.errno}, and vfio_msi_set_block detached what it had touched`;
    return {
      text,
      sources: written(lane.generation, own ? 'vfio_msi_set_vector_signal' : 'vfio_msi_set_block'),
    };
  }
  const disabled = lane.framesOf(past.line).some(({ fn }) => fn === 'vfio_msi_disable');
  return { text: disabled ? `${where} disabled the mode` : `${where} detached it`, sources: [] };
}

/** Names of fields and functions keep their letters. */
export function lowerFirst(text: string): string {
  return /^[A-Z][a-z]+ /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

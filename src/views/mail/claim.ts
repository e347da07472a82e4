// The first sentence of a mail about two kernels: function, error path, consequence.

import { CHECKS } from '../../kernel/checks.ts';
import type { Frame, Run } from '../../kernel/frame.ts';
import type { Machine } from '../../machine/machine.ts';
import type { LaneRuns } from '../../session/laneRuns.ts';
import { machineDifferences } from '../../session/stateDifferences.ts';
import { ranges } from '../../text/numbers.ts';
import { outText } from '../../text/out.ts';

/** Two lanes with their names. */
export interface Pair {
  readonly lanes: readonly [LaneRuns, LaneRuns];
  readonly names: readonly [string, string];
}

/** Returns the claim about the line that decides, as one sentence; `line` is null for lanes that do not differ. */
export function claimOf(pair: Pair, line: number | null): string {
  const { lanes, names } = pair;
  const [a, b] = lanes;
  if (line === null) {
    const calls = a.script.filter(({ disabled }) => !disabled).length;
    return `${names[0]} and ${names[1]} do not differ in this script of ${calls} ${calls === 1 ? 'line' : 'lines'}: no result, irq, handler, message or eventfd counter.`;
  }
  const runs = [a.runAt(line), b.runAt(line)] as const;
  const consequence = consequenceOf(pair, line);
  const [one, other] = runs;
  if (one === null || other === null)
    return `${names[0]} and ${names[1]} differ: ${consequence ?? 'one of them skips a line'}.`;
  const answers = [answerOf(a, one, line), answerOf(b, other, line)] as const;
  if (answers[0] !== answers[1]) {
    const rest = consequence === null ? '' : `; then ${consequence}`;
    return `${names[0]} ${answers[0]} where ${names[1]} ${answers[1]}${rest}.`;
  }
  const where = functionOf(a.framesOf(line), one) ?? functionOf(b.framesOf(line), other);
  const path =
    one.check === null || one.errno === null
      ? where === null
        ? 'After this call'
        : `In ${where}()`
      : errorPath(CHECKS[one.check].fn, one.errno, where);
  return `${path}, ${consequence ?? `${names[0]} and ${names[1]} reach the same state by different calls`}.`;
}

function errorPath(fn: string, errno: string, where: string | null): string {
  if (where === null || where === fn) return `When ${fn}() fails with -${errno}`;
  return `When ${fn}() fails with -${errno} in ${where}()`;
}

/** Returns what a call does in a lane: its result, and the function that refused. */
function answerOf(lane: LaneRuns, run: Run, line: number): string {
  if (run.errno !== null) {
    const fn = run.check === null ? null : CHECKS[run.check].fn;
    return `fails with -${run.errno}${fn === null ? '' : ` in ${fn}()`}`;
  }
  const op = lane.script[line - 1]?.line.op;
  const values = op === undefined ? '' : outText(op, run.out);
  return `returns ${run.ret}${values === '' ? '' : ` (${values})`}`;
}

/** Returns the innermost function of vfio around the deciding call: the one that failed, or the first that changes an irq. */
function functionOf(frames: readonly Frame[], run: Run): string | null {
  const deciding =
    run.check === null
      ? frames.findIndex(({ fn }) => CHANGES.has(fn))
      : frames.findIndex(({ check }) => check === run.check);
  for (let at = deciding, depth = Number.POSITIVE_INFINITY; at >= 0; at--) {
    const frame = frames[at];
    if (frame === undefined || frame.depth >= depth) continue;
    depth = frame.depth;
    if (frame.fn.startsWith('vfio_')) return frame.fn;
  }
  return null;
}

const CHANGES: ReadonlySet<string> = new Set([
  'pci_alloc_irq_vectors',
  'pci_free_irq_vectors',
  'pci_msix_alloc_irq_at',
  'pci_msix_free_irq',
  'request_irq',
  'free_irq',
]);

/** Returns the most important difference of two states after a line as a clause, or null for equal states. */
function consequenceOf({ lanes, names }: Pair, line: number): string | null {
  const after = [lanes[0].machineAfter(line), lanes[1].machineAfter(line)] as const;
  const before = lanes[0].machineAfter(line - 1);
  const found = machineDifferences(after[0], after[1]);
  const vectors = (field: string) =>
    found.flatMap((one) => (one.field === field && one.at !== null ? [one.at] : []));
  const allocated = vectors('allocated');
  if (allocated.length > 0) {
    // the vectors of the first of them in one direction are told; the mail shows the rest
    const isIn = after[0].domain.descs.has(allocated[0] ?? 0);
    const own = allocated.filter((vector) => after[0].domain.descs.has(vector) === isIn);
    const [has, lacks] = isIn ? names : [names[1], names[0]];
    return irqClause(own, has, lacks, before, after[isIn ? 0 : 1]);
  }
  const attached = vectors('requested');
  if (attached.length > 0) {
    const isIn = after[0].domain.descs.get(attached[0] ?? 0)?.handler != null;
    const own = attached.filter((vector) => (after[0].domain.descs.get(vector)?.handler != null) === isIn);
    const [has, lacks] = isIn ? names : [names[1], names[0]];
    return `${lacks} leaves ${vectorWords(own)} without a handler and ${has} does not`;
  }
  const numbers = vectors('irq');
  if (numbers.length > 0)
    return `${vectorWords(numbers)} ${numbers.length === 1 ? 'has' : 'have'} another irq in ${names[0]} than in ${names[1]}`;
  const handlers = vectors('handler');
  if (handlers.length > 0)
    return `${vectorWords(handlers)} ${handlers.length === 1 ? 'signals' : 'signal'} another eventfd in ${names[0]} than in ${names[1]}`;
  const counter = found.find(({ field }) => field === 'counter');
  if (counter !== undefined)
    return `the counter of eventfd ${counter.at} is ${counter.left ?? 'gone'} in ${names[0]} and ${counter.right ?? 'gone'} in ${names[1]}`;
  const entries = vectors('entry');
  if (entries.length > 0)
    return `the MSI-X table entry of ${vectorWords(entries)} differs between ${names[0]} and ${names[1]}`;
  const [first] = found;
  return first === undefined ? null : `${names[0]} and ${names[1]} differ in ${first.field}`;
}

function irqClause(
  vectors: readonly number[],
  has: string,
  lacks: string,
  before: Machine,
  state: Machine,
): string {
  const which = vectorWords(vectors);
  const irqs = vectors.length === 1 ? 'the irq' : 'the irqs';
  if (vectors.every((vector) => before.domain.descs.has(vector)))
    return `${lacks} frees ${irqs} of ${which} and ${has} keeps ${vectors.length === 1 ? 'it' : 'them'}`;
  const isCached = vectors.every((vector) => state.domain.descs.get(vector)?.handler === null);
  return `${has} leaves ${irqs} of ${which} allocated${isCached ? ' without a handler' : ''} and ${lacks} does not`;
}

function vectorWords(vectors: readonly number[]): string {
  if (vectors.length === 1) return `vector ${vectors[0]}`;
  const text = ranges(vectors);
  return text.length <= 20 ? `vectors ${text}` : `${vectors.length} vectors`;
}

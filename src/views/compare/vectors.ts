// The state of a vector in a lane and its cause, as a clause that follows the lane's name.

import type { Machine } from '../../machine/machine.ts';
import type { Divergence } from '../../session/divergence.ts';
import type { LaneRuns } from '../../session/laneRuns.ts';
import {
  type Cause,
  lastOf,
  lineName,
  MANY,
  type Names,
  ONE,
  whyDetached,
  whyFreed,
  whyNever,
  written,
} from './causes.ts';
import type { Clause, Verb } from './statement.ts';

/** Returns the clause on irq and eventfd of a vector, or on its table entry if only that differs. */
export function stateClause(
  divergence: Divergence,
  at: number,
  machine: Machine,
  vector: number,
  line: number,
  kind: 'allocated' | 'attached' | 'entry',
): Clause {
  const lane = divergence.lanes[at];
  const desc = machine.domain.descs.get(vector);
  if (kind === 'entry') return entryClause(machine, vector);
  if (lane === undefined) return { verb: ['has', 'have'], rest: 'no state', sources: [] };
  if (desc === undefined) {
    const cause = whyNone(divergence, lane, vector, line);
    return clause(['has', 'have'], () => 'no irq', cause);
  }
  if (desc.handler !== null) {
    const { irq, handler } = desc;
    const text = (names: Names) => `${names.own(irq)} attached to ${names.eventfd(machine, handler)}`;
    return clause(['has', 'have'], text);
  }
  const detached = lastOf(lane, line, vector, ['detached']);
  const allocated = lastOf(lane, line, vector, ['allocated']);
  const kept = detached !== null && (allocated === null || detached.line >= allocated.line);
  if (kind === 'attached' && detached !== null && kept) {
    const cause = whyDetached(lane, detached, vector, line);
    return clause(['has', 'have'], (names) => `${names.own(desc.irq)} cached`, cause);
  }
  const since = allocated !== null && !kept ? `, allocated in ${lineName(allocated.line, line)}` : '';
  const sources = kept || since !== '' ? written(lane.generation, 'vfio_msi_set_vector_signal') : [];
  const verb: Verb = kept ? ['keeps', 'keep'] : ['has', 'have'];
  return { ...clause(verb, (names) => `${names.own(desc.irq)} cached${kept ? '' : since}`), sources };
}

/** Returns the cause of a missing irq: it was freed, or another lane allocated it in a line that failed in this lane. */
function whyNone({ lanes }: Divergence, lane: LaneRuns, vector: number, line: number): Cause | null {
  const freed = lastOf(lane, line, vector, ['freed']);
  if (freed !== null) return whyFreed(lane, freed, line);
  const origins = lanes.flatMap((other) => {
    if (other === lane || !other.machineAfter(line).domain.descs.has(vector)) return [];
    return lastOf(other, line, vector, ['allocated'])?.line ?? [];
  });
  const [origin] = origins;
  return origin === undefined ? null : whyNever(lane, origin, line);
}

/** Returns a clause with its text for one vector and for several. The cause follows a colon, `after` follows the cause. */
function clause(
  verb: Verb,
  text: (names: Names) => string,
  cause: Cause | null = null,
  after: (names: Names) => string = () => '',
): Clause {
  const [one, many] = cause === null ? ['', ''] : [`: ${cause.text}`, `: ${cause.many ?? cause.text}`];
  return {
    verb,
    rest: `${text(ONE)}${one}${after(ONE)}`,
    many: `${text(MANY)}${many}${after(MANY)}`,
    sources: cause?.sources ?? [],
  };
}

/** Returns the clause on the irq number of a vector, and on the vector that took the number of another lane. */
export function irqClause(
  lane: LaneRuns,
  machine: Machine,
  vector: number,
  line: number,
  all: readonly number[],
): Clause {
  const irq = machine.domain.descs.get(vector)?.irq;
  if (irq === undefined) return { verb: ['has', 'have'], rest: 'no irq', sources: [] };
  const allocated = lastOf(lane, line, vector, ['allocated']);
  const before = allocated === null ? null : lastOf(lane, allocated.line, vector, ['freed']);
  if (allocated === null || before === null || before.happening.by === 'pci_free_irq_vectors') {
    const since = allocated === null ? '' : ` since ${lineName(allocated.line, line)}`;
    return clause(['has', 'have'], (names) => `${names.own(irq)}${since}`);
  }
  const lost = before.happening.irq;
  const taker = all.includes(lost) ? machine.domain.numbers.get(lost) : undefined;
  return clause(
    ['has', 'have'],
    (names) => `${names.own(irq)}, newly allocated in ${lineName(allocated.line, line)}`,
    whyFreed(lane, before, line),
    (names) =>
      taker === undefined || taker === vector ? '' : `, and vector ${taker} now has ${names.irq(lost)}`,
  );
}

/** Returns the clause for equal irq numbers from different allocations. */
export function renewedClause(lane: LaneRuns, machine: Machine, vector: number, line: number): Clause {
  const irq = machine.domain.descs.get(vector)?.irq ?? 0;
  const turns = (lane.runAt(line)?.happenings ?? []).filter(
    (one) => (one.kind === 'allocated' || one.kind === 'freed') && one.vector === vector,
  );
  const [first] = turns;
  if (first === undefined) {
    const sources = written(lane.generation, 'vfio_msi_set_vector_signal');
    return { ...clause(['keeps', 'keep'], (names) => `${names.own(irq)}, unchanged`), sources };
  }
  if (first.kind === 'freed') {
    const again = irq === first.irq ? ' again' : '';
    const text = (names: Names) => `${names.own(first.irq)} before allocating ${names.irq(irq)}${again}`;
    const sources = written(lane.generation, 'vfio_msi_set_vector_signal');
    return { ...clause(['frees', 'free'], text), sources };
  }
  const freed = lastOf(lane, line - 1, vector, ['freed']);
  const again = freed?.happening.irq === irq ? ' again' : '';
  return {
    ...clause(['allocates', 'allocate'], (names) => `${names.own(irq)}${again}`),
    sources: freed === null ? [] : whyFreed(lane, freed, line).sources,
  };
}

function entryClause({ pci }: Machine, vector: number): Clause {
  const entry = pci.entries.get(vector);
  const zero = entry === undefined || (entry.addressLow === 0 && entry.addressHigh === 0 && entry.data === 0);
  const words = [
    zero ? 'no message' : 'a message',
    entry?.masked === false ? 'unmasked' : 'masked',
    ...(entry?.pending === true ? ['pending'] : []),
  ];
  return { verb: ['has', 'have'], rest: `${words.join(', ')} in the table entry`, sources: [] };
}

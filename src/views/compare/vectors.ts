// What a lane has at a vector, and why, as a clause behind the lane's name.

import type { Machine } from '../../machine/machine.ts';
import type { Divergence } from '../../session/divergence.ts';
import type { LaneRuns } from '../../session/laneRuns.ts';
import { eventfdName } from '../wiring/eventfds.ts';
import { type Cause, lastOf, lineName, whyDetached, whyFreed, whyNever, written } from './causes.ts';
import type { Clause } from './statement.ts';

/** Which irq a vector has, whether it is attached, and what the entry holds where that is what differs. */
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
  if (lane === undefined) return { verb: ['has', 'have'], rest: 'nothing', sources: [] };
  if (desc === undefined) {
    const cause = whyNone(divergence, lane, vector, line);
    return withCause(['has', 'have'], 'no irq', cause);
  }
  if (desc.handler !== null) {
    const rest = `irq ${desc.irq} attached to ${eventfdName(machine, desc.handler)}`;
    return { verb: ['has', 'have'], rest, sources: [] };
  }
  const detached = lastOf(lane, line, vector, ['detached']);
  const allocated = lastOf(lane, line, vector, ['allocated']);
  const kept = detached !== null && (allocated === null || detached.line >= allocated.line);
  if (kind === 'attached' && detached !== null && kept) {
    return withCause(['has', 'have'], `irq ${desc.irq} cached`, whyDetached(lane, detached, vector, line));
  }
  const since = allocated !== null && !kept ? `, allocated in ${lineName(allocated.line, line)}` : '';
  const sources = kept || since !== '' ? written(lane.generation, 'vfio_msi_set_vector_signal') : [];
  return kept
    ? { verb: ['keeps', 'keep'], rest: `irq ${desc.irq} cached`, sources }
    : { verb: ['has', 'have'], rest: `irq ${desc.irq} cached${since}`, sources };
}

/** The irq was freed; or another lane allocated one in a line that this lane refused. */
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

function withCause(verb: Clause['verb'], rest: string, cause: Cause | null): Clause {
  if (cause === null) return { verb, rest, sources: [] };
  return { verb, rest: `${rest}: ${cause.text}`, sources: cause.sources };
}

/** Which of several irqs a vector has, and where the number went that another lane has there. */
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
    return { verb: ['has', 'have'], rest: `irq ${irq}${since}`, sources: [] };
  }
  const lost = before.happening.irq;
  const taker = all.includes(lost) ? machine.domain.numbers.get(lost) : undefined;
  const where = taker === undefined || taker === vector ? '' : `, and ${lost} is vector ${taker}’s now`;
  const cause = whyFreed(lane, before, line);
  const rest = `irq ${irq}, allocated anew in ${lineName(allocated.line, line)}: ${cause.text}${where}`;
  return { verb: ['has', 'have'], rest, sources: cause.sources };
}

/** The number is the same, the allocation is not. */
export function renewedClause(lane: LaneRuns, machine: Machine, vector: number, line: number): Clause {
  const irq = machine.domain.descs.get(vector)?.irq ?? 0;
  const turns = (lane.runAt(line)?.happenings ?? []).filter(
    (one) => (one.kind === 'allocated' || one.kind === 'freed') && one.vector === vector,
  );
  const [first] = turns;
  if (first === undefined) {
    return {
      verb: ['uses', 'use'],
      rest: `irq ${irq}, which was kept`,
      sources: written(lane.generation, 'vfio_msi_set_vector_signal'),
    };
  }
  if (first.kind === 'freed') {
    return {
      verb: ['frees', 'free'],
      rest: `irq ${first.irq} and allocates anew: the number is ${irq === first.irq ? `${irq} again` : irq}`,
      sources: written(lane.generation, 'vfio_msi_set_vector_signal'),
    };
  }
  const freed = lastOf(lane, line - 1, vector, ['freed']);
  const rest = `an irq anew: the number is ${irq}${freed?.happening.irq === irq ? ' again' : ''}`;
  return {
    verb: ['allocates', 'allocate'],
    rest,
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

// What a line did to vectors and eventfds, in short sentences. The same words serve for a result and for a preview.

import type { Happening, Run } from '../../kernel/frame.ts';
import type { MsiDesc } from '../../machine/machine.ts';
import { eventfdName } from '../wiring/eventfds.ts';
import { LOSS_WORDS } from './fired.ts';
import { counted, ranges } from './numbers.ts';

/** Sentences, most important first; empty when nothing about vectors has changed. */
export function effects(run: Run): readonly string[] {
  const detached: number[] = [];
  const attached: number[] = [];
  const reserved: number[] = [];
  const renumbered: string[] = [];
  const irqs = new Map<number, number>();
  run.after.domain.descs.changesSince(run.before.domain.descs, (vector, now, then) => {
    if (now === undefined) return;
    irqs.set(vector, now.irq);
    if (then !== undefined && then.irq !== now.irq) {
      renumbered.push(`Vector ${vector} has irq ${now.irq} in place of irq ${then.irq}.`);
    }
    if (now.handler !== null) attached.push(vector);
    else if (wasAttached(then)) detached.push(vector);
    else if (then === undefined) reserved.push(vector);
  });
  return [
    ...teardown(run.happenings),
    ...freed(run),
    ...cachedText(detached, irqs),
    ...(attached.length > 0 ? [`${vectorsAre(attached)} attached to ${irqText(attached, irqs)}.`] : []),
    ...renumbered.slice(0, 3),
    ...(reserved.length > 0
      ? [`${vectorsAre(reserved)} cached: ${irqText(reserved, irqs)} allocated, not requested.`]
      : []),
    ...signals(run),
  ];
}

function wasAttached(desc: MsiDesc | undefined): boolean {
  return desc !== undefined && desc.handler !== null;
}

function vectorsAre(vectors: readonly number[]): string {
  return vectors.length === 1 ? `Vector ${vectors[0]} is` : `Vectors ${ranges(vectors)} are`;
}

function irqText(vectors: readonly number[], irqs: ReadonlyMap<number, number>): string {
  const numbers = vectors.map((vector) => irqs.get(vector) ?? 0).sort((a, b) => a - b);
  return `irq${numbers.length === 1 ? '' : 's'} ${ranges(numbers)}`;
}

function cachedText(detached: readonly number[], irqs: ReadonlyMap<number, number>): readonly string[] {
  if (detached.length === 0) return [];
  const stays = detached.length === 1 ? 'stays' : 'stay';
  return [`${vectorsAre(detached)} cached: ${irqText(detached, irqs)} ${stays} allocated.`];
}

function teardown(happenings: readonly Happening[]): readonly string[] {
  return happenings.flatMap((one) =>
    one.kind === 'teardown' ? [`pci_free_irq_vectors freed ${counted(one.vectors, 'irq')}.`] : [],
  );
}

function freed({ happenings }: Run): readonly string[] {
  return happenings.flatMap((one) => {
    if (one.kind !== 'freed' || one.by === 'pci_free_irq_vectors') return [];
    const origin = one.original ? ', which came with the enabling call,' : '';
    return [`irq ${one.irq} of vector ${one.vector}${origin} is freed.`];
  });
}

function signals(run: Run): readonly string[] {
  const { after } = run;
  const seen = new Set<string>();
  for (const one of unfired(run)) {
    switch (one.kind) {
      case 'delivered':
        seen.add(`Vector ${one.vector} signals ${eventfdName(after, one.ev)}.`);
        break;
      case 'signal':
        if (one.by !== 'interrupt') seen.add(`The kernel signals ${eventfdName(after, one.ev)}.`);
        break;
      case 'pended':
        seen.add(`The interrupt of vector ${one.vector} stays pending.`);
        break;
      case 'coalesced':
        seen.add(`Vector ${one.vector} is pending already: the interrupts become one.`);
        break;
      case 'lost':
        seen.add(`The interrupt of vector ${one.vector} is lost: ${LOSS_WORDS[one.cause]}.`);
        break;
      default:
    }
  }
  return [...seen].slice(0, 4);
}

/** The happenings without what became of interrupts that the device raised inside the line: that is told by itself. */
function unfired({ happenings, fired = [] }: Run): readonly Happening[] {
  if (fired.length === 0) return happenings;
  const waiting = new Set<number>();
  return happenings.filter((one, at) => {
    const own = fired.some(({ from, end }) => from <= at && at < end);
    if (own && one.kind === 'pended') waiting.add(one.vector);
    return !own && !(one.kind === 'delivered' && waiting.delete(one.vector));
  });
}

// The effects of a line on vectors and eventfds in short sentences, for results and previews.

import type { Happening, Run } from '../kernel/frame.ts';
import type { MsiDesc } from '../machine/machine.ts';
import { eventfdName } from './eventfds.ts';
import { LOSS_WORDS } from './fired.ts';
import { counted, ranges } from './numbers.ts';

/** Said of a write whose register can be Device Control, the control byte of Advanced Features, or a power state. */
const UNMODELLED = 'This register is not modelled, nor a reset or power state that it sets.';

/**
 * Returns the sentences, most important first; empty when no vector has changed. A preview has `would` in each sentence, because
 * the line has not run.
 */
export function effects(run: Run, isPreview = false): readonly string[] {
  const { detached, attached, reserved, renumbered, irqs } = changes(run);
  const has = isPreview ? 'would have' : 'has';
  return [
    ...teardown(run.happenings, isPreview),
    ...freed(run, isPreview),
    ...cachedText(detached, irqs, isPreview),
    ...(attached.length > 0
      ? [`${vectorsAre(attached, isPreview)} attached to ${irqText(attached, irqs)}.`]
      : []),
    ...renumbered
      .slice(0, 3)
      .map(([vector, now, then]) => `Vector ${vector} ${has} irq ${now} instead of irq ${then}.`),
    ...(reserved.length > 0
      ? [`${vectorsAre(reserved, isPreview)} cached: ${irqText(reserved, irqs)} allocated, not requested.`]
      : []),
    ...signals(run, isPreview),
    ...(run.unmodelled === true ? [UNMODELLED] : []),
  ];
}

/** Returns whether a single vector lost its handler or its irq: the generations differ in keeping or freeing the irq. */
export function keepsOrFrees(run: Run): boolean {
  return changes(run).detached.length > 0 || run.happenings.some(isFreedAlone);
}

function changes(run: Run) {
  const detached: number[] = [];
  const attached: number[] = [];
  const reserved: number[] = [];
  const renumbered: (readonly [vector: number, now: number, then: number])[] = [];
  const irqs = new Map<number, number>();
  run.after.domain.descs.changesSince(run.before.domain.descs, (vector, now, then) => {
    if (now === undefined) return;
    irqs.set(vector, now.irq);
    if (then !== undefined && then.irq !== now.irq) renumbered.push([vector, now.irq, then.irq]);
    if (now.handler !== null) attached.push(vector);
    else if (wasAttached(then)) detached.push(vector);
    else if (then === undefined) reserved.push(vector);
  });
  return { detached, attached, reserved, renumbered, irqs };
}

function isFreedAlone(one: Happening): one is Happening & { readonly kind: 'freed' } {
  return one.kind === 'freed' && one.by !== 'pci_free_irq_vectors';
}

function wasAttached(desc: MsiDesc | undefined): boolean {
  return desc !== undefined && desc.handler !== null;
}

function vectorsAre(vectors: readonly number[], isPreview: boolean): string {
  const one = vectors.length === 1;
  const verb = isPreview ? 'would be' : one ? 'is' : 'are';
  return `${one ? `Vector ${vectors[0]}` : `Vectors ${ranges(vectors)}`} ${verb}`;
}

function irqText(vectors: readonly number[], irqs: ReadonlyMap<number, number>): string {
  const numbers = vectors.map((vector) => irqs.get(vector) ?? 0).sort((a, b) => a - b);
  return `irq${numbers.length === 1 ? '' : 's'} ${ranges(numbers)}`;
}

function cachedText(
  detached: readonly number[],
  irqs: ReadonlyMap<number, number>,
  isPreview: boolean,
): readonly string[] {
  if (detached.length === 0) return [];
  const stays = isPreview ? 'would stay' : detached.length === 1 ? 'stays' : 'stay';
  return [`${vectorsAre(detached, isPreview)} cached: ${irqText(detached, irqs)} ${stays} allocated.`];
}

function teardown(happenings: readonly Happening[], isPreview: boolean): readonly string[] {
  const frees = isPreview ? 'would free' : 'freed';
  return happenings.flatMap((one) =>
    one.kind === 'teardown' ? [`pci_free_irq_vectors ${frees} ${counted(one.vectors, 'irq')}.`] : [],
  );
}

function freed({ happenings }: Run, isPreview: boolean): readonly string[] {
  const is = isPreview ? 'would be' : 'is';
  return happenings.filter(isFreedAlone).map((one) => {
    const origin = one.original ? '; the enabling call allocated it' : '';
    return `irq ${one.irq} of vector ${one.vector} ${is} freed${origin}.`;
  });
}

function signals(run: Run, isPreview: boolean): readonly string[] {
  const be = (verb: string) => (isPreview ? 'would be' : verb);
  const { after } = run;
  const seen = new Set<string>();
  for (const one of unfired(run)) {
    switch (one.kind) {
      case 'delivered':
        seen.add(
          `The interrupt of vector ${one.vector} ${be('is')} delivered to ${eventfdName(after, one.ev)}.`,
        );
        break;
      case 'signal':
        if (one.by !== 'interrupt')
          seen.add(`The kernel ${isPreview ? 'would signal' : 'signals'} ${eventfdName(after, one.ev)}.`);
        break;
      case 'pended':
        seen.add(`The interrupt of vector ${one.vector} ${isPreview ? 'would stay' : 'stays'} pending.`);
        break;
      case 'coalesced':
        seen.add(`Vector ${one.vector} is already pending: the interrupts ${be('are')} coalesced.`);
        break;
      case 'lost':
        seen.add(`The interrupt of vector ${one.vector} ${be('is')} lost: ${LOSS_WORDS[one.cause]}.`);
        break;
      default:
    }
  }
  return [...seen].slice(0, 4);
}

/** Returns the happenings without those of interrupts that the device raised inside the line; they have own sentences. */
function unfired({ happenings, fired = [] }: Run): readonly Happening[] {
  if (fired.length === 0) return happenings;
  const waiting = new Set<number>();
  return happenings.filter((one, at) => {
    const own = fired.some(({ from, end }) => from <= at && at < end);
    if (own && one.kind === 'pended') waiting.add(one.vector);
    return !own && !(one.kind === 'delivered' && waiting.delete(one.vector));
  });
}

// The state of the wiring in one or two sentences: which vectors have an irq, an eventfd, a pending interrupt; or the pin.

import { grouped } from '../../base/grouped.ts';
import type { Machine } from '../../machine/machine.ts';
import { eventfdName } from '../../text/eventfds.ts';
import { ranges } from '../../text/numbers.ts';
import { showsMsi, vectorCount } from './rows.ts';

/** The vectors of the shown mode by state. */
export interface VectorCounts {
  readonly total: number;
  /** Vectors with an irq that has a handler, which signals an eventfd. */
  readonly attached: number;
  /** Vectors with an irq that has no handler, ascending. */
  readonly cached: readonly number[];
  /** Vectors with a pending interrupt, ascending. */
  readonly pending: readonly number[];
}

/** Most characters of a list of vectors; a longer one is a number. */
const LONGEST = 24;

/** Counts the vectors of a machine. */
function vectorCounts(machine: Machine): VectorCounts {
  const { domain, pci } = machine;
  const cached: number[] = [];
  const pending: number[] = [];
  domain.descs.forEach(({ handler }, vector) => {
    if (handler === null) cached.push(vector);
  });
  if (showsMsi(machine)) {
    for (let vector = 0; vector < 32; vector++)
      if (((pci.msi.pending >>> vector) & 1) === 1) pending.push(vector);
  } else {
    pci.entries.forEach((entry, vector) => {
      if (entry.pending) pending.push(vector);
    });
  }
  return { total: vectorCount(machine), attached: domain.descs.size - cached.length, cached, pending };
}

/** Returns the caption, for instance `3 of 8 vectors have an irq; 2 are attached to an eventfd, vector 1 is cached: …`. */
export function captionOf(machine: Machine): string {
  const counts = vectorCounts(machine);
  const sentences = [
    machine.openCount === 0 ? 'The device is released.' : '',
    machine.vdev.intx === null ? '' : pinSentence(machine),
    counts.total === 0 && machine.vdev.intx === null
      ? 'This device has no MSI or MSI-X vectors.'
      : counts.total === 0
        ? ''
        : vectorSentence(counts),
    pendingSentence(counts.pending),
  ];
  return sentences.filter(Boolean).join(' ');
}

function vectorSentence({ total, attached, cached }: VectorCounts): string {
  const irqs = attached + cached.length;
  const of = total === 1 ? '1 vector' : `${number(total)} vectors`;
  if (irqs === 0) return total === 1 ? 'The vector has no irq.' : `None of the ${of} has an irq.`;
  const parts = [
    attached === 0
      ? 'none is attached to an eventfd'
      : attached === irqs && irqs > 1
        ? 'all are attached to an eventfd'
        : `${number(attached)} ${attached === 1 ? 'is' : 'are'} attached to an eventfd`,
    ...(cached.length === 0 ? [] : [cachedWords(cached)]),
  ];
  return `${number(irqs)} of ${of} ${irqs === 1 ? 'has' : 'have'} an irq; ${parts.join(', ')}.`;
}

function cachedWords(cached: readonly number[]): string {
  return cached.length === 1
    ? `vector ${cached[0]} is cached: its irq stays without a handler`
    : `${named(cached)} are cached: their irqs stay without a handler`;
}

function pendingSentence(pending: readonly number[]): string {
  if (pending.length === 0) return '';
  return pending.length === 1
    ? `An interrupt is pending at vector ${pending[0]}.`
    : `Interrupts are pending at ${named(pending)}.`;
}

/** Returns several vectors by their numbers, or by their count when the list is long. */
function named(vectors: readonly number[]): string {
  const list = ranges(vectors);
  return list.length <= LONGEST ? `vectors ${list}` : `${number(vectors.length)} vectors`;
}

function pinSentence(machine: Machine): string {
  const { intx } = machine.vdev;
  if (intx === null) return '';
  const eventfd = intx.trigger === null ? null : eventfdName(machine, intx.trigger);
  const irq = `irq ${machine.host.pinIrq}`;
  const handler = intx.requested
    ? eventfd === null
      ? `${irq} has a handler and no eventfd`
      : `${irq} has a handler, which signals ${eventfd}`
    : `${irq} has no handler${eventfd === null ? ' and no eventfd' : `, and ${eventfd} gets no signal`}`;
  return `INTx is enabled: ${handler}.${intx.masked ? ' vfio has masked the pin.' : ''}`;
}

const number = (count: number) => grouped(count);

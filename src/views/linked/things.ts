// The things that can be pointed at, and their chains: eventfd ← ctx ← irq ← table entry. Pointing at one
// highlights the others everywhere on the page.

import type { Machine } from '../../machine/machine.ts';
import { VFIO_PCI_ERR_IRQ_INDEX, VFIO_PCI_INTX_IRQ_INDEX, VFIO_PCI_REQ_IRQ_INDEX } from '../../uapi/vfio.ts';

/** A vector, irq, eventfd object, descriptor, or index with one interrupt. */
export interface Thing {
  readonly kind: 'vector' | 'irq' | 'eventfd' | 'fd' | 'index';
  readonly id: number;
}

/** Most vectors highlighted at once: more than fit on any screen. */
const MANY = 512;

const LETTERS = { vector: 'v', irq: 'i', eventfd: 'e', fd: 'f', index: 'x' } as const;

/** Returns a thing as one short word, for instance `v7` or `i26`, for `data-link`. */
function token({ kind, id }: Thing): string {
  return `${LETTERS[kind]}${id}`;
}

/** Returns things as the text of `data-link`; undefined for an empty list. */
export function tokens(things: readonly Thing[]): string | undefined {
  return things.length === 0 ? undefined : things.map(token).join(' ');
}

/** Returns the things of a `data-link`; unknown words are skipped. */
export function thingsOf(text: string): readonly Thing[] {
  return text.split(' ').flatMap((word): readonly Thing[] => {
    const id = Number(word.slice(1));
    const kind = kindOf(word);
    return kind === null || word.length < 2 || !Number.isInteger(id) ? [] : [{ kind, id }];
  });
}

function kindOf(word: string): Thing['kind'] | null {
  if (word.startsWith('v')) return 'vector';
  if (word.startsWith('i')) return 'irq';
  if (word.startsWith('e')) return 'eventfd';
  if (word.startsWith('f')) return 'fd';
  return word.startsWith('x') ? 'index' : null;
}

/** Returns the words of all things connected with these in this machine, themselves included. */
export function linkedTokens(machine: Machine, things: readonly Thing[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const thing of things) {
    if (found.size > 4 * MANY) break;
    found.add(token(thing));
    for (const other of chainOf(machine, thing)) found.add(token(other));
  }
  return found;
}

function chainOf(machine: Machine, { kind, id }: Thing): readonly Thing[] {
  switch (kind) {
    case 'vector':
      return vectorChain(machine, id);
    case 'irq':
      return irqChain(machine, id);
    case 'eventfd':
      return eventfdChain(machine, id);
    case 'fd': {
      const file = machine.fds.get(id);
      return file?.kind === 'eventfd' ? eventfdChain(machine, file.ev) : [];
    }
    case 'index':
      return indexChain(machine, id);
  }
}

/** Returns the eventfd object that a vector signals, or null. */
export function eventfdOf(machine: Machine, vector: number): number | null {
  return machine.vdev.ctx.get(vector)?.trigger ?? machine.domain.descs.get(vector)?.handler ?? null;
}

function vectorChain(machine: Machine, vector: number): readonly Thing[] {
  const desc = machine.domain.descs.get(vector);
  return [
    { kind: 'vector', id: vector },
    ...(desc === undefined ? [] : [{ kind: 'irq' as const, id: desc.irq }]),
    ...withDescriptors(machine, eventfdOf(machine, vector)),
  ];
}

function irqChain(machine: Machine, irq: number): readonly Thing[] {
  const vector = machine.domain.numbers.get(irq);
  if (vector !== undefined) return vectorChain(machine, vector);
  return irq === machine.host.pinIrq ? indexChain(machine, VFIO_PCI_INTX_IRQ_INDEX) : [];
}

/** Returns an eventfd object with its descriptors and everything that signals it. */
function eventfdChain(machine: Machine, ev: number): readonly Thing[] {
  const found: Thing[] = [...withDescriptors(machine, ev)];
  const { vdev } = machine;
  let vectors = 0;
  vdev.ctx.forEach((ctx, vector) => {
    if (ctx.trigger !== ev || vectors >= MANY) return;
    vectors++;
    found.push({ kind: 'vector', id: vector });
    const desc = machine.domain.descs.get(vector);
    if (desc !== undefined) found.push({ kind: 'irq', id: desc.irq });
  });
  if (vdev.intx?.trigger === ev || vdev.intx?.unmask === ev) {
    found.push({ kind: 'index', id: VFIO_PCI_INTX_IRQ_INDEX }, { kind: 'irq', id: machine.host.pinIrq });
  }
  if (vdev.err_trigger === ev) found.push({ kind: 'index', id: VFIO_PCI_ERR_IRQ_INDEX });
  if (vdev.req_trigger === ev) found.push({ kind: 'index', id: VFIO_PCI_REQ_IRQ_INDEX });
  return found;
}

function indexChain(machine: Machine, index: number): readonly Thing[] {
  const { intx, err_trigger, req_trigger } = machine.vdev;
  if (index === VFIO_PCI_INTX_IRQ_INDEX) {
    if (intx === null) return [];
    return [
      { kind: 'index', id: index },
      { kind: 'irq', id: machine.host.pinIrq },
      ...withDescriptors(machine, intx.trigger),
    ];
  }
  return withDescriptors(machine, index === VFIO_PCI_ERR_IRQ_INDEX ? err_trigger : req_trigger);
}

function withDescriptors(machine: Machine, ev: number | null): readonly Thing[] {
  if (ev === null) return [];
  return [
    { kind: 'eventfd', id: ev },
    ...descriptorsOf(machine, ev).map((id) => ({ kind: 'fd' as const, id })),
  ];
}

/** Returns the open descriptors of an eventfd object, ascending. */
export function descriptorsOf(machine: Machine, ev: number): readonly number[] {
  const found: number[] = [];
  machine.fds.forEach((file, fd) => {
    if (file.kind === 'eventfd' && file.ev === ev) found.push(fd);
  });
  return found;
}

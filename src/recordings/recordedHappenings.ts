// The happenings in a step of a recording, read from the kernel's calls and, for actions of the device without a call, from
// the state before and after.

import type { Happening, LossCause } from '../kernel/frame.ts';
import type { Machine } from '../machine/machine.ts';
import type { ObservedCall } from '../session/observe.ts';
import { PCI_COMMAND_MASTER } from '../uapi/pciRegs.ts';
import type { ObservedStep } from './recording.ts';

/** Returns the happenings of a step, in the order of its calls. */
export function readHappenings(step: ObservedStep, before: Machine, after: Machine): readonly Happening[] {
  const { op } = step;
  if (op.op === 'raise') return step.errno === null ? raised(op.vector, before, after) : [];
  const log = step.log.map((text): Happening => ({ kind: 'log', text }));
  return [...new Reader(before, after, step.calls).read(), ...log];
}

interface Held {
  readonly irq: number;
  readonly original: boolean;
}

/** Follows the irqs of a step from call to call. */
class Reader {
  readonly #found: Happening[] = [];
  readonly #held = new Map<number, Held>();
  readonly #vectorOf = new Map<number, number>();
  readonly #handlers = new Map<number, number>();
  #failure: { readonly vector: number; readonly end: number } | null = null;
  /** MSI or MSI-X is enabled, even without any irq. */
  #on: boolean;
  readonly #after: Machine;
  readonly #calls: readonly ObservedCall[];

  constructor(before: Machine, after: Machine, calls: readonly ObservedCall[]) {
    this.#on = before.domain.mode !== null;
    this.#after = after;
    this.#calls = calls;
    before.domain.descs.forEach(({ irq, original, handler }, vector) => {
      this.#held.set(vector, { irq, original });
      this.#vectorOf.set(irq, vector);
      if (handler !== null) this.#handlers.set(vector, handler);
    });
  }

  read(): readonly Happening[] {
    this.#calls.forEach((call, at) => {
      if (call.fn === 'vfio_msi_set_vector_signal') this.#noteFailure(call, at);
      this.#tellFailure(at);
      this.#call(call, at);
    });
    this.#tellFailure(this.#calls.length);
    return this.#found;
  }

  #call({ fn, args, ret, interrupt }: ObservedCall, at: number): void {
    const irq = numberOf(args['irq']);
    const ev = numberOf(args['ev']);
    const vector = irq === null ? null : (this.#vectorOf.get(irq) ?? null);
    switch (fn) {
      case 'pci_alloc_irq_vectors':
        if (typeof ret !== 'number') return;
        this.#on = true;
        for (let nr = 0; nr < ret; nr++) this.#allocate(nr, this.#irqOf(nr, at), 'pci_alloc_irq_vectors');
        return;
      case 'pci_msix_alloc_irq_at': {
        const index = numberOf(args['index']);
        if (typeof ret === 'number' && index !== null) this.#allocate(index, ret, 'pci_msix_alloc_irq_at');
        return;
      }
      case 'pci_msix_free_irq': {
        const index = numberOf(args['index']);
        if (index !== null) this.#free(index, 'pci_msix_free_irq');
        return;
      }
      case 'pci_free_irq_vectors': {
        const vectors = [...this.#held.keys()].sort((a, b) => a - b);
        if (this.#on) this.#found.push({ kind: 'teardown', vectors: vectors.length });
        for (const one of vectors) this.#free(one, 'pci_free_irq_vectors');
        this.#on = false;
        return;
      }
      case 'request_irq':
        if (ret !== 0 || vector === null || irq === null || ev === null) return;
        this.#handlers.set(vector, ev);
        this.#found.push({ kind: 'attached', vector, irq, ev });
        return;
      case 'free_irq':
        if (vector === null || irq === null || ev === null) return;
        this.#handlers.delete(vector);
        this.#found.push({ kind: 'detached', vector, irq, ev });
        return;
      case 'eventfd_signal':
        if (ev !== null) this.#signal(ev, interrupt);
        return;
      default:
    }
  }

  #allocate(vector: number, irq: number, by: 'pci_alloc_irq_vectors' | 'pci_msix_alloc_irq_at'): void {
    this.#held.set(vector, { irq, original: by === 'pci_alloc_irq_vectors' });
    this.#vectorOf.set(irq, vector);
    this.#found.push({ kind: 'allocated', vector, irq, by });
  }

  #free(vector: number, by: 'pci_free_irq_vectors' | 'pci_msix_free_irq'): void {
    const held = this.#held.get(vector);
    if (held === undefined) return;
    this.#held.delete(vector);
    this.#vectorOf.delete(held.irq);
    this.#handlers.delete(vector);
    this.#found.push({ kind: 'freed', vector, irq: held.irq, by, original: held.original });
  }

  #signal(ev: number, interrupt: boolean): void {
    const to = interrupt ? [...this.#handlers].find(([, handler]) => handler === ev)?.[0] : undefined;
    if (to !== undefined) this.#found.push({ kind: 'delivered', vector: to, ev });
    this.#found.push({ kind: 'signal', ev, by: interrupt ? 'interrupt' : 'loopback' });
  }

  /** A failing assignment ends before the next call that is not below it. */
  #noteFailure({ depth, ret, args }: ObservedCall, at: number): void {
    const vector = numberOf(args['vector']);
    if (typeof ret !== 'string' || vector === null) return;
    const end = this.#calls.findIndex((other, place) => place > at && other.depth <= depth);
    this.#failure = { vector, end: end < 0 ? this.#calls.length : end };
  }

  #tellFailure(at: number): void {
    if (this.#failure === null || at < this.#failure.end) return;
    this.#found.push({ kind: 'failed', vector: this.#failure.vector });
    this.#failure = null;
  }

  /** Returns the irq that a vector got from an enabling call: read later in the step, or in the state after it. */
  #irqOf(vector: number, from: number): number {
    const asked = this.#calls
      .slice(from)
      .find(
        ({ fn, args, ret }) => fn === 'pci_irq_vector' && args['nr'] === vector && typeof ret === 'number',
      );
    if (typeof asked?.ret === 'number') return asked.ret;
    return this.#after.domain.descs.get(vector)?.irq ?? 0;
  }
}

function numberOf(value: ObservedCall['args'][string] | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

/** Reads the outcome of an interrupt from counters and pending bits, because the recorder sees no call of it. */
function raised(asked: number, before: Machine, after: Machine): readonly Happening[] {
  const vector = before.domain.mode === 'msix' ? asked : 0;
  const ev = grown(before, after);
  if (ev !== null) {
    return [
      { kind: 'raised', vector },
      { kind: 'delivered', vector, ev },
      { kind: 'signal', ev, by: 'interrupt' },
    ];
  }
  const had = isPending(before, vector);
  if (isPending(after, vector))
    return [
      { kind: 'raised', vector },
      { kind: had ? 'coalesced' : 'pended', vector },
    ];
  return [
    { kind: 'raised', vector },
    { kind: 'lost', vector, cause: causeOf(before, vector) },
  ];
}

function grown(before: Machine, after: Machine): number | null {
  let found: number | null = null;
  after.eventfds.changesSince(before.eventfds, (ev, now, then) => {
    if (now !== undefined && then !== undefined && now.count > then.count) found = ev;
  });
  return found;
}

function isPending({ domain, pci }: Machine, vector: number): boolean {
  if (domain.mode === 'msix') return pci.entries.get(vector)?.pending === true;
  return domain.mode === 'msi' ? ((pci.msi.pending >>> vector) & 1) === 1 : pci.pinAsserted;
}

function causeOf({ domain, pci }: Machine, vector: number): LossCause {
  if (domain.mode === null) return 'disabled';
  if ((pci.command & PCI_COMMAND_MASTER) === 0) return 'bus-master-off';
  const entry = pci.entries.get(vector);
  if (domain.mode === 'msix' && entry?.addressLow === 0 && entry.data === 0) return 'message-wiped';
  return 'no-handler';
}

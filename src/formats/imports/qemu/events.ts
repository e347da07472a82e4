// Derives the ioctls that QEMU sends around each event of a trace (hw/vfio/pci.c of 2.x to 11.x; docs/clients.md). QEMU prints
// most events after their ioctls, but do_use and release before them. QEMU sets up INTx before it prints the end of MSI-X, so
// the ioctl that disables MSI-X belongs to the event of INTx.

import { eventfds, newEventfd } from '../../../clients/client.ts';
import {
  FD_INTX,
  FD_RESAMPLE,
  fdKvm,
  fdOf,
  fdUser,
  type QemuState,
  TRIGGER_EVENTFD,
  UNUSED,
  withVector,
} from '../../../clients/qemuState.ts';
import type { Op } from '../../../kernel/line.ts';
import { MSIX_VECTORS_MAX } from '../../../machine/device.ts';
import type { TracedResult } from '../../../session/script.ts';
import {
  VFIO_IRQ_INFO_EVENTFD,
  VFIO_IRQ_INFO_NORESIZE,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../../../uapi/vfio.ts';
import {
  ascending,
  callsOf,
  closings,
  INTX_MASK,
  INTX_OFF,
  INTX_ON,
  INTX_RESAMPLE,
  INTX_UNMASK,
  MSI_MOST,
  MSI_OFF,
  MSIX_OFF,
  NO_VECTOR,
  START,
  type Took,
  WORKED,
} from './calls.ts';
import type { QemuEvent } from './eventLine.ts';
import type { Before } from './survey.ts';

/** QEMU's state while its trace is read. */
export class QemuEvents {
  #state: QemuState = START;
  readonly #kvmIrqfd: boolean;
  /** True for 8.2 and later; null until the trace shows it. */
  #grows: boolean | null = null;
  #noresize: boolean | null = null;
  /** The way in which QEMU enables MSI-X, between the first do_use and vfio_msix_enable. */
  #enabling: 'one-by-one' | 'together' | null = null;
  /** True if the next do_use is the one with which QEMU before 8.2 enables MSI-X. */
  #primes = false;
  /** True if INTx is set up and its event follows. */
  #intxIsSetUp = false;
  /** True if KVM unmasks INTx by an eventfd. */
  #resamples = false;
  /** The mode that ended before its event. */
  #ended: 'msix' | 'msi' | null = null;
  #assumedVersion = false;
  #assumedGrowth = false;

  constructor(kvmIrqfd: boolean) {
    this.#kvmIrqfd = kvmIrqfd;
  }

  /** True if the trace shows VFIO_IRQ_INFO_NORESIZE. */
  get noresize(): boolean {
    return this.#noresize === true;
  }

  /** Returns the assumptions, one sentence each. */
  assumed(): readonly string[] {
    const said: string[] = [];
    if (this.#assumedVersion)
      said.push(
        'irqscope reads the trace as one of QEMU 7.1 to 8.1, because no event shows a later version.',
      );
    if (this.#assumedGrowth && this.#noresize === null)
      said.push(
        'irqscope assumes that the kernel allocates single vectors (MSI-X without VFIO_IRQ_INFO_NORESIZE); no event shows the flag.',
      );
    return said;
  }

  /** Returns the operations that lead to the state before the trace begins. `vectors`: number of MSI vectors. */
  startFrom(before: Before, vectors: number): readonly Op[] {
    switch (before) {
      case 'none':
        return [];
      case 'intx':
        return this.#intxSetUp();
      case 'intx-kvm':
        this.#resamples = true;
        return [...this.#intxSetUp(), INTX_MASK, newEventfd(FD_RESAMPLE), INTX_RESAMPLE, INTX_UNMASK];
      case 'msi': {
        const took = this.#enableMsi(vectors);
        return typeof took === 'object' && 'ops' in took ? took.ops : [];
      }
      case 'msix':
        this.#grows ??= true;
        this.#assumedGrowth = true;
        this.#state = { ...this.#state, interrupt: 'msix' };
        return [NO_VECTOR];
    }
  }

  /** Starts to enable MSI-X. `block`: the events before vfio_msix_enable. */
  beginEnable(block: readonly QemuEvent[]): void {
    const [first, second] = block;
    const primes =
      first?.name === 'vfio_msix_vector_do_use' &&
      first.numbers.get('index') === 0 &&
      second?.name === 'vfio_msix_vector_release' &&
      second.numbers.get('index') === 0;
    if (primes) this.#grows = false;
    else if (block.length === 0) this.#grows = true;
    else if (this.#grows === null) this.#assumedVersion = true;
    if (this.#grows === true) this.#assumedGrowth = true;
    this.#primes = primes;
    this.#enabling = primes ? 'one-by-one' : 'together';
    this.#state = {
      ...this.#state,
      interrupt: 'msix',
      nr_vectors: 0,
      vectors: new Map(),
      guestUnmasked: new Set(),
    };
  }

  /** Returns the operations of an event. */
  take(event: QemuEvent): Took {
    const { name, numbers } = event;
    const index = numbers.get('index') ?? 0;
    if (index >= MSIX_VECTORS_MAX)
      return { expected: `a vector below ${MSIX_VECTORS_MAX}`, found: String(index) };
    switch (name) {
      case 'vfio_msix_early_setup':
        return this.#setUp(numbers);
      case 'vfio_msix_vector_do_use':
        return this.#use(index);
      case 'vfio_msix_vector_release':
        return this.#release(index);
      case 'vfio_msix_enable':
        return this.#enabled();
      case 'vfio_msix_disable':
      case 'vfio_msi_disable':
        return this.#disabled(name === 'vfio_msi_disable' ? 'msi' : 'msix');
      case 'vfio_msi_enable':
        return this.#enableMsi(numbers.get('nr_vectors') ?? 0);
      case 'vfio_msi_interrupt':
        return this.#interrupt(index);
      case 'vfio_intx_interrupt':
        return this.#inIntx([
          { op: 'raise', vector: 0 },
          { op: 'read', fd: FD_INTX },
        ]);
      case 'vfio_pci_intx_eoi':
        return this.#inIntx([INTX_UNMASK]);
      case 'vfio_intx_enable_kvm':
        return this.#intxKvm();
      case 'vfio_intx_enable':
        return this.#intxEnabled();
      case 'vfio_intx_disable_kvm':
        return this.#intxKvmOff();
      case 'vfio_intx_disable':
        return this.#intxDisabled();
      default:
        return callsOf(event);
    }
  }

  #setUp(numbers: ReadonlyMap<string, number>): Took {
    const noresize = numbers.get('noresize');
    // QEMU 8.2 and later call GET_IRQ_INFO and print the flag
    if (noresize === undefined) return 'the size of the MSI-X table';
    this.#grows = true;
    this.#noresize = noresize === 1;
    this.#state = { ...this.#state, noresize: this.#noresize };
    const flags = VFIO_IRQ_INFO_EVENTFD | (this.#noresize ? VFIO_IRQ_INFO_NORESIZE : 0);
    return {
      ops: [{ op: 'irq_info', index: VFIO_PCI_MSIX_IRQ_INDEX }],
      traced: [{ ret: 0, errno: null, out: { flags } }],
    };
  }

  #use(n: number): Took {
    if (this.#state.interrupt !== 'msix')
      return { expected: 'vfio_msix_enable before this line', found: 'no such event' };
    const together = this.#enabling === 'together';
    const ops: Op[] = [];
    const primes = this.#primes;
    this.#primes = false;
    const had = this.#state.vectors.get(n) ?? UNUSED;
    if (!had.use) ops.push(newEventfd(fdUser(n)));
    // vectors that are enabled together get their irqfds in one go, when all are known
    const route = this.#kvmIrqfd && !primes && !together;
    if (!had.virq && route) ops.push(newEventfd(fdKvm(n)));
    const guestUnmasked = new Set(this.#state.guestUnmasked);
    if (!primes) guestUnmasked.add(n);
    this.#state = {
      ...withVector(this.#state, n, { use: true, virq: had.virq || route }),
      guestUnmasked,
    };
    const { nr_vectors } = this.#state;
    this.#state = { ...this.#state, nr_vectors: Math.max(nr_vectors, n + 1) };
    if (together) return { ops };
    if (n < nr_vectors || (this.#grows === true && this.#noresize !== true)) {
      ops.push(eventfds(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_EVENTFD, n, [fdOf(this.#state, n)]));
    } else ops.push(MSIX_OFF, this.#attachAll());
    return { ops };
  }

  #release(n: number): Took {
    if (this.#state.interrupt !== 'msix')
      return { expected: 'vfio_msix_enable before this line', found: 'no such event' };
    const guestUnmasked = new Set(this.#state.guestUnmasked);
    guestUnmasked.delete(n);
    this.#state = { ...this.#state, guestUnmasked };
    const had = this.#state.vectors.get(n);
    if (had === undefined && this.#enabling === null && this.#kvmIrqfd) return this.#releaseEarlier(n);
    if (had?.virq !== true) return 'QEMU sends no ioctl for a vector without a KVM route';
    return { ops: [eventfds(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_EVENTFD, n, [fdUser(n)])] };
  }

  /** A vector that was used before the trace begins: its irqfd is attached, and QEMU swaps to its main loop. */
  #releaseEarlier(n: number): Took {
    const { nr_vectors } = this.#state;
    this.#state = {
      ...withVector(this.#state, n, { use: true, virq: true }),
      nr_vectors: Math.max(nr_vectors, n + 1),
    };
    const attach = (fd: number) => eventfds(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_EVENTFD, n, [fd]);
    return {
      ops: [newEventfd(fdUser(n)), newEventfd(fdKvm(n)), attach(fdKvm(n)), attach(fdUser(n))],
    };
  }

  #enabled(): Took {
    const together = this.#enabling === 'together';
    this.#enabling = null;
    if (!together) return 'the first use of vector 0 has enabled MSI-X';
    if (this.#state.nr_vectors === 0) return { ops: [NO_VECTOR] };
    const ops: Op[] = [];
    for (const [n, { use, virq }] of ascending(this.#state)) {
      if (!use || virq || !this.#kvmIrqfd) continue;
      ops.push(newEventfd(fdKvm(n)));
      this.#state = withVector(this.#state, n, { use, virq: true });
    }
    if (this.#grows === true && this.#noresize !== true) ops.push(NO_VECTOR);
    return { ops: [...ops, this.#attachAll()] };
  }

  #attachAll(): Op {
    const fds = Array.from({ length: this.#state.nr_vectors }, (_, n) => fdOf(this.#state, n));
    return eventfds(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_EVENTFD, 0, fds);
  }

  #enableMsi(count: number): Took {
    if (count < 1 || count > MSI_MOST)
      return { expected: `1 to ${MSI_MOST} MSI vectors`, found: String(count) };
    const ops = this.#beginMsi(count);
    const fds = Array.from({ length: count }, (_, n) => fdOf(this.#state, n));
    const all = [...ops, eventfds(VFIO_PCI_MSI_IRQ_INDEX, TRIGGER_EVENTFD, 0, fds)];
    return { ops: all, traced: [...all.slice(1).map(() => null), WORKED] };
  }

  #beginMsi(count: number): readonly Op[] {
    const all = Array.from({ length: count }, (_, n) => n);
    let state: QemuState = { ...this.#state, interrupt: 'msi', nr_vectors: count, vectors: new Map() };
    for (const n of all) state = withVector(state, n, { use: true, virq: this.#kvmIrqfd });
    this.#state = state;
    return [
      ...all.map((n) => newEventfd(fdUser(n))),
      ...(this.#kvmIrqfd ? all.map((n) => newEventfd(fdKvm(n))) : []),
    ];
  }

  /** Returns the operations of a failed attempt to enable MSI; `result` is what the kernel returned. */
  failMsi(count: number, result: TracedResult): Took {
    if (count < 1 || count > MSI_MOST)
      return { expected: `1 to ${MSI_MOST} MSI vectors`, found: String(count) };
    const ops = this.#beginMsi(count);
    const fds = Array.from({ length: count }, (_, n) => fdOf(this.#state, n));
    const after = closings(this.#state);
    this.#state = { ...this.#state, interrupt: 'none', nr_vectors: 0, vectors: new Map() };
    const set = eventfds(VFIO_PCI_MSI_IRQ_INDEX, TRIGGER_EVENTFD, 0, fds);
    return { ops: [...ops, set, ...after], traced: [...ops.map(() => null), result] };
  }

  /** Returns the operations of a failed attempt to enable INTx. */
  failIntx(result: TracedResult): Took {
    const ops: Op[] = [...this.#endMode(), newEventfd(FD_INTX)];
    this.#state = { ...this.#state, interrupt: 'none' };
    return {
      ops: [...ops, INTX_ON, { op: 'close', fd: FD_INTX }],
      traced: [...ops.map(() => null), result],
    };
  }

  #interrupt(n: number): Took {
    const { interrupt, vectors } = this.#state;
    if (interrupt !== 'msi' && interrupt !== 'msix')
      return { expected: 'vfio_msi_enable or vfio_msix_enable before this line', found: 'no such event' };
    const before: Op[] = [];
    if (vectors.get(n)?.use !== true) {
      // attached before the trace begins
      this.#state = {
        ...withVector(this.#state, n, { use: true, virq: false }),
        nr_vectors: Math.max(this.#state.nr_vectors, n + 1),
      };
      const index = interrupt === 'msi' ? VFIO_PCI_MSI_IRQ_INDEX : VFIO_PCI_MSIX_IRQ_INDEX;
      before.push(newEventfd(fdUser(n)), eventfds(index, TRIGGER_EVENTFD, n, [fdUser(n)]));
    }
    return {
      ops: [...before, { op: 'raise', vector: n }, { op: 'read', fd: fdUser(n) }],
    };
  }

  /** Disables MSI-X or MSI if it is enabled. */
  #endMode(): readonly Op[] {
    const { interrupt, nr_vectors } = this.#state;
    if (interrupt !== 'msix' && interrupt !== 'msi') return [];
    const isOn = interrupt === 'msi' || this.#grows === true || nr_vectors > 0;
    const off = isOn ? [interrupt === 'msi' ? MSI_OFF : MSIX_OFF] : [];
    const ops = [...off, ...closings(this.#state)];
    this.#state = {
      ...this.#state,
      interrupt: 'none',
      nr_vectors: 0,
      vectors: new Map(),
      guestUnmasked: new Set(),
    };
    this.#ended = interrupt;
    this.#enabling = null;
    return ops;
  }

  #disabled(mode: 'msix' | 'msi'): Took {
    const ended = this.#ended;
    this.#ended = null;
    if (ended === mode) return 'QEMU disabled this mode at the event of INTx above';
    if (this.#state.interrupt !== mode)
      return { expected: `vfio_${mode}_enable before this line`, found: 'no such event' };
    const ops = this.#endMode();
    this.#ended = null;
    return { ops };
  }

  #intxSetUp(): readonly Op[] {
    const ops = [...this.#endMode(), newEventfd(FD_INTX), INTX_ON];
    this.#state = { ...this.#state, interrupt: 'intx' };
    return ops;
  }

  #intxKvm(): Took {
    // with INTx enabled this is a new route, otherwise a part of enabling INTx
    const ops = this.#state.interrupt === 'intx' ? [] : this.#intxSetUp();
    this.#intxIsSetUp = ops.length > 0;
    this.#resamples = true;
    const all = [...ops, INTX_MASK, newEventfd(FD_RESAMPLE), INTX_RESAMPLE, INTX_UNMASK];
    const traced = all.map((op) => (op === INTX_ON || op === INTX_RESAMPLE ? WORKED : null));
    return { ops: all, traced };
  }

  #intxEnabled(): Took {
    const isSetUp = this.#intxIsSetUp;
    this.#intxIsSetUp = false;
    if (isSetUp) return 'vfio_intx_enable_kvm has enabled INTx';
    const ops = this.#intxSetUp();
    return { ops, traced: ops.map((op) => (op === INTX_ON ? WORKED : null)) };
  }

  #inIntx(ops: readonly Op[]): Took {
    if (this.#state.interrupt === 'intx') return { ops };
    return { expected: 'vfio_intx_enable before this line', found: 'no such event' };
  }

  #intxKvmOff(): Took {
    if (this.#state.interrupt === 'intx' && !this.#resamples)
      return { expected: 'vfio_intx_enable_kvm before this line', found: 'no such event' };
    this.#resamples = false;
    return this.#inIntx([INTX_MASK, { op: 'close', fd: FD_RESAMPLE }, INTX_UNMASK]);
  }

  #intxDisabled(): Took {
    const took = this.#inIntx([INTX_OFF, { op: 'close', fd: FD_INTX }]);
    this.#intxIsSetUp = false;
    if (this.#state.interrupt === 'intx') this.#state = { ...this.#state, interrupt: 'none' };
    return took;
  }
}

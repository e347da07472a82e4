// Derives the ioctls that QEMU sends around each event of a trace (hw/vfio/pci.c of 2.x to 9.x; docs/clients.md). QEMU prints
// most events after their ioctls, but do_use and release before them. QEMU sets up INTx before it prints the end of MSI-X, so
// the ioctl that disables MSI-X belongs to the event of INTx.

import { eventfds, newEventfd, without } from '../../clients/client.ts';
import {
  closings,
  FD_INTX,
  FD_RESAMPLE,
  fdKvm,
  fdOf,
  fdUser,
  MASK_NONE,
  type QemuState,
  TRIGGER_EVENTFD,
  TRIGGER_NONE,
  UNMASK_EVENTFD,
  UNMASK_NONE,
  UNUSED,
  withVector,
} from '../../clients/qemuState.ts';
import type { Op } from '../../kernel/line.ts';
import { MSIX_VECTORS_MAX } from '../../machine/device.ts';
import { CLIENT_FD, QEMU_LOOP_FD } from '../../machine/fdNumbers.ts';
import { type DeviceSpec, unchangedDevice } from '../../session/script.ts';
import { PCI_COMMAND } from '../../uapi/pciRegs.ts';
import {
  VFIO_PCI_ERR_IRQ_INDEX,
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../../uapi/vfio.ts';
import type { QemuEvent } from './qemuEventLine.ts';

/** The operations, the reason for no operation, or a problem. */
type Took = { readonly ops: readonly Op[] } | string | { readonly expected: string; readonly found: string };

const MSIX_OFF = without(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_NONE, 0, 0);
const MSI_OFF = without(VFIO_PCI_MSI_IRQ_INDEX, TRIGGER_NONE, 0, 0);
const INTX_OFF = without(VFIO_PCI_INTX_IRQ_INDEX, TRIGGER_NONE, 0, 0);
const INTX_MASK = without(VFIO_PCI_INTX_IRQ_INDEX, MASK_NONE, 0, 1);
const INTX_UNMASK = without(VFIO_PCI_INTX_IRQ_INDEX, UNMASK_NONE, 0, 1);
const NO_VECTOR = eventfds(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_EVENTFD, 0, [-1]);
/** The largest MSI-X table. */

const START: QemuState = {
  interrupt: 'none',
  nr_vectors: 0,
  noresize: false,
  vectors: new Map(),
  guestUnmasked: new Set(),
  guestFunctionMask: false,
  tableSize: 0,
  hasIntx: true,
};

/** Returns true if the events show interrupts of unmasked vectors in QEMU's main loop, so that irqfds are unused. */
export function isIrqfdUnused(events: readonly QemuEvent[]): boolean {
  const used = new Set<number>();
  for (const { name, numbers } of events) {
    const n = numbers.get('index') ?? 0;
    if (name === 'vfio_msix_vector_do_use') used.add(n);
    else if (name === 'vfio_msix_vector_release') used.delete(n);
    else if (name === 'vfio_msi_interrupt' && used.has(n)) return true;
  }
  return false;
}

/** QEMU's state while its trace is read. */
export class QemuEvents {
  #state: QemuState = START;
  readonly #kvmIrqfd: boolean;
  /** True for 8.2 and later; null until the trace shows it. */
  #grows: boolean | null = null;
  #noresize: boolean | null = null;
  #entries: number | null = null;
  #mostVector = -1;
  #firesPin = false;
  #usesMsi = false;
  /** The way in which QEMU enables MSI-X, between the first do_use and vfio_msix_enable. */
  #enabling: 'one-by-one' | 'together' | null = null;
  /** True if the next do_use is the one with which QEMU before 8.2 enables MSI-X. */
  #primes = false;
  /** True if INTx is set up and its event follows. */
  #intxIsSetUp = false;
  /** The mode that ended before its event. */
  #ended: 'msix' | 'msi' | null = null;
  #assumedVersion = false;

  constructor(kvmIrqfd: boolean) {
    this.#kvmIrqfd = kvmIrqfd;
  }

  /** Returns the device of the trace; null if the trace shows no vectors. */
  device(): DeviceSpec | null {
    const name = this.#firesPin ? 'e1000e' : 'nvme';
    const device = { ...unchangedDevice(name), noDyn: this.#noresize === true };
    if (this.#entries === null && this.#mostVector < 0) return this.#firesPin ? device : null;
    const vectors = this.#entries ?? Math.max(8, this.#mostVector + 1);
    return { ...device, msix: Math.min(MSIX_VECTORS_MAX, vectors), msi: this.#usesMsi ? 32 : null };
  }

  /** Returns the assumptions, one sentence each. */
  assumed(): readonly string[] {
    const said: string[] = [
      this.#kvmIrqfd
        ? `KVM injects interrupts by irqfd: descriptors from ${CLIENT_FD} on belong to KVM, from ${QEMU_LOOP_FD} on to QEMU’s main loop.`
        : 'Interrupts go through QEMU’s main loop without irqfds, because the trace shows them there.',
    ];
    if (this.#assumedVersion)
      said.push('QEMU is 7.1 to 8.1, because the trace shows no sign of a later version.');
    if (this.#grows === true && this.#noresize === null)
      said.push('The kernel can allocate single vectors (VFIO_IRQ_INFO_NORESIZE is not set).');
    if (this.#entries === null && this.#mostVector >= 0)
      said.push('The trace does not contain the size of the MSI-X table; irqscope uses at least 8 entries.');
    return said;
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
  take({ name, numbers }: QemuEvent): Took {
    const index = numbers.get('index') ?? 0;
    if (index >= MSIX_VECTORS_MAX)
      return { expected: `a vector below ${MSIX_VECTORS_MAX}`, found: String(index) };
    if (numbers.has('index')) this.#mostVector = Math.max(this.#mostVector, index);
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
        return {
          ops: [
            { op: 'raise', vector: index },
            { op: 'read', fd: fdUser(index) },
          ],
        };
      case 'vfio_intx_interrupt':
        this.#firesPin = true;
        return this.#inIntx([
          { op: 'raise', vector: 0 },
          { op: 'read', fd: FD_INTX },
        ]);
      case 'vfio_intx_eoi':
        return this.#inIntx([INTX_UNMASK]);
      case 'vfio_intx_enable_kvm':
        return this.#intxKvm();
      case 'vfio_intx_enable':
        return this.#intxEnabled();
      case 'vfio_intx_disable_kvm':
        return this.#inIntx([INTX_MASK, { op: 'close', fd: FD_RESAMPLE }, INTX_UNMASK]);
      case 'vfio_intx_disable':
        return this.#intxDisabled();
      case 'vfio_pci_write_config':
        return writeConfig(numbers);
      case 'vfio_pci_reset_flr':
      case 'vfio_pci_reset_pm':
        return { ops: [{ op: 'reset' }] };
      case 'vfio_pci_hot_reset_result':
        return { expected: 'an ioctl that irqscope models', found: 'VFIO_DEVICE_PCI_HOT_RESET' };
      case 'vfio_populate_device_get_irq_info_failure':
        return { ops: [{ op: 'irq_info', index: VFIO_PCI_ERR_IRQ_INDEX }] };
      case 'vfio_put_base_device':
        return { ops: [{ op: 'release' }] };
      default:
        return 'QEMU sends no ioctl about interrupts';
    }
  }

  #setUp(numbers: ReadonlyMap<string, number>): Took {
    this.#entries = numbers.get('entries') ?? null;
    const noresize = numbers.get('noresize');
    // QEMU 8.2 and later call GET_IRQ_INFO and print the flag
    if (noresize === undefined) return 'the size of the MSI-X table';
    this.#grows = true;
    this.#noresize = noresize === 1;
    this.#state = { ...this.#state, noresize: this.#noresize };
    return { ops: [{ op: 'irq_info', index: VFIO_PCI_MSIX_IRQ_INDEX }] };
  }

  #use(n: number): Took {
    if (this.#state.interrupt !== 'msix')
      return { expected: 'vfio_msix_enable before this line', found: 'no such event' };
    const ops: Op[] = [];
    const primes = this.#primes;
    this.#primes = false;
    const had = this.#state.vectors.get(n) ?? UNUSED;
    if (!had.use) ops.push(newEventfd(fdUser(n)));
    const route = this.#kvmIrqfd && !primes;
    if (!had.virq && route) ops.push(newEventfd(fdKvm(n)));
    const guestUnmasked = new Set(this.#state.guestUnmasked);
    if (!primes) guestUnmasked.add(n);
    this.#state = {
      ...withVector(this.#state, n, { use: true, virq: had.virq || route }),
      guestUnmasked,
    };
    const { nr_vectors } = this.#state;
    const most = Math.max(nr_vectors, n + 1);
    if (this.#enabling === 'together') {
      this.#state = { ...this.#state, nr_vectors: most };
      return { ops };
    }
    this.#state = { ...this.#state, nr_vectors: most };
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
    if (this.#state.vectors.get(n)?.virq !== true)
      return 'QEMU sends no ioctl for a vector without a KVM route';
    return { ops: [eventfds(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_EVENTFD, n, [fdUser(n)])] };
  }

  #enabled(): Took {
    const together = this.#enabling === 'together';
    this.#enabling = null;
    if (!together) return 'the first use of vector 0 has enabled MSI-X';
    if (this.#state.nr_vectors === 0) return { ops: [NO_VECTOR] };
    const first = this.#grows === true && this.#noresize !== true ? [NO_VECTOR] : [];
    return { ops: [...first, this.#attachAll()] };
  }

  #attachAll(): Op {
    const fds = Array.from({ length: this.#state.nr_vectors }, (_, n) => fdOf(this.#state, n));
    return eventfds(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_EVENTFD, 0, fds);
  }

  #enableMsi(count: number): Took {
    if (count < 1 || count > 32) return { expected: '1 to 32 MSI vectors', found: String(count) };
    const ops: Op[] = [];
    let state: QemuState = { ...this.#state, interrupt: 'msi', nr_vectors: count, vectors: new Map() };
    for (let n = 0; n < count; n++) {
      ops.push(newEventfd(fdUser(n)), ...(this.#kvmIrqfd ? [newEventfd(fdKvm(n))] : []));
      state = withVector(state, n, { use: true, virq: this.#kvmIrqfd });
    }
    this.#state = state;
    this.#usesMsi = true;
    this.#mostVector = Math.max(this.#mostVector, count - 1);
    const fds = Array.from({ length: count }, (_, n) => fdOf(state, n));
    ops.push(eventfds(VFIO_PCI_MSI_IRQ_INDEX, TRIGGER_EVENTFD, 0, fds));
    return { ops };
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
    if (ended === mode) return 'QEMU disabled it before the earlier event of INTx';
    if (this.#state.interrupt !== mode)
      return { expected: `vfio_${mode}_enable before this line`, found: 'a trace that begins later' };
    const ops = this.#endMode();
    this.#ended = null;
    return { ops };
  }

  #intxSetUp(): readonly Op[] {
    const ops = [
      ...this.#endMode(),
      newEventfd(FD_INTX),
      eventfds(VFIO_PCI_INTX_IRQ_INDEX, TRIGGER_EVENTFD, 0, [FD_INTX]),
    ];
    this.#state = { ...this.#state, interrupt: 'intx' };
    return ops;
  }

  #intxKvm(): Took {
    // with INTx enabled this is a new route, otherwise a part of enabling INTx
    const ops = this.#state.interrupt === 'intx' ? [] : this.#intxSetUp();
    this.#intxIsSetUp = ops.length > 0;
    const resample = eventfds(VFIO_PCI_INTX_IRQ_INDEX, UNMASK_EVENTFD, 0, [FD_RESAMPLE]);
    return { ops: [...ops, INTX_MASK, newEventfd(FD_RESAMPLE), resample, INTX_UNMASK] };
  }

  #intxEnabled(): Took {
    const isSetUp = this.#intxIsSetUp;
    this.#intxIsSetUp = false;
    return isSetUp ? 'vfio_intx_enable_kvm has enabled INTx' : { ops: this.#intxSetUp() };
  }

  #inIntx(ops: readonly Op[]): Took {
    if (this.#state.interrupt === 'intx') return { ops };
    return { expected: 'vfio_intx_enable before this line', found: 'a trace that begins later' };
  }

  #intxDisabled(): Took {
    const took = this.#inIntx([INTX_OFF, { op: 'close', fd: FD_INTX }]);
    this.#intxIsSetUp = false;
    if (this.#state.interrupt === 'intx') this.#state = { ...this.#state, interrupt: 'none' };
    return took;
  }
}

/** QEMU passes every config write to vfio. Only the command register has the same offset in all devices. */
function writeConfig(numbers: ReadonlyMap<string, number>): Took {
  const [off = 0, value = 0, size = 0] = ['addr', 'val', 'len'].map((name) => numbers.get(name));
  if (![1, 2, 4].includes(size)) return { expected: 'an access of 1, 2 or 4 bytes', found: String(size) };
  const touches = off < PCI_COMMAND + 2 && off + size > PCI_COMMAND;
  if (!touches) return 'a register whose offset depends on the device';
  return { ops: [{ op: 'cfg_write', off, size, value: value % 256 ** size }] };
}

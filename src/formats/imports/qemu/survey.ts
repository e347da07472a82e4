// Looks at a whole QEMU trace before it is read: its devices, and for each device the facts that a single line does not show.

import { PCI_VENDOR_ID } from '../../../uapi/pciRegs.ts';
import {
  VFIO_DEVICE_FLAGS_RESET,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../../../uapi/vfio.ts';
import type { QemuFailure } from './errors.ts';
import type { QemuEvent } from './eventLine.ts';

/** The interrupts of a device where the trace begins. `intx-kvm`: KVM injects INTx and unmasks it by an eventfd. */
export type Before = 'none' | 'intx' | 'intx-kvm' | 'msi' | 'msix';

/** Facts of one device over the whole trace. */
export interface DeviceFacts {
  readonly name: string;
  /** Number of its events about interrupts. */
  events: number;
  /** Number of interrupts of each kind that QEMU's main loop has seen. */
  pinInterrupts: number;
  /** Interrupts in MSI mode, or of unmasked MSI-X vectors, which KVM would inject itself. */
  loopInterrupts: number;
  enablesKvmIntx: boolean;
  enablesIntx: boolean;
  /** The trace contains the set-up of the device, so that missing capabilities are absent. */
  isSetUp: boolean;
  hasMsi: boolean;
  hasMsix: boolean;
  /** Entries of the MSI-X table; null if the trace does not tell. */
  entries: number | null;
  /** Vendor and device id, such as `8086:10d3`, as the guest has read it. */
  id: string | null;
  pcie: boolean | null;
  /** VFIO_DEVICE_RESET works. */
  resets: boolean | null;
  /** VFIO_DEVICE_PCI_HOT_RESET works. */
  hotResets: boolean;
  before: Before;
  mostMsiVectors: number;
  /** The highest vector of MSI, and of MSI-X. */
  mostMsi: number;
  mostMsix: number;
}

/** The size of config space of a device that is not PCI Express, in bytes. */
const CONVENTIONAL = 256;

/** Returns vendor and device from the first word of config space. */
function idOf(word: number): string {
  const hex = (value: number) => value.toString(16).padStart(4, '0');
  return `${hex(word & 0xffff)}:${hex(word >>> 16)}`;
}

/** Events that end what was before them. */
interface Watch {
  readonly facts: DeviceFacts;
  /** Vectors in use, as far as the events show. */
  readonly used: Set<number>;
  mode: 'unknown' | 'none' | 'intx' | 'msi' | 'msix';
  /** `before` is decided. */
  settled: boolean;
  /** Vectors used or released before it is clear whether MSI-X is on or is being enabled. */
  undecided: boolean;
  /** INTx was enabled before it is clear which mode it ended. */
  raised: boolean;
  /** An MSI interrupt before it is clear whether the device is in MSI or MSI-X mode. */
  fired: boolean;
}

/** Looks at the events of a trace. */
export class QemuSurvey {
  readonly #watched = new Map<string, Watch>();
  #current: string | null = null;
  /** Results of the events of a device, by its name and the number of the event. */
  readonly #failures = new Map<string, QemuFailure>();
  /** A failure that belongs to the event before it, unless MSI-X is enabled next. */
  #failed: { readonly device: string; readonly failure: QemuFailure } | null = null;

  /** The devices in the order of their first event about interrupts. */
  get devices(): readonly DeviceFacts[] {
    return [...this.#watched.values()].map(({ facts }) => facts);
  }

  /** Returns the result of the `at`th event of a device, or null if no message reports it. */
  failureOf(device: string, at: number): QemuFailure | null {
    return this.#failures.get(`${device} ${at}`) ?? null;
  }

  /** Looks at a message about a failed ioctl. The ones about MSI-X belong to the event beside them. */
  fail(failure: QemuFailure): void {
    const device = failure.device ?? this.#current;
    if (device === null) return;
    const facts = this.#watched.get(device)?.facts;
    if (failure.index === VFIO_PCI_MSI_IRQ_INDEX && facts !== undefined) {
      facts.hasMsi = true;
      facts.mostMsiVectors = Math.max(facts.mostMsiVectors, failure.count ?? 1);
    }
    if (failure.index !== VFIO_PCI_MSIX_IRQ_INDEX) return;
    this.#settleFailure();
    this.#failed = { device, failure };
  }

  #settleFailure(name = ''): void {
    if (this.#failed === null) return;
    const { device, failure } = this.#failed;
    const events = this.#watched.get(device)?.facts.events ?? 0;
    // QEMU prints the message before vfio_msix_enable, but after do_use and release
    const at = name === 'vfio_msix_enable' ? events + 1 : events;
    this.#failures.set(`${device} ${at}`, failure);
    this.#failed = null;
  }

  /** Looks at a line that is no event: in 7.2 and before, the size of config space has a line of its own. */
  other(text: string): void {
    const size = /^\s+size: (0x[\da-f]+), offset: 0x7/.exec(text)?.[1];
    const facts = this.#current === null ? undefined : this.#watched.get(this.#current)?.facts;
    if (size !== undefined && facts !== undefined) facts.pcie = Number(size) > CONVENTIONAL;
  }

  /** Looks at the next event. */
  look({ name, device: named, numbers, text }: QemuEvent): void {
    const device = named ?? this.#current;
    if (device === null) return;
    const watch = this.#watchOf(device, name);
    if (watch === null) return;
    if (this.#failed?.device === device) this.#settleFailure(name);
    this.#current = device;
    const { facts } = watch;
    const index = numbers.get('index') ?? 0;
    facts.events++;
    switch (name) {
      case 'vfio_device_get':
        facts.isSetUp = true;
        facts.resets = ((numbers.get('flags') ?? 0) & VFIO_DEVICE_FLAGS_RESET) !== 0;
        break;
      case 'vfio_pci_reset_flr':
        facts.resets = true;
        break;
      case 'vfio_pci_hot_reset_result':
        // it resets every function of the device
        if (text === 'Success') for (const one of this.#watched.values()) one.facts.hotResets = true;
        break;
      case 'vfio_pci_populate_device_config': {
        const size = numbers.get('size');
        if (size !== undefined) facts.pcie = size > CONVENTIONAL;
        break;
      }
      case 'vfio_pci_populate_device_get_irq_info_failure':
        facts.pcie ??= false;
        break;
      case 'vfio_pci_read_config':
        if (numbers.get('addr') === PCI_VENDOR_ID && numbers.get('len') === 4)
          facts.id = idOf(numbers.get('val') ?? 0);
        break;
      case 'vfio_msi_setup':
        facts.hasMsi = true;
        break;
      case 'vfio_msix_early_setup':
        facts.hasMsix = true;
        facts.entries = numbers.get('entries') ?? null;
        break;
      case 'vfio_intx_interrupt':
        facts.pinInterrupts++;
        this.#wasOn(watch, 'intx');
        break;
      case 'vfio_pci_intx_eoi':
        this.#wasOn(watch, 'intx');
        break;
      case 'vfio_intx_update':
        break;
      case 'vfio_intx_disable_kvm':
        this.#wasOn(watch, 'intx-kvm');
        break;
      case 'vfio_intx_disable':
        this.#wasOn(watch, 'intx');
        watch.mode = 'none';
        break;
      case 'vfio_intx_enable_kvm':
        facts.enablesKvmIntx = true;
        watch.raised ||= watch.mode === 'unknown';
        break;
      case 'vfio_intx_enable':
        facts.enablesIntx = true;
        watch.raised ||= watch.mode === 'unknown';
        if (!watch.raised) watch.mode = 'intx';
        break;
      case 'vfio_msi_enable':
        facts.hasMsi = true;
        facts.mostMsiVectors = Math.max(facts.mostMsiVectors, numbers.get('nr_vectors') ?? 0);
        this.#wasOn(watch, 'none');
        watch.mode = 'msi';
        break;
      case 'vfio_msi_disable':
        facts.hasMsi = true;
        this.#wasOn(watch, 'msi');
        watch.mode = 'none';
        break;
      case 'vfio_msix_enable':
        facts.hasMsix = true;
        this.#wasOn(watch, 'none');
        watch.mode = 'msix';
        break;
      case 'vfio_msix_disable':
        facts.hasMsix = true;
        this.#wasOn(watch, 'msix');
        watch.mode = 'none';
        watch.used.clear();
        break;
      case 'vfio_msix_vector_do_use':
      case 'vfio_msix_vector_release':
        facts.hasMsix = true;
        facts.mostMsix = Math.max(facts.mostMsix, index);
        if (name === 'vfio_msix_vector_do_use') watch.used.add(index);
        else watch.used.delete(index);
        if (watch.mode === 'unknown') watch.undecided = true;
        break;
      case 'vfio_msi_interrupt':
        this.#interrupt(watch, index);
        break;
      default:
        break;
    }
  }

  /** Ends the trace: a device whose vectors are used without a later `vfio_msix_enable` had MSI-X on. */
  end(): void {
    this.#settleFailure();
    for (const watch of this.#watched.values()) {
      if (watch.undecided) this.#wasOn(watch, 'msix');
      else if (watch.fired) this.#wasOn(watch, watch.facts.hasMsix ? 'msix' : 'msi');
    }
  }

  #watchOf(device: string, name: string): Watch | null {
    const known = this.#watched.get(device);
    if (known !== undefined) return known;
    // reads and writes of other devices do not make them devices of the trace
    if (name === 'vfio_pci_read_config' || name === 'vfio_pci_hot_reset_dep_devices') return null;
    const facts: DeviceFacts = {
      name: device,
      events: 0,
      pinInterrupts: 0,
      loopInterrupts: 0,
      enablesKvmIntx: false,
      enablesIntx: false,
      isSetUp: false,
      hasMsi: false,
      hasMsix: false,
      entries: null,
      id: null,
      pcie: null,
      resets: null,
      hotResets: false,
      before: 'none',
      mostMsiVectors: 0,
      mostMsi: -1,
      mostMsix: -1,
    };
    const watch: Watch = {
      facts,
      used: new Set(),
      mode: 'unknown',
      settled: false,
      undecided: false,
      raised: false,
      fired: false,
    };
    this.#watched.set(device, watch);
    return watch;
  }

  /** Decides what was on before the first event; only the first call for a device counts. */
  #wasOn(watch: Watch, before: Before): void {
    const { facts } = watch;
    const isKvm = watch.raised || watch.undecided;
    watch.undecided = false;
    watch.fired = false;
    if (watch.settled) return;
    watch.settled = true;
    const ends = before === 'msi' || before === 'msix';
    // an event that ends INTx says nothing about the time before QEMU enabled it
    facts.before = isKvm && !ends ? 'none' : before;
    if (watch.raised) {
      watch.raised = false;
      watch.mode = 'intx';
    }
    if (before === 'msi' || before === 'msix') watch.mode = before;
  }

  #interrupt(watch: Watch, index: number): void {
    const { facts, used, mode } = watch;
    if (mode === 'msi' || (mode === 'unknown' && used.size === 0)) {
      facts.mostMsi = Math.max(facts.mostMsi, index);
      facts.loopInterrupts++;
      if (mode === 'unknown') watch.fired = true;
    } else {
      facts.mostMsix = Math.max(facts.mostMsix, index);
      if (used.has(index)) facts.loopInterrupts++;
    }
  }
}

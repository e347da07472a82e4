// Makes the device line of a trace from its operations: the answers of GET_IRQ_INFO and GET_INFO, and the vectors that SET_IRQS used.

import { MSIX_VECTORS_MAX } from '../../machine/device.ts';
import type { DeviceSpec, ScriptLine } from '../../session/script.ts';
import type { NamedFact } from '../../session/setupFacts.ts';
import {
  VFIO_DEVICE_FLAGS_RESET,
  VFIO_IRQ_INFO_NORESIZE,
  VFIO_PCI_ERR_IRQ_INDEX,
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../../uapi/vfio.ts';
import type { Outcome } from './format.ts';
import { RAISES_ALWAYS, specOf } from './states/device.ts';

/** The entries of the usual device, which is enough for most traces. */
const USUAL_ENTRIES = 8;
const MSI_MOST = 32;

/** Collects what the operations of one text tell about the device. */
export class UsedDevice {
  /** The number of vectors of an index that GET_IRQ_INFO has returned. */
  readonly #counts = new Map<number, number>();
  /** The most vectors of an index that a SET_IRQS used with success. */
  readonly #used = new Map<number, number>();
  #noresize = false;
  #resets: boolean | null = null;

  /** Takes the operations of a line. */
  take(outcome: Outcome): void {
    if (outcome.kind === 'read') for (const line of outcome.lines) this.#note(line);
  }

  #note({ line: { op }, traced }: ScriptLine): void {
    if (traced === undefined) return;
    // before 7.3 only PCI Express devices have an ERR index
    if (op.op === 'irq_info' && op.index === VFIO_PCI_ERR_IRQ_INDEX && traced.errno === 'EINVAL')
      this.#counts.set(op.index, 0);
    if (traced.errno !== null) return;
    const { flags, count } = traced.out ?? {};
    if (op.op === 'device_info' && flags !== undefined)
      this.#resets = (flags & VFIO_DEVICE_FLAGS_RESET) !== 0;
    if (op.op === 'irq_info' && count !== undefined) {
      this.#counts.set(op.index, count);
      if (op.index === VFIO_PCI_MSIX_IRQ_INDEX)
        this.#noresize = ((flags ?? 0) & VFIO_IRQ_INFO_NORESIZE) !== 0;
    }
    if (op.op === 'set_irqs' && op.count > 0)
      this.#used.set(op.index, Math.max(this.#used.get(op.index) ?? 0, op.start + op.count));
  }

  /** Returns the device; null if the trace tells nothing that the usual device lacks. */
  get spec(): DeviceSpec | null {
    const msix = this.#entries(VFIO_PCI_MSIX_IRQ_INDEX);
    const msi = this.#entries(VFIO_PCI_MSI_IRQ_INDEX);
    const isTold = this.#counts.has(VFIO_PCI_MSIX_IRQ_INDEX) || this.#counts.has(VFIO_PCI_MSI_IRQ_INDEX);
    if (!isTold && msi === null && (msix ?? 0) <= USUAL_ENTRIES) return null;
    const errs = this.#counts.get(VFIO_PCI_ERR_IRQ_INDEX);
    const pins = this.#counts.get(VFIO_PCI_INTX_IRQ_INDEX);
    const facts: NamedFact[] = [...RAISES_ALWAYS];
    if (errs === 0) facts.push({ path: 'device.pcie', value: false });
    if (this.#resets !== null) facts.push({ path: 'device.reset', value: this.#resets });
    const seen = {
      msix: Math.min(MSIX_VECTORS_MAX, msix ?? USUAL_ENTRIES),
      msi: msi === null ? null : Math.min(MSI_MOST, msi === 0 ? 0 : 2 ** Math.ceil(Math.log2(msi))),
      intx: pins === undefined ? null : pins > 0,
      facts,
    };
    return { ...specOf(seen), noDyn: this.#noresize };
  }

  /** The guesses of `spec` as sentences. */
  get assumed(): readonly string[] {
    const { spec } = this;
    if (spec === null) return [];
    const said: string[] = [];
    if (!this.#counts.has(VFIO_PCI_MSIX_IRQ_INDEX))
      said.push(
        `The trace does not contain the size of the MSI-X table; irqscope uses ${spec.msix} entries.`,
      );
    if (!this.#counts.has(VFIO_PCI_MSI_IRQ_INDEX) && spec.msi !== null)
      said.push(`The trace does not contain the number of MSI vectors; irqscope uses ${spec.msi}.`);
    return said;
  }

  #entries(index: number): number | null {
    const count = this.#counts.get(index);
    if (count !== undefined) return count;
    const used = this.#used.get(index);
    return used === undefined || index !== VFIO_PCI_MSIX_IRQ_INDEX
      ? (used ?? null)
      : Math.max(USUAL_ENTRIES, used);
  }
}

// The facts of a host and a device that a kernel log reveals, and the sentences about what it cannot reveal.

import { generationById } from '../../../kernel/generations/index.ts';
import { type DeviceSpec, unchangedDevice } from '../../../session/script.ts';
import type { NamedFact } from '../../../session/setupFacts.ts';
import { resultName } from '../errnoNames.ts';
import { frameWords, isVfioInterrupt } from './kernelFrames.ts';

/** Two handlers that cannot share an irq. */
interface Mismatch {
  readonly irq: number;
  /** Flags and name of the handler that is refused. */
  readonly flags: number;
  readonly name: string;
  readonly held: number;
  readonly holder: string;
}

const IRQF_SHARED = 0x80;

/** Facts of a log. The last message counts. */
export class KernelFacts {
  bypass: { readonly device: string | null; readonly ret: number } | null = null;
  mismatch: Mismatch | null = null;
  nobody: number | null = null;
  listCorruption = false;
  remapping: boolean | null = null;
  isGic = false;
  /** Devices whose pin vfio hides. */
  readonly noIntx = new Set<string>();
  /** The device of the last refused handler or bypass producer, which the log is probably about. */
  focus: string | null = null;
  /** Such as `6.1`. */
  release: string | null = null;
  /** The functions of the first call trace with vfio, the innermost first. */
  stack: readonly string[] = [];

  /** Returns the device line, or null without a fact of it. */
  spec(device: string | null): DeviceSpec | null {
    const facts: NamedFact[] = [];
    if (device !== null) facts.push({ path: 'device.bdf', value: device });
    if (this.#isIntxAlone()) facts.push({ path: 'device.pci_2_3', value: false });
    if (this.#pinIrq() !== null)
      facts.push({
        path: 'host.pinShared',
        value: ((this.mismatch?.held ?? 0) & IRQF_SHARED) === 0 ? 'exclusive' : 'shared',
      });
    if (device !== null && this.noIntx.has(device)) facts.push({ path: 'device.nointx', value: true });
    const irq = this.#pinIrq();
    if (irq !== null) facts.push({ path: 'host.pinIrq', value: irq });
    if (this.isGic) facts.push({ path: 'host.msiController', value: 'gic' });
    const generation = this.#generation();
    if (facts.length === 0 && this.remapping === null && generation === null) return null;
    const model = irq === null ? 'nvme' : 'e1000e';
    const spec = {
      ...unchangedDevice(model),
      generation,
      noRemap: this.remapping === false,
      noDyn: this.isGic,
    };
    return facts.length === 0 ? spec : { ...spec, facts };
  }

  /** Returns the sentences, the most important first. */
  sentences(device: string | null): readonly string[] {
    const sentences: string[] = [];
    if (this.mismatch !== null) sentences.push(...this.#mismatchSentences(this.mismatch));
    if (this.nobody !== null)
      sentences.push(
        `The kernel disabled irq ${this.nobody}, because no handler accepted it; “grep ' ${this.nobody}:' /proc/interrupts” names its handlers. A frequent cause is a device of vfio-pci that asserts its pin before INTx is enabled.`,
      );
    if (this.bypass !== null) sentences.push(...this.#bypassSentences(this.bypass));
    else if (this.listCorruption && this.stack.some((fn) => fn.startsWith('irq_bypass')))
      sentences.push('A damaged list of bypass producers or consumers stopped the kernel.');
    if (this.stack.length > 0) sentences.push(this.#stackSentence());
    if (this.remapping !== null)
      sentences.push(
        this.remapping
          ? 'The host remaps interrupts.'
          : 'The host does not remap interrupts, so x86 grants a single MSI vector.',
      );
    if (this.release !== null) sentences.push(`The log is of kernel ${this.release}.`);
    if (this.noIntx.size > 0)
      sentences.push(
        `vfio hides the pin of ${[...this.noIntx].join(', ')} (nointx), so INTx has count 0 there.`,
      );
    sentences.push(
      `A kernel log has no ioctls: “bpftrace vfio-irqs.bt PID” prints flags, index, start, count and descriptors of each SET_IRQS${device === null ? '' : ` of ${device}`}.`,
    );
    return sentences;
  }

  #isIntxAlone(): boolean {
    return this.#pinIrq() !== null && ((this.mismatch?.flags ?? 0) & IRQF_SHARED) === 0;
  }

  #pinIrq(): number | null {
    const isVfio = this.mismatch?.name.startsWith('vfio-intx') === true;
    const irq = isVfio ? (this.mismatch?.irq ?? null) : null;
    return irq !== null && irq < 2 ** 20 ? irq : null;
  }

  #generation(): DeviceSpec['generation'] {
    const [major = 0, minor = 0] = (this.release ?? '').split('.').map(Number);
    if (this.release === null || !Number.isFinite(major)) return null;
    const isDynamic = major > 6 || (major === 6 && minor >= 5);
    return generationById(isDynamic ? 'dynamic' : 'static')?.id ?? null;
  }

  #mismatchSentences({ irq, flags, name, held, holder }: Mismatch): readonly string[] {
    if (!name.startsWith('vfio-intx')) return [];
    const sentences = [
      `SET_IRQS TRIGGER of INTx returned EBUSY, because irq ${irq} belongs to ${holder}: __setup_irq wants IRQF_SHARED of both handlers. “host.pinShared=${(held & IRQF_SHARED) === 0 ? 'exclusive' : 'shared'}” on the device line shows it in the lab.`,
    ];
    if ((flags & IRQF_SHARED) === 0)
      sentences.push(
        'vfio_intx_enable asks for IRQF_SHARED only if the interrupt disable bit of the device works (pci_2_3) and the parameter nointxmask is not set; “lspci -vv” shows DisINTx, and “cat /sys/module/vfio_pci/parameters/nointxmask” the parameter.',
      );
    if ((held & IRQF_SHARED) === 0)
      sentences.push(
        `${holder} does not share the irq; unbinding its driver or moving one of the devices to another slot frees it.`,
      );
    return sentences;
  }

  #bypassSentences({ device, ret }: NonNullable<KernelFacts['bypass']>): readonly string[] {
    const of = device === null ? '' : ` of ${device}`;
    const sentences = [
      ret === -16
        ? `The program bound one eventfd to a second vector${of} (EBUSY of the bypass producer); the log does not say which vectors, so the script has no line for it. “bpftrace vfio-irqs.bt PID” prints the descriptors.`
        : `A bypass producer${of} was refused with ${resultName(ret)}; interrupts arrive all the same, through the eventfd. “bpftrace vfio-irqs.bt PID” prints the call.`,
    ];
    if (this.listCorruption)
      sentences.push(
        'The damaged list fits a kernel before 5.10 (or its stable releases), which kept the token of a refused producer and removed it from a list that it was not in.',
      );
    return sentences;
  }

  #stackSentence(): string {
    const outer = this.stack.findLast((fn) => isVfioInterrupt(fn)) ?? '';
    const inner = this.stack.find((fn) => isVfioInterrupt(fn)) ?? '';
    const doing = this.stack.find((fn) => fn.startsWith('vfio') && isVfioInterrupt(fn)) ?? inner;
    const path = inner === outer ? inner : `${outer} down to ${inner}`;
    return `The call trace goes from ${path}; its innermost function of vfio is ${doing} (${frameWords(doing) ?? 'unknown'}).`;
  }
}

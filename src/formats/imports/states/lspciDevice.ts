// Collects the lines of one device of lspci, and makes the device of a script from them.

import { MSIX_VECTORS_MAX } from '../../../machine/device.ts';
import type { DeviceSpec } from '../../../session/script.ts';
import type { NamedFact } from '../../../session/setupFacts.ts';
import { counted } from '../../../text/numbers.ts';
import { modelSentence, RAISES_ALWAYS, specOf } from './device.ts';
import type { LspciLine } from './lspciLine.ts';
import { MSI_VECTORS_MAX } from './tableScript.ts';

type Of<K extends LspciLine['kind']> = Extract<LspciLine, { readonly kind: K }>;

/** IRQ_NOTCONNECTED of the kernel, which a pin without a routed irq has. */
const NOT_CONNECTED = 2 ** 31;
/** The interrupt line register of an unrouted pin on x86. */
const UNKNOWN_LINE = 255;

/** The heading of an excerpt that begins inside a device. */
export const UNNAMED: Of<'device'> = {
  kind: 'device',
  address: 'ADDRESS',
  about: 'a device without a heading',
  id: null,
};

/** A device of the text. */
export class LspciDevice {
  readonly heading: Of<'device'>;
  driver: string | null = null;
  #msi: Of<'msi'> | null = null;
  #msix: Of<'msix'> | null = null;
  #pin: Of<'pin'> | null = null;
  #express: Of<'express'> | null = null;
  #power: number | null = null;
  #noSoftReset: boolean | null = null;
  #functionReset: boolean | null = null;
  #disIntx: boolean | null = null;
  #denied = false;
  /** The text shows the device's registers, not only its heading or flags. */
  #isVerbose = false;
  #hasCapabilities = false;

  constructor(heading: Of<'device'>) {
    this.heading = heading;
  }

  /** Whether the device has MSI or MSI-X. */
  get hasMessages(): boolean {
    return this.#msi !== null || this.#msix !== null;
  }

  /** The irq of its pin, or null if it has none or the text does not say it. */
  get pinIrq(): number | null {
    const fact = this.#pinFacts().find(({ path }) => path === 'host.pinIrq')?.value;
    return typeof fact === 'number' ? fact : null;
  }

  /** Takes a line, and returns what it says, or the accepted number if its number is impossible. */
  take(line: LspciLine): { readonly why: string } | { readonly expected: string; readonly found: string } {
    switch (line.kind) {
      case 'device':
        return { why: `device ${line.address}` };
      case 'control':
        this.#isVerbose = true;
        this.#disIntx = line.disIntx;
        return { why: controlWords(line.disIntx) };
      case 'status':
        return {
          why: line.intx === true ? 'the status register: the device asserts its pin' : 'the status register',
        };
      case 'pin':
        this.#pin = line;
        return { why: pinWords(line) };
      case 'flags':
        return {
          why: line.irq === null ? 'flags without an irq' : `flags with irq ${line.irq}; -vv shows the pin`,
        };
      case 'msi':
        if (!isPower(line.capable) || !isPower(line.count) || line.count > line.capable)
          return {
            expected: 'powers of two up to 32, the second not below the first',
            found: `${line.count}/${line.capable}`,
          };
        this.#hasCapabilities = true;
        this.#msi = line;
        return {
          why: `MSI at ${hex(line.offset)}: ${counted(line.capable, 'vector')} offered, ${line.enabled ? `enabled with ${line.count}` : 'not enabled'}${line.maskable ? ', with mask bits' : ''}`,
        };
      case 'msix':
        if (line.count < 1 || line.count > MSIX_VECTORS_MAX)
          return { expected: `1 to ${MSIX_VECTORS_MAX} vectors`, found: String(line.count) };
        this.#hasCapabilities = true;
        this.#msix = line;
        return {
          why: `MSI-X at ${hex(line.offset)}: ${counted(line.count, 'vector')}, ${line.enabled ? 'enabled' : 'not enabled'}${line.masked ? ', all masked by the function mask' : ''}`,
        };
      case 'express':
        this.#hasCapabilities = true;
        this.#express = line;
        return { why: `PCI Express at ${hex(line.offset)}: ${line.type === '' ? 'a device' : line.type}` };
      case 'devcap':
        this.#functionReset = line.functionReset;
        return {
          why: line.functionReset ? 'the device has a function level reset' : 'no function level reset',
        };
      case 'power':
        this.#hasCapabilities = true;
        this.#power = line.offset;
        return { why: `power management at ${hex(line.offset)}` };
      case 'powerState':
        this.#noSoftReset = line.noSoftReset;
        return {
          why: `power state ${line.state}${line.noSoftReset ? ', state is kept from D3hot to D0' : ', a return from D3hot resets the device'}`,
        };
      case 'driver':
        this.driver = line.driver;
        return { why: `bound to ${line.driver}` };
      case 'denied':
        this.#denied = true;
        return { why: 'lspci shows capabilities to root only: “sudo lspci -vv”' };
      case 'table':
        return { why: `${line.which} of the capability above, not needed` };
      case 'other':
        return { why: `not about interrupts: ${line.word === '' ? 'the line' : line.word}` };
      default:
        return { why: 'not about interrupts' };
    }
  }

  /** Returns what the text says in few words, for the list of devices. */
  about(): string {
    const parts = [
      ...(this.#msix === null ? [] : [`MSI-X ${this.#msix.count}`]),
      ...(this.#msi === null ? [] : [`MSI ${this.#msi.capable}`]),
      ...(this.#pin?.pin === undefined || this.#pin.pin === null ? [] : [`pin ${this.#pin.pin}`]),
      ...(this.driver === null ? [] : [this.driver]),
    ];
    return [this.heading.about.slice(0, 60), ...parts].join(', ');
  }

  /** Returns the device for a script, or null if the text does not show its capabilities. */
  spec(): DeviceSpec | null {
    if (this.#denied || !(this.#isVerbose || this.#hasCapabilities)) return null;
    return specOf({
      msix: this.#msix?.count ?? 0,
      msi: this.#msi?.capable ?? 0,
      intx: this.#isVerbose ? (this.#pin?.pin ?? null) !== null : null,
      about: this.heading.about,
      facts: this.#facts(),
    });
  }

  #facts(): readonly NamedFact[] {
    const { address, about, id } = this.heading;
    const facts: NamedFact[] = [
      ...RAISES_ALWAYS,
      ...(this.heading === UNNAMED
        ? []
        : [
            { path: 'device.bdf', value: address },
            { path: 'device.model', value: nameOf(about) },
          ]),
      { path: 'device.pcie', value: this.#express !== null },
    ];
    const add = (path: string, value: NamedFact['value']) => facts.push({ path, value });
    if (id !== null) add('device.id', id);
    if (this.#msix !== null) add('device.msix.offset', this.#msix.offset);
    if (this.#msi !== null) {
      add('device.msi.offset', this.#msi.offset);
      add('device.msi.maskable', this.#msi.maskable);
    }
    // device control is 8 bytes into the capability
    const canReset = this.#functionReset === true && this.#express !== null;
    add('device.functionReset', canReset ? (this.#express?.offset ?? 0) + 8 : null);
    if (this.#functionReset === true || this.#noSoftReset === false) add('device.reset', true);
    add('device.power', this.#power);
    if (this.#power !== null && this.#noSoftReset !== null)
      add('device.power.noSoftReset', this.#noSoftReset);
    facts.push(...this.#pinFacts());
    return facts;
  }

  #pinFacts(): readonly NamedFact[] {
    if (this.#pin === null || this.#pin.pin === null) return [];
    const { irq } = this.#pin;
    if (irq === NOT_CONNECTED) return [{ path: 'host.pin', value: 'not-connected' }];
    if (irq === 0) return [{ path: 'host.pin', value: 'no-irq' }];
    const isPinIrq = irq < 2 ** 20 && irq !== UNKNOWN_LINE && this.#msi?.enabled !== true;
    return isPinIrq ? [{ path: 'host.pinIrq', value: irq }] : [];
  }

  /** Returns the assumptions, and what the text cannot say. */
  sentences(spec: DeviceSpec | null): readonly string[] {
    const { address } = this.heading;
    const short = address.replace(/^0000:/, '');
    if (spec === null) {
      const why = this.#denied ? 'lspci shows the capabilities to root only' : 'The capabilities are missing';
      return [
        `${why}, so the text does not describe the interrupts of ${address}: “sudo lspci -vv -s ${short}” shows them.`,
      ];
    }
    const sentences = ['lspci shows the device and no ioctls; “bpftrace vfio-irqs.bt PID” records them.'];
    const on = this.#msix?.enabled === true ? 'MSI-X' : this.#msi?.enabled === true ? 'MSI' : null;
    if (on !== null)
      sentences.push(
        `${on} is enabled in the text, and the script begins before that; “grep ${address} /proc/interrupts” shows the vectors with a handler.`,
      );
    sentences.push(
      'lspci does not show two facts of the host: “dmesg | grep -i remap” shows interrupt remapping, and flag 0x8 (NORESIZE) of GET_IRQ_INFO shows that the kernel cannot allocate single MSI-X vectors.',
    );
    if (!this.#isVerbose) sentences.push('The pin is not in the text; “lspci -vv” shows it.');
    sentences.push(...this.#pinSentences(short), modelSentence(spec));
    return sentences;
  }

  #pinSentences(short: string): readonly string[] {
    const pin = this.#pin;
    if (pin === null || pin.pin === null) return [];
    if (pin.irq === NOT_CONNECTED)
      return [
        'The pin is not connected (irq 2147483648): INTx fails with ENOTCONN before Linux 6.15 and has count 0 from then on.',
      ];
    if (pin.irq === 0)
      return [
        'The pin has irq 0, which the host did not route: INTx fails with ENODEV before Linux 6.15 and has count 0 from then on.',
      ];
    if (this.#msi?.enabled === true)
      return ['With MSI enabled lspci shows the irq of MSI, so the irq of the pin is unknown.'];
    const shared =
      this.#disIntx === true
        ? 'DisINTx+ shows that the interrupt disable bit can be set, so vfio-pci can share the irq of the pin.'
        : `DisINTx- does not show whether the interrupt disable bit works: while no driver uses the device, set it with “setpci -s ${short} COMMAND=400:400”, and “lspci -vv” shows DisINTx+ if it does.`;
    return [shared];
  }
}

function isPower(count: number): boolean {
  return count >= 1 && count <= MSI_VECTORS_MAX && Number.isInteger(Math.log2(count));
}

function hex(offset: number): string {
  return `0x${offset.toString(16)}`;
}

function controlWords(disIntx: boolean | null): string {
  if (disIntx === null) return 'the command register';
  return disIntx
    ? 'the command register: INTx is disabled (DisINTx+), as while MSI-X or MSI is enabled'
    : 'the command register: INTx is not disabled';
}

function pinWords({ pin, irq }: Of<'pin'>): string {
  if (pin === null) return `no pin; irq ${irq}`;
  if (irq === NOT_CONNECTED) return `pin ${pin} is not connected to an irq`;
  return `pin ${pin}, irq ${irq}`;
}

/** Returns the name of the device without its class, ids and revision. */
function nameOf(about: string): string {
  const name = about.includes(': ') ? about.slice(about.indexOf(': ') + 2) : about;
  return name.replace(/\s*(?:\[[\da-f]{4}(?::[\da-f]{4})?\]|\((?:rev|prog-if) [^)]*\))/gi, '').trim();
}

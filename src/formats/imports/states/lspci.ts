// Imports `lspci -vv`: the capabilities of one device become the device of the script. The text has no ioctls, so the script has
// no lines.

import {
  bad,
  type ImportEnd,
  type ImportFormat,
  type ImportReader,
  type Outcome,
  passed,
  shown,
} from '../format.ts';
import { chosenIndex, deviceChoice, deviceGuesses, type ImportChoice } from './address.ts';
import { LspciDevice, UNNAMED } from './lspciDevice.ts';
import { type LspciLine, lspciLine } from './lspciLine.ts';
import { procRow } from './procRow.ts';

/** The output of lspci. */
export const LSPCI: ImportFormat = {
  id: 'lspci',
  label: 'lspci -vv',
  thing: 'output of lspci',
  travels: true,
  isState: true,
  over: ['proc-interrupts', 'msi-irqs'],
  mark: (text) => {
    const line = lspciLine(text);
    if (line.kind === 'msi' || line.kind === 'msix')
      return `${line.kind === 'msi' ? 'MSI' : 'MSI-X'} of lspci`;
    // a heading alone is a plain list of devices, which needs a class such as `VGA compatible controller:`
    return line.kind === 'device' && /^[A-Z][\w ./()-]+(?: \[\w{4}\])?: \S/.test(line.about)
      ? 'a device of lspci'
      : null;
  },
  begin: () => ({ open: (choices) => new LspciReader(deviceChoice(choices)) }),
};

class LspciReader implements ImportReader {
  readonly #choice: ImportChoice | undefined;
  readonly #devices: LspciDevice[] = [];
  /** The outcome of each line with the device to which it belongs. */
  readonly #lines: { readonly outcome: Outcome; readonly device: LspciDevice | null }[] = [];

  constructor(choice: ImportChoice | undefined) {
    this.#choice = choice;
  }

  add(text: string): readonly Outcome[] {
    const number = this.#lines.length + 1;
    if (text.trim() === '') {
      this.#lines.push({ outcome: passed('empty'), device: null });
      return [];
    }
    const line = lspciLine(text);
    const row = line.kind === 'other' ? procRow(text, 0) : null;
    if (row?.kind === 'irq' || row?.kind === 'cpus') {
      this.#lines.push({
        outcome: passed('a row of /proc/interrupts; open that part of the text alone'),
        device: null,
      });
      return [];
    }
    if (line.kind === 'device') this.#devices.push(new LspciDevice(line));
    const isInside = line.kind !== 'outside' && line.kind !== 'bytes';
    if (this.#devices.length === 0 && isInside && line.kind !== 'other') {
      // the excerpt begins after the heading of its device
      this.#devices.push(new LspciDevice(UNNAMED));
    }
    const device = isInside ? (this.#devices.at(-1) ?? null) : null;
    this.#lines.push({ outcome: outcomeOf(number, text, line, device), device });
    return [];
  }

  end(): ImportEnd {
    const list = this.#devices.map((device) => ({ name: device.heading.address, about: device.about() }));
    const preferred = this.#preferred();
    const chosen = this.#devices[chosenIndex(list, this.#choice, preferred.at)];
    const spec = chosen?.spec() ?? null;
    const outcomes = this.#lines.map(({ outcome, device }) =>
      device === null || device === chosen || outcome.kind === 'bad'
        ? outcome
        : passed(`another device: ${device.heading.address}`),
    );
    const assumed = chosen === undefined ? ['The text has no device of lspci.'] : [...chosen.sentences(spec)];
    const shared = chosen === undefined ? null : this.#sharedPin(chosen);
    if (shared !== null) assumed.push(shared);
    return {
      outcomes,
      device: spec,
      assumed,
      ...deviceGuesses(list, chosen?.heading.address ?? '', preferred.why, this.#choice),
    };
  }

  /** Returns a sentence about other devices on the irq of the pin, or null. */
  #sharedPin(chosen: LspciDevice): string | null {
    const irq = chosen.pinIrq;
    const others = this.#devices.filter((one) => one !== chosen && one.driver !== null && one.pinIrq === irq);
    if (irq === null || others.length === 0) return null;
    const names = others.slice(0, 4).map(({ heading, driver }) => `${heading.address} (${driver})`);
    return `Irq ${irq} of the pin is also the irq of ${names.join(', ')}: INTx fails with EBUSY unless both handlers share it.`;
  }

  /** Returns the device of vfio-pci with messages, or of vfio-pci, or with messages, or the first one. */
  #preferred(): { readonly at: number; readonly why: string } {
    const isVfio = ({ driver }: LspciDevice) => driver !== null && /^vfio[-_]|-vfio|_vfio/.test(driver);
    const tests: readonly (readonly [test: (device: LspciDevice) => boolean, why: string])[] = [
      [(device) => isVfio(device) && device.hasMessages, 'vfio-pci is bound to it'],
      [isVfio, 'vfio-pci is bound to it'],
      [(device) => device.hasMessages, 'it is the first with MSI or MSI-X'],
    ];
    for (const [test, why] of tests) {
      const at = this.#devices.findIndex(test);
      if (at >= 0) return { at, why };
    }
    return { at: 0, why: 'it is the first one' };
  }
}

function outcomeOf(number: number, text: string, line: LspciLine, device: LspciDevice | null): Outcome {
  if (line.kind === 'broken') return bad(number, line.column, line.expected, shown(line.found));
  if (line.kind === 'bytes') return passed('bytes of config space, which are not read');
  if (line.kind === 'outside' || device === null) {
    return passed(
      /msi|intx|interrupt/i.test(text) ? 'not read: no line of lspci' : 'text outside of a device',
    );
  }
  const said = device.take(line);
  if ('why' in said) return passed(said.why);
  return bad(number, text.length - text.trimStart().length + 1, said.expected, said.found);
}

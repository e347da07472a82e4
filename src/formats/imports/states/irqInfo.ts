// Imports logs of VMMs and of DPDK that show the answers of GET_IRQ_INFO: they become irq_info operations with the observed flags
// and count as notes, and the device that gives these answers. Error lines about interrupts are explained.

import { VFIO_PCI_MSIX_IRQ_INDEX, VFIO_PCI_NUM_IRQS } from '../../../uapi/vfio.ts';
import {
  bad,
  became,
  type ImportEnd,
  type ImportFormat,
  type ImportReader,
  type Outcome,
  shown,
} from '../format.ts';
import { Ledger } from '../ledger.ts';
import {
  addressIn,
  chosenIndex,
  deviceChoice,
  deviceGuesses,
  type ImportChoice,
  type ImportDevice,
} from './address.ts';
import { infoDevice, infoSentences } from './irqInfoDevice.ts';
import { type IrqInfo, type IrqInfoLine, irqInfoLine } from './irqInfoLine.ts';
import { explain } from './passage.ts';
import { VMM_MESSAGES } from './vmmMessages.ts';

/** Logs with the answers of GET_IRQ_INFO, or with errors of interrupts. */
export const IRQ_INFO: ImportFormat = {
  id: 'irq-info',
  label: 'Log of a VMM or DPDK with IRQ info',
  thing: 'log with IRQ info',
  travels: true,
  isState: true,
  mark: (text) => {
    const line = irqInfoLine(text);
    if (line.kind === 'begin') return `IRQ #${line.index}`;
    if (line.kind === 'whole') return 'flags and count of an irq index';
    return explain(VMM_MESSAGES, text) === null ? null : 'a message about interrupts of vfio';
  },
  begin: () => {
    // the names of the devices are known after the whole text
    const looked = new IrqInfoReader(undefined, []);
    return {
      look: (text) => void looked.add(text),
      open: (choices) => new IrqInfoReader(deviceChoice(choices), looked.devices()),
    };
  },
};

/** An index whose fields follow. */
interface Begun {
  /** The line of `IRQ #`, which stays undecided until the count. */
  readonly line: number;
  index: number;
  flags: number | null;
}

function unfinished(line: number): Outcome {
  return bad(line, 1, 'flag, index and count of this index in the lines after it', 'no count');
}

/** The answers of one device of the log. */
interface Answers {
  readonly name: string;
  readonly infos: Map<number, IrqInfo>;
  /** Indexes for which GET_IRQ_INFO failed. */
  readonly failed: Set<number>;
}

class IrqInfoReader implements ImportReader {
  readonly #ledger = new Ledger(unfinished);
  readonly #devices: Answers[] = [];
  /** The index of the device whose answers become operations. */
  readonly #chosen: number;
  readonly #choice: ImportChoice | undefined;
  #begun: Begun | null = null;
  #inRegion = false;
  /** The address that the log named last. */
  #address: string | null = null;
  #deviceId: string | null = null;
  #explained = 0;

  constructor(choice: ImportChoice | undefined, known: readonly ImportDevice[]) {
    this.#choice = choice;
    this.#chosen = chosenIndex(known, choice, 0);
  }

  add(text: string): readonly Outcome[] {
    const line = this.#ledger.next();
    if (text.trim() === '') this.#ledger.pass(line, 'empty');
    else this.#line(line, text);
    return this.#ledger.take();
  }

  end(): ImportEnd {
    const outcomes = this.#ledger.end();
    const devices = this.devices();
    const chosen = this.#devices[this.#chosen] ?? this.#devices[0];
    const answers = chosen ?? { name: '', infos: new Map<number, IrqInfo>(), failed: new Set<number>() };
    const about = {
      ...answers,
      address: addressIn(answers.name) ?? (devices.length === 1 ? this.#address : null),
      id: this.#deviceId,
    };
    return {
      outcomes,
      device: infoDevice(about),
      assumed: infoSentences({ ...about, explained: this.#explained }),
      ...deviceGuesses(devices, answers.name, 'it is the first one', this.#choice),
    };
  }

  /** Returns the devices of the text so far. */
  devices(): readonly ImportDevice[] {
    return this.#devices.map(({ name, infos }) => {
      const vectors = infos.get(VFIO_PCI_MSIX_IRQ_INDEX)?.count;
      return { name, about: vectors === undefined ? `${infos.size} indexes` : `MSI-X ${vectors}` };
    });
  }

  #line(line: number, text: string): void {
    const read = irqInfoLine(text);
    const message = read.kind === 'whole' || read.kind === 'begin' ? null : explain(VMM_MESSAGES, text);
    const address = addressIn(text);
    if (address !== null) this.#address = address;
    if (message !== null) {
      this.#message(line, text, message.why);
      return;
    }
    switch (read.kind) {
      case 'region':
        this.#inRegion = true;
        this.#ledger.pass(line, 'a region of the device, no interrupt');
        return;
      case 'begin':
        this.#inRegion = false;
        this.#giveUp();
        this.#begun = { line, index: read.index, flags: null };
        return;
      case 'field':
        this.#field(line, read);
        return;
      case 'whole':
        this.#inRegion = false;
        this.#info(line, read.info, line);
        return;
      case 'bad':
        if (this.#begun === null && !/IRQ #/.test(text)) this.#other(line, text);
        else this.#ledger.decide(line, () => bad(line, read.column, read.expected, shown(read.found)));
        return;
      case 'none':
        this.#other(line, text);
    }
  }

  /** Decides a begun index whose count does not come. */
  #giveUp(): void {
    const line = this.#begun?.line;
    if (line !== undefined) this.#ledger.decide(line, () => unfinished(line));
  }

  #other(line: number, text: string): void {
    const isAbout = /\b(?:irq|irqs|msi|msix|msi-x|intx|eventfd|interrupts?)\b/i.test(text);
    this.#ledger.pass(
      line,
      isAbout ? 'a line about interrupts in a form that irqscope does not know' : 'another line of the log',
    );
  }

  #message(line: number, text: string, why: string): void {
    this.#explained++;
    const failed = /irq info for index (\d+)/i.exec(text)?.[1];
    if (failed !== undefined) this.#answers(Number(failed)).failed.add(Number(failed));
    this.#deviceId ??= /\(([\da-f]{4}:[\da-f]{4})\) device:/i.exec(text)?.[1]?.toLowerCase() ?? null;
    this.#ledger.pass(line, why);
  }

  #field(line: number, { name, value }: Extract<IrqInfoLine, { readonly kind: 'field' }>): void {
    const begun = this.#begun;
    if (begun === null || this.#inRegion) {
      this.#ledger.pass(
        line,
        this.#inRegion ? 'a region of the device, no interrupt' : 'a field without its index',
      );
      return;
    }
    if (name !== 'count') {
      if (name === 'flags') begun.flags = value;
      else begun.index = value;
      this.#ledger.pass(
        line,
        name === 'flags' ? `flags 0x${value.toString(16)} of this index` : `index ${value}`,
      );
      return;
    }
    this.#begun = null;
    if (begun.flags === null) {
      this.#ledger.decide(line, () =>
        bad(line, 1, 'the flags of this index before its count', `count ${value}`),
      );
      this.#ledger.pass(begun.line, `index ${begun.index}, without flags`);
      return;
    }
    this.#info(line, { index: begun.index, flags: begun.flags, count: value }, begun.line);
  }

  #info(line: number, info: IrqInfo, begin: number): void {
    const { index, flags, count } = info;
    if (begin !== line) this.#ledger.pass(begin, `index ${index}, continued in line ${line}`);
    if (index >= VFIO_PCI_NUM_IRQS) {
      this.#ledger.decide(line, () => bad(line, 1, 'an index from 0 to 4', String(index)));
      return;
    }
    const answers = this.#answers(index);
    answers.infos.set(index, info);
    if (this.#devices[this.#chosen] !== answers) {
      this.#ledger.pass(line, `another device: ${answers.name}`);
      return;
    }
    const traced = [{ ret: 0, errno: null, out: { flags, count } }];
    this.#ledger.decide(line, () => became([{ op: 'irq_info', index }], { traced }));
  }

  /** Returns the answers of the current device; an index that it has already begins the next device. */
  #answers(index: number): Answers {
    const last = this.#devices.at(-1);
    const isNew = last === undefined || last.infos.has(index) || last.failed.has(index);
    const isOther =
      last !== undefined &&
      this.#address !== null &&
      addressIn(last.name) !== null &&
      last.name !== this.#address;
    if (!isNew && !isOther && last !== undefined) return last;
    const used = this.#devices.some(({ name }) => name === this.#address);
    const name = this.#address === null || used ? `device ${this.#devices.length + 1}` : this.#address;
    const made = { name, infos: new Map<number, IrqInfo>(), failed: new Set<number>() };
    this.#devices.push(made);
    return made;
  }
}

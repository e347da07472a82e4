// Imports kernel logs (dmesg, the journal): known messages about vfio, irqs and remapping are explained, and the stack of a fault
// is read by function. A log has no ioctls, so the script has no lines.

import {
  bad,
  type ImportEnd,
  type ImportFormat,
  type ImportReader,
  type Outcome,
  passed,
  shown,
} from '../format.ts';
import {
  addressIn,
  chosenIndex,
  deviceChoice,
  deviceGuesses,
  type ImportChoice,
  type ImportDevice,
} from './address.ts';
import { KernelFacts } from './kernelFacts.ts';
import { frameWords, isVfioInterrupt, stackFrame } from './kernelFrames.ts';
import { isCutTime, kernelLine } from './kernelLine.ts';
import { KERNEL_MESSAGES, type KernelMessage } from './kernelMessages.ts';
import { EXAMINED, explain } from './passage.ts';

/** Matches lines of kernel probes and of QEMU, which may contain the names of the same functions. */
const OTHER_FORMATS =
  /^# vfio-irqs |\bset_irqs tid=|\bflags=\S+ index=\S+|\bvfio_\w+ +\((?:[\da-f]{4}:)?[\da-f]{2}:|\bvfio_\w+ [\d.]+ pid=|\([\w.]+\+0x[\da-f]+\/0x[\da-f]+ \[\w+\]\)|\bioctl\(\d/;

/** Kernel logs. */
export const KERNEL_LOG: ImportFormat = {
  id: 'kernel-log',
  label: 'Kernel log (dmesg)',
  thing: 'kernel log',
  travels: true,
  isState: true,
  mark: (text) => {
    if (OTHER_FORMATS.test(text.slice(0, EXAMINED))) return null;
    const { message } = kernelLine(text);
    const frame = stackFrame(message);
    if (frame !== null) return isVfioInterrupt(frame.fn) ? `a stack frame of ${frame.fn}` : null;
    const known = explain(KERNEL_MESSAGES, message);
    return known?.entry.isSign === true ? `“${shown(known.groups[0] ?? '', 40)}”` : null;
  },
  begin: () => {
    // the names of the devices are known after the whole text
    const looked = new KernelLogReader(undefined, []);
    return {
      look: (text) => void looked.add(text),
      open: (choices) => new KernelLogReader(deviceChoice(choices), looked.devices()),
    };
  },
};

/** Beginnings of messages that must be complete. */
const UNFINISHED: readonly (readonly [start: RegExp, expected: string])[] = [
  [/irq bypass producer\b/, 'irq bypass producer (token …) registration fails: and an errno'],
  [/Flags mismatch irq\b/, 'Flags mismatch irq 16. 00000000 (name) vs. 00000080 (name)'],
];

class KernelLogReader implements ImportReader {
  readonly #facts = new KernelFacts();
  readonly #choice: ImportChoice | undefined;
  readonly #known: readonly ImportDevice[];
  /** The number of lines of vfio for each device. */
  readonly #devices = new Map<string, number>();
  #line = 0;
  /** The functions of the current call trace, or null outside of one. */
  #trace: string[] | null = null;
  /** The function of the last fault: a call trace begins with its caller. */
  #faulty: string | null = null;

  constructor(choice: ImportChoice | undefined, known: readonly ImportDevice[]) {
    this.#choice = choice;
    this.#known = known;
  }

  add(text: string): readonly Outcome[] {
    this.#line++;
    return [this.#outcome(text)];
  }

  end(): ImportEnd {
    this.#endTrace();
    const devices = this.devices();
    const focus = devices.findIndex(({ name }) => name === this.#facts.focus);
    const device = devices[chosenIndex(devices, this.#choice, Math.max(0, focus))]?.name ?? null;
    return {
      outcomes: [],
      device: this.#facts.spec(device),
      assumed: this.#facts.sentences(device),
      ...deviceGuesses(devices, device ?? '', 'the log says most about it', this.#choice),
    };
  }

  /** Returns the devices of vfio, the one with most lines first. */
  devices(): readonly ImportDevice[] {
    return [...this.#devices]
      .sort(([, a], [, b]) => b - a)
      .map(([name, lines]) => ({ name, about: `${lines} line${lines === 1 ? '' : 's'} of the log` }));
  }

  #outcome(text: string): Outcome {
    if (text.trim() === '') return passed('empty');
    if (isCutTime(text)) return bad(this.#line, text.length + 1, 'a message after its time', shown(''));
    const { message, column } = kernelLine(text);
    if (message.trim() === '') return passed('empty');
    const frame = stackFrame(message);
    if (frame !== null) return this.#frame(frame.fn, frame.isUnsure);
    const device = /vfio/.test(message) ? addressIn(message) : null;
    if (device !== null) this.#devices.set(device, (this.#devices.get(device) ?? 0) + 1);
    const chosen =
      this.#choice === undefined
        ? null
        : (this.#known[chosenIndex(this.#known, this.#choice, -1)]?.name ?? null);
    if (device !== null && chosen !== null && device !== chosen) return passed(`another device: ${device}`);
    const known = explain(KERNEL_MESSAGES, message.trim());
    const unfinished = UNFINISHED.find(([start]) => start.test(message));
    if (unfinished !== undefined && (known === null || known.entry.fact === null)) {
      return bad(this.#line, column, unfinished[1], shown(message));
    }
    if (known === null) return passed(unknownWords(message));
    this.#fact(known.entry.fact, known.groups, device);
    return passed(known.why);
  }

  #frame(fn: string, isUnsure: boolean): Outcome {
    this.#trace ??= this.#faulty === null ? [] : [this.#faulty];
    this.#faulty = null;
    if (!isUnsure) this.#trace.push(fn);
    const words = frameWords(fn);
    const unsure = isUnsure ? ' (perhaps left on the stack by an earlier call)' : '';
    return passed(words === null ? `a call outside of vfio: ${shown(fn, 40)}` : `${fn}: ${words}${unsure}`);
  }

  #endTrace(): void {
    const isFirst = this.#facts.stack.length === 0;
    if (isFirst && this.#trace?.some(isVfioInterrupt) === true) this.#facts.stack = this.#trace;
    this.#trace = null;
  }

  #fact(fact: KernelMessage['fact'], groups: readonly string[], device: string | null): void {
    const facts = this.#facts;
    const [, first = '', second = '', third = '', fourth = '', fifth = ''] = groups;
    switch (fact) {
      case 'bypass':
        facts.bypass = { device, ret: Number(second) };
        facts.focus = device;
        return;
      case 'flags-mismatch':
        facts.mismatch = {
          irq: Number(first),
          flags: Number.parseInt(second, 16),
          name: third,
          held: Number.parseInt(fourth, 16),
          holder: fifth,
        };
        facts.focus = device;
        return;
      case 'nobody-cared':
        facts.nobody = Number(first);
        return;
      case 'list-corruption':
        facts.listCorruption = true;
        return;
      case 'remapping-on':
      case 'remapping-off':
        facts.remapping = fact === 'remapping-on';
        return;
      case 'gic':
        facts.isGic = true;
        return;
      case 'no-intx':
        if (device !== null) facts.noIntx.add(device);
        return;
      case 'release':
        facts.release = first;
        return;
      case 'fault':
        this.#faulty = first;
        return;
      case 'stack':
        this.#endTrace();
        return;
      case null:
    }
  }
}

function unknownWords(message: string): string {
  if (/vfio|irqbypass|irq_bypass/.test(message)) return 'a message of vfio that irqscope does not know';
  if (/\b(?:irq|msi|msix|msi-x|intx|interrupts?)\b/i.test(message))
    return 'a message about interrupts that irqscope does not know';
  return 'another message of the kernel';
}

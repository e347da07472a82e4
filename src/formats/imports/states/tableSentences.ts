// The assumptions of a script that is made from a table of irqs, and what the table cannot say.

import type { ExpectedState } from '../../../session/expectedState.ts';
import { areConsecutive, type ChipFacts, FIRST_FD, type PlacedIrq } from './tableScript.ts';

/** What a text says. */
interface Table extends Pick<ExpectedState, 'device' | 'saysHandlers' | 'listsAll'> {
  readonly irqs: readonly PlacedIrq[];
  readonly chips: ChipFacts;
  /** The files of the listing say msi or msix. */
  readonly isModeKnown: boolean;
  /** The device has no msi_irqs. */
  readonly isAbsent: boolean;
  /** The other handlers on the irq of the pin. */
  readonly pinNames: readonly string[];
}

const RECORD = '“bpftrace vfio-irqs.bt PID” records the ioctls while the program runs.';

/** Returns the sentences, the most important first. */
export function tableSentences(table: Table): readonly string[] {
  const { irqs, saysHandlers, listsAll } = table;
  const device = table.device ?? 'ADDRESS';
  const [first] = irqs;
  if (first === undefined) {
    if (table.isAbsent)
      return [
        'The folder msi_irqs exists only while MSI or MSI-X is enabled: no ioctl has enabled either, or it was disabled again.',
      ];
    return [
      `The text has no irq of vfio-pci: no eventfd is bound, or another driver has the device, which “lspci -nnk -s ${device}” says.`,
    ];
  }
  const highest = Math.max(...irqs.map(({ at }) => at));
  const sentences: string[] = [];
  if (first.mode === 'intx') {
    sentences.push(
      `The text shows a state, not ioctls: the script binds eventfd ${FIRST_FD} to INTx. ${RECORD}`,
    );
    if (table.pinNames.length > 0)
      sentences.push(
        `Irq ${first.irq} also has ${shortList(table.pinNames)}, so both handlers asked for IRQF_SHARED, and the interrupt disable bit of the device works.`,
      );
  } else {
    const name = first.mode === 'msix' ? 'MSI-X' : 'MSI';
    sentences.push(
      `The text shows a state, not ioctls: the script enables ${name} with ${highest + 1} vector${highest === 0 ? '' : 's'}, up to the highest in the text, and binds eventfd ${FIRST_FD} + n to vector n; ${listsAll ? 'which of them the enabling call allocated' : 'the number of vectors that the enabling call allocated'} is unknown. ${RECORD}`,
    );
  }
  sentences.push(...unsaid(table, device));
  if (first.mode !== 'intx') {
    if (saysHandlers && !listsAll) {
      sentences.push(
        `/proc/interrupts shows an irq only with a handler or with a count, so a vector that is allocated and cached is missing; “ls /sys/bus/pci/devices/${device}/msi_irqs” lists every allocated irq.`,
      );
    }
    sentences.push(
      `The number of vectors of the device is not in the text; “lspci -vv -s ${device}” shows it.`,
    );
  }
  if (!areConsecutive(irqs))
    sentences.push(
      'The irq numbers have gaps that do not follow the vectors; the model numbers its irqs in the order of vectors.',
    );
  sentences.push(...chipSentences(table.chips));
  return sentences;
}

function unsaid({ saysHandlers, listsAll, irqs, isModeKnown }: Table, device: string): readonly string[] {
  if (!listsAll) return [];
  if (!saysHandlers) {
    const sentences = [
      'msi_irqs lists allocated irqs, with and without a handler; the script binds an eventfd to each one, in the order of their numbers. “grep vfio /proc/interrupts” shows those with a handler and their vectors.',
    ];
    if (!isModeKnown)
      sentences.push(
        `The text does not say MSI or MSI-X; the script uses MSI-X. “grep . /sys/bus/pci/devices/${device}/msi_irqs/*” says it.`,
      );
    return sentences;
  }
  const cached = irqs.filter(({ handler }) => !handler).map(({ irq }) => irq);
  return cached.length === 0
    ? []
    : [
        `Irq${cached.length === 1 ? '' : 's'} ${shortList(cached.map(String))} ${cached.length === 1 ? 'is' : 'are'} allocated and cached: msi_irqs lists ${cached.length === 1 ? 'it' : 'them'}, and /proc/interrupts shows no handler.`,
      ];
}

function chipSentences({ controller, remapping }: ChipFacts): readonly string[] {
  if (controller === 'gic')
    return [
      'The irq chip is one of a GIC (arm64), whose domain cannot allocate vectors while MSI-X is enabled.',
    ];
  if (remapping === null) return [];
  return remapping
    ? ['The irq chip begins with IR-, so interrupt remapping is on.']
    : ['The irq chip does not begin with IR-, so interrupt remapping is off.'];
}

function shortList(words: readonly string[]): string {
  const some = words.slice(0, 8).join(', ');
  return words.length > 8 ? `${some} and ${words.length - 8} more` : some;
}

// The command line that runs the same search outside the page.

import { idWord } from '../../kernel/generations/policies.ts';
import {
  ALPHABET_PARTS,
  type AlphabetPart,
  type SearchSetup,
  USUAL_DEVICE,
  usedModes,
} from '../../session/search.ts';

/** Parts of the alphabet with their names on the command line. */
export type PartWords = readonly (readonly [AlphabetPart, string])[];

/** The parts that the command line leaves out by default; `--with` adds them. */
export const ADDED_PARTS: PartWords = [
  ['raise', 'raise'],
  ['loopback', 'loopback'],
  ['disable', 'disable'],
  ['count0', 'count-zero'],
  ['close', 'close'],
  ['reset', 'reset'],
  ['faults', 'faults'],
  ['mask', 'mask'],
  ['unmaskfd', 'unmask-fd'],
  ['bool', 'bool'],
];

/** The parts that it includes by default; `--without` leaves them out. */
export const LEFT_OUT_PARTS: PartWords = [
  ['unbind', 'minus-one'],
  ['bad', 'bad-fd'],
];

function option(name: string, parts: readonly AlphabetPart[], words: PartWords): readonly string[] {
  const chosen = parts.flatMap((part) => words.flatMap(([known, word]) => (known === part ? [word] : [])));
  return chosen.length === 0 ? [] : [`${name} ${chosen.join(',')}`];
}

function deviceOptions({ device }: SearchSetup): readonly string[] {
  const { model, intx, pcie, maskable, raise } = device;
  const flag = (name: string, value: boolean | null) =>
    value === null ? [] : [`--${name} ${value ? 'yes' : 'no'}`];
  return [
    ...(model === USUAL_DEVICE.model ? [] : [`--device ${model}`]),
    ...flag('pin', intx),
    ...flag('pcie', pcie),
    ...flag('maskable', maskable),
    ...(raise === null ? [] : [`--raise ${raise}`]),
  ];
}

/** Returns the command, for instance `npm run --silent irqscope -- explore --generation v3 …`. */
export function commandLine(setup: SearchSetup, twoKernels: boolean): string {
  const { generation, against, vectors, msi, irqs, cpuVectors, dynamic } = setup;
  const { asked, parts, maxDepth } = setup;
  const modes = usedModes(setup).map(({ mode }) => mode);
  return [
    'npm run --silent irqscope -- explore',
    `--generation ${idWord(generation)}`,
    ...(twoKernels && against !== null ? [`--against ${idWord(against)}`] : []),
    ...(modes.join() === 'msix' ? [] : [`--modes ${modes.join(',')}`]),
    `--vectors ${vectors}`,
    ...(msi === 0 ? [] : [`--msi-vectors ${msi}`]),
    ...deviceOptions(setup),
    ...(irqs === null ? [] : [`--irqs ${irqs}`]),
    ...(cpuVectors === null ? [] : [`--cpu-vectors ${cpuVectors}`]),
    ...(dynamic ? [] : ['--no-dynamic']),
    `--fds ${setup.eventfds}`,
    `--block ${setup.block}`,
    ...option('--with', parts, ADDED_PARTS),
    ...option(
      '--without',
      ALPHABET_PARTS.filter((part) => !parts.includes(part)),
      LEFT_OUT_PARTS,
    ),
    asked.kind === 'named' ? `--question ${asked.id}` : `--where '${asked.text.replaceAll("'", `'\\''`)}'`,
    ...(maxDepth === null ? [] : [`--max-depth ${maxDepth}`]),
    `--max-states ${setup.maxStates}`,
  ].join(' ');
}

// The command line that runs the same search outside the page.

import { idWord } from '../../kernel/generations/policies.ts';
import { ALPHABET_PARTS, type AlphabetPart, type SearchSetup } from '../../session/search.ts';

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

/** Returns the command, for instance `npm run --silent irqscope -- explore --generation v3 …`. */
export function commandLine(setup: SearchSetup, twoKernels: boolean): string {
  const { generation, against, vectors, irqs, cpuVectors, dynamic, asked, parts, maxDepth } = setup;
  return [
    'npm run --silent irqscope -- explore',
    `--generation ${idWord(generation)}`,
    ...(twoKernels && against !== null ? [`--against ${idWord(against)}`] : []),
    `--vectors ${vectors}`,
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
    asked.kind === 'named' ? `--question ${asked.id}` : `--where '${asked.text}'`,
    ...(maxDepth === null ? [] : [`--max-depth ${maxDepth}`]),
    `--max-states ${setup.maxStates}`,
  ].join(' ');
}

// A search as the command line that makes the same one without the page.

import { ALPHABET_PARTS, type AlphabetPart, type SearchSetup } from '../../session/search.ts';

type Words = Readonly<Partial<Record<AlphabetPart, string>>>;

/** What the command line calls the parts that it leaves out when nothing is said. */
const WITH: Words = {
  disable: 'disable',
  loopback: 'loopback',
  raise: 'raise',
  count0: 'count-zero',
  close: 'close',
  reset: 'reset',
  faults: 'faults',
};

/** And those that it has when nothing is said. */
const WITHOUT: Words = { unbind: 'minus-one', bad: 'bad-fd' };

function option(name: string, parts: readonly AlphabetPart[], words: Words): readonly string[] {
  const said = parts.flatMap((part) => words[part] ?? []);
  return said.length === 0 ? [] : [`${name} ${said.join(',')}`];
}

/** The command, for instance `npm run --silent irqscope -- explore --generation v3 …`. */
export function commandLine(setup: SearchSetup, twoKernels: boolean): string {
  const { generation, against, vectors, irqs, cpuVectors, dynamic, asked, parts, maxDepth } = setup;
  return [
    'npm run --silent irqscope -- explore',
    `--generation ${generation}`,
    ...(twoKernels && against !== null ? [`--against ${against}`] : []),
    `--vectors ${vectors}`,
    ...(irqs === null ? [] : [`--irqs ${irqs}`]),
    ...(cpuVectors === null ? [] : [`--cpu-vectors ${cpuVectors}`]),
    ...(dynamic ? [] : ['--no-dynamic']),
    `--fds ${setup.eventfds}`,
    `--block ${setup.block}`,
    ...option('--with', parts, WITH),
    ...option(
      '--without',
      ALPHABET_PARTS.filter((part) => !parts.includes(part)),
      WITHOUT,
    ),
    asked.kind === 'named' ? `--question ${asked.id}` : `--where '${asked.text}'`,
    ...(maxDepth === null ? [] : [`--max-depth ${maxDepth}`]),
    `--max-states ${setup.maxStates}`,
  ].join(' ');
}

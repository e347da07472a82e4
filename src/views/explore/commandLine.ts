// A search as the command line that makes the same one without the page.

import type { SearchSetup } from '../../session/search.ts';

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
    `--eventfds ${setup.eventfds}`,
    `--block ${setup.block}`,
    ...(parts.length === 0 ? [] : [`--ops ${parts.join(',')}`]),
    asked.kind === 'named' ? `--question ${asked.id}` : `--where '${asked.text}'`,
    ...(maxDepth === null ? [] : [`--max-depth ${maxDepth}`]),
    `--max-states ${setup.maxStates}`,
  ].join(' ');
}

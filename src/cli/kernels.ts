// `irqscope kernels`: lists the kernels with their facts.

import { KERNELS, type NamedKernel } from '../kernel/kernels.ts';
import {
  designText,
  evidenceText,
  kernelFacts,
  postingText,
  readFactsText,
  sinceText,
} from '../text/kernels.ts';
import { releaseWords } from '../text/releaseFacts.ts';
import { parseArguments, wrongUse } from './arguments.ts';

/** Prints every kernel with its facts, evidence and sources; with --json as one array. */
export function kernelsCommand(args: readonly string[]): number {
  const parsed = parseArguments(args, ['kernel'], false);
  if (!parsed.ok) return wrongUse(parsed);
  const { json, kernel } = parsed.value;
  const listed = KERNELS.filter((one) => kernel === null || one === kernel);
  const text = json
    ? `${JSON.stringify(listed.map(kernelJson), null, 1)}\n`
    : listed.map(kernelText).join('\n');
  process.stdout.write(text);
  return 0;
}

function kernelJson(kernel: NamedKernel): object {
  const { id, label, generation, release, isRelease, offered } = kernel;
  const facts = new Map<string, unknown>(Object.entries(release.facts));
  return {
    id,
    label,
    generation,
    release: release.id,
    version: release.version,
    isRelease,
    offered,
    posting: postingText(kernel),
    sinceMsix: sinceText(kernel),
    facts: Object.fromEntries(
      releaseWords(release.id).rows.map(({ name, evidence, source }) => [
        name,
        { value: facts.get(name), evidence, source },
      ]),
    ),
  };
}

function kernelText(kernel: NamedKernel): string {
  const rows = kernelFacts(kernel);
  const width = Math.max(...rows.map(({ name }) => name.length));
  const posting = postingText(kernel);
  return [
    `${kernel.id}: ${kernel.label}, ${designText(kernel)}, ${evidenceText(kernel)}; facts: ${readFactsText(rows)}`,
    ...(posting === null ? [] : [`  ${posting}`]),
    `  ${sinceText(kernel)}`,
    ...rows.map(
      ({ name, value, evidence, source }) =>
        `  ${name.padEnd(width)}  ${value.padEnd(12)}  ${evidence}: ${source}`,
    ),
    '',
  ].join('\n');
}

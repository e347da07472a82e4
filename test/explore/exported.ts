// Problems for the tests and the bench of exported models, from a short description.
import { type AlphabetSpec, alphabetOf, USUAL_ALPHABET } from '../../src/explore/alphabet.ts';
import type { Problem, Side } from '../../src/explore/problem.ts';
import { questionById } from '../../src/explore/questions.ts';
import { printLine } from '../../src/formats/notation/printLine.ts';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { generation } from '../../src/kernel/generations/index.ts';
import type { Line } from '../../src/kernel/line.ts';
import { recordedPreset } from '../../src/kernel/presets.ts';
import { run } from '../../src/kernel/run.ts';
import { bootMachine } from '../../src/machine/boot.ts';
import type { Device } from '../../src/machine/device.ts';
import { deviceByName } from '../../src/machine/devices.ts';
import type { Host } from '../../src/machine/host.ts';
import { scriptLine } from '../../src/session/session.ts';

/** Returns a line as the exported models print it. */
export function inNotation(line: Line): string {
  return printLine(scriptLine(line));
}

/** Returns a device of the catalogue with another number of MSI-X vectors. */
function deviceWith(name: string, vectors: number): Device {
  const device = deviceByName(name);
  if (device?.msix === undefined || device.msix === null) throw new Error(`${name} has no MSI-X`);
  return { ...device, msix: { ...device.msix, vectors } };
}

/** Returns a problem for one kernel or two, with changes of the usual alphabet and host, and a question by id. */
export function problemOf(
  ids: GenerationId | readonly [GenerationId, GenerationId],
  alphabet: Partial<AlphabetSpec>,
  host: Partial<Host> = {},
  question = 'count-states',
  device = 'nvme',
): Problem {
  const spec = { ...USUAL_ALPHABET, ...alphabet };
  const { setUp, lines } = alphabetOf(spec);
  const side = (id: GenerationId): Side => {
    const facts = { ...recordedPreset(id).host, ...host };
    let start = bootMachine(deviceWith(device, spec.vectors), facts);
    for (const line of setUp) start = run(generation(id), start, line).after;
    return { generation: generation(id), start };
  };
  const found = questionById(question);
  if (!found.ok) throw new Error(`no question ${question}`);
  return {
    sides: typeof ids === 'string' ? [side(ids)] : [side(ids[0]), side(ids[1])],
    alphabet: lines,
    question: found.value,
    bounds: { maxDepth: null, maxStates: 10_000_000 },
  };
}

// Makes a problem of a search that a person describes in the form of the page or on the command line.

import { failed, ok, type Result } from '../base/result.ts';
import type { Generation } from '../kernel/generations/generation.ts';
import type { NamedKernel } from '../kernel/kernels.ts';
import type { Line } from '../kernel/line.ts';
import { run } from '../kernel/run.ts';
import { deviceByName } from '../machine/devices.ts';
import { onKernel } from '../session/deviceSpec.ts';
import { type DeviceSpec, unchangedDevice } from '../session/script.ts';
import { scriptMachine } from '../session/scriptMachine.ts';
import type { AlphabetPart, SearchDevice } from '../session/search.ts';
import type { NamedFact } from '../session/setupFacts.ts';
import { type AlphabetSpec, alphabetOf, modesOf, USUAL_FAULTS } from './alphabet.ts';
import { MOST_ATOMS } from './askedPredicate.ts';
import { atomUses, kernelsIn, type Predicate } from './predicate.ts';
import { parseComposed } from './predicateText.ts';
import type { Bounds, Problem, Side } from './problem.ts';
import type { Question } from './questions.ts';

/** A kernel of a search, and its device and host as a script names them. */
interface AskedSide {
  readonly generation: Generation;
  readonly device: DeviceSpec;
}

/** One kernel, or two that run the same operations. */
export type AskedSides = readonly [AskedSide] | readonly [AskedSide, AskedSide];

/** A search: kernels, operations, question and limits. */
export interface AskedSearch {
  readonly sides: AskedSides;
  readonly alphabet: AlphabetSpec;
  readonly question: Question;
  readonly bounds: Bounds;
}

/** The operations of a search. */
interface AskedOperations {
  readonly mode: AlphabetSpec['mode'];
  readonly vectors: number;
  /** Further modes. */
  readonly also?: AlphabetSpec['also'];
  readonly eventfds: number;
  readonly block: number;
  readonly parts: readonly AlphabetPart[];
}

/** The device and host of a search. */
interface AskedHost {
  /** The name of a device of the catalogue; it gets as many vectors as the operations use. */
  readonly model: string;
  /** Other facts of the device, and the exact numbers of its vectors: 0 for a capability that it lacks. */
  readonly device?: Omit<SearchDevice, 'model'> & { readonly msix: number; readonly msi: number };
  readonly dynamic: boolean;
  readonly irqs: number | null;
  readonly cpuVectors: number | null;
}

/** Returns the description of the alphabet. */
export function askedAlphabet({
  mode,
  vectors,
  also = [],
  eventfds,
  block,
  parts,
}: AskedOperations): AlphabetSpec {
  const has = (part: AlphabetPart) => parts.includes(part);
  return {
    mode,
    vectors,
    also,
    maxBlock: block,
    goodFds: eventfds,
    minusOne: has('unbind'),
    badFd: has('bad'),
    countZero: has('count0'),
    disable: has('disable'),
    loopback: has('loopback'),
    raise: has('raise'),
    close: has('close'),
    reset: has('reset'),
    mask: has('mask'),
    unmaskFd: has('unmaskfd'),
    bool: has('bool'),
    faults: has('faults') ? USUAL_FAULTS : [],
  };
}

/** Returns the device and host of one kernel. Without a named kernel it has the facts of the generation's recorded one. */
export function askedSide(
  generation: Generation,
  kernel: NamedKernel | null,
  { model, device: facts, dynamic, irqs, cpuVectors }: AskedHost,
  alphabet: Pick<AlphabetSpec, 'mode' | 'vectors' | 'also'>,
): AskedSide {
  const counts = modesOf(alphabet).filter(({ mode }) => mode !== 'intx');
  const device: DeviceSpec = {
    ...unchangedDevice(model),
    ...Object.fromEntries(counts.map(({ mode, vectors }) => [mode, vectors])),
    ...(facts === undefined ? {} : deviceFacts(model, facts)),
    generation: generation.id,
    noDyn: !dynamic,
    irqs,
    cpuVectors,
  };
  return { generation, device: kernel === null ? device : onKernel(device, kernel) };
}

/** Returns the facts of a device as its script names them; a capability that the model lacks too needs no word. */
function deviceFacts(
  model: string,
  { msix, msi, intx, pcie, maskable, raise }: NonNullable<AskedHost['device']>,
): Pick<DeviceSpec, 'msix' | 'msi' | 'intx' | 'facts'> {
  const known = deviceByName(model);
  const facts: readonly NamedFact[] = [
    ...(maskable === null || msi === 0 ? [] : [{ path: 'device.msi.maskable', value: maskable }]),
    ...(pcie === null ? [] : [{ path: 'device.pcie', value: pcie }]),
    ...(raise === null ? [] : [{ path: 'device.raise', value: raise }]),
  ];
  const absent = (vectors: number, capability: unknown) =>
    vectors === 0 && capability === null ? null : vectors;
  const counts = { msix: absent(msix, known?.msix), msi: absent(msi, known?.msi) };
  return { ...counts, intx, ...(facts.length === 0 ? {} : { facts }) };
}

/** Parses a typed predicate about one kernel or two. With `beside`, which is about one, both have to be true in one step. */
export function askedPredicate(text: string, beside: Predicate | null): Result<Predicate> {
  const parsed = parseComposed(text);
  if (!parsed.ok) return parsed;
  if (beside !== null && kernelsIn(parsed.value) === 2) {
    const expected = 'a predicate about one kernel, as the question beside it';
    return failed({ at: { column: 1 }, expected, found: 'a predicate about two' });
  }
  const where = beside === null ? parsed.value : { all: [beside, parsed.value] };
  const words = atomUses(where).length;
  if (words <= MOST_ATOMS) return ok(where);
  return failed({ at: { column: 1 }, expected: `at most ${MOST_ATOMS} predicates`, found: String(words) });
}

/** Returns the problem, and the lines that open its eventfds. Fails for a device that the catalogue does not have. */
export function problemOf({ sides, alphabet, question, bounds }: AskedSearch): Result<{
  readonly problem: Problem;
  readonly setUp: readonly Line[];
}> {
  const { setUp, lines } = alphabetOf(alphabet);
  const [asked, askedAgainst] = sides;
  const first = startOf(asked, setUp);
  if (!first.ok) return first;
  const problem = { alphabet: lines, question, bounds };
  if (askedAgainst === undefined) return ok({ problem: { ...problem, sides: [first.value] }, setUp });
  const second = startOf(askedAgainst, setUp);
  if (!second.ok) return second;
  return ok({ problem: { ...problem, sides: [first.value, second.value] }, setUp });
}

function startOf({ generation, device }: AskedSide, setUp: readonly Line[]): Result<Side> {
  const made = scriptMachine(device, generation);
  if (!made.ok) return made;
  const start = setUp.reduce((machine, line) => run(generation, machine, line).after, made.value.machine);
  return ok({ generation, start });
}

// Converts the choices of the form into a problem: machines, alphabet, question.

import { grouped } from '../../base/grouped.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { type AlphabetSpec, alphabetSize } from '../../explore/alphabet.ts';
import { composedQuestion, QUESTIONS, type Question, questionById } from '../../explore/questions.ts';
import { type AskedSides, askedAlphabet, askedPredicate, askedSide, problemOf } from '../../explore/setUp.ts';
import type { GenerationId } from '../../kernel/generations/generation.ts';
import { generation } from '../../kernel/generations/index.ts';
import { scriptSetup } from '../../session/scriptMachine.ts';
import { type SearchSetup, usedModes } from '../../session/search.ts';
import type { Setup } from '../../session/session.ts';
import { counted } from '../../text/numbers.ts';
import { problemText } from '../../text/problem.ts';

/** Returns the ids of the questions. */
export function questionIds(): readonly string[] {
  return QUESTIONS.map(({ id }) => id);
}

/** Returns the chosen question; the problem of a composed one names the column. */
export function questionOf({ asked }: SearchSetup): Result<Question> {
  if (asked.kind === 'named') return questionById(asked.id);
  const parsed = askedPredicate(asked.text, null);
  return parsed.ok ? ok(composedQuestion('composed', asked.text, parsed.value)) : parsed;
}

/** Returns the kernels of the search: two for a question that compares two. */
export function kernelsOf(setup: SearchSetup): Result<readonly [GenerationId, ...GenerationId[]]> {
  const question = questionOf(setup);
  if (!question.ok) return question;
  const { generation: first, against } = setup;
  if (question.value.sides === 1) return ok([first]);
  if (against !== null) return ok([first, against]);
  return failed({
    at: { path: 'kernels' },
    expected: 'a second kernel to compare with',
    found: 'one kernel',
  });
}

/** Returns the description of the alphabet. */
export function alphabetFor(setup: SearchSetup): AlphabetSpec {
  return askedAlphabet({ ...setup, ...modesOfSearch(setup) });
}

/** Returns the modes in the form of an alphabet; without a mode, MSI-X without vectors. */
function modesOfSearch(setup: SearchSetup): Pick<AlphabetSpec, 'mode' | 'vectors' | 'also'> {
  const [first, ...also] = usedModes(setup);
  return first === undefined ? { mode: 'msix', vectors: 0 } : { ...first, also };
}

/** Largest alphabet. */
const MOST_LINES = 100_000;

function sideOf(setup: SearchSetup, id: GenerationId): AskedSides[0] {
  const { device, vectors, msi, dynamic, irqs, cpuVectors } = setup;
  const host = { model: device.model, device: { ...device, msix: vectors, msi }, dynamic, irqs, cpuVectors };
  return askedSide(generation(id), null, host, modesOfSearch(setup));
}

/** Returns the device and host of one kernel of the search. */
export function sideSetup(setup: SearchSetup, id: GenerationId): Setup {
  const made = scriptSetup(sideOf(setup, id).device, null);
  if (!made.ok) throw new Error(problemText(made.problems[0]));
  return made.value.setup;
}

/** Returns the problem of the search, or an error: a malformed question, a missing second kernel, too many lines. */
export function searchProblem(setup: SearchSetup): ReturnType<typeof problemOf> {
  const question = questionOf(setup);
  if (!question.ok) return question;
  const kernels = kernelsOf(setup);
  if (!kernels.ok) return kernels;
  if (usedModes(setup).length === 0) {
    const expected = 'MSI-X or MSI with vectors, or INTx';
    return failed({ at: { path: 'modes' }, expected, found: 'no mode' });
  }
  const alphabet = alphabetFor(setup);
  const size = alphabetSize(alphabet);
  if (size === 0 || size > MOST_LINES) {
    const expected = `1 to ${grouped(MOST_LINES)} operations`;
    return failed({ at: { path: 'operations' }, expected, found: grouped(size) });
  }
  const [first, second] = kernels.value;
  return problemOf({
    sides: second === undefined ? [sideOf(setup, first)] : [sideOf(setup, first), sideOf(setup, second)],
    alphabet,
    question: question.value,
    bounds: { maxDepth: setup.maxDepth, maxStates: setup.maxStates },
  });
}

/** Returns the modes with their vectors, for instance `3 vectors`, or `MSI-X with 3 vectors, INTx`. */
function modesText(setup: SearchSetup): string {
  const modes = usedModes(setup);
  if (modes.length === 1 && modes[0]?.mode === 'msix') return counted(setup.vectors, 'vector');
  const names = { msix: 'MSI-X', msi: 'MSI', intx: 'INTx' };
  return modes
    .map(({ mode, vectors }) =>
      mode === 'intx' ? names[mode] : `${names[mode]} with ${counted(vectors, 'vector')}`,
    )
    .join(', ');
}

/** Returns kernel, device and host of the state graph as one line. */
export function graphTitle(setup: SearchSetup, id: GenerationId): string {
  return `${generation(id).label} · ${hostFacts(setup)} · state graph`;
}

/** Returns device and host in a few words. */
function hostFacts(setup: SearchSetup): string {
  return [
    modesText(setup),
    ...(setup.dynamic ? [] : ['no dynamic allocation']),
    ...(setup.irqs === null ? [] : [`host with ${counted(setup.irqs, 'irq')}`]),
    ...(setup.cpuVectors === null ? [] : [counted(setup.cpuVectors, 'CPU vector')]),
  ].join(', ');
}

/** Returns the search as one line, for a heading or a list. */
export function searchTitle(setup: SearchSetup): string {
  const question = questionOf(setup);
  const kernels = kernelsOf(setup);
  const names = kernels.ok ? kernels.value.map((id) => generation(id).label).join(' and ') : '';
  const asked = question.ok ? question.value.title : 'a malformed question';
  return `${names} · ${hostFacts(setup)} · ${asked}`;
}

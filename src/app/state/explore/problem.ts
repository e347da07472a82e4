// From what a person has chosen to what is searched: the machines, the alphabet, the question.

import { failed, type Problem as Misfit, ok, type Result } from '../../../base/result.ts';
import { type Alphabet, type AlphabetSpec, alphabetOf, USUAL_FAULTS } from '../../../explore/alphabet.ts';
import { MOST_ATOMS } from '../../../explore/asked.ts';
import { atomUses, parsePredicate } from '../../../explore/predicate.ts';
import type { Problem, Side } from '../../../explore/problem.ts';
import { composedQuestion, QUESTIONS, type Question, questionById } from '../../../explore/questions.ts';
import type { GenerationId } from '../../../kernel/generations/generation.ts';
import { generation } from '../../../kernel/generations/index.ts';
import { recordedPreset } from '../../../kernel/presets.ts';
import { run } from '../../../kernel/run.ts';
import type { SearchSetup } from '../../../session/search.ts';
import { type Setup, setupOf, startingMachine } from '../../../session/session.ts';
import { counted } from '../../../views/words/numbers.ts';

/** The device that is searched: it can be told to raise any of its vectors. */
const DEVICE = 'nvme';

/** The names of the questions. */
export function questionIds(): readonly string[] {
  return QUESTIONS.map(({ id }) => id);
}

/** The question that is asked; the problem of a composed one names the column. */
export function questionOf({ asked }: SearchSetup): Result<Question> {
  if (asked.kind === 'named') return questionById(asked.id);
  const parsed = parsePredicate(asked.text);
  if (!parsed.ok) return parsed;
  const words = atomUses(parsed.value).length;
  if (words > MOST_ATOMS) {
    return failed({ at: { column: 1 }, expected: `at most ${MOST_ATOMS} predicates`, found: String(words) });
  }
  return ok(composedQuestion('composed', asked.text, parsed.value));
}

/** The generations that take part: two where the question compares two. */
export function kernelsOf(setup: SearchSetup): Result<readonly [GenerationId, ...GenerationId[]]> {
  const question = questionOf(setup);
  if (!question.ok) return question;
  const { generation: first, against } = setup;
  if (question.value.sides === 1) return ok([first]);
  if (against !== null) return ok([first, against]);
  return failed({ at: { path: 'kernels' }, expected: 'a second kernel to compare with', found: 'one' });
}

/** The alphabet as the search describes it. */
function alphabetSpec({ vectors, eventfds, block, parts }: SearchSetup): AlphabetSpec {
  return {
    mode: 'msix',
    vectors,
    maxBlock: block,
    goodFds: eventfds,
    minusOne: parts.includes('unbind'),
    badFd: parts.includes('bad'),
    countZero: parts.includes('count0'),
    disable: parts.includes('disable'),
    loopback: parts.includes('loopback'),
    raise: parts.includes('raise'),
    close: parts.includes('close'),
    reset: parts.includes('reset'),
    faults: parts.includes('faults') ? USUAL_FAULTS : [],
  };
}

/** The lines that open the eventfds, and the lines that are tried in every state. */
export function alphabetFor(setup: SearchSetup): Alphabet {
  return alphabetOf(alphabetSpec(setup));
}

/**
 * How many lines are tried in every state. Counted, not listed: five letters in blocks of eight would be half a million
 * lines, on every key that is typed.
 */
export function alphabetSize({ vectors, eventfds, block, parts }: SearchSetup): number {
  const has = (part: SearchSetup['parts'][number]) => (parts.includes(part) ? 1 : 0);
  const letters = eventfds + has('unbind') + has('bad');
  let assignments = has('count0') * vectors;
  for (let length = 1; length <= Math.min(block, vectors); length++) {
    assignments += (vectors - length + 1) * letters ** length;
  }
  return (
    assignments * (1 + has('faults') * USUAL_FAULTS.length) +
    has('disable') +
    (has('loopback') + has('raise')) * vectors +
    has('close') * eventfds +
    has('reset')
  );
}

/** More lines than this in an alphabet are refused. */
const MOST_LINES = 100_000;

/** The device and host of one kernel of the search. */
export function sideSetup(setup: SearchSetup, id: GenerationId): Setup {
  const usual = recordedPreset(id).host;
  const host = {
    ...usual,
    canAllocDyn: setup.dynamic,
    irqPool: setup.irqs,
    cpuVectors: setup.cpuVectors ?? usual.cpuVectors,
  };
  return setupOf(DEVICE, host, setup.vectors);
}

/** What is searched. Problems: a composed question that cannot be read, a second kernel that is missing. */
export function searchProblem(setup: SearchSetup): Result<Problem> {
  const question = questionOf(setup);
  if (!question.ok) return question;
  const kernels = kernelsOf(setup);
  if (!kernels.ok) return kernels;
  const size = alphabetSize(setup);
  if (size === 0 || size > MOST_LINES) {
    const expected = `1 to ${MOST_LINES.toLocaleString('en')} operations`;
    const problem: Misfit = { at: { path: 'operations' }, expected, found: size.toLocaleString('en') };
    return failed(problem);
  }
  const { setUp, lines } = alphabetFor(setup);
  const sideOf = (id: GenerationId): Side => {
    const made = generation(id);
    const begin = startingMachine(sideSetup(setup, id));
    return {
      generation: made,
      start: setUp.reduce((machine, line) => run(made, machine, line).after, begin),
    };
  };
  const [first, second] = kernels.value;
  return ok({
    sides: second === undefined ? [sideOf(first)] : [sideOf(first), sideOf(second)],
    alphabet: lines,
    question: question.value,
    bounds: { maxDepth: setup.maxDepth, maxStates: setup.maxStates },
  });
}

/** The search in one line, for a heading or a list. */
export function searchTitle(setup: SearchSetup): string {
  const question = questionOf(setup);
  const kernels = kernelsOf(setup);
  const names = kernels.ok ? kernels.value.map((id) => generation(id).label).join(' and ') : '';
  const asked = question.ok ? question.value.title : 'a question that cannot be read';
  const facts = [
    counted(setup.vectors, 'vector'),
    ...(setup.dynamic ? [] : ['no dynamic allocation']),
    ...(setup.irqs === null ? [] : [`the host gives ${counted(setup.irqs, 'irq')}`]),
    ...(setup.cpuVectors === null ? [] : [counted(setup.cpuVectors, 'CPU vector')]),
  ];
  return `${names} · ${facts.join(', ')} · ${asked}`;
}

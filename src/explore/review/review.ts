// A review of one kernel against another: the fixed list of searches (conditions.ts), then the cost of each policy (costs.ts). It is a
// generator, so that a worker can report progress and stop it. Its result is plain data, the same for the same kernels.

import type { Line } from '../../kernel/line.ts';
import { run } from '../../kernel/run.ts';
import { FIRST_FD } from '../../machine/fdNumbers.ts';
import type { DeviceSpec } from '../../session/script.ts';
import type { AlphabetSpec } from '../alphabet.ts';
import type { Answer, Problem, Side } from '../problem.ts';
import { composedQuestion, type Question, questionById } from '../questions.ts';
import { explore } from '../search.ts';
import { faultyLines, linesOf, MOST_PAIRS, REVIEW_SEARCHES, type ReviewSearch } from './conditions.ts';
import { type CostRow, costs } from './costs.ts';
import { differencesOf, type LineResult, type ReviewDifference } from './differences.ts';
import { exploreInside } from './inside.ts';
import { type Reviewed, reviewedName } from './reviewed.ts';
import { deviceFor, startOf } from './sides.ts';
import { type Unasked, unaskedBy } from './unasked.ts';

/** A shortest script after which the kernels differ. */
export interface ReviewScript {
  /** The device and host of each kernel. */
  readonly devices: readonly [DeviceSpec, DeviceSpec];
  /** The lines, first those that open the eventfds up to the last one that is used, at least one. */
  readonly lines: readonly Line[];
  /** The result of the last line in each kernel. */
  readonly results: readonly [LineResult, LineResult];
  readonly differences: readonly ReviewDifference[];
}

/** The end of one search. `none` examined every pair of states, `bounded` met the limit and leaves further ones open. */
export type ReviewEnding =
  | {
      readonly verdict: 'found';
      readonly script: ReviewScript;
      /** The same script and difference as on the usual host, so that the condition adds nothing. */
      readonly asUsual: boolean;
    }
  | { readonly verdict: 'none' | 'bounded' }
  /** No search: the operations cannot ask the question. */
  | { readonly verdict: 'not-asked'; readonly reason: NotAsked };

/** Why the operations cannot ask a question. */
export interface NotAsked {
  /** No assignment of these operations calls the function in either kernel. */
  readonly kind: 'never-called';
  readonly fn: string;
}

/** The answer of one search. */
export type ReviewAnswer = Omit<ReviewSearch, 'alphabet'> & {
  readonly operations: Pick<AlphabetSpec, 'mode' | 'vectors' | 'goodFds' | 'maxBlock'> & {
    /** Number of lines of the alphabet. */
    readonly lines: number;
  };
  /** Pairs of states. */
  readonly states: number;
  readonly depth: number;
  readonly ending: ReviewEnding;
};

/** A finished review. */
export interface Review {
  /** The names of the kernels. */
  readonly names: readonly [string, string];
  readonly answers: readonly ReviewAnswer[];
  readonly costs: readonly CostRow[];
  /** Operations that no search has. */
  readonly unasked: readonly Unasked[];
}

/** Progress of a review. */
export interface ReviewProgress {
  /** Number of finished searches, and of all. */
  readonly done: number;
  readonly of: number;
  readonly searching: Pick<ReviewSearch, 'condition' | 'respect'>;
  /** Pairs of states of the running search. */
  readonly states: number;
}

/** Reviews kernel A against kernel B. Yields progress every few milliseconds of work. */
export function* review(a: Reviewed, b: Reviewed): Generator<ReviewProgress, Review, void> {
  const answers: ReviewAnswer[] = [];
  for (const search of REVIEW_SEARCHES) {
    const { condition, respect } = search;
    const told = { done: answers.length, of: REVIEW_SEARCHES.length, searching: { condition, respect } };
    yield { ...told, states: 0 };
    for (const steps = answering(search, a, b); ; ) {
      const step = steps.next();
      if (step.done === true) {
        answers.push(comparedWith(answers, step.value));
        break;
      }
      yield { ...told, states: step.value };
    }
  }
  return {
    names: [reviewedName(a), reviewedName(b)],
    answers,
    costs: costs(a, b),
    unasked: unaskedBy(REVIEW_SEARCHES),
  };
}

/** Marks an answer that repeats the one of the usual host. */
function comparedWith(before: readonly ReviewAnswer[], answer: ReviewAnswer): ReviewAnswer {
  const { ending, respect } = answer;
  const usual = before.find((one) => one.condition.kind === 'usual' && one.respect === respect)?.ending;
  if (ending.verdict !== 'found' || usual?.verdict !== 'found') return answer;
  const text = ({ lines, differences }: ReviewScript) =>
    JSON.stringify([lines, differences], (_, part: unknown) =>
      typeof part === 'bigint' ? String(part) : part,
    );
  return { ...answer, ending: { ...ending, asUsual: text(ending.script) === text(usual.script) } };
}

/** Runs one search; yields its number of states. */
function* answering(search: ReviewSearch, a: Reviewed, b: Reviewed): Generator<number, ReviewAnswer, void> {
  const { condition, respect, alphabet } = search;
  const { setUp, lines } = linesOf(search);
  const devices = [deviceFor(a, search), deviceFor(b, search)] as const;
  const sides = [startOf(a, devices[0], setUp), startOf(b, devices[1], setUp)] as const;
  const { mode, vectors, goodFds, maxBlock } = alphabet;
  const answered = (states: number, depth: number, ending: ReviewEnding): ReviewAnswer => ({
    condition,
    respect,
    operations: { mode, vectors, goodFds, maxBlock, lines: lines.length },
    states,
    depth,
    ending,
  });
  const none = (cut: boolean): ReviewEnding => ({ verdict: cut ? 'bounded' : 'none' });

  if (condition.kind === 'inside') {
    const { find, states, depth, cut } = yield* statesOf(exploreInside(sides, lines, MOST_PAIRS));
    if (find === null) return answered(states, depth, none(cut));
    const { side, vector, fate, script } = find;
    const found = scriptOf(devices, sides, setUp, script, () => [{ kind: 'fate', side, vector, fate }]);
    return answered(states, script.length, { verdict: 'found', script: found, asUsual: false });
  }
  if (condition.kind === 'fault') {
    const { site } = condition;
    const isCalled = sides.some((side) => reaches(side, faultyLines(lines, site), lines));
    // it returns 0 whatever this site returns, so no result shows the call
    if (!isCalled && site !== 'irq_bypass_register_producer') {
      return answered(0, 0, { verdict: 'not-asked', reason: { kind: 'never-called', fn: site } });
    }
  }
  const problem: Problem = {
    sides,
    alphabet: lines,
    question: question(`differ-${respect}`),
    bounds: { maxDepth: null, maxStates: MOST_PAIRS },
  };
  const answer = yield* statesOf(explore(problem));
  const { states, depth, script, found } = answer;
  if (script === null) return answered(states, depth, none(answer.verdict !== 'exhausted'));
  const differences = (inA: ReturnType<typeof run>, inB: ReturnType<typeof run>) =>
    respect === 'state' ? [{ kind: 'state', text: found ?? '' } as const] : differencesOf(respect, inA, inB);
  return answered(states, script.length, {
    verdict: 'found',
    script: scriptOf(devices, sides, setUp, script, differences),
    asUsual: false,
  });
}

function question(id: string): Question {
  const made = questionById(id);
  if (!made.ok) throw new Error(`no question ${id}`);
  return made.value;
}

function* statesOf<T>(search: Generator<{ readonly states: number }, T, void>): Generator<number, T, void> {
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
    yield step.value.states;
  }
}

/** Replays a found script on full machines, with the lines that open its eventfds. */
function scriptOf(
  devices: readonly [DeviceSpec, DeviceSpec],
  sides: readonly [Side, Side],
  setUp: readonly Line[],
  script: readonly Line[],
  differences: (a: ReturnType<typeof run>, b: ReturnType<typeof run>) => readonly ReviewDifference[],
): ReviewScript {
  const [a, b] = sides.map((side) => lastRun(side, script));
  if (a === undefined || b === undefined) throw new Error('a review has two kernels');
  const found = differences(a, b);
  if (found.length === 0) throw new Error('the replay of the found script shows no difference');
  const named = script.flatMap(({ op }) =>
    op.op === 'set_irqs' && op.data.kind === 'i32' ? op.data.values.map((fd) => fd - FIRST_FD) : [],
  );
  const last = Math.max(0, ...named.filter((at) => at < setUp.length));
  return {
    devices,
    lines: [...setUp.slice(0, last + 1), ...script],
    results: [resultOf(a), resultOf(b)],
    differences: found,
  };
}

function resultOf({ ret, errno }: LineResult): LineResult {
  return { ret, errno };
}

function lastRun({ generation, start }: Side, script: readonly Line[]): ReturnType<typeof run> {
  const [first, ...more] = script;
  if (first === undefined) throw new Error('the found script is empty');
  return more.reduce((made, line) => run(generation, made.after, line), run(generation, start, first));
}

/** Returns whether some injected failure makes an assignment of open eventfds fail, so that the kernel calls its function. */
function reaches(side: Side, faulty: readonly Line[], lines: readonly Line[]): boolean {
  const isGood = ({ op, faults }: Line) =>
    op.op === 'set_irqs' &&
    op.data.kind === 'i32' &&
    op.data.values.every((fd) => side.start.fds.has(fd)) &&
    op.count > 0 &&
    faults !== undefined;
  const search = explore({
    sides: [side],
    alphabet: [...lines.filter((line) => line.faults.length === 0 && isGood(line)), ...faulty.filter(isGood)],
    // without dynamic allocation an assignment past the range fails with EINVAL, and no injected failure does
    question: composedQuestion('reached', 'Does a failure reach the ioctl?', {
      all: [{ is: 'fails' }, { not: { is: 'errno', arg: 'EINVAL' } }],
    }),
    bounds: { maxDepth: 3, maxStates: 2_000 },
  });
  return lastOf(search).verdict === 'found';
}

function lastOf(search: ReturnType<typeof explore>): Answer {
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
  }
}

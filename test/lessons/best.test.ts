// Proves each "best: N": the explorer searches all shorter scripts breadth first from the machine before the step. Its
// alphabet has the lesson's own open descriptors, −1, a closed descriptor, blocks up to the longest of the lesson, disable,
// loopback and raise, and single vectors over the part of the table that the step uses.

import { expect, test } from 'vitest';
import type { Atom } from '../../src/explore/atoms.ts';
import { atomUses } from '../../src/explore/predicate.ts';
import type { Answer } from '../../src/explore/problem.ts';
import { composedQuestion } from '../../src/explore/questions.ts';
import { explore } from '../../src/explore/search.ts';
import { generation } from '../../src/kernel/generations/index.ts';
import type { Line } from '../../src/kernel/line.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import type { Do, Lesson } from '../../src/lessons/lesson.ts';
import { linesOf, ownLines, predicateOf } from '../../src/lessons/play.ts';
import { beginAt, startOf } from '../../src/lessons/taking.ts';
import type { Machine } from '../../src/machine/machine.ts';
import { machineAfter, replayWhole } from '../../src/session/replay.ts';

/** A step with a `best`, and its place. */
interface Claim {
  readonly lesson: Lesson;
  readonly step: Do;
  readonly at: number;
  readonly best: number;
}

const CLAIMS: readonly Claim[] = LESSONS.flatMap((lesson) =>
  lesson.steps.flatMap((step, at) =>
    step.kind === 'do' && step.best !== undefined ? [{ lesson, step, at, best: step.best }] : [],
  ),
);

/** The machine and the kernel before a step, all steps before it done with their own lines. */
function before({ lesson, at }: Claim) {
  const session = startOf(beginAt(lesson, at));
  const kernel = generation(session.generation);
  return { kernel, machine: machineAfter(replayWhole(session), session.script.length) };
}

/** Returns every line that the search tries from a machine. */
function alphabet({ lesson, step }: Claim, machine: Machine): readonly Line[] {
  const fds = [
    ...machine.fds.entries().flatMap(([fd, file]) => (file.kind === 'eventfd' ? [fd] : [])),
    -1,
    999,
  ];
  const sent = [...linesOf(lesson.script).lines, ...lesson.steps.flatMap(ownLines)].map(
    ({ line }) => line.op,
  );
  const blocks = sent.flatMap((op) =>
    op.op === 'set_irqs' && op.data.kind === 'i32' ? [op.data.values.length] : [1],
  );
  const named = sent.flatMap((op) => (op.op === 'set_irqs' ? [op.start + op.count] : []));
  const asked = atomUses(predicateOf(step.goal)).flatMap(({ atom, arg }) =>
    isVector(atom) ? [Number(arg) + 1] : [],
  );
  const table = machine.device.msix?.vectors ?? 0;
  const vectors = Math.min(table, Math.max(...named, ...asked));
  const longest = Math.min(Math.max(...blocks), vectors);
  const texts = ['disable msix'];
  for (let start = 0; start < vectors; start++) {
    texts.push(`set_irqs msix trigger none ${start} 1`, `raise ${start}`);
    for (let length = 1; length <= longest && start + length <= vectors; length++) {
      for (const values of words(some(fds, length), length))
        texts.push(`set_irqs msix trigger eventfd ${start} [${values.join(' ')}]`);
    }
  }
  return linesOf(texts.join('\n')).lines.map(({ line }) => line);
}

const isVector = ({ arg }: Atom) => arg === 'vector';

/** Returns the descriptors for blocks of a length: long blocks use one eventfd, as no goal names any, and no closed one if very long. */
function some(fds: readonly number[], length: number): readonly number[] {
  return length <= 2 ? fds : length <= 4 ? [fds[0] ?? 0, -1, 999] : [fds[0] ?? 0, -1];
}

function* words(letters: readonly number[], length: number): Generator<readonly number[]> {
  if (length === 0) yield [];
  else for (const rest of words(letters, length - 1)) for (const letter of letters) yield [...rest, letter];
}

function search(claim: Claim, maxDepth: number): Answer {
  const { kernel, machine } = before(claim);
  const running = explore({
    sides: [{ generation: kernel, start: machine }],
    alphabet: alphabet(claim, machine),
    question: composedQuestion('goal', claim.step.goal, predicateOf(claim.step.goal)),
    bounds: { maxDepth, maxStates: 2_000_000 },
  });
  for (;;) {
    const { done, value } = running.next();
    if (done === true) return value;
  }
}

test('some steps have a best, and their goals name no eventfd', () => {
  expect(CLAIMS.length).toBeGreaterThan(10);
  for (const { step } of CLAIMS)
    for (const { atom } of atomUses(predicateOf(step.goal)))
      expect(['none', 'vector', 'count']).toContain(atom.arg);
});

test.each(CLAIMS.map((claim) => [`${claim.lesson.id}, step ${claim.at + 1}: ${claim.best}`, claim] as const))(
  'no shorter script reaches the goal of %s, and its own solution has this length',
  (_, claim) => {
    const answer = search(claim, claim.best);
    expect(answer.verdict).toBe('found');
    expect(answer.script?.length).toBe(claim.best);
    expect(ownLines(claim.step).length).toBe(claim.best);
  },
  60_000,
);

// Plays every lesson with its own solution: each prediction has exactly one right answer, and each goal is false before the
// solution and true after it.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LEVELS } from '../../src/formats/lesson/levels.ts';
import type { Run } from '../../src/kernel/frame.ts';
import { generation } from '../../src/kernel/generations/index.ts';
import { kernelById } from '../../src/kernel/kernels.ts';
import { run } from '../../src/kernel/run.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { type Lesson, SEQUENCES } from '../../src/lessons/lesson.ts';
import {
  holdsAfter,
  holdsStanding,
  kernelsOf,
  linesOf,
  ownLines,
  rightChoice,
  type StepKernel,
} from '../../src/lessons/play.ts';
import { begin, next, ownEnd, reveal, rightAnswer } from '../../src/lessons/taking.ts';
import type { Machine } from '../../src/machine/machine.ts';
import { onKernel } from '../../src/session/deviceSpec.ts';
import type { ScriptLine } from '../../src/session/script.ts';
import { unchangedDevice } from '../../src/session/script.ts';
import { scriptMachine } from '../../src/session/scriptMachine.ts';

/** The device line of a lesson on the kernel of a step. */
function deviceOn(lesson: Lesson, kernel: StepKernel) {
  const device = linesOf(lesson.script).device ?? unchangedDevice('nvme');
  const named = kernelById(kernel.release ?? '');
  return named === undefined ? device : onKernel(device, named);
}

/** Runs the script from the beginning, as the lab does when the kernel changes. */
function replayed(lesson: Lesson, kernel: StepKernel, lines: readonly ScriptLine[]) {
  const made = scriptMachine(deviceOn(lesson, kernel), generation(kernel.generation));
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  let machine: Machine = made.value.machine;
  let last: { line: ScriptLine['line']; run: Run } | null = null;
  for (const { line } of lines) {
    const done = run(made.value.generation, machine, line);
    machine = done.after;
    last = { line, run: done };
  }
  return { machine, last };
}

test('the first lesson requires none, and each sequence begins with an easier lesson than it ends', () => {
  expect(LESSONS[0]?.requires).toEqual([]);
  const rank = ({ level }: Lesson) => LEVELS.findIndex(({ id }) => id === level);
  for (const { id } of SEQUENCES) {
    const own = LESSONS.filter(({ sequence }) => sequence === id);
    const [first, last] = [own[0] ?? expect.fail(id), own.at(-1) ?? expect.fail(id)];
    expect(rank(first), id).toBeLessThanOrEqual(rank(last));
  }
});

test('has at least twenty-six lessons with unique ids, and at least one per sequence', () => {
  expect(LESSONS.length).toBeGreaterThanOrEqual(26);
  expect(new Set(LESSONS.map(({ id }) => id)).size).toBe(LESSONS.length);
  for (const { id } of SEQUENCES) expect(LESSONS.some(({ sequence }) => sequence === id)).toBe(true);
});

describe.each(LESSONS.map((lesson) => [lesson.id, lesson] as const))('%s', (_, lesson) => {
  test('plays with its own solution', () => {
    const kernels = kernelsOf(lesson);
    let lines = linesOf(lesson.script).lines;
    lesson.steps.forEach((step, at) => {
      const kernel = kernels[at] ?? expect.fail('no kernel');
      if (step.kind === 'do') {
        const { machine } = replayed(lesson, kernel, lines);
        expect(holdsStanding(step.goal, machine), `${step.ask}: holds before`).toBe(false);
      }
      lines = [...lines, ...ownLines(step)];
      const { last } = replayed(lesson, kernel, lines);
      if (last === null) throw new Error('no line');
      if (step.kind === 'predict') expect(rightChoice(step, last), step.ask).not.toBeNull();
      else expect(holdsAfter(step.goal, last), step.ask).toBe(true);
    });
  });

  test('names a source for each step and explains it in at most four sentences', () => {
    for (const step of lesson.steps) {
      expect(step.source.length).toBeGreaterThan(5);
      expect(step.explain.split(/(?<=[.!?]) /).length, step.explain).toBeLessThanOrEqual(4);
      if (step.kind === 'predict') expect(step.choices.length).toBeGreaterThanOrEqual(2);
    }
  });

  test('tells the reason for each wrong answer, in one sentence, and none for the right one', () => {
    let taking = begin(lesson);
    for (const step of lesson.steps) {
      if (step.kind === 'predict') {
        const right = rightAnswer(step, ownEnd(taking));
        step.choices.forEach(({ text, feedback }, at) => {
          if (at === right) expect(feedback, text).toBeUndefined();
          else expect(feedback ?? '', text).toMatch(/^[^.!?]*(?:[.][^ ][^.!?]*)*[.]$/);
        });
        const told = step.choices.flatMap(({ feedback }) => feedback ?? []);
        expect(new Set(told).size).toBe(step.choices.length - 1);
      }
      taking = next(reveal(taking));
    }
  });

  test('has notes for the presenter: a part to point at or to compare, a question, a wrong idea', () => {
    for (const { notes = '', ask } of lesson.steps)
      expect(notes, ask).toMatch(/^(?:Point at|Compare) .*\. Ask: .*\? Common wrong idea: .*\.$/);
  });

  test('requires earlier lessons only, and says what a person knows at its end', () => {
    const earlier = LESSONS.slice(0, LESSONS.indexOf(lesson)).map(({ id }) => id);
    for (const id of lesson.requires) expect(earlier).toContain(id);
    expect(new Set(lesson.requires).size).toBe(lesson.requires.length);
    expect(lesson.learned.length).toBeGreaterThan(0);
    for (const learned of lesson.learned) expect(learned).toMatch(/^[^.]*(?:\.[^ ][^.]*)*\.$/);
    expect(lesson.minutes).toBeGreaterThanOrEqual(lesson.steps.length);
  });
});

test('reasons and notes name only functions that the description of the driver has', () => {
  const driver = readFileSync(new URL('../../docs/driver.md', import.meta.url), 'utf8');
  // system calls of the person's own program, which the description does not need
  const own = ['close', 'read', 'write'];
  const texts = LESSONS.flatMap(({ learned, steps }) => [
    ...learned,
    ...steps.flatMap((step) => [
      step.notes ?? '',
      ...(step.kind === 'predict' ? step.choices.map(({ feedback = '' }) => feedback) : []),
    ]),
  ]);
  const named = new Set(
    texts.flatMap((text) => [...text.matchAll(/\b([a-z][a-z0-9_]+)\(/g)].map(([, fn = '']) => fn)),
  );
  expect(named.size).toBeGreaterThan(20);
  expect([...named].filter((fn) => !own.includes(fn) && !driver.includes(fn))).toEqual([]);
});

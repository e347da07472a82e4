// The state of an open lesson: right answers, reached goals and counted lines.
import { expect, test } from 'vitest';
import { parseKept, printKept } from '../../src/formats/lesson/kept.ts';
import { parseLine } from '../../src/formats/notation/parse.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { factsOf, kernelsOf } from '../../src/lessons/play.ts';
import * as taken from '../../src/lessons/taking.ts';
import { insertLine, replaceLine } from '../../src/session/edits.ts';
import { replay } from '../../src/session/replay.ts';
import type { Session } from '../../src/session/session.ts';

function lesson(id: string) {
  const found = LESSONS.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no lesson ${id}`);
  return found;
}

function line(text: string) {
  const read = parseLine(text);
  if (!read.ok) throw new Error(text);
  return read.value;
}

const added = (session: Session, text: string) => insertLine(session, session.script.length, line(text));
const checked = (taking: taken.Taking, now: Session) => taken.check(taking, now, replay(now));

test('plays every lesson with its own lines, each step under its kernel', () => {
  for (const one of LESSONS) {
    let taking = taken.begin(one);
    one.steps.forEach((step, at) => {
      expect(taking.at).toBe(at);
      const kernel = kernelsOf(one)[at] ?? expect.fail('no kernel');
      expect(taken.startOf(taking).generation).toBe(kernel.generation);
      expect(taken.startOf(taking).setup.host).toMatchObject(kernel.release === null ? {} : factsOf(kernel));
      const revealed = taken.reveal(taking);
      const end = taken.markOf(revealed).end;
      if (end === null) throw new Error('no end');
      if (step.kind === 'predict') expect(taken.rightAnswer(step, end), step.ask).not.toBeNull();
      else expect(taken.markOf(checked(taking, end)).revealed, step.ask).toBe(true);
      taking = taken.next(revealed);
    });
    expect(taken.next(taking).at).toBe(one.steps.length - 1);
  }
});

test('accepts another way to the goal, and keeps the smallest number of lines', () => {
  let taking = taken.next(taken.reveal(taken.begin(lesson('ebadf'))));
  const start = taken.startOf(taking);
  const detour = added(start, 'set_irqs msix trigger none 0 1');
  expect(taken.markOf(checked(taking, detour)).revealed).toBe(false);
  const reached = added(detour, 'set_irqs msix trigger eventfd 0 [12 10]');
  taking = checked(taking, reached);
  expect(taken.markOf(taking)).toMatchObject({ revealed: true, used: 2, helped: false });
  taking = checked(taken.startOver(taking), added(start, 'set_irqs msix trigger eventfd 1 [10]'));
  expect(taken.markOf(taking).used).toBe(1);
  expect(taken.markOf(checked(taking, reached)).used).toBe(1);
});

test('does not count lines after a changed beginning, and does not accept another kernel', () => {
  const taking = taken.next(taken.reveal(taken.begin(lesson('ebadf'))));
  const start = taken.startOf(taking);
  const changed = replaceLine(start, start.script.length - 1, line('set_irqs msix trigger eventfd 1 [12]'));
  expect(taken.linesUsed(start, changed)).toBeNull();
  expect(taken.markOf(checked(taking, changed))).toMatchObject({ revealed: true, used: null });
  const other: Session = { ...added(start, 'set_irqs msix trigger eventfd 1 [12]'), generation: 'v3' };
  expect(taken.markOf(checked(taking, other)).revealed).toBe(false);
});

test('counts a shown solution as help, and restarts a step with the lesson’s own lines', () => {
  const first = taken.begin(lesson('no-rollback'));
  const wrong = { ...taken.reveal(first) };
  const end = taken.markOf(wrong).end;
  if (end === null) throw new Error('no end');
  const helped = taken.reveal(taken.next(wrong));
  const shown = taken.markOf(helped).end;
  if (shown === null) throw new Error('no end');
  expect(taken.markOf(checked(helped, { ...shown }))).toMatchObject({ helped: true, used: null });
  expect(taken.startOf(taken.asWritten(helped)).script.length).toBe(end.script.length);
});

test('has no right answer when the step begins in another state', () => {
  const taking = taken.begin(lesson('ebadf'));
  const step = taken.stepOf(taking);
  if (step.kind !== 'predict') throw new Error('no prediction');
  const end = taken.ownEnd(taking);
  expect(taken.rightAnswer(step, end)).toBe(1);
  const planted = { ...step, choices: step.choices.map((choice) => ({ ...choice, holds: 'irqs 7' })) };
  expect(taken.rightAnswer(planted, end)).toBeNull();
});

test('a step that names a release runs on its facts, and accepts a goal on no other release', () => {
  const known = lesson('reset-memory');
  // a goal that holds on every release
  const steps = known.steps.map((step) => (step.kind === 'do' ? { ...step, goal: 'attaches 0' } : step));
  const reset = { ...known, steps };
  let taking = taken.begin(reset);
  const restores = () => taken.startOf(taking).setup.host.resetRestore;
  expect(restores()).toBe('memory-as-is');
  taking = taken.next(taken.reveal(taking));
  const solved = added(taken.startOf(taking), 'set_irqs msix trigger eventfd 0 [100]');
  expect(taken.hasKernel(taking, solved)).toBe(true);
  expect(taken.markOf(checked(taking, solved)).revealed).toBe(true);
  // the same driver with the facts of the release that has the fix
  const other = taken.onKernel(solved, { generation: 'dynamic', release: '6.12.111' });
  expect(taken.hasKernel(taking, other)).toBe(false);
  expect(taken.markOf(checked(taking, other)).revealed).toBe(false);
  taking = taken.next(taken.reveal(taking));
  expect(restores()).toBe('memory-on');
  // going back and forth keeps an answer, although the facts are made anew
  const answered = taken.choose(taking, 0);
  const again = taken.next(taken.previous(answered));
  expect(taken.markOf(again).chosen).toBe(0);
  taking = taken.next(taken.reveal(taking));
  expect(restores()).toBe('memory-as-is');
});

test('a step without a release accepts its generation on the facts of any release', () => {
  const taking = taken.begin(lesson('ebadf'));
  const newer = taken.onKernel(taken.startOf(taking), { generation: 'dynamic', release: '7.3' });
  expect(taken.hasKernel(taking, newer)).toBe(true);
  expect(taken.hasKernel(taking, { ...newer, generation: 'v3' })).toBe(false);
});

test('keeps the first answer and counts the tries over restarts', () => {
  let taking = taken.reveal(taken.choose(taken.begin(lesson('ebadf')), 0));
  taking = taken.reveal(taken.choose(taken.startOver(taking), 1));
  expect(taken.markOf(taking)).toMatchObject({ first: 0, tries: 2, chosen: 1 });
  taking = taken.countTry(taken.next(taking));
  expect(taken.markOf(taking).tries).toBe(1);
  expect(taken.markOf(taken.startOver(taking)).tries).toBe(1);
  // a shown answer without a choice is no try, and a reached goal counts no more
  expect(taken.markOf(taken.reveal(taken.begin(lesson('ebadf'))))).toMatchObject({ first: null, tries: 0 });
  expect(taken.markOf(taken.countTry(taken.reveal(taking))).tries).toBe(1);
});

test('an open lesson that a page without tries kept is readable', () => {
  const taking = taken.begin(lesson('ebadf'));
  const kept = JSON.parse(
    printKept({
      id: 'ebadf',
      file: null,
      course: null,
      at: 0,
      home: 0,
      entry: 1,
      ended: false,
      starts: [...taking.starts],
      marks: [...taking.marks],
    }),
  );
  delete kept.ended;
  for (const mark of kept.marks) {
    delete mark.first;
    delete mark.tries;
  }
  const read = parseKept(JSON.stringify(kept));
  expect(read.ok && read.value.ended).toBe(false);
  expect(read.ok && read.value.marks[0]).toMatchObject({ first: null, tries: 0 });
});

import { expect, test } from 'vitest';
import { line } from '../../src/kernel/line.ts';
import { chooseGeneration, insertLine, moveCursor } from '../../src/session/edits.ts';
import {
  boundHistory,
  canRedo,
  commit,
  currentSession,
  redo,
  startHistory,
  undo,
  visit,
} from '../../src/session/history.ts';
import { deleteLines, duplicateLines, moveLines, setDisabled, setNote } from '../../src/session/lineEdits.ts';
import { framesOf, machineAfter, replay, runAt } from '../../src/session/replay.ts';
import { scriptLine } from '../../src/session/session.ts';
import { kernelSteps, machineAt } from '../../src/session/steps.ts';
import { canTravel, type Travel, travel } from '../../src/session/travel.ts';
import { workload } from '../../src/session/workload.ts';
import { FAILED_ASSIGNMENT, sessionOf } from '../views/sessionOf.ts';
import { everyMachine, everyRun } from './everything.ts';

const session = sessionOf(FAILED_ASSIGNMENT);
const RAISE = scriptLine(line({ op: 'raise', vector: 0 }));

test('an edit keeps the runs of the common beginning', () => {
  const before = replay(session);
  const after = replay(insertLine(session, 4, RAISE), before);
  for (const line of [1, 2, 3, 4]) expect(runAt(after, line)).toBe(runAt(before, line));
  expect(runAt(after, 5)).not.toBe(runAt(before, 5));
  expect(everyRun(after)).toHaveLength(6);
  expect(replay(moveCursor(session, { line: 1, step: null }), before)).toBe(before);
  expect(runAt(replay(setNote(session, 4, 'the failure'), before), 5)).toBe(runAt(before, 5));
});

test('a replay with reuse equals one without', () => {
  const previous = replay(session);
  const edits = [
    insertLine(session, 2, RAISE),
    deleteLines(session, 0),
    moveLines(session, 4, 3),
    duplicateLines(session, 3),
    setDisabled(session, 3, true),
    chooseGeneration(session, 'v3'),
  ];
  for (const edited of edits)
    expect(everyMachine(replay(edited, previous))).toEqual(everyMachine(replay(edited)));
});

test('a disabled line has no effect', () => {
  const without = replay(deleteLines(session, 3));
  const skipped = replay(setDisabled(session, 3, true));
  expect(everyMachine(skipped).at(-1)).toEqual(everyMachine(without).at(-1));
  expect(everyMachine(replay(setDisabled(setDisabled(session, 3, true), 3, false)))).toEqual(
    everyMachine(replay(session)),
  );
});

test('edits keep the cursor on its line', () => {
  expect(insertLine(session, 2, RAISE).cursor.line).toBe(3);
  expect(deleteLines(session, 0).cursor.line).toBe(4);
  expect(moveLines(session, 4, 1).cursor.line).toBe(2);
  expect(moveCursor(session, { line: 99, step: null }).cursor.line).toBe(5);
});

test('undo and redo walk the tree, and an edit in the past keeps the old future', () => {
  const first = commit(startHistory(session), insertLine(session, 5, RAISE), 'raise');
  const back = undo(first);
  expect(currentSession(back)).toBe(session);
  expect(currentSession(redo(back))).toBe(currentSession(first));
  const branch = commit(back, deleteLines(session, 0), 'delete');
  expect(branch.nodes).toHaveLength(3);
  expect(branch.nodes[1]?.session).toBe(currentSession(first));
  expect(canRedo(branch)).toBe(false);
  expect(commit(branch, currentSession(branch), 'nothing')).toBe(branch);
  expect(visit(branch, moveCursor(currentSession(branch), { line: 0, step: null })).nodes).toHaveLength(3);
});

test('stepping into a line visits entries, calls and returns, and ends at the whole line', () => {
  const replayed = replay(session);
  const frames = framesOf(replayed, 5);
  const steps = kernelSteps(frames);
  const inner = frames.filter(({ below }) => below > 0).length;
  expect(steps).toHaveLength(frames.length + inner);
  expect(steps[0]).toEqual({ frame: 0, at: 'entry' });
  expect(steps.at(-1)).toEqual({ frame: 0, at: 'return' });
  expect(machineAt(replayed, { line: 5, step: 0 })).toBe(machineAfter(replayed, 4));
  expect(machineAt(replayed, { line: 5, step: steps.length - 1 })).toEqual(machineAfter(replayed, 5));
  let cursor = travel(replayed, session.cursor, 'into');
  for (let i = 0; i < steps.length; i++) cursor = travel(replayed, cursor, 'next');
  expect(cursor).toEqual({ line: 5, step: null });
});

test('a move is possible where it changes the place', () => {
  const replayed = replay(session);
  const all: readonly Travel[] = ['first', 'previous', 'next', 'last', 'into', 'out'];
  const possible = (line: number, step: number | null) =>
    all.filter((how) => canTravel(replayed, { line, step }, how));
  expect(possible(0, null)).toEqual(['next', 'last']);
  expect(possible(4, null)).toEqual(['first', 'previous', 'next', 'last', 'into']);
  expect(possible(5, null)).toEqual(['first', 'previous', 'into']);
  expect(possible(5, 0)).toEqual(['first', 'previous', 'next', 'last', 'out']);
});

test('forgets the oldest of many long scripts, but never the current one or a short one', () => {
  const long = (seed: number) => ({
    ...session,
    script: workload({ lines: 50_000, vectors: 8, seed }).lines,
  });
  let history = commit(startHistory(session), insertLine(session, 5, RAISE), 'raise');
  const short = currentSession(history);
  for (const seed of [1, 2, 3, 4]) history = boundHistory(commit(history, long(seed), `open ${seed}`));
  expect(history.nodes.map(({ session: { script } }) => script.length)).toEqual([
    5, 6, 6, 50_000, 50_000, 50_000,
  ]);
  expect(history.nodes[2]).toMatchObject({ label: 'open 1 (forgotten: too long)', session: short });
  expect(currentSession(history).script).toHaveLength(50_000);
  expect(boundHistory(history)).toBe(history);
  const back = undo(undo(undo(history)));
  expect(currentSession(back)).toBe(short);
});

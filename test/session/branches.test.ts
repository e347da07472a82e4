import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTree, printTree } from '../../src/formats/permalink/keptTree.ts';
import { branches, goToNode, renameBranch } from '../../src/session/branches.ts';
import { chooseGeneration, insertLine, moveCursor, replaceLine } from '../../src/session/edits.ts';
import {
  branchCount,
  commit,
  currentSession,
  type History,
  redo,
  startHistory,
  undo,
  visit,
} from '../../src/session/history.ts';
import { deleteLines, duplicateLines, moveLines, setDisabled, setNote } from '../../src/session/lineEdits.ts';
import { replay } from '../../src/session/replay.ts';
import { emptySession, type Session, scriptLine } from '../../src/session/session.ts';
import { anyLikelyLine } from '../model/likely.ts';
import { everyMachine } from './everything.ts';

const at = fc.nat(8);
type Change = (session: Session) => Session;
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(at, anyLikelyLine).map(
    ([i, line]): Change =>
      (now) =>
        insertLine(now, i, scriptLine(line)),
  ),
  fc.tuple(at, anyLikelyLine).map(
    ([i, line]): Change =>
      (now) =>
        replaceLine(now, i, scriptLine(line)),
  ),
  at.map(
    (i): Change =>
      (now) =>
        deleteLines(now, i),
  ),
  at.map(
    (i): Change =>
      (now) =>
        duplicateLines(now, i),
  ),
  fc.tuple(at, at).map(
    ([i, j]): Change =>
      (now) =>
        moveLines(now, i, j),
  ),
  fc.tuple(at, fc.boolean()).map(
    ([i, off]): Change =>
      (now) =>
        setDisabled(now, i, off),
  ),
  fc.tuple(at, fc.string()).map(
    ([i, note]): Change =>
      (now) =>
        setNote(now, i, note),
  ),
  fc.constantFrom<Change>(
    (now) => chooseGeneration(now, 'v3'),
    (now) => chooseGeneration(now, 'static'),
  ),
);

type Act = (history: History) => History;
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: anyChange.map(
      (change): Act =>
        (h) =>
          commit(h, change(currentSession(h)), 'edit'),
    ),
  },
  { weight: 3, arbitrary: fc.constantFrom<Act>(undo, undo, redo) },
  {
    weight: 1,
    arbitrary: fc.nat(30).map(
      (to): Act =>
        (h) =>
          goToNode(h, to),
    ),
  },
  {
    weight: 1,
    arbitrary: at.map(
      (line): Act =>
        (h) =>
          visit(h, moveCursor(currentSession(h), { line, step: null })),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(9), fc.string()).map(
      ([tip, name]): Act =>
        (h) =>
          renameBranch(h, tip, name),
    ),
  },
);
const anyHistory = fc
  .array(anyAct, { maxLength: 25 })
  .map((acts) => acts.reduce((h, act) => act(h), startHistory(emptySession('dynamic', 'nvme'))));

describe('undo and redo', () => {
  test('undo restores the whole state before an edit, and redo the state after it', () => {
    fc.assert(
      fc.property(anyHistory, anyChange, (before, change) => {
        const session = currentSession(before);
        const after = commit(before, change(session), 'edit');
        fc.pre(after !== before);
        expect(currentSession(undo(after))).toBe(session);
        expect(undo(after).nodes.map((node) => node.session)).toEqual(
          after.nodes.map((node) => node.session),
        );
        expect(redo(undo(after))).toEqual(after);
        for (const [i, node] of before.nodes.entries()) expect(after.nodes[i]?.session).toBe(node.session);
      }),
    );
  });

  test('disabling and enabling a line restores the script', () => {
    fc.assert(
      fc.property(anyHistory, at, (history, line) => {
        const session = currentSession(history);
        fc.pre(session.script[line]?.disabled === false);
        const back = setDisabled(setDisabled(session, line, true), line, false);
        expect(back).toEqual(session);
        expect(everyMachine(replay(back))).toEqual(everyMachine(replay(session)));
      }),
    );
  });

  test('the state after incremental edits equals a replay of the script', () => {
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 12 }), (acts) => {
        let history = startHistory(emptySession('dynamic', 'nvme'));
        let live = replay(currentSession(history));
        for (const act of acts) {
          history = act(history);
          live = replay(currentSession(history), live);
        }
        expect(live).toEqual(replay(currentSession(history)));
      }),
    );
  });
});

describe('branches', () => {
  const start = startHistory(emptySession('dynamic', 'nvme'));
  const raise = (h: History, vector: number) =>
    commit(
      h,
      insertLine(currentSession(h), 99, scriptLine({ op: { op: 'raise', vector }, faults: [] })),
      `raise ${vector}`,
    );

  test('an edit in the past starts a branch and keeps the old future; a switch returns to it', () => {
    const first = raise(raise(start, 1), 2);
    const forked = raise(undo(first), 3);
    expect(branches(forked)).toMatchObject([
      { tip: 2, fork: null, label: 'raise 2', edits: 2, current: false },
      { tip: 3, fork: 1, label: 'raise 3', edits: 2, current: true },
    ]);
    const back = goToNode(forked, 2);
    expect(currentSession(back)).toBe(currentSession(first));
    expect(redo(undo(back)).current).toBe(2);
    expect(branches(back).map(({ current }) => current)).toEqual([true, false]);
  });

  test('a branch keeps its name while it grows', () => {
    const named = raise(renameBranch(raise(start, 1), 1, 'the failure'), 2);
    expect(branches(named).map(({ name }) => name)).toEqual(['the failure']);
    expect(branches(raise(undo(named), 3)).map(({ name }) => name)).toEqual(['the failure', '']);
  });

  test('every node belongs to a branch', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const all = branches(history);
        expect(all.filter(({ current }) => current)).toHaveLength(1);
        expect(new Set(all.map(({ tip }) => tip)).size).toBe(all.length);
        expect(branchCount(history)).toBe(all.length);
      }),
    );
  });
});

describe('stored history', () => {
  test('is parsed unchanged', () => {
    fc.assert(
      fc.property(anyHistory, fc.option(fc.string()), (history, recording) => {
        const read = parseTree(printTree({ history, recording }));
        expect(read).toEqual({ ok: true, value: { history, recording } });
      }),
    );
  });

  test('names damage in outside data and never throws', () => {
    fc.assert(
      fc.property(anyHistory, fc.nat(), fc.string({ maxLength: 3 }), (history, place, put) => {
        const text = printTree({ history, recording: null });
        const cut = place % text.length;
        const read = parseTree(text.slice(0, cut) + put + text.slice(cut + 2));
        if (read.ok) replay(currentSession(read.value.history));
        else expect(read.problems[0].expected).not.toBe('');
      }),
    );
    expect(parseTree('{"version":2}').ok).toBe(false);
  });
});

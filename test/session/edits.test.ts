// Properties of every edit of every script.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scriptOf, withScript } from '../../src/session/deviceSpec.ts';
import { insertLine, moveCursor } from '../../src/session/edits.ts';
import { commit, currentSession, redo, startHistory, undo } from '../../src/session/history.ts';
import {
  deleteLines,
  duplicateLines,
  insertLines,
  moveLines,
  setDisabled,
} from '../../src/session/lineEdits.ts';
import { observe } from '../../src/session/observe.ts';
import { lineCount, machineAfter, type Replay, replay } from '../../src/session/replay.ts';
import { emptySession, type Session, startingMachine } from '../../src/session/session.ts';
import { everyMachine, everyRun } from './everything.ts';
import { anyEdit, anySession } from './randomEdits.ts';

const seen = (replayed: Replay) => ({
  results: everyRun(replayed).map((run) => run && [run.ret, run.errno, run.out, run.happenings]),
  states: everyRun(replayed).map((_, at) => observe(machineAfter(replayed, at + 1))),
});

test('a replay that reuses the common beginning equals a replay from the start', () => {
  fc.assert(
    fc.property(anySession, fc.array(anyEdit, { maxLength: 6 }), (session, edits) => {
      let now = session;
      let kept = replay(now);
      for (const edit of edits) {
        now = edit(now);
        kept = replay(now, kept);
        expect(seen(kept)).toEqual(seen(replay(now)));
      }
    }),
    { numRuns: 60 },
  );
});

test('undo restores the same session, and redo repeats the edit', () => {
  fc.assert(
    fc.property(anySession, anyEdit, (session, edit) => {
      const made = edit(session);
      const done = commit(startHistory(session), made, 'edit');
      expect(currentSession(undo(done))).toBe(session);
      expect(currentSession(redo(undo(done)))).toBe(made);
    }),
  );
});

test('an edit and its inverse leave the script unchanged', () => {
  fc.assert(
    fc.property(anySession, fc.nat({ max: 11 }), fc.nat({ max: 11 }), (session, a, b) => {
      const { script } = session;
      const line = script[a];
      if (line === undefined || script[b] === undefined) return;
      const off = line.disabled;
      expect(setDisabled(setDisabled(session, a, !off), a, off)).toEqual(session);
      expect(moveLines(moveLines(session, a, b), b, a).script).toEqual(script);
      expect(deleteLines(duplicateLines(session, a), a + 1).script).toEqual(script);
      expect(deleteLines(insertLine(session, b, line), b).script).toEqual(script);
    }),
  );
});

interface Range {
  readonly session: Session;
  readonly at: number;
  readonly count: number;
}

/** A session with its cursor anywhere, and a range of its lines. */
const anyRange = anySession
  .filter(({ script }) => script.length > 0)
  .chain((session) => {
    const { length } = session.script;
    return fc.tuple(fc.nat({ max: length }), fc.nat({ max: length - 1 }), fc.nat({ max: length - 1 })).map(
      ([line, a, b]): Range => ({
        session: moveCursor(session, { line, step: null }),
        at: Math.min(a, b),
        count: Math.abs(a - b) + 1,
      }),
    );
  });

const steps = (count: number) => Array.from({ length: count }, (_, step) => step);

test('deleting, skipping and copying a range equal the edits of its lines one by one', () => {
  fc.assert(
    fc.property(anyRange, fc.boolean(), ({ session, at, count }, off) => {
      const each = steps(count);
      expect(deleteLines(session, at, count)).toEqual(each.reduce((now) => deleteLines(now, at), session));
      expect(setDisabled(session, at, off, count)).toEqual(
        each.reduce((now, step) => setDisabled(now, at + step, off), session),
      );
      const copies = each.reduce(
        (now, step) => insertLine(now, at + count + step, session.script[at + step] ?? fail()),
        session,
      );
      expect(duplicateLines(session, at, count)).toEqual(copies);
      expect(deleteLines(copies, at + count, count).script).toEqual(session.script);
    }),
  );
});

test('a range moves like its lines one by one, and back to its place', () => {
  fc.assert(
    fc.property(anyRange, fc.nat({ max: 11 }), ({ session, at, count }, to) => {
      const moved = moveLines(session, at, to, count);
      const isInside = to + count <= session.script.length;
      if (!isInside || to === at) expect(moved).toBe(session);
      expect(moved.script).toHaveLength(session.script.length);
      if (!isInside) return;
      const each = steps(count).reduce(
        (now, step) => (to < at ? moveLines(now, at + step, to + step) : moveLines(now, at, to + count - 1)),
        session,
      );
      expect(moved.script).toEqual(each.script);
      expect(moveLines(moved, to, at, count).script).toEqual(session.script);
      // the cursor stays on its line if that moves
      const { line } = session.cursor;
      if (line <= at || line > at + count || to === at) return;
      expect(moved.script[moved.cursor.line - 1]).toBe(session.script[line - 1]);
      expect(moveLines(moved, to, at, count)).toEqual(session);
    }),
  );
});

function fail(): never {
  throw new Error('no such line');
}

test('a disabled line has the effect of a deleted one', () => {
  fc.assert(
    fc.property(anySession, fc.nat({ max: 11 }), (session, at) => {
      const skipped = replay(setDisabled(session, at, true));
      const gone = replay(deleteLines(session, at));
      expect(everyMachine(skipped).at(-1)).toEqual(everyMachine(gone).at(-1));
      expect(everyRun(skipped).filter((run) => run !== null)).toHaveLength(lineCount(gone));
    }),
  );
});

test('printing and parsing a session as a script keeps it, device included', () => {
  const session = emptySession('v3', 'nvme2048');
  const { setup } = session;
  const other = {
    ...session,
    setup: { ...setup, host: { ...setup.host, canAllocDyn: false, cpuVectors: 4096, irqPool: 12 } },
  };
  for (const one of [session, other]) {
    const back = withScript(emptySession('static', 'nvme'), scriptOf(one));
    expect(back.generation).toBe('v3');
    expect(startingMachine(back.setup)).toEqual(startingMachine(one.setup));
  }
  const recorded = { ...session, setup: { ...setup, deviceName: 'from a recording' } };
  expect(withScript(emptySession('static', 'nvme'), scriptOf(recorded)).setup).toEqual(recorded.setup);
  expect(withScript(session, { device: null, lines: [] }).setup).toBe(setup);
});

test('inserts several lines at once', () => {
  fc.assert(
    fc.property(anySession, anySession, fc.nat({ max: 12 }), (session, { script }, at) => {
      const made = insertLines(session, at, script);
      const one = script.reduce(
        (now, line, i) => insertLine(now, Math.min(at, session.script.length) + i, line),
        session,
      );
      expect(made.script).toEqual(one.script);
    }),
  );
});

// What holds for every edit of every script.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scriptOf, withScript } from '../../src/session/deviceSpec.ts';
import {
  deleteLine,
  duplicateLine,
  insertLine,
  insertLines,
  moveLine,
  setDisabled,
} from '../../src/session/edits.ts';
import { commit, currentSession, redo, startHistory, undo } from '../../src/session/history.ts';
import { observe } from '../../src/session/observe.ts';
import { lineCount, machineAfter, type Replay, replay } from '../../src/session/replay.ts';
import { emptySession, startingMachine } from '../../src/session/session.ts';
import { everyMachine, everyRun } from './everything.ts';
import { anyEdit, anySession } from './randomEdits.ts';

const seen = (replayed: Replay) => ({
  results: everyRun(replayed).map((run) => run && [run.ret, run.errno, run.out, run.happenings]),
  states: everyRun(replayed).map((_, at) => observe(machineAfter(replayed, at + 1))),
});

test('after any edits the replay that kept its beginning is the replay from the start', () => {
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

test('undo takes any edit back to the very session, and redo makes it again', () => {
  fc.assert(
    fc.property(anySession, anyEdit, (session, edit) => {
      const made = edit(session);
      const done = commit(startHistory(session), made, 'edit');
      expect(currentSession(undo(done))).toBe(session);
      expect(currentSession(redo(undo(done)))).toBe(made);
    }),
  );
});

test('what is done and undone by hand leaves the script as it was', () => {
  fc.assert(
    fc.property(anySession, fc.nat({ max: 11 }), fc.nat({ max: 11 }), (session, a, b) => {
      const { script } = session;
      const line = script[a];
      if (line === undefined || script[b] === undefined) return;
      const off = line.disabled;
      expect(setDisabled(setDisabled(session, a, !off), a, off)).toEqual(session);
      expect(moveLine(moveLine(session, a, b), b, a).script).toEqual(script);
      expect(deleteLine(duplicateLine(session, a), a + 1).script).toEqual(script);
      expect(deleteLine(insertLine(session, b, line), b).script).toEqual(script);
    }),
  );
});

test('a line that is left out is a line that never was', () => {
  fc.assert(
    fc.property(anySession, fc.nat({ max: 11 }), (session, at) => {
      const skipped = replay(setDisabled(session, at, true));
      const gone = replay(deleteLine(session, at));
      expect(everyMachine(skipped).at(-1)).toEqual(everyMachine(gone).at(-1));
      expect(everyRun(skipped).filter((run) => run !== null)).toHaveLength(lineCount(gone));
    }),
  );
});

test('a session as a script reads back as it was, device included', () => {
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

test('several lines are put in at once', () => {
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

// The texts of script pane and ledger, which do not depend on the edits before.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { insertLine, replaceLine } from '../../src/session/edits.ts';
import { deleteLines, setDisabled } from '../../src/session/lineEdits.ts';
import { lineCount, machineAfter, replay } from '../../src/session/replay.ts';
import { breachSentence, brokenUpTo, bySubject, checkedLines, lookAtNext } from '../../src/views/breaches.ts';
import { eventfdEntries, pendingNow } from '../../src/views/ledger.ts';
import { changesBetween, changesSentence, stateChange } from '../../src/views/script/changes.ts';
import { EDITOR_ROWS, layoutScript, lineAtRow, topOf, withTools } from '../../src/views/script/layout.ts';
import { ledgerDetailsAt } from '../../src/views/sums.ts';
import { anyEdit, anySession } from '../session/randomEdits.ts';
import { FAILED_ASSIGNMENT, replayOf, sessionOf } from './sessionOf.ts';

const TEXT = `${FAILED_ASSIGNMENT}
raise 1
raise 1
set_irqs msix trigger eventfd 5 [102]
set_irqs msix trigger none 0 1
read 100
raise 7
set_irqs msix trigger eventfd 1 [101]`;

const lineOf = (text: string) => {
  const [line] = parseScript(text).script.lines;
  if (line === undefined) throw new Error(text);
  return line;
};

test('an edit marks exactly the later results and states that it changed', () => {
  const session = sessionOf(TEXT);
  const before = replay(session);
  const entry = lineOf('eventfd 100 5');
  const after = replay(replaceLine(session, 0, entry), before);
  const changes = changesBetween(before, after);
  expect([...changes.results.keys()].map((line) => [line, changes.results.get(line)])).toEqual([[10, '1']]);
  expect(changesSentence(changes)).toBe('1 result changed');
  expect(stateChange(changes, 1)).toBeNull();
  expect(stateChange(changes, 2)).toBe('counter of fd 100 5, was 0');
  expect(stateChange(changes, 10)).toBeNull();
});

test('an additional eventfd changes no vector', () => {
  const session = sessionOf(TEXT);
  const before = replay(session);
  const changes = changesBetween(before, replay(insertLine(session, 0, lineOf('eventfd 200'))));
  expect(changesSentence(changes)).toBeNull();
  expect(stateChange(changes, 5)).toBe('fd 200 open, was closed');
});

test('a changed vector is described', () => {
  const session = sessionOf(TEXT);
  const changes = changesBetween(replay(session), replay(setDisabled(session, 4, true)));
  expect(stateChange(changes, 6)).toBe('vector 1 irq 26, attached, was irq 26, cached');
  expect(stateChange(changes, 5)).toBeNull();
  const v3 = replay({ ...session, generation: 'v3' });
  expect(stateChange(changesBetween(replay(session), v3), 5)).toBe(
    'vector 1 not allocated, was irq 26, cached',
  );
});

test('an unchanged script has no marks after any edits and undos', () => {
  fc.assert(
    fc.property(anySession, anyEdit, (session, edit) => {
      const before = replay(session);
      const back = replay(session, replay(edit(session), before));
      const changes = changesBetween(before, back);
      expect(changes.results.size).toBe(0);
      for (let line = 1; line <= session.script.length; line++) expect(stateChange(changes, line)).toBeNull();
    }),
    { numRuns: 60 },
  );
});

test('the counts have causes and functions', () => {
  const replayed = replayOf(TEXT, 'v3');
  const end = lineCount(replayed);
  const details = ledgerDetailsAt(replayed, end);
  expect(details.counts).toMatchObject({ raised: 3, allocated: 5, freed: 1 });
  expect([details.freedOriginal, details.freedLater, details.reused]).toEqual([1, 0, 1]);
  const machine = machineAfter(replayed, end);
  expect(pendingNow(machine)).toBe(1);
  expect(eventfdEntries(machine, details)[0]).toMatchObject({ name: 'fd 100', count: 0n, loopback: 1 });
});

test('every lost interrupt has a cause', () => {
  const attached = 'eventfd 100\nset_irqs msix trigger eventfd 0 [100]\n';
  const replayed = replayOf(`${attached}cfg_write off=4 size=2 value=2\nraise 0`);
  expect(ledgerDetailsAt(replayed, 3).counts.lost).toBe(0);
  expect(ledgerDetailsAt(replayed, 4).lostBy['bus-master-off']).toBe(1);
});

test('broken invariants are listed with their lines after the check', () => {
  const replayed = replayOf(TEXT, 'v3');
  expect(checkedLines(replayed, 5)).toBe(0);
  for (let line = 1; line <= 5; line++) lookAtNext(replayed);
  const broken = brokenUpTo(replayed, 5);
  expect(checkedLines(replayed, 12)).toBe(5);
  expect(broken.map(({ invariant }) => invariant.id)).toContain('I7');
  expect(broken.map(breachSentence)).toContain(
    'irqs are freed only at teardown (I7): broken at line 5, irq 26 of the original allocation of vector 1 was freed by pci_msix_free_irq()',
  );
  expect(brokenUpTo(replayed, 4).flatMap(({ lines }) => lines)).not.toContain(5);
  const other = replayOf(TEXT);
  for (let line = 1; line <= 5; line++) lookAtNext(other);
  const merged = bySubject(brokenUpTo(other, 5), 'dynamic');
  expect(merged.here).toEqual([]);
  expect(merged.elsewhere.map(({ invariant }) => invariant.id)).toEqual(['I20', 'I22']);
});

test('sums reused across an edit equal sums computed from scratch', () => {
  const empty = replayOf('');
  const anew = (replayed: ReturnType<typeof replay>) => {
    ledgerDetailsAt(empty, 0);
    return told(replayed);
  };
  const told = (replayed: ReturnType<typeof replay>) => {
    const { signals, hadBy, ...sums } = ledgerDetailsAt(replayed, lineCount(replayed));
    return { sums, signals: signals.entries(), hadBy: hadBy.entries() };
  };
  fc.assert(
    fc.property(anySession, fc.array(anyEdit, { maxLength: 5 }), (session, edits) => {
      let now = session;
      let replayed = replay(now);
      for (const edit of edits) {
        now = edit(now);
        replayed = replay(now, replayed);
        const over = told(replayed);
        expect(over).toEqual(anew(replayed));
      }
    }),
    { numRuns: 60 },
  );
});

test('lines, notes, marks and the editor have their rows', () => {
  const { script } = deleteLines(sessionOf('raise 0\nraise 1 # a note\nraise 2'), 9);
  const plain = layoutScript(script, new Set(), null);
  expect(plain).toEqual({ rows: 6, tops: Int32Array.of(0, 1, 2, 4, 5), editor: null, tools: null });
  const marked = layoutScript(script, new Set([1]), { kind: 'insert', line: 3 });
  expect(marked.tops).toEqual(Int32Array.of(0, 1, 3, 5 + EDITOR_ROWS, 6 + EDITOR_ROWS));
  expect(marked.editor).toBe(5);
  expect(layoutScript(script, new Set(), { kind: 'replace', line: 2 }).tops).toEqual(
    Int32Array.of(0, 1, 2, 7, 8),
  );
  expect(layoutScript(script, new Set(), { kind: 'note', line: 2 }).editor).toBe(3);
  expect([0, 1, 2, 3, 4, 99].map((row) => lineAtRow(plain, row))).toEqual([0, 1, 2, 2, 3, 4]);
  // the tools of line 2 are below its note
  const tools = withTools(plain, 2);
  expect(tools.rows).toBe(7);
  expect([0, 1, 2, 3, 4].map((line) => topOf(tools, line))).toEqual([0, 1, 2, 5, 6]);
  expect([0, 1, 2, 3, 4, 5, 6].map((row) => lineAtRow(tools, row))).toEqual([0, 1, 2, 2, 2, 3, 4]);
});

// A long script is computed in pieces and its runs are recomputed on demand; the results must be those of a short script.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeMachine } from '../../src/machine/snapshot.ts';
import { BLOCK, SparseRuns } from '../../src/session/checkpoints.ts';
import { withScript } from '../../src/session/deviceSpec.ts';
import {
  addCheckpoint,
  framesOf,
  isKnown,
  isLong,
  knownLines,
  lineCount,
  machineAfter,
  type Replay,
  reach,
  replay,
  runAt,
  setKnown,
  workOut,
} from '../../src/session/replay.ts';
import { emptySession, type Session, scriptLine } from '../../src/session/session.ts';
import { workload } from '../../src/session/workload.ts';
import { ledgerDetailsAt, originsAt } from '../../src/views/sums.ts';
import { deliveries, originOf } from '../../src/views/wiring/origin.ts';
import { Work } from '../../src/views/work.ts';
import { plainMachine } from '../machine/plain.ts';
import { anyLikelyLine } from '../model/likely.ts';
import { anyEdit } from './randomEdits.ts';

const anyLong: fc.Arbitrary<Session> = fc
  .tuple(
    fc.constantFrom('static', 'v2', 'v3', 'dynamic'),
    fc.constantFrom('nvme', 'e1000e', 'xhci', 'edu'),
    fc.array(anyLikelyLine.map(scriptLine), { minLength: 2 * BLOCK, maxLength: 4 * BLOCK, size: 'max' }),
  )
  .map(([generation, device, script]) => ({ ...emptySession(generation, device), script }));

const dense = (session: Session) => replay(session, null, Infinity);
const sparse = (session: Session, previous: Replay | null = null) => replay(session, previous, 0);

function expectSame(long: Replay, short: Replay, line: number): void {
  expect(plainMachine(machineAfter(long, line))).toEqual(plainMachine(machineAfter(short, line)));
  const [a, b] = [runAt(long, line), runAt(short, line)];
  expect(a === null).toBe(b === null);
  if (a === null || b === null) return;
  expect([a.ret, a.errno, a.out, a.happenings, a.check]).toEqual([
    b.ret,
    b.errno,
    b.out,
    b.happenings,
    b.check,
  ]);
  expect(framesOf(long, line).map(({ fn, ret }) => [fn, ret])).toEqual(
    framesOf(short, line).map(({ fn, ret }) => [fn, ret]),
  );
}

function sums(replayed: Replay, line: number) {
  const { signals, hadBy, ...details } = ledgerDetailsAt(replayed, line);
  const { allocations, irqs, delivered } = originsAt(replayed, line);
  return [details, ...[signals, hadBy, allocations, irqs, delivered].map((map) => map.entries())];
}

test('a long replay has the results of a short one at every line, in any order of access', () => {
  fc.assert(
    fc.property(anyLong, fc.array(fc.nat(4 * BLOCK), { maxLength: 40 }), (session, places) => {
      const long = sparse(session);
      const short = dense(session);
      expect([isLong(long), isLong(short), knownLines(long)]).toEqual([true, false, 0]);
      workOut(long);
      expect(knownLines(long)).toBe(lineCount(long));
      for (const place of places) {
        const line = Math.min(place, lineCount(long));
        expectSame(long, short, line);
        expect(sums(long, line)).toEqual(sums(short, line));
      }
      for (let line = 0; line <= lineCount(long); line++) expectSame(long, short, line);
    }),
    { numRuns: 8 },
  );
});

test('an edit keeps the known common beginning, and the rest equals a new run', () => {
  fc.assert(
    fc.property(
      anyLong,
      fc.array(fc.tuple(anyEdit, fc.nat(3 * BLOCK)), { minLength: 1, maxLength: 4 }),
      (session, edits) => {
        let now = session;
        let long = sparse(now);
        workOut(long);
        for (const [change, ahead] of edits) {
          // an edit reaches only the first lines; behind `head` it reaches any line
          const head = now.script.slice(0, Math.min(ahead, now.script.length));
          const edited = change({ ...now, script: now.script.slice(head.length) });
          now = { ...edited, script: [...head, ...edited.script] };
          const before = knownLines(long);
          long = sparse(now, long);
          expect(knownLines(long)).toBeGreaterThanOrEqual(Math.min(head.length, before, lineCount(long)));
          const short = dense(now);
          expectSame(long, short, Math.min(knownLines(long), lineCount(long)));
          workOut(long, Math.min(knownLines(long) + BLOCK, lineCount(long)));
          for (let line = 0; line <= knownLines(long); line += 7) expectSame(long, short, line);
          const to = knownLines(long);
          expect(sums(long, to)).toEqual(sums(short, to));
        }
      },
    ),
    { numRuns: 15 },
  );
});

test('pieces computed elsewhere give a complete replay, with its sums', () => {
  fc.assert(
    fc.property(anyLong, fc.integer({ min: 1, max: 300 }), fc.nat(200), (session, size, from) => {
      const elsewhere = sparse(session);
      const here = sparse(session);
      const work = new Work(elsewhere, from);
      reach(here, from);
      while (!work.done) {
        let left = size;
        const piece = work.next(() => --left <= 0);
        expect(piece.answers).toHaveLength(piece.to - piece.timeline.from + 1);
        for (const { line, ...checkpoint } of piece.checkpoints) addCheckpoint(here, line, checkpoint);
      }
      const short = dense(session);
      const whole = Math.floor(lineCount(here) / BLOCK) * BLOCK;
      expect(knownLines(here)).toBeGreaterThanOrEqual(from > BLOCK ? from : whole);
      for (let line = 0; line <= knownLines(here); line += 13) {
        expectSame(here, short, line);
        expect(sums(here, line)).toEqual(sums(short, line));
      }
    }),
    { numRuns: 8 },
  );
});

test('unreadable bytes of a checkpoint only cost time', () => {
  const session = {
    ...emptySession('dynamic', 'nvme'),
    script: fc.sample(anyLikelyLine.map(scriptLine), 3 * BLOCK),
  };
  const long = sparse(session);
  for (let line = BLOCK; line <= 3 * BLOCK; line += BLOCK)
    addCheckpoint(long, line, { machine: new Uint8Array([1, 2, 3]), sums: new Uint8Array([9]) });
  const short = dense(session);
  for (const line of [3 * BLOCK, BLOCK + 5, 2 * BLOCK, 7]) {
    expectSame(long, short, line);
    expect(sums(long, line)).toEqual(sums(short, line));
  }
});

test('a very long script keeps only some checkpoints, up to a limit, and the same machines', () => {
  const session = withScript(
    emptySession('dynamic', 'nvme'),
    workload({ lines: 70 * BLOCK, vectors: 8, seed: 3 }),
  );
  const short = dense(session);
  const size = encodeMachine(machineAfter(short, 70 * BLOCK)).length;
  const most = 35 * size;
  const long = new SparseRuns(short, most);
  long.advance(lineCount(short));
  const kept = Array.from({ length: 70 }, (_, at) => long.machineBytes((at + 1) * BLOCK) !== null);
  // the last 16 are all there; before them at most as many as the limit allows
  expect(kept.slice(-16)).toEqual(Array(16).fill(true));
  expect(kept.slice(0, -16).filter(Boolean).length).toBeGreaterThan(3);
  expect(kept.slice(0, -16).filter((one) => !one).length).toBeGreaterThan(20);
  expect(long.bytes).toBeLessThanOrEqual(most);
  const after = new SparseRuns(short, most);
  after.takeOver(long, 60 * BLOCK + 5);
  for (let line = 0; line <= lineCount(short); line += 211) {
    const plain = plainMachine(machineAfter(short, line));
    expect(plainMachine(long.machineAfter(line))).toEqual(plain);
    if (line <= 60 * BLOCK + 5) expect(plainMachine(after.machineAfter(line))).toEqual(plain);
  }
});

test('an unknown place shows the last known machine and no run', () => {
  const session = {
    ...emptySession('dynamic', 'nvme'),
    script: fc.sample(anyLikelyLine.map(scriptLine), 3000),
  };
  const long = replay(session);
  expect(isLong(long)).toBe(true);
  reach(long, 2500);
  expect(knownLines(long)).toBe(0);
  expect(machineAfter(long, 2500)).toBe(long.start);
  expect(runAt(long, 2500)).toBeNull();
  expect(framesOf(long, 2500)).toEqual([]);
  reach(long, 700);
  expect([knownLines(long), isKnown(long, 700), isKnown(long, 701)]).toEqual([700, true, false]);
  expect(runAt(long, 701)).toBeNull();
  expectSame(long, dense({ ...session, script: session.script.slice(0, 700) }), 700);
});

test('attributes an irq to the line that allocated it last, and counts its deliveries from there', () => {
  fc.assert(
    fc.property(anyLong, fc.array(fc.nat(4 * BLOCK), { maxLength: 20 }), (session, places) => {
      const long = sparse(session);
      workOut(long);
      for (const place of places) {
        const line = Math.min(place, lineCount(long));
        for (const [vector, { irq }] of machineAfter(long, line).domain.descs.entries())
          expect(originOf(long, line, vector, irq)).toEqual(scannedOrigin(long, line, vector, irq));
        expect(deliveries(long, line).entries()).toEqual(scannedDeliveries(long, line));
      }
    }),
    { numRuns: 6 },
  );
});

function scannedOrigin(replayed: Replay, line: number, vector: number, irq: number) {
  for (let at = line; at >= 1; at--) {
    const made = runAt(replayed, at)?.happenings.findLast(
      (one) => one.kind === 'allocated' && one.vector === vector && one.irq === irq,
    );
    if (made?.kind === 'allocated') return { line: at, by: made.by };
  }
  return null;
}

function scannedDeliveries(replayed: Replay, line: number) {
  const counts = new Map<number, number>();
  const irqs = new Map<number, number>();
  for (let at = 1; at <= line; at++) {
    const run = runAt(replayed, at);
    const pin = run === null || run.before.vdev.intx === null ? null : run.before.host.pinIrq;
    for (const one of run?.happenings ?? []) {
      if (one.kind === 'allocated') {
        irqs.set(one.vector, one.irq);
        counts.set(one.irq, 0);
      } else if (one.kind === 'freed') {
        irqs.delete(one.vector);
        counts.delete(one.irq);
      } else if (one.kind === 'delivered') {
        const irq = irqs.get(one.vector) ?? pin;
        if (irq !== null) counts.set(irq, (counts.get(irq) ?? 0) + 1);
      }
    }
  }
  return [...counts].sort(([a], [b]) => a - b);
}

test('a line added at the end keeps the runs of the lines before it, also in the last block', () => {
  fc.assert(
    fc.property(anyLong, anyLikelyLine.map(scriptLine), (session, added) => {
      const before = sparse(session);
      workOut(before);
      const lines = lineCount(before);
      const last = Array.from({ length: Math.min(lines, BLOCK) }, (_, at) => runAt(before, lines - at));
      const after = sparse({ ...session, script: [...session.script, added] }, before);
      for (const [at, run] of last.entries()) expect(runAt(after, lines - at)).toBe(run);
      workOut(after);
      // the block of the script before is its own
      expect(lineCount(before)).toBe(lines);
      expect(runAt(before, lines + 1)).toBeNull();
      expectSame(after, dense({ ...session, script: [...session.script, added] }), lines + 1);
    }),
    { numRuns: 20 },
  );
});

test('a worker that has dropped checkpoints still sends all of them', () => {
  const session = withScript(
    emptySession('dynamic', 'nvme'),
    workload({ lines: 60 * BLOCK + 9, vectors: 8, seed: 8 }),
  );
  const known = sparse(session);
  const runs = new SparseRuns(known, 10 * encodeMachine(known.start).length);
  runs.advance(lineCount(known));
  const elsewhere: Replay = { ...known, made: runs };
  const here = sparse(session);
  for (const work = new Work(elsewhere, 0); !work.done; ) {
    let left = 500;
    const piece = work.next(() => --left <= 0);
    for (const { line, ...checkpoint } of piece.checkpoints) addCheckpoint(here, line, checkpoint);
    setKnown(here, piece.to);
  }
  expect(runs.machineBytes(BLOCK)).toBeNull();
  expect(knownLines(here)).toBe(lineCount(here));
});

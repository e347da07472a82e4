// The worker sends the timeline of a long script in pieces, and the page recomputes machines from checkpoints: both agree for
// every lane at every line, also after an edit.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReplayJob } from '../../src/app/workers/job.ts';
import type { FromWorker, ToWorker } from '../../src/app/workers/messages.ts';
import { printHeader } from '../../src/formats/permalink/header.ts';
import { packLines } from '../../src/formats/permalink/packedLines.ts';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import { withScript } from '../../src/session/deviceSpec.ts';
import {
  addCheckpoint,
  commonRuns,
  isLong,
  knownLines,
  machineAfter,
  type Replay,
  replay,
  setKnown,
} from '../../src/session/replay.ts';
import { emptySession, type Session, scriptLine } from '../../src/session/session.ts';
import { workload } from '../../src/session/workload.ts';
import { NumberColumn } from '../../src/views/timeline/columns.ts';
import { LANE_KINDS, type LaneKind, laneId, TimelineData } from '../../src/views/timeline/data.ts';
import { slotOf } from '../../src/views/timeline/extract.ts';
import { laneStatesAt } from '../../src/views/timeline/table.ts';
import { anyLikelyLine } from '../model/likely.ts';

const OPENED = [100, 101, 102, 103].map((fd) =>
  scriptLine({ op: { op: 'eventfd', fd, initval: 0n, semaphore: false }, faults: [] }),
);

const anyEntry = fc
  .record({ line: anyLikelyLine, left: fc.nat(9) })
  .map(({ line, left }) => ({ ...scriptLine(line), disabled: left === 0 }));

/** A long script, the replacement of some of its lines, and its place. */
const anyLong = fc.record({
  generation: fc.constantFrom(...GENERATIONS.map(({ id }) => id)),
  device: fc.constantFrom('nvme', 'e1000e', 'xhci'),
  script: fc.array(anyEntry, { minLength: 400, maxLength: 640, size: 'max' }),
  at: fc.nat(399),
  taken: fc.nat(5),
  put: fc.array(anyEntry, { maxLength: 5 }),
  /** Looks at the clock in one slice. */
  slice: fc.integer({ min: 1, max: 400 }),
});

/** The worker's side: messages are copied, as between threads. */
function worker(slice: number) {
  const said: FromWorker[] = [];
  const waiting: (() => void)[] = [];
  let clock = 0;
  const job = new ReplayJob({
    post: (message) => {
      said.push(structuredClone(message));
    },
    later: (go) => waiting.push(go),
    now: () => {
      clock += 40 / slice;
      return clock;
    },
  });
  const tell = (message: ToWorker) => {
    job.receive(structuredClone(message));
  };
  return (session: Session, from: number) => {
    said.length = 0;
    tell({ kind: 'begin', job: 1, header: printHeader({ session, recording: null }), head: 0, tail: 0 });
    tell({ kind: 'lines', job: 1, lines: packLines(session.script) });
    tell({ kind: 'run', job: 1, from });
    for (let go = waiting.shift(); go !== undefined; go = waiting.shift()) go();
    return said.slice();
  };
}

/** The page's side. */
function take(said: readonly FromWorker[], replayed: Replay, data: TimelineData): void {
  for (const message of said) {
    if (message.kind !== 'piece') throw new Error(`said: ${message.kind}`);
    const { piece } = message;
    for (const { line, ...checkpoint } of piece.checkpoints) addCheckpoint(replayed, line, checkpoint);
    setKnown(replayed, piece.to);
    data.append(piece.timeline);
  }
}

/** Returns every possible lane of a device. */
function lanesOf({ setup }: Session): readonly { readonly kind: LaneKind; readonly vector: number }[] {
  return LANE_KINDS.flatMap((kind) => {
    const count = kind === 'msix' ? (setup.device.msix?.vectors ?? 0) : kind === 'msi' ? 32 : 1;
    return Array.from({ length: count }, (_, vector) => ({ kind, vector }));
  });
}

function expectTold(session: Session, replayed: Replay, data: TimelineData): void {
  expect([isLong(replayed), knownLines(replayed)]).toEqual([true, session.script.length]);
  expect(data.length).toBe(session.script.length);
  const lanes = lanesOf(session).map(({ kind, vector }) => ({ kind, vector, lane: laneId(kind, vector) }));
  const nothing = { state: 'none', irq: 0, ev: -1, pending: false };
  // from the end, so that every block is made from its checkpoint
  for (let line = session.script.length; line >= 0; line--) {
    const machine = machineAfter(replayed, line);
    const shown = new Map(laneStatesAt(data, line).map((slot) => [slot.lane, slot]));
    const said = lanes.map(({ lane }) => {
      const { state, irq, ev, pending } = shown.get(lane) ?? nothing;
      return `${lane} ${state} ${irq} ${ev} ${pending}`;
    });
    const held = lanes.map(({ lane, kind, vector }) => {
      const { state, irq, ev, pending } = slotOf(machine, kind, vector);
      return `${lane} ${state} ${irq} ${ev} ${pending}`;
    });
    expect({ line, said }).toEqual({ line, said: held });
  }
}

test('equals the machine after every line of a long script, for every lane', () => {
  fc.assert(
    fc.property(anyLong, ({ generation, device, script, at, taken, put, slice }) => {
      const session = { ...emptySession(generation, device), script: [...OPENED, ...script] };
      const work = worker(slice);
      const data = new TimelineData();
      const first = replay(session);
      take(work(session, 0), first, data);
      expectTold(session, first, data);
      const edited = { ...session, script: session.script.toSpliced(at, taken, ...put) };
      const second = replay(edited, first);
      if (!isLong(second)) return;
      // as the page does it: whole blocks in common stay
      const from = Math.floor(commonRuns(first, second) / 128) * 128;
      data.truncate(from);
      take(work(edited, from), second, data);
      expectTold(edited, second, data);
    }),
    { numRuns: 5 },
  );
});

test('estimates the memory of the columns without looking at all of them', () => {
  const session = withScript(
    emptySession('dynamic', 'nvme'),
    workload({ lines: 12_000, vectors: 64, seed: 6 }),
  );
  const replayed = replay(session);
  const data = new TimelineData();
  take(worker(500)(session, 0), replayed, data);
  const bytesOf = (columns: object) =>
    Object.values(columns).reduce(
      (sum: number, one: unknown) => sum + (one instanceof NumberColumn ? one.values.byteLength : 0),
      0,
    );
  const lanes = data.laneIds.flatMap((id) => data.lane(id) ?? []);
  const parts = lanes.flatMap(({ turns, marks, drawn }) => [turns, marks, drawn]);
  const all = [data.lines, data.sums, ...parts].reduce((sum, columns) => sum + bytesOf(columns), 0);
  expect(data.bytes / all).toBeGreaterThan(0.6);
  expect(data.bytes / all).toBeLessThan(1.5);
});

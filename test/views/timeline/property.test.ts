// Compares the timeline with the machine and the happenings at every line.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Happening } from '../../../src/kernel/frame.ts';
import { GENERATIONS } from '../../../src/kernel/generations/index.ts';
import { DEVICES } from '../../../src/machine/devices.ts';
import { machineAfter, type Replay, replay, runAt } from '../../../src/session/replay.ts';
import { emptySession, type Session, scriptLine } from '../../../src/session/session.ts';
import {
  LANE_KINDS,
  type LaneKind,
  laneId,
  laneSubject,
  MARK_KINDS,
  TEARDOWN_CAUSES,
  TimelineData,
} from '../../../src/views/timeline/data.ts';
import { slotOf, TimelineWriter } from '../../../src/views/timeline/extract.ts';
import { laneStatesAt, marksAt } from '../../../src/views/timeline/table.ts';
import { anyLikelyLine } from '../../model/likely.ts';

const anyEntry = fc
  .record({
    line: anyLikelyLine,
    disabled: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.boolean()),
  })
  .map(({ line, disabled }) => ({ ...scriptLine(line), disabled }));

/** Descriptors open from the start, without which most random lines fail. */
const OPENED = [100, 101, 102, 103].map((fd) =>
  scriptLine({ op: { op: 'eventfd', fd, initval: 0n, semaphore: false }, faults: [] }),
);

/** Every device of the catalogue, with and without a pin and masks of its MSI vectors, under every generation. */
const anySession: fc.Arbitrary<Session> = fc
  .record({
    generation: fc.constantFrom(...GENERATIONS.map(({ id }) => id)),
    device: fc.constantFrom(...DEVICES.filter(({ name }) => name !== 'nvme2048').map(({ name }) => name)),
    raise: fc.constantFrom('always' as const, 'with-msix' as const),
    intx: fc.boolean(),
    maskable: fc.boolean(),
    irqPool: fc.option(fc.nat(9), { freq: 3 }),
    script: fc.array(anyEntry, { maxLength: 40, size: 'max' }),
  })
  .map(({ generation, device: name, raise, intx, maskable, irqPool, script }) => {
    const session = emptySession(generation, name);
    const { device, host } = session.setup;
    const msi = device.msi === null ? null : { ...device.msi, maskable };
    return {
      ...session,
      setup: { ...session.setup, device: { ...device, raise, intx, msi }, host: { ...host, irqPool } },
      script: [...OPENED, ...script],
    };
  });

function append(data: TimelineData, replayed: Replay, to: number) {
  const writer = new TimelineWriter(data.length + 1);
  for (let line = data.length + 1; line <= to; line++) {
    const entry = replayed.script[line - 1];
    if (entry !== undefined) writer.add(entry, runAt(replayed, line));
  }
  data.append(writer.chunk());
}

function dataOf(replayed: Replay): TimelineData {
  const data = new TimelineData();
  append(data, replayed, replayed.script.length);
  return data;
}

/** Returns every possible lane of a device. */
function lanesOf({ setup }: Session): readonly { readonly kind: LaneKind; readonly vector: number }[] {
  return LANE_KINDS.flatMap((kind) => {
    const count = kind === 'msix' ? (setup.device.msix?.vectors ?? 0) : kind === 'msi' ? 32 : 1;
    return Array.from({ length: count }, (_, vector) => ({ kind, vector }));
  });
}

/** Returns the happenings with marks of their own, by kind and, if known, object. */
function told(happenings: readonly Happening[]): readonly string[] {
  return happenings.flatMap((one) => {
    switch (one.kind) {
      case 'allocated':
      case 'freed':
        return [`${one.kind} ${one.irq}`];
      case 'attached':
      case 'detached':
      case 'delivered':
        return [`${one.kind} ${one.ev}`];
      case 'pended':
      case 'coalesced':
      case 'failed':
        return [`${one.kind} -1`];
      case 'signal':
        return one.by === 'interrupt' ? [] : [`loopback ${one.ev}`];
      default:
        return [];
    }
  });
}

/** Returns the contents of the columns, for comparison. */
function content(data: TimelineData) {
  const columns = (all: object) =>
    Object.entries(all).map(([name, column]: [string, { length: number; at(place: number): number }]) => [
      name,
      Array.from({ length: column.length }, (_, place) => column.at(place)),
    ]);
  return {
    lines: columns(data.lines),
    events: data.events,
    lanes: data.laneIds.map((id) => {
      const lane = data.lane(id);
      return lane === undefined ? id : [id, columns(lane.turns), columns(lane.marks)];
    }),
  };
}

// thousands of machines are compared lane by lane
describe('the timeline', () => {
  test('equals the machine after every line, for every lane', () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const replayed = replay(session);
        const data = dataOf(replayed);
        for (const id of data.laneIds) {
          const { kind, vector } = laneSubject(id);
          expect(lanesOf(session)).toContainEqual({ kind, vector });
        }
        for (let line = 0; line <= session.script.length; line++) {
          const machine = machineAfter(replayed, line);
          const shown = new Map(laneStatesAt(data, line).map((slot) => [slot.lane, slot]));
          for (const { kind, vector } of lanesOf(session)) {
            const lane = laneId(kind, vector);
            const { state, irq, ev, pending } = shown.get(lane) ?? {
              state: 'none',
              irq: 0,
              ev: -1,
              pending: false,
            };
            expect({ line, lane, state, irq, ev, pending }).toEqual({
              line,
              lane,
              ...slotOf(machine, kind, vector),
            });
          }
        }
      }),
      { numRuns: 250 },
    );
  });

  test('has marks for the happenings of every line', () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const replayed = replay(session);
        const data = dataOf(replayed);
        for (let line = 1; line <= session.script.length; line++) {
          const run = runAt(replayed, line);
          const happenings = run?.happenings ?? [];
          const marks = marksAt(data, line);
          const shown = marks
            .filter(({ kind }) => kind !== 'raised' && kind !== 'lost')
            .map(({ kind, detail }) => `${kind} ${detail}`);
          expect(shown.toSorted()).toEqual(told(happenings).toSorted());
          const teardown = happenings.find(({ kind }) => kind === 'teardown');
          const cause = TEARDOWN_CAUSES[data.lines.teardown.at(line - 1)];
          expect(cause !== 'none').toBe(teardown !== undefined);
          if (teardown?.kind === 'teardown') expect(data.lines.ended.at(line - 1)).toBe(teardown.vectors);
          // a vector's marks are on its own lane, which belongs to the mode before or after the line
          const modes = [run?.before.domain.mode, run?.after.domain.mode];
          for (const { lane, kind, detail } of marks) {
            const subject = laneSubject(lane);
            if (kind === 'allocated' || kind === 'freed') {
              const irqs = happenings.filter(
                (one) => one.kind === kind && one.irq === detail && one.vector === subject.vector,
              );
              expect(irqs).not.toHaveLength(0);
            }
            // a failed enable delivers pending interrupts and leaves no mode
            const attachedHere = marks.some((one) => one.lane === lane && one.kind === 'attached');
            if (kind === 'delivered' && subject.kind !== 'intx' && !attachedHere)
              expect(modes).toContain(subject.kind);
            if (kind === 'delivered') {
              // attached before, after or within the line: a failing line detaches what it attached
              const bound = [
                slotOf(run?.before ?? replayed.start, subject.kind, subject.vector).ev,
                slotOf(run?.after ?? replayed.start, subject.kind, subject.vector).ev,
                ...marks.flatMap((one) => (one.lane === lane && one.kind === 'attached' ? [one.detail] : [])),
              ];
              expect(bound).toContain(detail);
            }
            if (kind === 'loopback') {
              const holder = run?.before;
              expect(holder && slotOf(holder, subject.kind, subject.vector).ev).toBe(detail);
            }
          }
        }
      }),
      { numRuns: 250 },
    );
  });

  test('equals a new one after it is shortened to any line and continued', () => {
    fc.assert(
      fc.property(anySession, anySession, fc.nat(40), (session, other, at) => {
        const before = replay(session);
        const data = dataOf(before);
        const common = Math.min(at, session.script.length);
        data.truncate(common);
        const script = [...session.script.slice(0, common), ...other.script];
        const after = replay({ ...session, script }, before);
        append(data, after, script.length);
        expect(content(data)).toEqual(content(dataOf(after)));
      }),
      { numRuns: 150 },
    );
  });

  test('describes every kind of mark in random scripts', () => {
    const seen = new Set<string>();
    const causes = new Set<string>();
    fc.assert(
      fc.property(anySession, (session) => {
        const data = dataOf(replay(session));
        for (let line = 1; line <= data.length; line++) {
          causes.add(TEARDOWN_CAUSES[data.lines.teardown.at(line - 1)] ?? '');
          for (const { kind } of marksAt(data, line)) seen.add(kind);
        }
      }),
      { numRuns: 600, seed: 5 },
    );
    expect([...seen].toSorted()).toEqual([...MARK_KINDS].toSorted());
    expect([...causes].toSorted()).toEqual([...TEARDOWN_CAUSES].toSorted());
  });
});

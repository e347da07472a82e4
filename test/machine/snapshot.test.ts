import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import { PRESETS } from '../../src/kernel/presets.ts';
import { run } from '../../src/kernel/run.ts';
import { bootMachine } from '../../src/machine/boot.ts';
import { DEVICES } from '../../src/machine/devices.ts';
import type { Machine } from '../../src/machine/machine.ts';
import { decodeMachine, encodeMachine } from '../../src/machine/snapshot.ts';
import { withScript } from '../../src/session/deviceSpec.ts';
import { machineAfter, replay, workOut } from '../../src/session/replay.ts';
import { emptySession } from '../../src/session/session.ts';
import { workload } from '../../src/session/workload.ts';
import { anyLikelyLine } from '../model/likely.ts';
import { plainMachine } from './plain.ts';

function again(machine: Machine): Machine {
  const read = decodeMachine(encodeMachine(machine), machine);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

const someLines = fc.array(anyLikelyLine, { minLength: 1, maxLength: 30 });
const someDevice = fc.constantFrom(...DEVICES.map(({ device }) => device));
const someHost = fc.constantFrom(...PRESETS.map(({ host }) => host));

describe.each(GENERATIONS.map((generation) => [generation.id, generation] as const))(
  '%s',
  (_, generation) => {
    test('a decoded machine equals the encoded one after every line, and runs the same', () => {
      fc.assert(
        fc.property(someDevice, someHost, fc.boolean(), someLines, (device, host, remapping, lines) => {
          let machine = bootMachine(device, { ...host, irqRemapping: remapping });
          for (const line of lines) {
            const read = again(machine);
            expect(plainMachine(read)).toEqual(plainMachine(machine));
            const next = run(generation, machine, line);
            const other = run(generation, read, line);
            expect(plainMachine(other.after)).toEqual(plainMachine(next.after));
            expect([other.ret, other.errno, other.happenings]).toEqual([
              next.ret,
              next.errno,
              next.happenings,
            ]);
            machine = next.after;
          }
        }),
        { numRuns: 40 },
      );
    });
  },
);

function large(): Machine {
  const session = withScript(
    emptySession('dynamic', 'nvme'),
    workload({ lines: 3000, vectors: 2048, seed: 5 }),
  );
  const replayed = replay(session);
  workOut(replayed);
  return machineAfter(replayed, 3000);
}

test('stores 64-bit counters, and a full table of 2,048 vectors in less than 30 kB', () => {
  const machine = large();
  const [[ev, object] = [0, undefined]] = machine.eventfds.entries();
  if (object === undefined) throw new Error('no eventfd');
  const full = { ...machine, eventfds: machine.eventfds.set(ev, { ...object, count: 2n ** 64n - 2n }) };
  expect(again(full).eventfds.get(ev)?.count).toBe(2n ** 64n - 2n);
  expect(plainMachine(again(full))).toEqual(plainMachine(full));
  expect(encodeMachine(machine).length).toBeLessThan(30_000);
});

test('rejects invalid bytes with a problem and never throws', () => {
  const machine = large();
  const bytes = encodeMachine(machine);
  expect(decodeMachine(bytes.slice(0, 100), machine)).toMatchObject({
    ok: false,
    problems: [{ at: { path: 'machine' }, found: expect.stringMatching(/^the end at byte/) }],
  });
  expect(decodeMachine(new Uint8Array([...bytes, 0]), machine).ok).toBe(false);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
      const read = decodeMachine(bytes.with(at, value), machine);
      if (!read.ok) expect(read.problems[0].expected).toBe('the bytes of a machine');
    }),
    { numRuns: 200 },
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (some) => void decodeMachine(some, machine)));
});

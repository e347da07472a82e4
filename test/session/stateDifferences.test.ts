// Properties of the list of differences over the states of random scripts.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import type { Machine } from '../../src/machine/machine.ts';
import { BIT } from '../../src/session/differenceKinds.ts';
import { restBits, vectorBits } from '../../src/session/differences.ts';
import { modelRuns } from '../../src/session/laneRuns.ts';
import { observe } from '../../src/session/observe.ts';
import { type Replay, replay } from '../../src/session/replay.ts';
import { scriptLine, setupOf } from '../../src/session/session.ts';
import {
  compareStates,
  Differences,
  type Field,
  machineDifferences,
  pathOf,
} from '../../src/session/stateDifferences.ts';
import { anyLikelyLine } from '../model/likely.ts';
import { FAILED_ASSIGNMENT, sessionOf } from '../views/sessionOf.ts';

const ids = fc.constantFrom<GenerationId>(...GENERATIONS.map(({ id }) => id));
const VECTORS = 8;

/** A script that attaches vectors and goes on at random, on two generations. */
const twoReplays = fc
  .record({ lines: fc.array(anyLikelyLine, { minLength: 1, maxLength: 30 }), one: ids, other: ids })
  .map(({ lines, one, other }): readonly [Replay, Replay] => {
    const begin = sessionOf(FAILED_ASSIGNMENT);
    const setup = setupOf('nvme', begin.setup.host, VECTORS);
    const session = { ...begin, setup, script: [...begin.script, ...lines.map(scriptLine)] };
    return [replay({ ...session, generation: one }), replay({ ...session, generation: other })];
  });

function machinePairs([one, other]: readonly [Replay, Replay]): readonly (readonly [Machine, Machine])[] {
  const [left, right] = [modelRuns(one), modelRuns(other)];
  return left.script.flatMap((_, at) => [
    [left.machineAfter(at + 1), right.machineAfter(at + 1)] as const,
    [left.machineAfter(at), left.machineAfter(at + 1)] as const,
  ]);
}

describe('the differences between two states', () => {
  test('are none exactly if the observed states, which the check of a link covers, are equal', () => {
    fc.assert(
      fc.property(twoReplays, (replays) => {
        for (const [left, right] of machinePairs(replays)) {
          const [one, other] = [observe(left), observe(right)];
          const found = new Differences();
          compareStates(found, one, other, { irq: (irq) => irq, message: (message) => message.join(' ') });
          expect(found.list.length === 0).toBe(isDeepStrictEqual(one, other));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('have the kinds of the keys by which lanes are compared', () => {
    // an edit's marks name these, lanes of one script do not compare them
    const own: readonly Field[] = ['file', 'counter', 'irqType', 'intx.looping'];
    const terms = { eventfds: 'descriptors', observed: false, calls: true } as const;
    fc.assert(
      fc.property(twoReplays, (replays) => {
        const lanes = replays.map(modelRuns);
        for (const machines of machinePairs(replays)) {
          let bits = restBits(machines, terms);
          for (let vector = 0; vector < VECTORS; vector++) bits |= vectorBits(lanes, machines, vector, terms);
          const list = machineDifferences(...machines).filter(({ field }) => !own.includes(field));
          const found = new Differences();
          for (const { field, at, left, right } of list) found.field(field, at, left, right);
          expect(found.bits).toBe(bits & ~BIT.signal);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('are the same in both directions, and none between a state and itself', () => {
    fc.assert(
      fc.property(twoReplays, (replays) => {
        for (const [left, right] of machinePairs(replays)) {
          const back = machineDifferences(right, left);
          expect(machineDifferences(left, right).map(pathOf)).toEqual(back.map(pathOf));
          expect(machineDifferences(left, { ...left })).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

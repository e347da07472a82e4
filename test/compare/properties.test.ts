// Properties of any script: a lane never differs from itself, the order of the lanes does not matter, and comparing only
// the touched parts finds the same differences as comparing everything.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import { recordedPreset } from '../../src/kernel/presets.ts';
import type { Machine } from '../../src/machine/machine.ts';
import { BIT } from '../../src/session/differenceKinds.ts';
import { differ, restBits, returnsDiffer, vectorBits } from '../../src/session/differences.ts';
import { Divergence, renewedVectors } from '../../src/session/divergence.ts';
import { kernelLane } from '../../src/session/lanes.ts';
import { emptySession, type Session, scriptLine, setupOf } from '../../src/session/session.ts';
import { counterKey } from '../../src/session/stateDifferences.ts';
import { Comparing } from '../../src/views/compare/comparing.ts';
import { DeliveryCounter } from '../../src/views/compare/deliveries.ts';
import { type Counts, hostView } from '../../src/views/compare/host.ts';
import { interruptLines, isListed } from '../../src/views/wiring/interrupts.ts';
import { anyLikelyLine } from '../model/likely.ts';
import { runsOf } from './lanes.ts';

const ids = fc.constantFrom<GenerationId>(...GENERATIONS.map(({ id }) => id));
const session = fc
  .record({
    lines: fc.array(anyLikelyLine, { minLength: 1, maxLength: 30 }),
    pool: fc.constantFrom(null, 2, 4),
  })
  .map(({ lines, pool }): Session => {
    const empty = emptySession('dynamic', 'nvme');
    const host = { ...recordedPreset('dynamic').host, irqPool: pool };
    return { ...empty, setup: setupOf('nvme', host, 8), script: lines.map(scriptLine) };
  });

function whole(made: Session, generations: readonly GenerationId[]): Divergence {
  const divergence = new Divergence(
    runsOf(
      generations.map((id) => kernelLane(id)),
      made,
    ),
  );
  while (divergence.advance(3));
  return divergence;
}

const bitsOf = (divergence: Divergence) =>
  Array.from({ length: divergence.length }, (_, at) => divergence.at(at + 1));

describe('lanes in lock-step', () => {
  test('a lane never differs from itself, calls included', () => {
    fc.assert(
      fc.property(session, ids, (made, id) => {
        const divergence = whole(made, [id, id]);
        expect(divergence.lines).toEqual([]);
        expect(made.script.some((_, at) => divergence.traceAt(at + 1))).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test('the order of the lanes does not matter', () => {
    fc.assert(
      fc.property(session, ids, ids, (made, a, b) => {
        expect(bitsOf(whole(made, [a, b]))).toEqual(bitsOf(whole(made, [b, a])));
      }),
      { numRuns: 100 },
    );
  });

  test('three lanes differ exactly where two of them do', () => {
    fc.assert(
      fc.property(session, ids, ids, ids, (made, a, b, c) => {
        const pairs = [bitsOf(whole(made, [a, b])), bitsOf(whole(made, [a, c])), bitsOf(whole(made, [b, c]))];
        bitsOf(whole(made, [a, b, c])).forEach((bits, at) => {
          const any = pairs.reduce((sum, pair) => sum | (pair[at] ?? 0), 0);
          // vectors that some lanes lack are compared by number in the pairs only
          expect(bits | BIT.identity).toBe(any | BIT.identity);
        });
      }),
      { numRuns: 100 },
    );
  });

  test('comparing the touched parts finds the same as comparing everything', () => {
    fc.assert(
      fc.property(session, ids, ids, (made, a, b) => {
        const divergence = whole(made, [a, b]);
        const { lanes, terms } = divergence;
        const all = made.script.map((_, at) => {
          const line = at + 1;
          const machines = lanes.map((lane) => lane.machineAfter(line));
          let bits = restBits(machines, terms);
          for (let vector = 0; vector < 8; vector++) bits |= vectorBits(lanes, machines, vector, terms);
          for (let fd = 100; fd < 210; fd++) {
            if (differ(machines.map((machine) => counterKey(machine, fd)))) bits |= BIT.signal;
          }
          if (returnsDiffer(lanes, line)) bits |= BIT.return;
          if (renewedVectors(lanes, line, machines).length > 0) bits |= BIT.identity;
          return bits;
        });
        expect(bitsOf(divergence)).toEqual(all);
        const lines = all.flatMap((bits, at) => (bits === 0 ? [] : [at + 1]));
        expect(divergence.lines).toEqual(lines);
        for (const from of [0, 3, 9]) {
          expect(divergence.next(from)).toBe(lines.find((line) => line > from) ?? null);
          expect(divergence.previous(from)).toBe(lines.findLast((line) => line < from) ?? null);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the host’s view', () => {
  /** The lists as a person would compare them: without the chips, whose names depend on the release. */
  const texts = (machine: Machine, id: GenerationId, counts: Counts) => {
    const lines = interruptLines(machine, id, counts);
    const rows = lines
      .filter(isListed)
      .map(({ irq, count, name, vector }) => `${vector} ${irq} ${count} ${name}`)
      .sort();
    return {
      interrupts: rows.join('\n'),
      msiIrqs: lines.flatMap(({ irq, vector }) => (vector === null ? [] : [irq])).join(' '),
    };
  };

  test('marks a difference exactly where the printed lists differ', () => {
    fc.assert(
      fc.property(session, ids, ids, (made, a, b) => {
        const comparing = new Comparing([kernelLane(a), kernelLane(b)], made, null, null);
        while (comparing.advance(16));
        const { divergence, deliveries } = comparing;
        for (let line = 0; line <= divergence.length; line++) {
          const machines = divergence.lanes.map((lane) => lane.machineAfter(line));
          const counts = deliveries.map((counter) => counter.after(line));
          const host = hostView(divergence.lanes, machines, counts);
          const [left, right] = [a, b].map((id, at) => {
            const [machine, count] = [machines[at], counts[at]];
            if (machine === undefined || count === undefined) throw new Error('a lane is missing');
            return texts(machine, id, count);
          });
          expect(host.rows.some(({ differs }) => differs.length > 0)).toBe(
            left?.interrupts !== right?.interrupts,
          );
          expect(host.ownIrqs.size > 0).toBe(left?.msiIrqs !== right?.msiIrqs);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('counts the same deliveries in any order of reading', () => {
    fc.assert(
      fc.property(session, ids, fc.nat(), (short, id, pick) => {
        // longer than the distance of two kept sums
        const made = { ...short, script: Array.from({ length: 8 }, () => short.script).flat() };
        const [lane] = runsOf([kernelLane(id)], made);
        if (lane === undefined) throw new Error('a lane is missing');
        const [once, twice] = [new DeliveryCounter(lane), new DeliveryCounter(lane)];
        const at = pick % (made.script.length + 1);
        once.advanceTo(at);
        twice.advanceTo(made.script.length);
        for (let irq = 0; irq < 64; irq++) expect(twice.after(at).get(irq)).toBe(once.after(at).get(irq));
      }),
      { numRuns: 40 },
    );
  });
});

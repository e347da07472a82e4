// Compares the persistent map with Map, and checks that snapshots never change.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IntMap, Owner } from '../../src/base/intMap.ts';

const key = fc.oneof(fc.nat(40), fc.nat(3000), fc.nat(2 ** 30 - 1));
const edits = fc.array(fc.tuple(fc.constantFrom('set', 'set', 'delete', 'snapshot'), key, fc.nat(99)), {
  maxLength: 120,
});

function sorted(map: Map<number, number>): [number, number][] {
  return [...map].sort(([a], [b]) => a - b);
}

describe('IntMap', () => {
  it('has the entries of a Map in ascending order, and snapshots do not change', () => {
    fc.assert(
      fc.property(edits, (steps) => {
        let owner = new Owner();
        let map = IntMap.empty<number>();
        const model = new Map<number, number>();
        const snapshots: { map: IntMap<number>; entries: [number, number][] }[] = [];
        for (const [what, at, value] of steps) {
          if (what === 'set') {
            map = map.set(at, value, owner);
            model.set(at, value);
          } else if (what === 'delete') {
            map = map.delete(at, owner);
            model.delete(at);
          } else {
            snapshots.push({ map, entries: sorted(model) });
            owner = new Owner();
          }
        }
        expect(map.entries()).toEqual(sorted(model));
        expect(map.size).toBe(model.size);
        expect(map.firstKey()).toBe(sorted(model)[0]?.[0]);
        for (const from of [0, ...[...model.keys()].flatMap((at) => [at, at + 1])]) {
          expect(map.nextKey(from)).toBe(sorted(model).find(([at]) => at >= from)?.[0]);
        }
        for (const snapshot of snapshots) expect(snapshot.map.entries()).toEqual(snapshot.entries);
      }),
    );
  });

  it('visits exactly the keys whose values differ', () => {
    fc.assert(
      fc.property(edits, edits, (first, second) => {
        const build = (start: IntMap<number>, steps: typeof first) =>
          steps.reduce(
            (map, [what, at, value]) => (what === 'delete' ? map.delete(at) : map.set(at, value)),
            start,
          );
        const before = build(IntMap.empty<number>(), first);
        const after = build(before, second);
        const seen: number[] = [];
        after.changesSince(before, (at) => {
          seen.push(at);
        });
        const keys = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) => a - b);
        expect(seen).toEqual(keys.filter((at) => before.get(at) !== after.get(at)));
      }),
    );
  });

  it('returns the first free number from a start', () => {
    const map = [25, 26, 28].reduce((all, irq) => all.set(irq, 1), IntMap.empty<number>());
    expect([map.firstFree(25), map.firstFree(28), map.firstFree(30)]).toEqual([27, 29, 30]);
  });

  it('returns undefined for negative and huge keys', () => {
    const map = IntMap.empty<string>().set(3, 'x');
    expect([map.get(-1), map.get(2 ** 31), map.get(2 ** 40), map.has(3)]).toEqual([
      undefined,
      undefined,
      undefined,
      true,
    ]);
  });
});

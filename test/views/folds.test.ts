// The folds of the wiring: runs of vectors that no line of the script uses.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { machineAfter, replay } from '../../src/session/replay.ts';
import { emptySession, scriptLine } from '../../src/session/session.ts';
import { usedInLanes } from '../../src/views/compare/usedInLanes.ts';
import { TimelineData } from '../../src/views/timeline/data.ts';
import { followReplay } from '../../src/views/timeline/follow.ts';
import {
  everUsed,
  foldText,
  type Place,
  placeOf,
  placesOf,
  usedVectors,
  withFold,
} from '../../src/views/wiring/folds.ts';
import { momentAt } from '../../src/views/wiring/moment.ts';
import { showsMsi } from '../../src/views/wiring/rows.ts';
import { anyLikelyLine } from '../model/likely.ts';
import { sessionOf } from './sessionOf.ts';

const text = (places: readonly Place[]) =>
  places.map((place) => (typeof place === 'number' ? place : `${place.open ? '▾' : '▸'} ${foldText(place)}`));

test('folds runs of at least two vectors between used ones', () => {
  expect(text(placesOf(8, [0, 2, 5], []))).toEqual([0, 1, 2, '▸ 3–4: empty', 5, '▸ 6–7: empty']);
  expect(text(placesOf(2048, [1024], []))).toEqual(['▸ 0–1023: empty', 1024, '▸ 1025–2047: empty']);
});

test('a small table and a script without use have no folds', () => {
  expect(placesOf(7, [0], [])).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(placesOf(16, [], [])).toHaveLength(16);
});

test('an opened fold stays open when an edit uses one of its vectors, until it is closed', () => {
  const [, fold] = placesOf(8, [0], []);
  if (typeof fold !== 'object') throw new Error('no fold');
  const opened = withFold([], fold);
  expect(text(placesOf(8, [0], opened))).toEqual([0, '▾ 1–7: empty', 1, 2, 3, 4, 5, 6, 7]);
  const split = placesOf(8, [0, 4], opened);
  expect(text(split)).toEqual([0, '▾ 1–3: empty', 1, 2, 3, 4, '▾ 5–7: empty', 5, 6, 7]);
  const head = split[1];
  if (typeof head !== 'object') throw new Error('no fold');
  expect(text(placesOf(8, [0, 4], withFold(opened, head)))).toEqual([0, '▸ 1–3: empty', 4, '▸ 5–7: empty']);
});

test('every vector has exactly one place or a closed fold around it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2048 }),
      fc.uniqueArray(fc.nat(2047), { maxLength: 40 }),
      fc.uniqueArray(fc.nat(2047), { maxLength: 5 }),
      (total, used, opened) => {
        const ascending = used.toSorted((a, b) => a - b);
        const places = placesOf(
          total,
          ascending,
          opened.map((at) => ({ from: at, to: at })),
        );
        for (let vector = 0; vector < total; vector++) {
          const place = places[placeOf(places, vector)];
          const fits =
            place === vector ||
            (typeof place === 'object' && !place.open && place.from <= vector && vector <= place.to);
          expect(fits, `${vector} of ${total}`).toBe(true);
          if (used.includes(vector)) expect(place).toBe(vector);
        }
        expect(placeOf(places, total)).toBe(-1);
        expect(places.filter((place) => typeof place === 'number').length).toBe(
          new Set(places.filter((place) => typeof place === 'number')).size,
        );
      },
    ),
    { numRuns: 30 },
  );
});

test('folds are the same at every line of a script, because they contain no vector that a line uses', () => {
  fc.assert(
    fc.property(fc.array(anyLikelyLine, { maxLength: 25, size: 'max' }), (lines) => {
      const opened = [100, 101, 102].map((fd) =>
        scriptLine({ op: { op: 'eventfd', fd, initval: 0n, semaphore: false }, faults: [] }),
      );
      const script = [...opened, ...lines.map((line) => scriptLine(line))];
      const replayed = replay({ ...emptySession('dynamic', 'nvme'), script });
      const ever = everUsed(replayed).vectors;
      const data = new TimelineData();
      followReplay(data, null, replayed);
      const first = [...ever].sort((a, b) => a - b);
      for (let line = 0; line <= script.length; line++) {
        const moment = momentAt(replayed, { line, step: null });
        expect(usedVectors(moment, ever)).toEqual(first);
        const msi = showsMsi(machineAfter(replayed, line));
        const inLanes = usedInLanes(data.laneIds, script, msi);
        expect([...inLanes].every((vector) => ever.has(vector))).toBe(true);
        for (const vector of usedVectors(moment, new Set())) expect(inLanes.has(vector)).toBe(true);
      }
    }),
  );
});

test('a long script has the folds of the vectors that its lines name, before it is computed', () => {
  const lines = ['eventfd 100', 'set_irqs msix trigger eventfd 4 [100 100]', 'raise 9', 'clobber 12'];
  const long = replay({ ...sessionOf(lines.join('\n'), 'dynamic', 'nvme2048') }, null, 1);
  const used = everUsed(long);
  expect([...used.vectors]).toEqual([4, 5, 9, 12]);
  // the beginning is known, so only the new line is read; a script that begins otherwise is read again
  const session = sessionOf([...lines, 'raise 20'].join('\n'), 'dynamic', 'nvme2048');
  const [first, ...rest] = session.script;
  const longer = replay(
    { ...session, setup: long.setup, script: [...long.script, ...rest.slice(-1)] },
    long,
    1,
  );
  expect([...everUsed(longer, { ...used, vectors: new Set([1000]) }).vectors]).toEqual([1000, 20]);
  // once every vector of the table is used, no further line is read
  const whole = { ...used, vectors: new Set(Array.from({ length: 2048 }, (_, vector) => vector)) };
  expect(everUsed(longer, whole).vectors).toEqual(whole.vectors);
  const other = replay({ ...session, script: first === undefined ? [] : [first] }, null, 1);
  expect([...everUsed(other, used).vectors]).toEqual([]);
});

// View and lanes in a link: they survive a round trip, older links still open, and an unreadable lane is named.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLink, printLink, viewOfText, viewText } from '../../src/formats/permalink/link.ts';
import { type LinkView, parseView } from '../../src/formats/permalink/viewPart.ts';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import type { Host } from '../../src/machine/host.ts';
import { FIRST_LANES, type Lane } from '../../src/session/lanes.ts';
import { emptySession, type Session, scriptLine } from '../../src/session/session.ts';
import { problemText } from '../../src/text/problem.ts';
import { anyLikelyLine } from '../model/likely.ts';
import { sessionOf } from './lanes.ts';

const session: fc.Arbitrary<Session> = fc
  .array(anyLikelyLine, { maxLength: 6 })
  .map((lines) => ({ ...emptySession('v3', 'nvme'), script: lines.map(scriptLine) }));
const host: fc.Arbitrary<Partial<Host>> = fc.record(
  {
    canAllocDyn: fc.boolean(),
    irqRemapping: fc.boolean(),
    irqPool: fc.option(fc.nat(300)),
    cpuVectors: fc.nat(300),
    intx: fc.constantFrom('legacy' as const, 'persistent' as const),
    errReq: fc.constantFrom('plain' as const, 'rcu' as const),
  },
  { requiredKeys: [] },
);
const lane: fc.Arbitrary<Lane> = fc.oneof(
  fc.record({
    kind: fc.constant('kernel' as const),
    generation: fc.constantFrom<GenerationId>(...GENERATIONS.map(({ id }) => id)),
    host,
  }),
  fc.record({ kind: fc.constant('branch' as const), name: fc.string(), session }),
  fc.constant<Lane>({ kind: 'recording' }),
);
const view: fc.Arbitrary<LinkView> = fc.record({
  id: fc.constantFrom('lab' as const, 'compare' as const),
  lanes: fc.array(lane, { minLength: 2, maxLength: 4 }),
});

describe('a link to Compare', () => {
  test('contains view and lanes, and leaves the rest unchanged', () => {
    fc.assert(
      fc.property(session, view, (own, shown) => {
        const text = printLink({ session: own, recording: null, check: null, view: shown });
        expect(text).toMatch(/^v2=/);
        const read = parseLink(text);
        expect(read.problems).toEqual([]);
        expect(read.link?.view).toEqual(shown);
        expect(read.link?.session).toEqual(own);
        expect(viewOfText(viewText(shown))).toEqual(shown);
      }),
      { numRuns: 60 },
    );
  });

  test('without a view opens the lab', () => {
    const own = sessionOf('raise 0');
    const text = printLink({ session: own, recording: null, check: null });
    const read = parseLink(text);
    expect(read.problems).toEqual([]);
    expect(read.link).toEqual({ session: own, recording: null, check: null });
  });

  test('names an unreadable lane and keeps the others', () => {
    const form = { print: () => '', parse: () => ({ session: null, problems: [] }) };
    const raw = {
      id: 'compare',
      lanes: [{ g: 'static' }, { g: 'linux' }, { g: 'dynamic', host: { irqPool: -1 } }, { rec: 1 }],
    };
    const { view: shown, problems } = parseView(raw, form);
    expect(shown?.lanes).toEqual([{ kind: 'kernel', generation: 'static', host: {} }, { kind: 'recording' }]);
    expect(problems.map(problemText)).toEqual([
      'lane 2: expected a kernel with host facts, a branch, or the recording, found {"g":"linux"}',
      'lane 3: expected a kernel with host facts, a branch, or the recording, found {"g":"dynamic","host":{"irqPool":-1}}',
    ]);
    const few = parseView({ id: 'compare', lanes: [{ g: 'static' }] }, form);
    expect(few.view).toBeNull();
    expect(few.problems.map(problemText)).toEqual(['lanes: expected 2 to 4 lanes, found 1']);
  });

  test('keeps the script’s good lines when damaged', () => {
    const own = sessionOf('raise 0\nraise 1');
    const text = printLink({
      session: own,
      recording: null,
      check: null,
      view: { id: 'compare', lanes: FIRST_LANES },
    });
    const { link, problems } = parseLink(text.slice(0, -12));
    expect(problems.length).toBeGreaterThan(0);
    expect(link?.view?.lanes).toEqual(FIRST_LANES);
  });
});

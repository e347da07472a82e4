import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Packer } from '../../src/base/packed.ts';
import { ok } from '../../src/base/result.ts';
import { fromBase64Url, toBase64Url } from '../../src/formats/permalink/bytes.ts';
import { SetContext } from '../../src/formats/permalink/irqSets.ts';
import { writeLine } from '../../src/formats/permalink/lines.ts';
import { type Link, leastLinkLength, parseLink, printLink } from '../../src/formats/permalink/link.ts';
import { UPGRADERS } from '../../src/formats/permalink/upgrade.ts';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import { DEVICES } from '../../src/machine/devices.ts';
import { replay } from '../../src/session/replay.ts';
import { firstChange, resultCheck } from '../../src/session/resultCheck.ts';
import { emptySession, type Session } from '../../src/session/session.ts';
import { problemText } from '../../src/text/problem.ts';
import { anyLikelyLine } from '../model/likely.ts';
import { everyMachine } from '../session/everything.ts';
import { FAILED_ASSIGNMENT, sessionOf } from '../views/sessionOf.ts';
import { anyScriptLine } from './arbitraries.ts';

// created by the page when version 1 was current
const V1_LINK =
  'v1=KHsiZyI6ImR5bmFtaWMiLCJkIjoibnZtZSIsImF0IjpbNyxudWxsXX1SBxABpRABqhAB3QBBJAMGAQGRAFEkAQGBDqtOAQ9ub2JvZHkgaGVhcnMgaXRmLgCIB42WPq3DONuZ_g6fLncGjQ';

const linkOf = (session: Session, recording: string | null = null): Link => ({
  session,
  recording,
  check: resultCheck(replay(session)),
});

test('an operation has the same code in every version', () => {
  const plain = ['device_info', 'reset', 'release', 'reopen', 'lower'];
  const codes = [...plain, 'hot_reset', 'hot_reset_info', 'hot_reset_info short'].map((text) => {
    const w = new Packer();
    const [line] = sessionOf(text).script;
    if (line !== undefined) writeLine(w, new SetContext(), line);
    return [text, ...w.bytes];
  });
  expect(codes).toEqual([
    ['device_info', 7],
    ['reset', 8],
    ['release', 9],
    ['reopen', 10],
    ['lower', 15],
    ['hot_reset', 18],
    ['hot_reset_info', 19],
    ['hot_reset_info short', 20],
  ]);
});

const anySetup = fc
  .record({
    generation: fc.constantFrom(...GENERATIONS.map(({ id }) => id)),
    device: fc.constantFrom(...DEVICES.map(({ name }) => name)),
    vectors: fc.option(fc.integer({ min: 1, max: 2048 })),
    renamed: fc.boolean(),
    irqPool: fc.option(fc.nat(64)),
    irqRemapping: fc.boolean(),
    command: fc.constantFrom(0x107, 0x7, 0x507),
  })
  .map((it): Session => {
    const session = emptySession(it.generation, it.device);
    const { device, host } = session.setup;
    const msix =
      it.vectors === null || device.msix === null ? device.msix : { offset: 8, vectors: it.vectors };
    return {
      ...session,
      setup: {
        deviceName: it.renamed ? 'from a file' : it.device,
        device: { ...device, msix },
        host: { ...host, irqPool: it.irqPool, irqRemapping: it.irqRemapping },
        command: it.command,
      },
    };
  });

/** Any session: any lines, and a cursor anywhere in them. */
const anySession = fc
  .record({
    session: anySetup,
    script: fc.array(anyScriptLine, { maxLength: 12 }),
    at: fc.nat(12),
    step: fc.option(fc.nat(40)),
  })
  .map(({ session, script, at, step }): Session => {
    const line = Math.min(at, script.length);
    return { ...session, script, cursor: { line, step: line > 0 ? step : null } };
  });

describe('a link', () => {
  test('contains exactly the session', () => {
    fc.assert(
      fc.property(anySession, fc.option(fc.string()), (session, recording) => {
        const link = { session, recording, check: { marks: [1, 2], end: 3 } };
        const text = printLink(link);
        expect(text).toMatch(/^v2=[\w-]+$/);
        expect(parseLink(`#${text}`)).toEqual({ link, problems: [], lines: session.script.length });
        expect(printLink(parseLink(text).link ?? link)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  test('is never shorter than its lower bound', () => {
    fc.assert(
      fc.property(anySession, anyScriptLine, (session, line) => {
        const length = (script: Session['script']) =>
          printLink({ session: { ...session, script }, recording: null, check: null }).length;
        const script = [...session.script, line];
        expect(leastLinkLength(script)).toBeLessThanOrEqual(length(script));
        // the bytes of one line, in characters; base64 rounds
        const own = length(Array(12).fill(line)) - length([]);
        expect(leastLinkLength(Array(12).fill(line))).toBeLessThanOrEqual(own + 4);
      }),
      { numRuns: 300 },
    );
  });

  test('of 40 mixed ioctls has at most 2,000 characters and gives the same results', () => {
    const lengths: number[] = [];
    const deflated: number[] = [];
    fc.assert(
      fc.property(anySetup, fc.array(anyLikelyLine, { minLength: 40, maxLength: 40 }), (setup, lines) => {
        const session = {
          ...setup,
          script: lines.map((line) => ({ line, note: '', action: '', disabled: false })),
        };
        const text = printLink(linkOf(session));
        lengths.push(text.length);
        const bytes = Uint8Array.from(fromBase64Url(text.slice(3)).bytes);
        deflated.push(Math.ceil((deflateRawSync(bytes, { level: 9 }).length * 4) / 3) + 3);
        expect(text.length).toBeLessThanOrEqual(2000);
        const read = parseLink(text);
        expect(read.link?.session).toEqual(session);
        const again = replay(read.link?.session ?? session);
        expect(everyMachine(again)).toEqual(everyMachine(replay(session)));
        expect(read.link?.check && firstChange(read.link.check, again)).toBeNull();
      }),
      { numRuns: 200 },
    );
    console.log('link', spread(lengths), 'deflated', spread(deflated));
  });

  test('of a table of 2,048 vectors stays short, because consecutive values form a run', () => {
    const fds = Array.from({ length: 2048 }, (_, i) => 100 + i).join(' ');
    const session = sessionOf(`set_irqs msix trigger eventfd 0 [${fds}]`, 'dynamic', 'nvme2048');
    expect(printLink(linkOf(session)).length).toBeLessThan(120);
  });

  test('of an older version passes through all upgraders in order', () => {
    const link = linkOf(sessionOf(FAILED_ASSIGNMENT));
    const text = printLink(link);
    // an artificial version 0: the reversed payload
    const backwards = (payload: string) => ok([...payload].reverse().join(''));
    const old = `v0=${[...text.slice(3)].reverse().join('')}`;
    const all = new Map([...UPGRADERS, [0, backwards] as const]);
    expect(parseLink(old, all).link).toEqual(link);
    expect(parseLink(old).problems.map(problemText)).toEqual([
      'column 1: expected a link of version 2, found version 0, which was never published',
    ]);
  });

  test('of version 1, without actions, still opens', () => {
    // printed by the version that created v1
    const old = V1_LINK;
    const { link, problems } = parseLink(old);
    expect(problems).toEqual([]);
    expect(link?.session).toEqual(sessionOf(`${FAILED_ASSIGNMENT}\nraise 1 # nobody hears it\n~ raise 0`));
    expect(link?.check).toEqual(linkOf(link?.session ?? sessionOf('')).check);
    expect(printLink(link ?? linkOf(sessionOf('')))).toBe(old.replace('v1=', 'v2='));
  });

  test('of a newer irqscope is reported as such', () => {
    expect(parseLink('#v3=AAAA').problems.map(problemText)).toEqual([
      'column 1: expected a link of version 2 or older, found version 3, created by a newer irqscope',
    ]);
  });

  test('reports the first line whose result differs', () => {
    const session = sessionOf(FAILED_ASSIGNMENT, 'dynamic');
    const { check } = linkOf(session);
    const otherwise = replay({ ...session, generation: 'v3' });
    expect(check && firstChange(check, replay(session))).toBeNull();
    expect(check && firstChange(check, otherwise)).toEqual({ first: 5, last: 5 });
  });
});

describe('a damaged link', () => {
  const session = sessionOf(`${FAILED_ASSIGNMENT}\nraise 1 # nobody hears it\nreset\nraise 0`);
  const text = printLink(linkOf(session));

  test('keeps the lines before a cut', () => {
    for (let end = 0; end < text.length; end++) {
      const { link, problems, lines } = parseLink(text.slice(0, end));
      expect(problems.length).toBeGreaterThan(0);
      const got = link?.session.script ?? [];
      expect(got).toEqual(session.script.slice(0, got.length));
      if (lines !== null && got.length < lines) {
        expect(problems.map(problemText).join()).toContain(`script line ${got.length + 1}`);
      }
    }
    const most = parseLink(text.slice(0, -12)).link?.session.script;
    expect(most).toHaveLength(session.script.length);
  });

  test('names the character that cannot be in a link', () => {
    const broken = `${text.slice(0, 90)}!${text.slice(91)}`;
    expect(parseLink(broken).problems.map(problemText)[0]).toBe(
      'column 91: expected a letter, a digit, - or _, found "!"',
    );
  });

  test('never throws, and every problem has a description', () => {
    const anyLink = fc.oneof(
      fc.constant(text),
      anySession.map((any) => printLink(linkOf0(any))),
    );
    const anyEdit = fc.record({
      at: fc.nat(),
      cut: fc.nat(4),
      put: fc.oneof(fc.string({ maxLength: 3 }), fc.stringMatching(/^[\w-]{1,3}$/)),
    });
    fc.assert(
      fc.property(anyLink, fc.array(anyEdit, { minLength: 1, maxLength: 4 }), (good, edits) => {
        const damaged = edits.reduce((now, { at, cut, put }) => {
          const place = at % (now.length + 1);
          return now.slice(0, place) + put + now.slice(place + cut);
        }, good);
        const read = parseLink(damaged);
        if (damaged === good) return;
        // the last character of base64 has unused bits
        if (read.problems.length === 0) expect(printLink(read.link ?? linkOf(session))).toBe(good);
        for (const problem of read.problems) expect(problemText(problem)).toMatch(/expected .+, found .+/);
        if (read.link !== null) replay(read.link.session);
      }),
      { numRuns: 1000 },
    );
  });

  test('of random bytes is refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(parseLink(`v2=${toBase64Url([...bytes])}`).problems.length).toBeGreaterThan(0);
      }),
    );
  });
});

const linkOf0 = (session: Session): Link => ({ session, recording: null, check: null });

function spread(lengths: readonly number[]): string {
  const sorted = lengths.toSorted((a, b) => a - b);
  return [0, 0.5, 0.95, 1].map((q) => sorted[Math.floor(q * (sorted.length - 1))]).join('/');
}

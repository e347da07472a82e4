import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHead, parseScript } from '../../src/formats/notation/parse.ts';
import { printScript } from '../../src/formats/notation/print.ts';
import { parseLink, printLink } from '../../src/formats/permalink/link.ts';
import { parseRecording } from '../../src/formats/recording/parse.ts';
import { looksLikeSession, parseSession } from '../../src/formats/session/parse.ts';
import { printSession } from '../../src/formats/session/print.ts';
import { recordedMachine } from '../../src/recordings/recorded.ts';
import { wholeScript, withScript } from '../../src/session/deviceSpec.ts';
import { emptySession, type Session, scriptLine } from '../../src/session/session.ts';
import { problemText } from '../../src/text/problem.ts';
import { FAILED_ASSIGNMENT, sessionOf } from '../views/sessionOf.ts';
import { anySession } from './arbitraries.ts';

const elsewhere = emptySession('v2', 'edu');

const problems = (text: string) => {
  const read = parseSession(text);
  return read.ok ? [] : read.problems.map(problemText);
};

/** Returns the file of a session with one change. */
const changed = (session: Session, change: (json: Record<string, unknown>) => void): string => {
  const json: Record<string, unknown> = JSON.parse(printSession(session));
  change(json);
  return JSON.stringify(json);
};

describe('a session with cursor, notes, actions, faults, raises and disabled lines is unchanged after a round trip', () => {
  test('through its file', () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const text = printSession(session);
        expect(looksLikeSession(text)).toBe(true);
        expect(parseSession(text)).toEqual({ ok: true, value: session });
      }),
      { numRuns: 300 },
    );
  });

  test('through notation, with any open session', () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const text = printScript(wholeScript(session));
        const { script, problems: found } = parseScript(text);
        expect(found).toEqual([]);
        expect(withScript(elsewhere, script)).toEqual(session);
      }),
      { numRuns: 300 },
    );
  });

  test('through a link', () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const text = printLink({ session, recording: null, check: null });
        expect(parseLink(text).problems).toEqual([]);
        expect(parseLink(text).link?.session).toEqual(session);
      }),
      { numRuns: 300 },
    );
  });

  test('through a file that another program formatted', () => {
    fc.assert(
      fc.property(anySession, fc.constantFrom('\n', '\r\n'), fc.boolean(), (session, end, marked) => {
        const text = JSON.stringify(JSON.parse(printSession(session)), null, 3).replaceAll('\n', end);
        expect(parseSession(`${marked ? '\uFEFF' : ''}${text}`)).toEqual({ ok: true, value: session });
      }),
    );
  });
});

describe('a session from a recording is unchanged after a round trip', () => {
  const files = ['static', 'v2', 'v3', 'dynamic'].flatMap((kernel) => {
    const folder = fileURLToPath(new URL(`../recordings/${kernel}`, import.meta.url));
    const names = readdirSync(folder).filter((name) => /\.jsonl(\.gz)?$/.test(name));
    // one per configuration, and every twentieth
    const configs = new Map(names.map((name) => [/@(\w+)/.exec(name)?.[1] ?? '', name]));
    const some = new Set([...configs.values(), ...names.filter((_, at) => at % 20 === 0)]);
    return [...some].map((name) => [`${kernel}/${name}`, join(folder, name)] as const);
  });

  test.each(files)('%s', (_name, path) => {
    const bytes = readFileSync(path);
    const parsed = parseRecording((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
    if (!parsed.ok) throw new Error(parsed.problems.map(problemText).join());
    const { header, initial, steps } = parsed.value;
    const { device, host, pci } = recordedMachine(header, initial).machine;
    const session: Session = {
      setup: { deviceName: header.config, device, host, command: pci.command },
      generation: header.driver,
      script: steps.map(({ op }) => scriptLine({ op, faults: [] })),
      cursor: { line: steps.length, step: null },
    };
    const { script, problems: found } = parseScript(printScript(wholeScript(session)));
    expect(found).toEqual([]);
    expect(withScript(elsewhere, script)).toEqual(session);
    expect(parseSession(printSession(session))).toEqual({ ok: true, value: session });
    expect(parseLink(printLink({ session, recording: null, check: null })).link?.session).toEqual(session);
  });
});

describe('a file that is not a session', () => {
  const session = sessionOf(FAILED_ASSIGNMENT);

  test.each<[string, string, RegExp]>([
    ['empty', '', /^input: expected JSON, found an empty text$/],
    ['binary', '\u0000\u0001\u0002', /expected JSON/],
    ['cut off', printSession(session).slice(0, 900), /expected JSON/],
    [
      'of another type',
      '{"irqscope":"lesson","version":1}',
      /^irqscope: expected "session", found "lesson"$/,
    ],
    ['a list', '[]', /^irqscope: expected|^input: expected/],
    [
      'of a newer version',
      changed(session, (json) => Object.assign(json, { version: 2, more: true })),
      /^version: expected version 1 or older, found 2, created by a newer irqscope$/,
    ],
    [
      'with an unknown field',
      changed(session, (json) => Object.assign(json, { colour: 1 })),
      /^colour: expected never, found "colour"$/,
    ],
    [
      'with a cursor outside the script',
      changed(session, (json) => Object.assign(json, { cursor: { line: 99, step: null } })),
      /^cursor\.line: expected a line of the script \(0 to \d\), found 99$/,
    ],
    [
      'with a step before the first line',
      changed(session, (json) => Object.assign(json, { cursor: { line: 0, step: 1 } })),
      /^cursor\.step: expected null at the start, found 1$/,
    ],
    [
      'with a wrong operation',
      changed(session, (json) =>
        Object.assign(json, { script: [{ op: { op: 'close', fd: 3 } }, { op: { op: 'close', fd: -3 } }] }),
      ),
      /^script\[1\]\.op\.fd: expected >=0, found -3$/,
    ],
    [
      'with an impossible fault',
      changed(session, (json) =>
        Object.assign(json, {
          script: [{ op: { op: 'reset' }, faults: [{ site: 'kasprintf', nth: 1, result: 4 }] }],
        }),
      ),
      /^script\[0\]\.faults\[0\]\.result: expected/,
    ],
  ])('%s names place and reason', (_what, text, told) => {
    expect(problems(text)[0]).toMatch(told);
  });

  test('names every wrong field, up to a limit', () => {
    const script = Array.from({ length: 50 }, () => ({ op: { op: 'read', fd: 'x' } }));
    const found = problems(changed(session, (json) => Object.assign(json, { script })));
    expect(found).toHaveLength(20);
    expect(found[19]).toMatch(/^script\[19\]\.op\.fd: /);
  });

  test('never throws for any damage', () => {
    const text = printSession(session);
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(40), fc.string(), (at, length, put) => {
        const damaged = text.slice(0, at) + put + text.slice(at + length);
        const read = parseSession(damaged);
        if (!read.ok) expect(read.problems.map(problemText).join()).toMatch(/expected/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the cursor of a script', () => {
  const read = (text: string) => parseScript(text);

  test('is a line, or a kernel step of it counted from 1', () => {
    expect(read('cursor 1\nreset').script.cursor).toEqual({ line: 1, step: null });
    expect(read('device nvme\ncursor 1.3 # here\nreset').script.cursor).toEqual({ line: 1, step: 2 });
    expect(read('reset').script).not.toHaveProperty('cursor');
    expect(withScript(elsewhere, read('reset\nreset').script).cursor).toEqual({ line: 2, step: null });
  });

  test('is checked in a text whose operations are parsed elsewhere', () => {
    expect(parseHead('device edu v3\ncursor 5\n', 5)).toMatchObject({ cursor: { line: 5, step: null } });
    expect(parseHead('device edu v3\ncursor 5\n', 4)).not.toHaveProperty('cursor');
  });

  test.each([
    ['cursor 2\nreset', 'line 1, column 8: expected a line of the script (0 to 1), found "2"'],
    [
      'cursor\nreset',
      'line 1, column 7: expected a line of the script, such as 3 or 3.1, found the end of the line',
    ],
    ['cursor 1.0\nreset', 'line 1, column 10: expected a kernel step (1 to 4294967295), found "0"'],
    [
      'cursor 0.1\nreset',
      'line 1, column 8: expected a line from 1 on, because line 0 has no kernel steps, found "0.1"',
    ],
    [
      'reset\ncursor 1',
      'line 2, column 1: expected "cursor" only once, before the first operation, found "cursor"',
    ],
    ['cursor 1 2\nreset', 'line 1, column 10: expected the end of the line, found "2"'],
  ])('%j is a problem', (text, told) => {
    const { script, problems: found } = read(text);
    expect(found.map(problemText)).toEqual([told]);
    expect(script.lines).toHaveLength(1);
    expect(script.cursor).toBeUndefined();
  });
});

describe('a rare fact of the device line', () => {
  test.each([
    ['device nvme host.firstIrq=x', 'the lowest irq (0 to 1048576), found "x"'],
    ['device nvme device.reset=1', 'yes or no, found "1"'],
    ['device nvme host.intx=soon', 'legacy or persistent, found "soon"'],
    ['device nvme name=%', 'percent-encoded text, found "%"'],
  ])('%s is a problem', (text, told) => {
    expect(parseScript(text).problems.map(problemText)[0]).toContain(`expected ${told}`);
  });
});

// The recorder in C reads the notation like the page: same operations, and same lines refused at the same place. It also refuses
// lines with `!`, because a real device has neither injected faults nor timed interrupts.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { printScript } from '../../src/formats/notation/print.ts';
import { jsonText, recordedOp } from '../../src/formats/recording/print.ts';
import { scenarios } from '../../src/lessons/scenarios/index.ts';
import type { Script } from '../../src/session/script.ts';
import { compileC } from '../c/cc.ts';
import { anyScript } from '../formats/arbitraries.ts';

const SOURCE = join(import.meta.dirname, '../../public/recorder/irqscope-record.c');
const RUNS = Number(process.env['IRQSCOPE_RUNS'] ?? 80);
const folder = mkdtempSync(join(tmpdir(), 'irqscope-record-'));
const program = join(folder, 'irqscope-record');

beforeAll(() => compileC(SOURCE, program));
afterAll(() => rmSync(folder, { recursive: true }));

/** The result of reading a text: its operations and problems. */
interface Reading {
  readonly operations: readonly string[];
  /** `line:column` of each problem. */
  readonly refused: readonly string[];
}

function byRecorder(text: string): Reading {
  const { status, stdout, stderr, signal } = spawnSync(program, ['--check', '-'], {
    input: text,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const refused = stderr
    .split('\n')
    .flatMap((message) => /^-:(\d+:\d+): expected ./.exec(message)?.[1] ?? []);
  expect(signal).toBeNull();
  expect(status).toBe(stderr === '' ? 0 : 1);
  return { operations: stdout.split('\n').filter((row) => row !== ''), refused };
}

/** Reads with the page's reader; lines with `!` are refused at that sign. */
function byPage(text: string): Reading {
  const { script, problems, lineOf } = parseScript(text);
  const texts = text.split(/\r\n|\n|\r/);
  const operations: string[] = [];
  const refused = problems.map(({ at }) => {
    const line = at.line ?? 0;
    return {
      line,
      column: Math.min(at.column ?? 0, columnOfMark(texts[line - 1] ?? '') ?? Number.POSITIVE_INFINITY),
    };
  });
  script.lines.forEach(({ line, disabled }, at) => {
    const on = lineOf[at] ?? 0;
    const column = columnOfMark(texts[on - 1] ?? '');
    const meanwhile = line.faults.length + (line.raises ?? []).length > 0;
    if (meanwhile) refused.push({ line: on, column: column ?? 0 });
    else operations.push(`{"line":${on},"disabled":${disabled},"op":${jsonText(recordedOp(line.op))}}`);
  });
  refused.sort((a, b) => a.line - b.line);
  return { operations, refused: refused.map(({ line, column }) => `${line}:${column}`) };
}

/** Returns the column of the `!` of a line, from 1; null without one outside comments and actions. */
function columnOfMark(text: string): number | null {
  if (text.trimStart().startsWith('@')) return null;
  const at = text.replace(/(?<=^|[\s[\]!~])#.*$/s, '').indexOf('!');
  return at < 0 ? null : at + 1;
}

/** Sorts the problems by place, because an action without an operation is reported late. */
function inOrder({ operations, refused }: Reading): Reading {
  const place = (text: string) => text.split(':').map(Number);
  const sorted = [...refused].sort((a, b) => {
    const [lineA = 0, columnA = 0] = place(a);
    const [lineB = 0, columnB = 0] = place(b);
    return lineA - lineB || columnA - columnB;
  });
  return { operations, refused: sorted };
}

/**
 * Expects equal results from both readers. The recorder does not read the text after `!`, so it cannot know whether a later
 * device line is too late; such places are not compared.
 */
function same(text: string): void {
  const texts = text.split(/\r\n|\n|\r/);
  const marked = texts.findIndex((line) => columnOfMark(line) !== null);
  const told = ({ operations, refused }: Reading) => {
    const certain = refused.filter((place) => {
      const line = Number.parseInt(place, 10) - 1;
      // with a refused line the number of lines, and so the range of the cursor, is unknown
      if (marked >= 0 && /^\s*cursor/.test(texts[line] ?? '')) return false;
      return marked < 0 || line <= marked || !/^\s*device/.test(texts[line] ?? '');
    });
    return inOrder({ operations, refused: certain });
  };
  expect(told(byRecorder(text))).toEqual(told(byPage(text)));
}

function withoutMeanwhile(script: Script): Script {
  return { ...script, lines: script.lines.map((one) => ({ ...one, line: { op: one.line.op, faults: [] } })) };
}

describe('the recorder reads', () => {
  it.each(scenarios().map(({ id, script }) => [id, script] as const))('scenario %s', (_, script) => {
    same(printScript(script));
  });

  it('a cursor, and ignores facts of the setup', () => {
    for (const place of ['0', '1', '2', '1.1', '0.1', '1.0', '1.x', '.', '', '1 2', '~', '4294967296'])
      same(`device nvme host.firstIrq=30 name=x\ncursor ${place}\nraise 0\n`);
    same('raise 0\ncursor 1\n');
    same('cursor 1\ncursor 1\nraise 0\n');
  });

  it('every operation of any script', () => {
    fc.assert(
      fc.property(anyScript.map(withoutMeanwhile), (script) => {
        const text = printScript(script);
        expect(byRecorder(text).operations).toHaveLength(script.lines.length);
        same(text);
      }),
      { numRuns: 40 },
    );
  });

  it(
    'any damaged text like the page',
    () => {
      const pieces = fc.constantFrom(
        ...[
          '[',
          ']',
          '!',
          '~',
          '#',
          ',',
          '=',
          '@',
          '\n',
          '\r',
          '\r\n',
          '\t',
          '\u00a0',
          '\u2003',
          '\ufeff',
          '😀',
          '\0',
        ],
        ...[
          '-1',
          '0x',
          '0X1f',
          '-0',
          '00',
          '4294967296',
          '18446744073709551616',
          '99999999999999999999999999',
        ],
        ...[
          'raw',
          'i32=',
          'u8=1,,2',
          'data=6',
          'data=64zz',
          'off=',
          'size=5',
          'value=256',
          'device',
          'msix',
          'msi=3',
        ],
        ...[
          'semaphore',
          'semaphore ',
          'disable msix',
          'set_irqs 7 mask none 0 0',
          'file',
          'cfg_write size=1 off=0 value=',
          'write 100 size=',
          'cursor 1\n',
          'cursor 2.0\n',
          '\ncursor 4',
        ],
      );
      // each text runs the program once, so one text contains several scripts
      const someScripts = fc.array(anyScript, { minLength: 1, maxLength: 5 });
      const change = fc.record({ at: fc.nat(), cut: fc.nat(6), put: fc.oneof(fc.constant(''), pieces) });
      fc.assert(
        fc.property(
          someScripts,
          fc.array(change, { maxLength: 12 }),
          fc.boolean(),
          (scripts, changes, faults) => {
            let text = scripts
              .map((script) => printScript(faults ? script : withoutMeanwhile(script)))
              .join('');
            for (const { at, cut, put } of changes) {
              const from = at % (text.length + 1);
              text = text.slice(0, from) + put + text.slice(from + cut);
            }
            // a lone surrogate cannot be written to a file
            same(Buffer.from(text).toString());
          },
        ),
        { numRuns: RUNS },
      );
    },
    60_000 + 100 * RUNS,
  );

  it.each([
    ['an unknown operation', 'reed 100'],
    ['a number that is too large', 'eventfd 1073741824'],
    ['an unclosed list', 'set_irqs msix trigger eventfd 0 [100'],
    ['a missing field', 'set_irqs raw argsz=24 flags=0x24 index=2 count=1'],
    ['two kinds of data', 'set_irqs raw argsz=24 flags=0x24 index=2 start=0 count=1 i32=1 u8=1'],
    ['half a byte', 'set_irqs raw argsz=24 flags=0x24 index=2 start=0 count=1 data=640'],
    ['a value that is too large', 'cfg_write off=4 size=2 value=0x10000'],
    ['words after the operation', 'reset now'],
    ['an action without an operation', '@ guest boots\n@ guest sleeps\nreset\n@ guest ends'],
    ['a late device line', 'reset\ndevice nvme'],
    ['a device with a bad setting', 'device nvme msix=2049'],
    ['a fault', 'eventfd 100\nset_irqs msix trigger eventfd 0 [100] ! request_irq#1=ENOSPC'],
    ['an interrupt within the line', 'set_irqs msix trigger eventfd 0 [-1] ! raise 0 after free_irq#1'],
    ['a fault in a disabled line', '~ reset ! request_irq#1=ENOSPC'],
  ])('and refuses %s', (_, text) => {
    expect(byRecorder(text).refused).not.toEqual([]);
    same(text);
  });
});

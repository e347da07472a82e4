import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../src/base/result.ts';
import { parseLine, parseScript } from '../../src/formats/notation/parse.ts';
import { printScript } from '../../src/formats/notation/print.ts';
import { printLine } from '../../src/formats/notation/printLine.ts';
import { LINE_BREAK, tidyNote } from '../../src/session/script.ts';
import { anyNote, anyScript, anyScriptLine } from './arbitraries.ts';

/** Returns the problems outside the text. Missing words are reported one column after the end of a line. */
function outside(text: string, problems: readonly Problem[]): readonly Problem[] {
  const lines = text.split(LINE_BREAK);
  return problems.filter(({ at: { line = 0, column = 0 } }) => {
    const content = lines[line - 1];
    return content === undefined || column < 1 || column > content.length + 1;
  });
}

/** Text that resembles notation: its words, signs and numbers in any order. */
const nearlyNotation = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'eventfd set_irqs raw msix trigger mask bool none device nvme disable write cfg_write'.split(' '),
        ...'argsz= argsz=24 flags=0x24 i32=100,-1 u8= data=6 size=2 off=4 value=9 msix=8 msi=3 nodyn v2'.split(
          ' ',
        ),
        ...'! ~ [ ] [100 ] # #1 request_irq#1=ENOSPC request_irq= #= = , \n \r\n \t'.split(' '),
        '\n',
        '\r\n',
      ),
      fc.integer().map(String),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 30 },
  )
  .map((words) => words.join(' '));

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), nearlyNotation);

describe('printing and reading', () => {
  test('return every line unchanged, including odd ones and notes', () => {
    fc.assert(
      fc.property(anyScriptLine, (line) => {
        expect(parseLine(printLine(line))).toEqual({ ok: true, value: line });
      }),
      { numRuns: 2000 },
    );
  });

  test('return every script and its text unchanged', () => {
    fc.assert(
      fc.property(anyScript, (script) => {
        const text = printScript(script);
        const parsed = parseScript(text);
        expect(parsed.problems).toEqual([]);
        expect(parsed.script).toEqual(script);
        expect(printScript(parsed.script)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test('report the line of text of each script line', () => {
    fc.assert(
      fc.property(anyScript, (script) => {
        const text = printScript(script);
        const { lineOf } = parseScript(text);
        const contents = text.split(LINE_BREAK);
        const alone = lineOf.map((line) => parseLine(contents[line - 1] ?? ''));
        expect(alone).toMatchObject(script.lines.map(({ line }) => ({ ok: true, value: { line } })));
      }),
    );
  });
});

describe('reading any text', () => {
  test('never throws, and every problem is within the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { problems, script, lineOf } = parseScript(text);
        expect(outside(text, problems)).toEqual([]);
        expect(lineOf).toHaveLength(script.lines.length);
        const line = parseLine(text);
        if (!line.ok) expect(outside(text, line.problems)).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  test('returns the same script after printing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { script } = parseScript(text);
        const printed = printScript(script);
        expect(parseScript(printed)).toMatchObject({ script, problems: [] });
      }),
      { numRuns: 1000 },
    );
  });

  test('accepts a script of 20,000 lines', () => {
    const text = 'set_irqs msix trigger eventfd 0 [100 -1 101] ! request_irq#1=ENOSPC # note\n'.repeat(
      20_000,
    );
    const { script } = parseScript(text);
    expect(script.lines).toHaveLength(20_000);
    expect(printScript(script)).toBe(text);
  });
});

test('tidying a note twice equals tidying it once', () => {
  fc.assert(
    fc.property(anyNote, (note) => {
      expect(tidyNote(tidyNote(note))).toBe(tidyNote(note));
    }),
  );
});

// The scanners of long texts look at characters; patterns say the same more shortly, and slowly.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDigit, isSpace, isWord } from '../../../src/formats/characters.ts';
import { binaryColumn } from '../../../src/formats/imports/content.ts';
import { isElision } from '../../../src/formats/imports/elision.ts';
import { fieldsOf } from '../../../src/formats/imports/fields.ts';
import { LineSplitter } from '../../../src/formats/imports/lineSplitter.ts';
import { fdOf, s32Of, u32Of } from '../../../src/formats/imports/numbers.ts';
import { nextOutermost } from '../../../src/formats/imports/strace/call.ts';
import { integerOf, NEW_FD, TRIGGER_FD, u32 } from '../../../src/formats/notation/numbers.ts';
import { scanLine } from '../../../src/formats/notation/scan.ts';

/** Texts of the given pieces. */
const textOf = (...pieces: string[]) =>
  fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((parts) => parts.join(''));

test('knows digits, word characters and white space as the patterns do', () => {
  for (let code = 0; code < 0x10000; code++) {
    const char = String.fromCharCode(code);
    if (/[0-9]/.test(char) !== isDigit(code)) expect.fail(`isDigit(${code})`);
    if (/\w/.test(char) !== isWord(code)) expect.fail(`isWord(${code})`);
    if (/\s/.test(char) !== isSpace(code)) expect.fail(`isSpace(${code})`);
  }
});

test('finds binary characters', () => {
  for (let code = 0; code < 0x10000; code++) {
    const isBinary = (code < 32 && ![9, 12, 27].includes(code)) || code === 0xfffd;
    if (binaryColumn(`a${String.fromCharCode(code)}`) !== (isBinary ? 2 : 0))
      expect.fail(`binaryColumn(${code})`);
  }
  expect(binaryColumn('plain text 😀')).toBe(0);
});

test('splits text in any pieces at LF, CR LF and CR', () => {
  const pieces = fc.array(textOf('a', 'b c', '\r', '\n', '\r\n'), { maxLength: 6 });
  fc.assert(
    fc.property(pieces, (parts) => {
      const splitter = new LineSplitter();
      const lines = parts.flatMap((part) => [...splitter.push(part)]);
      const rest = splitter.end();
      const whole = parts.join('').split(/\r\n|\n|\r/);
      const last = whole.pop() ?? '';
      expect(lines).toEqual(whole);
      expect(rest).toBe(last === '' ? null : last);
    }),
  );
});

test('reads name=value fields', () => {
  const pattern = /([A-Za-z_]\w*)=(\{[^{}]*\}|\[[^[\]]*\]|[^\s,;{}[\]]*)/g;
  const texts = textOf(
    'a',
    'B_',
    '7',
    '=',
    '= ',
    '{',
    '}',
    '[',
    ']',
    ',',
    ';',
    ' ',
    '\u00a0',
    'é',
    '0x1f',
    '-',
  );
  fc.assert(
    fc.property(texts, (text) => {
      const wanted = new Map<string, { text: string; column: number }>();
      for (const found of text.matchAll(pattern)) {
        const [whole, name = '', value = ''] = found;
        const column = found.index + whole.length - value.length + 1;
        if (!wanted.has(name)) wanted.set(name, { text: value, column });
      }
      expect(fieldsOf(text)).toEqual(wanted);
    }),
  );
});

test('cuts a line of notation into tokens', () => {
  const outside = /#.*|[[\]!~]|[^\s[\]!~]+/gs;
  const inside = /#.*|[[\]!~]|[^\s[\]!~,]+/gs;
  const texts = textOf(
    'set_irqs',
    '3',
    '-1',
    '[',
    ']',
    '!',
    '~',
    ',',
    ' ',
    '#',
    'a#2=E',
    '\t',
    '\u2003',
    'é',
  );
  fc.assert(
    fc.property(texts, (text) => {
      const tokens: { text: string; at: number }[] = [];
      let [end, isInside] = [0, false];
      let comment: string | null = null;
      while (comment === null) {
        const pattern = isInside ? inside : outside;
        pattern.lastIndex = end;
        const found = pattern.exec(text);
        if (found === null) break;
        if (found[0].startsWith('#')) comment = found[0].slice(1).trim();
        else {
          tokens.push({ text: found[0], at: found.index });
          end = found.index + found[0].length;
          if (found[0] === '[' || found[0] === ']') isInside = found[0] === '[';
        }
      }
      expect(scanLine(text)).toEqual({ tokens, comment, end });
    }),
  );
});

test('reads short numbers as it reads long ones', () => {
  const numbers = textOf('0', '1', '9', 'a', 'F', 'g', 'x', '0x', '-', '@', ' ', '123456789');
  const plain = fc.oneof(
    fc.bigInt({ min: -(2n ** 33n), max: 2n ** 33n }).map(String),
    fc.nat(2 ** 31).map((value) => `0x${value.toString(16)}`),
  );
  const wanted = (text: string, sort: Parameters<typeof integerOf>[1]) => {
    const value = integerOf(text, sort);
    return value === null ? null : Number(value);
  };
  fc.assert(
    fc.property(fc.oneof(numbers, plain), (text) => {
      const unsigned = wanted(text, u32('a number'));
      expect(u32Of(text)).toBe(unsigned);
      expect(fdOf(text)).toBe(wanted(text, NEW_FD));
      expect(s32Of(text)).toBe(wanted(text, TRIGGER_FD) ?? (unsigned === null ? null : unsigned | 0));
    }),
  );
});

test('finds commas and parentheses outside of strings, paths and brackets', () => {
  const parts = (text: string) => {
    const found: string[] = [];
    let start = 0;
    for (let at = nextOutermost(text, 0); at >= 0; at = nextOutermost(text, start)) {
      found.push(text.slice(start, at));
      start = at + 1;
    }
    return [...found, text.slice(start)];
  };
  const args = ['3</dev/v,fio>', ' "a\\",)"', ' {x=[1, 2], (3)}', ' 1 < 2', ' AT_FDCWD<a,->b>'];
  expect(parts(`${args.join(',')}) = 0`)).toEqual([...args, ' = 0']);
  expect(parts('"open, )')).toEqual(['"open, )']);
  // a path without its end is none
  expect(parts('5<pipe:[1], 2)')).toEqual(['5<pipe:[1]', ' 2', '']);
  expect(parts('5<pipe:[1]>, 2)')).toEqual(['5<pipe:[1]>', ' 2', '']);
});

test.each([
  '[...]',
  '...',
  '<snip>',
  '... (many more)',
  '--8<--',
  '[3 lines cut]',
  '… 12 lines …',
  'SNIP',
  '>8',
])('takes %s for left out lines', (text) => expect(isElision(text)).toBe(true));

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CompletionContext, complete } from '../../src/formats/notation/complete.ts';
import { parseLine } from '../../src/formats/notation/parse.ts';
import { printLine } from '../../src/formats/notation/printLine.ts';
import { anyScriptLine } from './arbitraries.ts';

const context: CompletionContext = { openFds: [100, 101, 200], vectors: 8 };

/** Returns the completions at the `|`. */
function offered(text: string, given = context): string {
  const caret = text.indexOf('|');
  return complete(text.replace('|', ''), caret, given)
    .map((completion) => completion.text)
    .join(' ');
}

/** Returns the line after each completion. */
function taken(text: string): readonly string[] {
  const line = text.replace('|', '');
  return complete(line, text.indexOf('|'), context).map(
    (it) => line.slice(0, it.from) + it.text + line.slice(it.to),
  );
}

describe('completion', () => {
  const offers: [string, string][] = [
    ['e|', 'eventfd'],
    ['re|', 'read reset release reopen'],
    ['RE|', 'read reset release reopen'],
    ['~ cl|', 'close clobber'],
    ['eventfd |', '102'],
    ['eventfd 100 |', 'semaphore !'],
    ['eventfd 100 5 s|', 'semaphore'],
    ['read |', '100 101 200'],
    ['close 10|', '100 101'],
    ['raise |', '0 1 2 3 4 5 6 7'],
    ['raise 1 |', '!'],
    ['irq_info |', 'msix msi intx err req'],
    ['disable m|', 'msix msi'],
    ['set_irqs |', 'msix msi intx err req raw'],
    ['set_irqs msix |', 'trigger mask unmask'],
    ['set_irqs msix trigger |', 'eventfd none bool'],
    ['set_irqs msix trigger eventfd |', '0 1 2 3 4 5 6 7'],
    ['set_irqs msix trigger eventfd 0 |', '['],
    ['set_irqs msix trigger eventfd 0 [|', '100 101 200 -1 ]'],
    ['set_irqs msix trigger eventfd 0 [100 |', '100 101 200 -1 ]'],
    ['set_irqs msix trigger eventfd 0 [100,2|', '200'],
    ['set_irqs msix trigger eventfd 0 [100|]', ''],
    ['set_irqs msix trigger eventfd 0 [100] |', '!'],
    ['set_irqs msix trigger bool 0 [|', '1 0 ]'],
    ['set_irqs raw |', 'argsz= flags= index= start= count= i32= u8= data='],
    ['set_irqs raw i32=1 |', 'argsz= flags= index= start= count='],
    ['set_irqs raw i32=|', '100 101 200 -1'],
    ['set_irqs raw i32=100,10|', '100 101'],
    ['set_irqs raw argsz=24 st|', 'start='],
    ['cfg_write |', 'off= size= value='],
    ['raise 1 ! req|', 'request_irq#1='],
    ['raise 1 ! request_irq#1=EN|', 'ENOENT ENOMEM ENODEV ENOTTY ENOSPC ENOTCONN ENOTSUPP'],
    ['raise 1 ! request_irq#1=ENOSPC mem|', 'memdup_user#1='],
    ['device e|', 'e1000e edu'],
    ['device nvme d|', 'dynamic'],
    ['device nvme dynamic n|', 'nointx nodyn noremap'],
  ];
  test.each(offers)('offers for %s: %s', (text, words) => {
    expect(offered(text)).toBe(words);
  });

  test('offers every operation at the start of a line', () => {
    expect(offered('|').split(' ')).toEqual(expect.arrayContaining(['set_irqs', 'eventfd', 'lower', '~']));
  });

  test('offers no completions inside comments and after errors', () => {
    expect(offered('eventfd|')).toBe('');
    expect(offered('nonsense 1 |')).toBe('');
    expect(offered('raise 1 # re|')).toBe('');
    expect(offered('raise 1 2 |')).toBe('');
  });

  test('offers at most 16 numbers', () => {
    const large = { openFds: [], vectors: 2048 };
    expect(offered('raise |', large).split(' ')).toHaveLength(16);
    expect(offered('raise 204|', large)).toBe('2040 2041 2042 2043 2044 2045 2046 2047');
    expect(offered('eventfd |', large)).toBe('100');
  });
});

describe('accepting a completion', () => {
  test('replaces the word under the caret, on both sides', () => {
    expect(taken('re|x 100')).toEqual(['read 100', 'reset 100', 'release 100', 'reopen 100']);
    expect(taken('set_irqs ms|i trigger none 0 0')).toEqual(['set_irqs msix trigger none 0 0']);
  });

  test('keeps the text before the value', () => {
    expect(taken('set_irqs raw i32=1,20|0,3')).toEqual([]);
    expect(taken('set_irqs raw i32=1,2|,3')).toEqual(['set_irqs raw i32=1,200,3']);
    expect(taken('raise 1 ! kasprintf#2=ENOM|')).toEqual(['raise 1 ! kasprintf#2=ENOMEM']);
  });

  test('has an explanation', () => {
    expect(complete('raise 1 ! request_irq#1=ENOS', 28, context)).toEqual([
      { text: 'ENOSPC', from: 24, to: 28, detail: 'No space left on device' },
    ]);
    expect(complete('set_irqs msix tr', 16, context)).toMatchObject([{ text: 'trigger', from: 14, to: 16 }]);
  });
});

test('offers every word of a valid line while it is typed', () => {
  fc.assert(
    fc.property(anyScriptLine, ({ line }) => {
      const text = printLine({ line, note: '', action: '', disabled: false });
      for (const { index, 0: word } of text.matchAll(/(?<=^|\s)[a-z_]+(?=\s|$)|(?<=\s)[a-z\d]+=/g)) {
        const texts = complete(text.slice(0, index + 1), index + 1, context).map((it) => it.text);
        expect(texts).toContain(word);
      }
    }),
  );
});

test('never throws, and every completion changes the line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, at) => {
      const caret = Math.min(at, text.length);
      for (const it of complete(text, caret, context)) {
        expect(it.from).toBeLessThanOrEqual(caret);
        expect(it.to).toBeGreaterThanOrEqual(caret);
        expect(text.slice(it.from, it.to)).not.toBe(it.text);
      }
    }),
  );
});

test('completions produce a valid line', () => {
  const line = ['s', ' ms', ' tr', ' ev', ' 3', ' [', ' -'].reduce((text, typed) => {
    const begun = text + typed;
    const [first] = complete(begun, begun.length, context);
    return first === undefined ? begun : begun.slice(0, first.from) + first.text;
  }, '');
  expect(line).toBe('set_irqs msix trigger eventfd 3 [100 -1');
  expect(parseLine(`${line}]`).ok).toBe(true);
});

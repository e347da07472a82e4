import { expect, test } from 'vitest';
import { byteRuns } from '../../src/views/composer/byteRuns.ts';
import { draftOf, FIRST_DRAFT, readDraft } from '../../src/views/composer/draft.ts';

function bytes(change: Partial<typeof FIRST_DRAFT>): string {
  const read = readDraft({ ...FIRST_DRAFT, ...change });
  return 'wrong' in read
    ? read.wrong
    : byteRuns(read.set)
        .map((run) => run.bytes)
        .join(' | ');
}

test('produces the bytes of struct vfio_irq_set', () => {
  expect(bytes({ start: '7', values: '999' })).toBe(
    '18 00 00 00 | 24 00 00 00 | 02 00 00 00 | 07 00 00 00 | 01 00 00 00 | e7 03 00 00',
  );
  expect(bytes({ data: 'none', count: '0' })).toBe(
    '14 00 00 00 | 21 00 00 00 | 02 00 00 00 | 00 00 00 00 | 00 00 00 00',
  );
  expect(bytes({ data: 'bool', count: '2', values: '1 0' })).toContain('| 01 | 00');
  expect(bytes({ values: '[−1, -2]' })).toContain('ff ff ff ff | fe ff ff ff');
});

test('names the word that is not a number', () => {
  expect(bytes({ start: 'x' })).toBe('start: “x” is not a number; expected 0 to 4294967295');
  expect(bytes({ count: '4294967296' })).toContain('count');
  expect(bytes({ values: '100 abc' })).toBe('fds: “abc” is not a number');
});

test('puts a line into the form if the form has fields for it', () => {
  const read = readDraft({ ...FIRST_DRAFT, start: '3', count: '2', values: '100 -1' });
  if ('wrong' in read) throw new Error(read.wrong);
  const { op } = read.line;
  expect(draftOf(op)).toEqual({ ...FIRST_DRAFT, start: '3', count: '2', values: '100 -1' });
  expect(draftOf({ op: 'set_irqs', ...read.set, argsz: 20 })).toBeNull();
  expect(draftOf({ op: 'set_irqs', ...read.set, flags: 0x3f })).toBeNull();
  expect(draftOf({ op: 'reset' })).toBeNull();
});

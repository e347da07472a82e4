// An invalid recording is rejected with line and field, without guessing.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRecording } from '../../src/formats/recording/parse.ts';
import { problemText } from '../../src/text/problem.ts';

const TEXT = gunzipSync(
  readFileSync(join(import.meta.dirname, '../recordings/dynamic/bad-attached-single.jsonl.gz')),
).toString('utf8');

function complaint(text: string): string {
  const parsed = parseRecording(text);
  return parsed.ok ? 'fine' : problemText(parsed.problems[0]);
}

describe('parseRecording', () => {
  it('reads a recording', () => {
    const parsed = parseRecording(TEXT);
    expect(parsed.ok && parsed.value.steps.length).toBe(10);
    expect(parsed.ok && parsed.value.header.release).toBe('6.12.117+deb12-amd64');
  });

  it.each([
    ['an empty file', '', 'line 1: expected a line of JSON, found the end of the file'],
    [
      'another format',
      TEXT.replace('vfio-irq-recording', 'strace'),
      'line 1, format: expected "vfio-irq-recording", found "strace"',
    ],
    ['a newer version', TEXT.replace('"version":1', '"version":2'), 'line 1, version: expected 1, found 2'],
    [
      'an unknown driver',
      TEXT.replace('"driver":"dynamic"', '"driver":"v9"'),
      /line 1, kernel\.driver: expected .*"dynamic"/,
    ],
    ['an unknown operation', TEXT.replace('"op":"raise"', '"op":"rise"'), /line 8, op\.op: expected/],
    ['an errno that is a number', TEXT.replace('"errno":"EBADF"', '"errno":9'), /line 7, errno/],
    [
      'a missing step',
      TEXT.split('\n')
        .filter((_, i) => i !== 4)
        .join('\n'),
      'line 5, n: expected step number 2, found 3',
    ],
    ['a truncated line', TEXT.slice(0, TEXT.length - 40), /^line 12: expected a line of JSON/],
    ['a number written as text', TEXT.replace('"fd":100', '"fd":"100"'), /line 3, op\.fd: expected number/],
  ])('rejects %s', (_, text, expected) => {
    if (typeof expected === 'string') expect(complaint(text)).toBe(expected);
    else expect(complaint(text)).toMatch(expected);
  });

  it('keeps every digit of a 64-bit counter', () => {
    const parsed = parseRecording(TEXT.replaceAll('"101":0', '"101":18446744073709551614'));
    expect(parsed.ok && parsed.value.steps[1]?.after.eventfds.get(101)).toBe(18446744073709551614n);
  });

  it('never throws on a damaged text', () => {
    fc.assert(
      fc.property(fc.nat(TEXT.length), fc.nat(60), fc.string({ maxLength: 12 }), (at, length, put) => {
        parseRecording(TEXT.slice(0, at) + put + TEXT.slice(at + length));
      }),
      { numRuns: 300 },
    );
  });
});

// The things that fields of the structure name, for linked highlighting.

import { describe, expect, it } from 'vitest';
import { parseLine } from '../../src/formats/notation/parse.ts';
import type { IrqSet } from '../../src/uapi/irqSet.ts';
import { fieldThings } from '../../src/views/linked/fields.ts';
import { tokens } from '../../src/views/linked/things.ts';

function set(text: string): IrqSet {
  const parsed = parseLine(text);
  if (!parsed.ok || parsed.value.line.op.op !== 'set_irqs') throw new Error(text);
  return parsed.value.line.op;
}

describe('fieldThings', () => {
  const bind = set('set_irqs msix trigger eventfd 3 [100 -1]');

  it('names the first vector for start, all vectors for count, and an empty list for flags', () => {
    expect(tokens(fieldThings(bind, 'start'))).toBe('v3');
    expect(tokens(fieldThings(bind, 'count'))).toBe('v3 v4');
    expect(tokens(fieldThings(bind, 'flags'))).toBeUndefined();
  });

  it('names the vector and the descriptor of a value; −1 has no descriptor', () => {
    expect(tokens(fieldThings(bind, 'data', 0))).toBe('v3 f100');
    expect(tokens(fieldThings(bind, 'data', 1))).toBe('v4');
  });

  it('names an index with one interrupt by the index', () => {
    expect(tokens(fieldThings(set('set_irqs req trigger eventfd 0 [100]'), 'index'))).toBe('x4');
  });
});

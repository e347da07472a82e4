// Verdicts about the proposals `track` and `hold`, with shortest scripts (docs/driver.md §19).
import { describe, expect, test } from 'vitest';
import { type AlphabetSpec, USUAL_FAULTS } from '../../src/explore/alphabet.ts';
import { printOp } from '../../src/formats/notation/printOp.ts';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import type { Host } from '../../src/machine/host.ts';
import { problemOf } from './exported.ts';
import { answerOf } from './problems.ts';

/** Returns the verdict and the script of a question, on a device with 3 vectors unless `more` changes it. */
function verdict(
  ids: GenerationId | readonly [GenerationId, GenerationId],
  question: string,
  host: Partial<Host> = {},
  more: Partial<AlphabetSpec> = {},
): readonly string[] {
  const found = answerOf(problemOf(ids, { vectors: 3, ...more }, host, question));
  return [found.verdict, ...(found.script ?? []).map(({ op }) => printOp(op))];
}

describe('track', () => {
  test('beside dynamic: only a fresh irq of a failing vector differs, which a client sees on a small host', () => {
    expect(verdict(['track', 'dynamic'], 'differ-state')).toEqual([
      'found',
      'set_irqs msix trigger eventfd 0 [-1]',
      'set_irqs msix trigger eventfd 1 [999]',
    ]);
    expect(verdict(['track', 'dynamic'], 'differ-client')).toEqual(['exhausted']);
    expect(verdict(['track', 'dynamic'], 'differ-client', { irqPool: 2 })).toHaveLength(4);
    expect(verdict(['track', 'dynamic'], 'differ-state', { canAllocDyn: false })).toEqual(['exhausted']);
  });

  test('beside v3: an irq of the enabling call that v3 frees', () => {
    expect(verdict(['track', 'v3'], 'differ-state')).toEqual([
      'found',
      'set_irqs msix trigger eventfd 0 [-1]',
      'set_irqs msix trigger eventfd 0 [999]',
    ]);
    expect(verdict(['track', 'v3'], 'differ-client')).toEqual(['exhausted']);
    expect(verdict(['track', 'v3'], 'differ-client', { irqPool: 1 })).toHaveLength(4);
  });

  test('frees no irq of the original allocation, and keeps I5 and I23', () => {
    for (const question of ['original-irq-freed', 'invariant:I5', 'invariant:I23'])
      expect(verdict('track', question)).toEqual(['exhausted']);
  });
});

describe('hold', () => {
  test('beside dynamic: no difference between lines without faults', () => {
    const more = { vectors: 2, goodFds: 2, raise: true, loopback: true, disable: true };
    for (const question of ['differ-state', 'differ-client'])
      expect(verdict(['hold', 'dynamic'], question, {}, more)).toEqual(['exhausted']);
  });

  test('beside dynamic: a swap whose request_irq fails differs', () => {
    expect(verdict(['hold', 'dynamic'], 'differ-client', {}, { vectors: 2, faults: USUAL_FAULTS })).toEqual([
      'found',
      'set_irqs msix trigger eventfd 0 [100]',
      'set_irqs msix trigger eventfd 0 [100]',
    ]);
  });

  test('keeps I24, which dynamic breaks with its second line', () => {
    expect(verdict('hold', 'invariant:I24')).toEqual(['exhausted']);
    expect(verdict('dynamic', 'invariant:I24')).toHaveLength(3);
  });
});

// The texts of Compare: sentences with reasons and sources, aligned traces, and the cost of each policy.

import { describe, expect, test } from 'vitest';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { alignedSteps, alignTraces, laneStep } from '../../src/views/compare/align.ts';
import { explain } from '../../src/views/compare/explain.ts';
import { LedgerCounter } from '../../src/views/compare/ledger.ts';
import { statementText } from '../../src/views/compare/statement.ts';
import { BEFORE, compared } from './lanes.ts';

const IDS: readonly GenerationId[] = ['static', 'v3', 'dynamic'];
const LABELS = ['6.1', 'V3', '6.12'];
const E = (start: number, ...fds: readonly number[]) =>
  `set_irqs msix trigger eventfd ${start} [${fds.join(' ')}]`;

function told(script: readonly string[], line: number) {
  return explain(compared(script.join('\n'), ...IDS), BEFORE + line, LABELS);
}

const texts = (script: readonly string[], line: number) => told(script, line).map(statementText);

describe('sentences', () => {
  test('name the function with which V3 frees an irq of the original allocation, and the objection to it', () => {
    const [statement] = told([E(0, 10, 11), E(1, 99)], 2);
    expect(statement?.kind).toBe('allocated');
    expect(statement === undefined ? '' : statementText(statement)).toBe(
      'Vector 1: 6.1 and 6.12 keep irq 26 cached. ' +
        'V3 has no irq: the failed assignment (EBADF) of this call freed irq 26 of the original allocation.',
    );
    expect(statement?.sources.join('\n')).toMatch(/vfio_msi_free_irq: PATCH V3, 18 April 2023.*§6\.4/);
  });

  test('give the check with which the old driver refuses vectors outside its range', () => {
    const [answer, vector] = texts([E(0, 10, 11), E(4, 14)], 2);
    expect(answer).toMatch(/^6\.1 fails with EINVAL: .+ \(vfio_msi_set_block\)\. V3 and 6\.12 return 0\.$/);
    expect(vector).toBe(
      'Vector 4: 6.1 has no irq: this call failed with EINVAL. V3 and 6.12 have irq 27 attached to fd 14.',
    );
  });

  test('name the vector that got a freed number', () => {
    const script = [E(0, 10, 11), E(1, 99), E(4, 14), E(1, 12)];
    expect(texts(script, 4)).toContain(
      `Vector 1: 6.1 and 6.12 have irq 26 since line ${BEFORE + 1}. ` +
        `V3 has irq 27, newly allocated in this call: the failed assignment (EBADF) of line ${BEFORE + 2} freed irq 26 of the original allocation, and vector 4 now has irq 26.`,
    );
  });

  test('describe different states after the same errno', () => {
    const script = ['device nvme nodyn', E(0, 10, 11), E(0, 20, 21, 22, 23)];
    expect(texts(script, 2)).toEqual([
      'Vectors 0–1: 6.1 has their irqs attached to an eventfd each. ' +
        'V3 and 6.12 have their irqs cached: this call failed with EINVAL, and vfio_msi_set_block detached the vectors up to the failing one.',
    ]);
  });

  test('describe different calls with the same outcome, and are empty without a difference', () => {
    const [only] = told([E(0, 10)], 1);
    expect(only?.kind).toBe('trace');
    expect(told([E(0, 10), 'raise 0'], 2)).toEqual([]);
  });

  test('name the pending interrupt behind a differing counter', () => {
    const script = [E(0, 10), E(4, 14), 'raise 4'];
    expect(texts(script, 3)).toContain(
      '6.1 has fd 14 at 0: the interrupt of vector 4 stays pending. V3 and 6.12 have fd 14 at 1.',
    );
  });
});

describe('aligned traces', () => {
  const divergence = compared([E(0, 10, 11), E(1, 99)].join('\n'), ...IDS);
  const traces = divergence.lanes.map((lane) => lane.framesOf(BEFORE + 2));
  const rows = alignTraces(divergence.lanes, traces);

  test('contain every call of every lane once, in order', () => {
    traces.forEach((frames, lane) => {
      const own = rows.flatMap((row) => row.frames[lane] ?? []);
      expect(own).toEqual(frames.map((_, at) => at));
    });
  });

  test('put the same call in one row, and leave a gap for a call that only one lane makes', () => {
    const nameAt = (lane: number, frame: number | null | undefined) =>
      frame == null ? null : (traces[lane]?.[frame]?.fn ?? null);
    for (const { frames } of rows) {
      const names = new Set(frames.map((frame, lane) => nameAt(lane, frame)).filter((name) => name !== null));
      expect(names.size).toBe(1);
    }
    const free = rows.find(({ frames }) => nameAt(1, frames[1]) === 'vfio_msi_free_irq');
    expect(free?.frames[0]).toBeNull();
    expect(free?.frames[2]).toBeNull();
    const fdget = rows.find(({ frames }) => nameAt(1, frames[1]) === 'eventfd_ctx_fdget');
    expect(fdget?.frames.every((frame) => frame !== null)).toBe(true);
  });

  test('a lane that does not make a call stays at its previous step', () => {
    const steps = alignedSteps(rows);
    const free = steps.findIndex(({ row }) => {
      const frame = rows[row]?.frames[1];
      return frame != null && traces[1]?.[frame]?.fn === 'vfio_msi_free_irq';
    });
    const left = laneStep(rows, steps, free, 2);
    expect(left).toEqual(laneStep(rows, steps, free - 1, 2));
    expect(laneStep(rows, steps, free, 1)?.at).toBe('entry');
  });
});

describe('the counts of a lane', () => {
  const sumsOf = (script: readonly string[], id: GenerationId) => {
    const [lane] = compared(script.join('\n'), id, id).lanes;
    if (lane === undefined) throw new Error('a lane');
    const counter = new LedgerCounter(lane);
    for (let line = 1; line <= lane.script.length; line += 3) counter.advanceTo(line);
    counter.advanceTo(lane.script.length);
    return counter.sums;
  };

  test('growing by teardown leaves every vector without a handler for the lines between', () => {
    const script = [E(0, 10), 'disable msix', 'raise 0', E(0, 10, 11)];
    expect(sumsOf(script, 'static')).toMatchObject({
      allocated: 3,
      freed: 1,
      requested: 3,
      removed: 1,
      windows: 1,
      inside: 0,
      lines: 2,
      longest: 2,
      open: 0,
    });
  });

  test('a swap is a window inside one call, and V2 frees for it', () => {
    const script = [E(0, 10), E(0, 11)];
    expect(sumsOf(script, 'dynamic')).toMatchObject({
      allocated: 1,
      freed: 0,
      windows: 1,
      inside: 1,
      lines: 0,
    });
    expect(sumsOf(script, 'v2')).toMatchObject({ allocated: 2, freed: 1, freedOriginal: 1, inside: 1 });
  });

  test('a failed assignment leaves the vector without a handler', () => {
    const script = [E(0, 10, 11), E(1, 99)];
    expect(sumsOf(script, 'v3')).toMatchObject({ freedOriginal: 1, open: 1, removed: 1 });
    expect(sumsOf(script, 'dynamic')).toMatchObject({ freedOriginal: 0, open: 1, removed: 1 });
  });
});

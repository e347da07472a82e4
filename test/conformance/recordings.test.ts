// Compares the model with every recorded step of every kernel, in every comparable field.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { trustOf } from '../../src/cli/trust.ts';
import { parseRecording } from '../../src/formats/recording/parse.ts';
import { conform } from '../../src/recordings/conformance.ts';
import type { Recording } from '../../src/recordings/recording.ts';
import { totalOf } from '../../src/views/trust/figures.ts';

const ROOT = join(import.meta.dirname, '../recordings');

// compared once for this test and for the page, which shows the same figures
const trust = trustOf(join(import.meta.dirname, '../..'));

function recordingsIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl.gz'))
    .map((name) => join(ROOT, folder, name))
    .sort();
}

function read(path: string): Recording {
  const parsed = parseRecording(gunzipSync(readFileSync(path)).toString('utf8'));
  if (!parsed.ok) throw new Error(`${path}: ${JSON.stringify(parsed.problems)}`);
  return parsed.value;
}

describe.each([
  ['static', 279],
  ['v2', 279],
  ['v3', 279],
  ['dynamic', 279],
  ['more', 2000],
  ['linux-5.10', 509],
  ['linux-6.1', 38],
  ['linux-6.12', 38],
  ['linux-6.16', 12],
  ['linux-6.18', 106],
  ['linux-7.3', 543],
  ['faults', 397],
  ['memory-off', 30],
  ['no-dynamic', 530],
  ['no-dynamic-arm64', 499],
  ['dynamic-arm64', 161],
])('recordings of %s', (folder, count) => {
  const paths = recordingsIn(folder);

  it('exist', () => {
    expect(paths.length).toBeGreaterThanOrEqual(count);
  });

  it('equal the model in every step', () => {
    const isHere = ({ path }: { readonly path: string }) => path.startsWith(`${folder}/`);
    expect(trust.unreadable.filter(isHere)).toEqual([]);
    expect(trust.differences.filter(isHere)).toEqual([]);
  });
});

test('every recording is compared, and none differs from the model', () => {
  const { recordings, mismatches } = totalOf(trust.rows);
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' });
  expect(recordings).toBe(files.filter((name) => /\.jsonl(\.gz)?$/.test(name)).length);
  expect(mismatches).toBe(0);
  expect({ differences: trust.differences, unreadable: trust.unreadable }).toEqual({
    differences: [],
    unreadable: [],
  });
  expect(new Set(trust.rows.map(({ generation }) => generation)).size).toBe(4);
});

describe('the comparison itself', () => {
  const honest = read(join(ROOT, 'dynamic/bad-attached-single.jsonl.gz'));

  /** The recording with one step changed. */
  function forged(n: number, change: Partial<Recording['steps'][number]>): Recording {
    return { ...honest, steps: honest.steps.map((step) => (step.n === n ? { ...step, ...change } : step)) };
  }

  function fields(recording: Recording): readonly string[] {
    return conform(recording).mismatches.map(({ step, field }) => `#${step} ${field}`);
  }

  function stateAfter(n: number): Recording['steps'][number]['after'] {
    const step = honest.steps[n];
    if (step === undefined) throw new Error(`no step ${n}`);
    return step.after;
  }

  it('agrees with the recording', () => {
    expect(fields(honest)).toEqual([]);
  });

  it('reports a different errno', () => {
    expect(fields(forged(4, { errno: 'EINVAL' }))).toEqual(['#4 errno']);
  });

  it('reports a missing irq', () => {
    const state = stateAfter(4);
    expect(fields(forged(4, { after: { ...state, irqs: state.irqs.slice(1) } }))).toEqual([
      '#4 after.irqs[0] allocated',
    ]);
  });

  it('reports a changed irq number', () => {
    const state = stateAfter(4);
    const irqs = state.irqs.map(
      ([vector, irq, requested]) => [vector, vector === 1 ? 99 : irq, requested] as const,
    );
    expect(fields(forged(4, { after: { ...state, irqs } }))).toContain('#4 after.irqs[1] irq');
  });

  it('accepts a machine with another first irq number', () => {
    const moved = (irq: number) => irq + 1000;
    const steps = honest.steps.map((step) => ({
      ...step,
      calls: step.calls.map((call) => ({
        ...call,
        ...(call.fn === 'pci_irq_vector' && typeof call.ret === 'number' ? { ret: moved(call.ret) } : {}),
        args:
          typeof call.args['irq'] === 'number' ? { ...call.args, irq: moved(call.args['irq']) } : call.args,
      })),
      after: { ...step.after, irqs: step.after.irqs.map(([v, irq, r]) => [v, moved(irq), r] as const) },
    }));
    expect(fields({ ...honest, steps })).toEqual([]);
  });

  it('reports a missing call', () => {
    const calls = honest.steps[4]?.calls.filter(({ fn }) => fn !== 'eventfd_ctx_put') ?? [];
    expect(fields(forged(4, { calls }))[0]).toMatch(/^#4 calls\[\d+\]/);
  });

  it('reports a programmed message that the model does not have', () => {
    const state = stateAfter(4);
    const table = [...(state.table ?? []), [1, 1, 2, 3, 1, 0] as const];
    expect(fields(forged(4, { after: { ...state, table } }))).toEqual(['#4 after.table[1]']);
  });

  it('reports a different counter, warning and output', () => {
    const eventfds = new Map([...stateAfter(4).eventfds, [100, 7n] as const]);
    expect(
      fields(forged(4, { after: { ...stateAfter(4), eventfds }, log: ['WARNING: x'], out: { value: 1n } })),
    ).toEqual(expect.arrayContaining(['#4 after.eventfds[100]', '#4 log', '#4 out.value']));
  });
});

// The model is the kernel: every recorded step of every kernel, in every comparable field.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseRecording } from '../../src/formats/recording/parse.ts';
import { conform } from '../../src/session/conformance.ts';
import type { Recording } from '../../src/session/recording.ts';

const ROOT = join(import.meta.dirname, '../recordings');

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

describe.each(['static', 'v2', 'v3', 'dynamic', 'more'])('recordings of %s', (folder) => {
  const paths = recordingsIn(folder);

  it('are there', () => {
    expect(paths.length).toBeGreaterThan(200);
  });

  it('are what the model does, step by step', () => {
    const differences = paths.flatMap((path) => {
      const [mismatch] = conform(read(path)).mismatches;
      return mismatch === undefined ? [] : [{ path: path.slice(ROOT.length), ...mismatch }];
    });
    expect(differences).toEqual([]);
  }, 120_000);
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

  it('agrees with what was recorded', () => {
    expect(fields(honest)).toEqual([]);
  });

  it('sees another errno', () => {
    expect(fields(forged(4, { errno: 'EINVAL' }))).toEqual(['#4 errno']);
  });

  it('sees an irq that is gone', () => {
    const state = stateAfter(4);
    expect(fields(forged(4, { after: { ...state, irqs: state.irqs.slice(1) } }))).toEqual([
      '#4 after.irqs[0] allocated',
    ]);
  });

  it('sees an irq that changed its number', () => {
    const state = stateAfter(4);
    const irqs = state.irqs.map(
      ([vector, irq, requested]) => [vector, vector === 1 ? 99 : irq, requested] as const,
    );
    expect(fields(forged(4, { after: { ...state, irqs } }))).toContain('#4 after.irqs[1] irq');
  });

  it('accepts a machine whose numbers start elsewhere', () => {
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

  it('sees a call that is missing', () => {
    const calls = honest.steps[4]?.calls.filter(({ fn }) => fn !== 'eventfd_ctx_put') ?? [];
    expect(fields(forged(4, { calls }))[0]).toMatch(/^#4 calls\[\d+\]/);
  });

  it('sees a message that is programmed where the model has none', () => {
    const state = stateAfter(4);
    const table = [...(state.table ?? []), [1, 1, 2, 3, 1, 0] as const];
    expect(fields(forged(4, { after: { ...state, table } }))).toEqual(['#4 after.table[1]']);
  });

  it('sees a counter, a warning and an output that differ', () => {
    const eventfds = new Map([...stateAfter(4).eventfds, [100, 7n] as const]);
    expect(
      fields(forged(4, { after: { ...stateAfter(4), eventfds }, log: ['WARNING: x'], out: { value: 1n } })),
    ).toEqual(expect.arrayContaining(['#4 after.eventfds[100]', '#4 log', '#4 out.value']));
  });
});

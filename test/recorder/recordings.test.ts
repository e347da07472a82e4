// Recordings from the recorder in C on real kernels (Linux 6.12.117 and 6.1.192 in QEMU). They agree with the model in every
// observed value, and with the other recorder's recordings of the same scripts. Values that were not observed are not compared.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseRecording } from '../../src/formats/recording/parse.ts';
import { conform } from '../../src/recordings/conformance.ts';
import type { OpenedRecording } from '../../src/recordings/opened.ts';
import { openingRecording } from '../../src/recordings/opening.ts';
import { recordedRuns } from '../../src/recordings/recordedRuns.ts';
import type { ObservedStep, Recording } from '../../src/recordings/recording.ts';
import { Divergence } from '../../src/session/divergence.ts';
import { kernelLane } from '../../src/session/lanes.ts';
import { problemText } from '../../src/text/problem.ts';
import { mismatchSentence } from '../../src/views/recording/comparison.ts';
import { stateFields } from '../../src/views/recording/state.ts';
import { runsOf, said } from '../compare/lanes.ts';

const OWN = join(import.meta.dirname, 'recordings');
const OTHERS = join(import.meta.dirname, '../recordings');

function read(text: string): Recording {
  const parsed = parseRecording(text);
  if (!parsed.ok) throw new Error(problemText(parsed.problems[0]));
  return parsed.value;
}

function textOf(name: string): string {
  return readFileSync(join(OWN, name), 'utf8');
}

/** Returns the recording of the same script by the recorder that also records kernel calls. */
function other(name: string): Recording {
  const [, folder = '', script = ''] = /^(static|dynamic)-(.*)\.jsonl$/.exec(name) ?? [];
  return read(gunzipSync(readFileSync(join(OTHERS, folder, `${script}.jsonl.gz`))).toString('utf8'));
}

function open(recording: Recording): OpenedRecording {
  const work = openingRecording(recording);
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}

function withoutCalls({ calls: _, ...step }: ObservedStep): Omit<ObservedStep, 'calls'> {
  return step;
}

const names = readdirSync(OWN);

it('the recordings are of two kernels and two devices', () => {
  expect(names).toHaveLength(3);
});

describe.each(names)('%s', (name) => {
  const text = textOf(name);
  const recording = read(text);

  it('states that kernel calls were not observed', () => {
    expect(recording.header.observed).toEqual({ calls: false, log: true });
    expect(text).not.toContain('"calls":');
  });

  it('agrees with the model', () => {
    const { compared, mismatches } = conform(recording);
    expect(mismatches).toEqual([]);
    expect(compared).toBeGreaterThan(10 * recording.steps.length);
  });

  it('agrees with the other recorder in every field', () => {
    const theirs = other(name);
    expect(recording.header.device).toEqual(theirs.header.device);
    expect(recording.header.irqInfo).toEqual(theirs.header.irqInfo);
    expect(recording.header.irqRemapping).toBe(theirs.header.irqRemapping);
    expect(recording.initial).toEqual(theirs.initial);
    expect(recording.steps.map(withoutCalls)).toEqual(theirs.steps.map(withoutCalls));
  });

  it('does not count calls as compared', () => {
    const seen = { ...recording.header, observed: { calls: true, log: true } };
    const claimed = conform({ ...recording, header: seen });
    expect(claimed.mismatches.some(({ field }) => field.startsWith('calls'))).toBe(true);
    expect(mismatchSentence(open(recording))).toBe(
      `0 mismatches in ${recording.steps.length} steps; not recorded, so not compared: kernel calls`,
    );
    expect(mismatchSentence(open(other(name)))).toBe(`0 mismatches in ${recording.steps.length} steps`);
  });

  it('still reports a different state', () => {
    const at = recording.steps.findIndex(({ after }) => after.irqs.length > 0 || after.intx.requested);
    const steps = recording.steps.map((step, n) =>
      n === at ? { ...step, after: { ...step.after, irqs: [], command: 0 } } : step,
    );
    expect(at).toBeGreaterThan(0);
    expect(conform({ ...recording, steps }).mismatches.map(({ step }) => step)).toContain(at);
  });

  it('as a lane equals the model of its kernel, and differs from another kernel like the models do', () => {
    const opened = open(recording);
    const differences = (generation: 'static' | 'dynamic') => {
      const model = runsOf([kernelLane(generation)], opened.session);
      const divergence = new Divergence([recordedRuns(opened), ...model]);
      while (divergence.advance(100));
      const traces = opened.session.script.filter((_, line) => divergence.traceAt(line + 1));
      return { said: said(divergence), lines: divergence.lines, traces: traces.length };
    };
    expect(differences(recording.header.driver === 'static' ? 'static' : 'dynamic')).toEqual({
      said: [],
      lines: [],
      traces: 0,
    });
  });

  it('shows in the wiring the eventfd of each irq, like the other recorder', () => {
    const mine = recordedRuns(open(recording));
    const theirs = recordedRuns(open(other(name)));
    recording.steps.forEach((_, n) => {
      const handlers = (lane: typeof mine) =>
        [...lane.machineAfter(n + 1).domain.descs.entries()].map(([vector, { handler }]) => [
          vector,
          handler,
        ]);
      expect(handlers(mine), `step ${n}`).toEqual(handlers(theirs));
    });
  });
});

describe('a recording with missing data', () => {
  const [name = ''] = names;
  const lines = textOf(name).split('\n');

  it.each([
    [
      'a step with calls though none were observed',
      lines.map((line) =>
        line.replace('"after":{"eventfds":{"100"', '"calls":[],"after":{"eventfds":{"100"'),
      ),
      'line 3, calls: expected no calls, because the header does not list them as observed, found Array',
    ],
    [
      'a step without calls though they were observed',
      lines.map((line) => line.replace('"observed":["state","log"],', '')),
      'line 3, calls: expected Array, found undefined',
    ],
    [
      'an unknown part in `observed`',
      lines.map((line) => line.replace('["state","log"]', '["state","smell"]')),
      /^line 1, observed\.1: expected/,
    ],
  ])('%s is refused', (_, changed, expected) => {
    const parsed = parseRecording(changed.join('\n'));
    expect(parsed.ok ? 'read' : problemText(parsed.problems[0])).toMatch(expected);
  });

  it('does not compare an unreachable table, nor show it as empty', () => {
    const recording = read(textOf(name));
    const steps = recording.steps.map((step) => {
      const { table: _, ...after } = step.after;
      return { ...step, after };
    });
    const blind = conform({ ...recording, steps });
    expect(blind.mismatches).toEqual([]);
    expect(blind.compared).toBeLessThan(conform(recording).compared);
    const pending = recording.steps.find(({ after }) => after.table?.some((entry) => entry[5] === 1));
    if (pending === undefined) throw new Error('the recording has a pending vector');
    const { table: _, ...unseen } = pending.after;
    const names_ = (kernel: ObservedStep['after']) =>
      stateFields(kernel, pending.after).map((field) => field.name);
    expect(names_(pending.after)).toContain('pending');
    expect(names_(unseen)).not.toContain('pending');
  });

  it('does not compare kernel warnings that were not observed', () => {
    const recording = read(textOf(name));
    const steps = recording.steps.map((step) => ({ ...step, log: ['WARNING: of another driver'] }));
    const deaf = { ...recording.header, observed: { calls: false, log: false } };
    expect(conform({ ...recording, header: deaf, steps }).mismatches).toEqual([]);
    expect(conform({ ...recording, steps }).mismatches.length).toBe(steps.length);
    expect(mismatchSentence(open({ ...recording, header: deaf, steps }))).toMatch(
      /; not recorded, so not compared: kernel calls and warnings of the kernel$/,
    );
  });
});

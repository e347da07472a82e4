// Recordings made by the recorder in C on real kernels (Linux 6.12.117 and 6.1.192 in QEMU): the model does the same in
// everything that was observed, and so did another recorder with the same script. What was not observed is not compared.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { problemText } from '../../src/base/result.ts';
import { parseRecording } from '../../src/formats/recording/parse.ts';
import { conform } from '../../src/session/conformance.ts';
import { Divergence } from '../../src/session/divergence.ts';
import { kernelLane } from '../../src/session/lanes.ts';
import type { OpenedRecording } from '../../src/session/opened.ts';
import { openingRecording } from '../../src/session/opening.ts';
import { recordedRuns } from '../../src/session/recordedRuns.ts';
import type { ObservedStep, Recording } from '../../src/session/recording.ts';
import { disagreementSentence } from '../../src/views/recording/comparison.ts';
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

/** The recording of the same script by the recorder that sees the kernel's calls. */
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

it('there are some, of two kernels and two devices', () => {
  expect(names).toHaveLength(3);
});

describe.each(names)('%s', (name) => {
  const text = textOf(name);
  const recording = read(text);

  it('says that no kernel calls were observed', () => {
    expect(recording.header.observed).toEqual({ calls: false, log: true });
    expect(text).not.toContain('"calls":');
  });

  it('is what the model does', () => {
    const { compared, mismatches } = conform(recording);
    expect(mismatches).toEqual([]);
    expect(compared).toBeGreaterThan(10 * recording.steps.length);
  });

  it('is what the other recorder saw, field by field', () => {
    const theirs = other(name);
    expect(recording.header.device).toEqual(theirs.header.device);
    expect(recording.header.irqInfo).toEqual(theirs.header.irqInfo);
    expect(recording.header.irqRemapping).toBe(theirs.header.irqRemapping);
    expect(recording.initial).toEqual(theirs.initial);
    expect(recording.steps.map(withoutCalls)).toEqual(theirs.steps.map(withoutCalls));
  });

  it('does not claim to have compared the calls', () => {
    const seen = { ...recording.header, observed: { calls: true, log: true } };
    const claimed = conform({ ...recording, header: seen });
    expect(claimed.mismatches.some(({ field }) => field.startsWith('calls'))).toBe(true);
    expect(disagreementSentence(open(recording))).toBe(
      `0 disagreements in ${recording.steps.length} steps; not recorded, so not compared: kernel calls`,
    );
    expect(disagreementSentence(open(other(name)))).toBe(
      `0 disagreements in ${recording.steps.length} steps`,
    );
  });

  it('still shows a state that differs', () => {
    const at = recording.steps.findIndex(({ after }) => after.irqs.length > 0 || after.intx.requested);
    const steps = recording.steps.map((step, n) =>
      n === at ? { ...step, after: { ...step.after, irqs: [], command: 0 } } : step,
    );
    expect(at).toBeGreaterThan(0);
    expect(conform({ ...recording, steps }).mismatches.map(({ step }) => step)).toContain(at);
  });

  it('is a lane that differs nowhere from the model of its kernel, and from another as the models do', () => {
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

  it('shows in the wiring which eventfd an irq signals, as the other recorder saw it', () => {
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

describe('a recording without something', () => {
  const [name = ''] = names;
  const lines = textOf(name).split('\n');

  it.each([
    [
      'a step with calls though none were observed',
      lines.map((line) =>
        line.replace('"after":{"eventfds":{"100"', '"calls":[],"after":{"eventfds":{"100"'),
      ),
      'line 3, calls: expected no calls, as the header says that none were observed, found Array',
    ],
    [
      'a step without calls though they were observed',
      lines.map((line) => line.replace('"observed":["state","log"],', '')),
      'line 3, calls: expected Array, found undefined',
    ],
    [
      'a thing to observe that is none',
      lines.map((line) => line.replace('["state","log"]', '["state","smell"]')),
      /^line 1, observed\.1: expected/,
    ],
  ])('%s is refused', (_, changed, expected) => {
    const parsed = parseRecording(changed.join('\n'));
    expect(parsed.ok ? 'read' : problemText(parsed.problems[0])).toMatch(expected);
  });

  it('a table that could not be reached is not compared, and not shown as empty', () => {
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

  it('warnings of the kernel that were not observed are not compared', () => {
    const recording = read(textOf(name));
    const steps = recording.steps.map((step) => ({ ...step, log: ['WARNING: of another driver'] }));
    const deaf = { ...recording.header, observed: { calls: false, log: false } };
    expect(conform({ ...recording, header: deaf, steps }).mismatches).toEqual([]);
    expect(conform({ ...recording, steps }).mismatches.length).toBe(steps.length);
    expect(disagreementSentence(open({ ...recording, header: deaf, steps }))).toMatch(
      /; not recorded, so not compared: kernel calls and warnings of the kernel$/,
    );
  });
});

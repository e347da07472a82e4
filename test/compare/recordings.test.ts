// A recording as a lane: it equals the model of the same kernel in every line and call, and differs from the model of
// another kernel where the two models differ.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parseRecording } from '../../src/formats/recording/parse.ts';
import { releaseFactsOf } from '../../src/machine/host.ts';
import type { OpenedRecording } from '../../src/recordings/opened.ts';
import { openingRecording } from '../../src/recordings/opening.ts';
import { recordedRuns } from '../../src/recordings/recordedRuns.ts';
import { Divergence } from '../../src/session/divergence.ts';
import { kernelLane } from '../../src/session/lanes.ts';
import { runsOf, said } from './lanes.ts';

const TOP = join(import.meta.dirname, '../..');

function opened(path: string): OpenedRecording {
  const parsed = parseRecording(gunzipSync(readFileSync(path)).toString('utf8'));
  if (!parsed.ok) throw new Error(`${path}: ${JSON.stringify(parsed.problems)}`);
  const work = openingRecording(parsed.value);
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}

function paths(folder: string): readonly string[] {
  return readdirSync(join(TOP, folder), { encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl.gz'))
    .map((name) => join(folder, name))
    .sort();
}

/** Returns the differences between the model and a recording, calls included. */
function differences(recording: OpenedRecording): readonly string[] {
  const { generation, setup } = recording.session;
  const model = runsOf([kernelLane(generation, releaseFactsOf(setup.host))], recording.session);
  const divergence = new Divergence([recordedRuns(recording), ...model]);
  while (divergence.advance(100));
  const calls = recording.session.script.flatMap((_, at) =>
    divergence.at(at + 1) === 0 && divergence.traceAt(at + 1) ? [`${at + 1} trace`] : [],
  );
  return [...said(divergence), ...calls];
}

test.each(paths('public/recordings'))('%s of the page equals the model', (path) => {
  expect(differences(opened(join(TOP, path)))).toEqual([]);
});

describe('every short recording', () => {
  test.each(['static', 'v2', 'v3', 'dynamic'])(
    '%s',
    (folder) => {
      const found = paths(`test/recordings/${folder}`)
        .filter((path) => !path.includes('nvme2048'))
        .flatMap((path) =>
          differences(opened(join(TOP, path)))
            .slice(0, 1)
            .map((line) => `${path}: ${line}`),
        );
      expect(found).toEqual([]);
    },
    60_000,
  );
});

test('differs from another kernel where the two models differ', () => {
  const recording = opened(join(TOP, 'public/recordings/v3-bad-number-stolen.jsonl.gz'));
  const [v3, dynamic] = runsOf([kernelLane('v3'), kernelLane('dynamic')], recording.session);
  if (v3 === undefined || dynamic === undefined) throw new Error('two lanes');
  const models = new Divergence([v3, dynamic]);
  const live = new Divergence([recordedRuns(recording), dynamic]);
  while (models.advance(100));
  while (live.advance(100));
  expect(live.lines.length).toBeGreaterThan(0);
  expect(said(live)).toEqual(said(models));
});

test('reads the same happenings from the calls as the model', () => {
  for (const path of paths('public/recordings')) {
    const recording = opened(join(TOP, path));
    const [model] = runsOf([kernelLane(recording.session.generation)], recording.session);
    const lane = recordedRuns(recording);
    const kinds = ['allocated', 'freed', 'attached', 'detached', 'failed', 'teardown', 'delivered'];
    const of = (runs: typeof model) =>
      recording.session.script.map((_, at) =>
        (runs?.runAt(at + 1)?.happenings ?? []).flatMap((one) =>
          kinds.includes(one.kind) ? [`${one.kind} ${'vector' in one ? one.vector : ''}`] : [],
        ),
      );
    expect(of(lane), path).toEqual(of(model));
  }
});

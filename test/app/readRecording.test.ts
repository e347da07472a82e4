// Opening the file of a recording: on the page, and in the worker without a thread.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type App, createApp } from '../../src/app/store/app.ts';
import { labSlice } from '../../src/app/store/lab.ts';
import { cancelWork } from '../../src/app/store/long.ts';
import { readRecording } from '../../src/app/store/readRecording.ts';
import { beginWorking, workingSlice } from '../../src/app/store/working.ts';
import { DirectWorker } from './directReplay.ts';
import { fakeServices } from './services.ts';

beforeEach(() => {
  vi.stubGlobal('Worker', DirectWorker);
  DirectWorker.begin();
});
afterEach(() => vi.unstubAllGlobals());

const bytesOf = (name: string) => readFileSync(new URL(`../recordings/${name}.jsonl.gz`, import.meta.url));
// more steps than a slice takes
const recording = bytesOf('v3/random-026');

const page = () => createApp(fakeServices(), []);
const read = (app: App, bytes: Uint8Array<ArrayBuffer>, isLarge: boolean) =>
  readRecording(app, { name: 'some.jsonl', file: new Blob([bytes]), isLarge }, () => true);

test.each([
  'dynamic/exhaust-dynamic@nvme2048',
  'v3/random-026',
  'static/intx-basic@e1000e',
  'linux-7.3/exhaust-block@nvme2048',
])('opens %s in the worker as on the page', async (name) => {
  const bytes = new Uint8Array(bytesOf(name));
  const here = await read(page(), bytes, false);
  expect(DirectWorker.made).toHaveLength(0);
  const app = page();
  const inWorker = await read(app, bytes, true);
  expect(DirectWorker.made[0]?.told.map(({ kind }) => kind)).toEqual(['recording']);
  expect(inWorker).toEqual(here);
  expect(inWorker?.kind === 'read' && inWorker.opened.mismatches).toEqual([]);
  expect(app.get(workingSlice).phase).toBe('idle');
});

test('names the difference of a recording in the worker as on the page', async () => {
  const text = gunzipSync(bytesOf('v3/random-026')).toString();
  const changed = new TextEncoder().encode(text.replace('"ret":0', '"ret":1'));
  const here = await read(page(), changed, false);
  expect(here?.kind === 'read' && here.opened.mismatches.length).toBe(1);
  expect(await read(page(), changed, true)).toEqual(here);
});

test.each([
  ['a cut line', (text: string) => text.slice(0, -20)],
  ['a wrong step number', (text: string) => text.replace('"n":1,', '"n":5,')],
  ['no steps', () => ''],
])('names the problem of a recording with %s in the worker as on the page', async (_, damage) => {
  const damaged = new TextEncoder().encode(damage(gunzipSync(bytesOf('v3/random-026')).toString()));
  const here = await read(page(), damaged, false);
  expect(here?.kind).toBe('damaged');
  expect(await read(page(), damaged, true)).toEqual(here);
});

test('names the damage of a gzipped recording in the worker as on the page', async () => {
  const damaged = new Uint8Array(recording.subarray(0, 900));
  const here = await read(page(), damaged, false);
  expect(here?.kind).toBe('damaged');
  expect(await read(page(), damaged, true)).toEqual(here);
});

test('ends the reading in the worker when a person cancels', async () => {
  const app = page();
  DirectWorker.held = true;
  const reading = read(app, new Uint8Array(recording), true);
  await expect.poll(() => DirectWorker.made[0]?.told.length).toBe(1);
  cancelWork(app);
  expect(await reading).toBeNull();
  expect(app.get(workingSlice).phase).toBe('idle');
  expect(DirectWorker.made[0]?.told.map(({ kind }) => kind)).toEqual(['recording', 'stop']);
  // the same worker opens the next recording
  DirectWorker.held = false;
  expect((await read(app, new Uint8Array(recording), true))?.kind).toBe('read');
  expect(DirectWorker.made).toHaveLength(1);
});

test('leaves the bar to another opening that replaces the reading in the worker', async () => {
  const app = page();
  DirectWorker.held = true;
  let isWanted = true;
  const file = new Blob([new Uint8Array(recording)]);
  const reading = readRecording(app, { name: 'some.jsonl', file, isLarge: true }, () => isWanted);
  await expect.poll(() => DirectWorker.made[0]?.told.length).toBe(1);
  isWanted = false;
  beginWorking(app, 'opening', 'other.jsonl', 0, 0);
  DirectWorker.held = false;
  expect(await reading).toBeNull();
  expect(app.get(workingSlice)).toMatchObject({ phase: 'opening', name: 'other.jsonl', done: 0 });
});

test('reports a worker that fails, and opens recordings on the page where the browser blocks workers', async () => {
  const app = page();
  DirectWorker.held = true;
  const reading = read(app, new Uint8Array(recording), true);
  await expect.poll(() => DirectWorker.made[0]?.told.length).toBe(1);
  DirectWorker.made[0]?.dispatchEvent(new Event('error'));
  expect(await reading).toBeNull();
  expect(app.get(labSlice).problem?.title).toBe(
    'some.jsonl could not be opened. The worker could not be started.',
  );
  vi.stubGlobal('Worker', undefined);
  expect((await read(page(), new Uint8Array(recording), true))?.kind).toBe('read');
});

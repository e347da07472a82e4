// Long scripts and long texts: the page, the worker without a thread, and the messages between them.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type App, createApp } from '../../src/app/store/app.ts';
import { followChanges } from '../../src/app/store/changes.ts';
import { replayOf } from '../../src/app/store/derived.ts';
import { readInWorker, scanInWorker } from '../../src/app/store/engine/reading.ts';
import { firstState, labSlice } from '../../src/app/store/lab.ts';
import {
  cancelWork,
  endOpening,
  followLongScripts,
  goOnWorking,
  loadEngine,
} from '../../src/app/store/long.ts';
import { timelineFor } from '../../src/app/store/timeline.ts';
import { beginWorking, workingSlice } from '../../src/app/store/working.ts';
import { NOTATION } from '../../src/formats/imports/notation.ts';
import { printScript } from '../../src/formats/notation/print.ts';
import { unpackLines } from '../../src/formats/permalink/packedLines.ts';
import { line } from '../../src/kernel/line.ts';
import { withScript } from '../../src/session/deviceSpec.ts';
import { insertLine, replaceLine } from '../../src/session/edits.ts';
import { currentSession, startHistory } from '../../src/session/history.ts';
import { knownLines, lineCount } from '../../src/session/replay.ts';
import type { ScriptLine } from '../../src/session/script.ts';
import { emptySession, type Session } from '../../src/session/session.ts';
import { workload } from '../../src/session/workload.ts';
import { DirectWorker } from './directReplay.ts';
import { fakeServices } from './services.ts';

beforeEach(() => {
  vi.stubGlobal('Worker', DirectWorker);
  DirectWorker.begin();
});
afterEach(() => vi.unstubAllGlobals());

const script = workload({ lines: 1500, vectors: 16, seed: 4 });
const long = withScript(emptySession('dynamic', 'nvme'), script);
const other = withScript(emptySession('dynamic', 'nvme'), workload({ lines: 1200, vectors: 16, seed: 5 }));
const added: ScriptLine = { line: line({ op: 'raise', vector: 0 }), note: '', action: '', disabled: false };

const show = (app: App, session: Session) =>
  app.set(labSlice, { ...firstState(), history: startHistory(session) });
const shown = (app: App) => replayOf(app, currentSession(app.get(labSlice).history));

function pageWith(session: Session): App {
  const app = createApp(fakeServices(), [followChanges, (page) => void followLongScripts(page)]);
  show(app, session);
  return app;
}

const textFile = () => new File([printScript(script)], 'some.txt');

/** Waits until every line is computed, and compares the results with those of the model. */
async function computed(app: App): Promise<void> {
  const replayed = shown(app);
  await expect.poll(() => knownLines(replayed)).toBe(lineCount(replayed));
  await expect.poll(() => app.get(workingSlice).phase).toBe('idle');
  expect([knownLines(replayed), timelineFor(app, replayed).length]).toEqual(
    Array(2).fill(lineCount(replayed)),
  );
}

/** The messages to the present worker since the last call: kinds, with the number of lines of each `lines`. */
function told(): string[] {
  const messages = DirectWorker.made.at(-1)?.told.splice(0) ?? [];
  return messages.map((message) => {
    if (message.kind === 'begin') return `begin ${message.head} ${message.tail}`;
    if (message.kind === 'run') return `run ${message.from}`;
    if (message.kind !== 'lines') return message.kind;
    const lines = unpackLines(message.lines);
    return `lines ${lines.ok ? lines.value.length : 'unreadable'}`;
  });
}

test('computes a long script in the worker, and sends only the changed lines of an edit', async () => {
  const app = pageWith(long);
  await expect.poll(() => app.get(workingSlice).phase).toBe('replaying');
  await computed(app);
  expect(told()).toEqual(['begin 0 0', 'lines 1500', 'run 0']);
  show(app, replaceLine(long, 700, added));
  await computed(app);
  expect(told()).toEqual(['begin 700 799', 'lines 1', 'run 640']);
});

test('computes a line at the end in the page, and begins no job', async () => {
  const app = pageWith(long);
  await expect.poll(() => app.get(workingSlice).phase).toBe('replaying');
  await computed(app);
  told();
  show(app, insertLine(long, 1500, added));
  await computed(app);
  expect(told()).toEqual([]);
});

test('stops for a short script, and begins again with another long one', async () => {
  const app = pageWith(long);
  DirectWorker.held = true;
  await expect.poll(() => app.get(workingSlice).phase).toBe('replaying');
  show(app, emptySession('dynamic', 'nvme'));
  expect(app.get(workingSlice).phase).toBe('idle');
  expect(told().at(-1)).toBe('stop');
  DirectWorker.held = false;
  show(app, other);
  await computed(app);
  expect(told().at(-1)).toBe('run 0');
});

test('keeps the computed lines of a cancelled replay, and continues after them', async () => {
  const app = pageWith(long);
  DirectWorker.held = true;
  await expect.poll(() => knownLines(shown(app))).toBeGreaterThan(0);
  cancelWork(app);
  expect(app.get(workingSlice).phase).toBe('stopped');
  await expect.poll(() => DirectWorker.made[0]?.told.at(-1)?.kind).toBe('stop');
  DirectWorker.held = false;
  const had = knownLines(shown(app));
  expect(had).toBeLessThan(1500);
  goOnWorking(app);
  await computed(app);
  expect(told().at(-1)).toBe(`run ${had - (had % 128)}`);
});

test('recognises the format of a file in the worker, and keeps the bar for the reader that follows', async () => {
  const app = pageWith(emptySession('dynamic', 'nvme'));
  const scanned = await scanInWorker(app, textFile(), () => true);
  expect(scanned).toEqual({
    found: { format: NOTATION, reason: 'line 1 has the operation “device”' },
    travels: [],
    first: expect.stringMatching(/^device nvme2048/),
  });
  expect([told(), app.get(workingSlice).phase]).toEqual([['scan'], 'opening']);
});

test('ends a scan that a person cancels or another opening replaces', async () => {
  const app = pageWith(emptySession('dynamic', 'nvme'));
  await loadEngine(app);
  const cancelled = scanInWorker(app, textFile(), () => true);
  cancelWork(app);
  expect(await cancelled).toBeNull();
  expect(DirectWorker.made[0]?.ended).toBe(true);
  expect(await scanInWorker(app, textFile(), () => false)).toBeNull();
  expect(app.get(workingSlice).phase).toBe('idle');
});

test('reads a file in the worker, and does not send its lines back', async () => {
  const app = pageWith(emptySession('dynamic', 'nvme'));
  await loadEngine(app);
  const read = await readInWorker(app, textFile(), NOTATION, new Map(), []);
  expect([read?.summary.bad, read?.lines]).toEqual([0, script.lines]);
  told();
  show(app, { ...long, script: read?.lines ?? [] });
  await computed(app);
  expect(told()).toEqual(['begin 1500 0', 'run 0']);
});

test('continues the replay that waited, when the reading of a file is cancelled', async () => {
  const app = pageWith(emptySession('dynamic', 'nvme'));
  await loadEngine(app);
  const read = readInWorker(app, textFile(), NOTATION, new Map(), []);
  show(app, other);
  expect([app.get(workingSlice).phase, told()]).toEqual(['opening', ['open']]);
  cancelWork(app);
  expect(await read).toBeNull();
  await computed(app);
  expect([DirectWorker.made.length, DirectWorker.made[0]?.ended, told()[0]]).toEqual([2, true, 'begin 0 0']);
});

test('says what to do when the worker fails: continue the replay, or open the file again', async () => {
  const app = pageWith(long);
  await expect.poll(() => app.get(workingSlice).phase).toBe('replaying');
  DirectWorker.made[0]?.dispatchEvent(new Event('error'));
  expect(app.get(labSlice).problem).toEqual({
    title: 'The worker could not be started.',
    details: ['Choose “Continue” to try again.'],
    note: 'The page shows the lines computed so far.',
  });
  expect(app.get(workingSlice).phase).toBe('stopped');
  goOnWorking(app);
  await computed(app);

  const read = readInWorker(app, textFile(), NOTATION, new Map(), []);
  DirectWorker.made.at(-1)?.dispatchEvent(new Event('error'));
  expect(await read).toBeNull();
  expect(app.get(labSlice).problem).toEqual({
    title: 'some.txt could not be opened. The worker could not be started.',
    details: ['Open the file again to try again.'],
    note: 'The page still shows the previous script.',
  });
  expect(app.get(workingSlice).phase).toBe('idle');
});

test('computes a long script in the page where the browser blocks workers, and names the file that needs one', async () => {
  vi.stubGlobal(
    'Worker',
    class {
      constructor() {
        throw new Error('blocked');
      }
    },
  );
  const app = pageWith(long);
  await expect.poll(() => app.get(workingSlice).phase).toBe('replaying');
  await computed(app);
  expect((await scanInWorker(app, textFile(), () => true))?.found?.format).toBe(NOTATION);
  expect(await readInWorker(app, textFile(), NOTATION, new Map(), [])).toBeNull();
  expect(app.get(labSlice).problem?.title).toBe('some.txt could not be opened: the browser blocks workers.');
});

test('continues the replay when an opening beside it ends, and a cancelled replay stays cancelled', async () => {
  const app = pageWith(long);
  DirectWorker.held = true;
  await expect.poll(() => knownLines(shown(app))).toBeGreaterThan(0);
  // the bar belongs to an opening in the page now, and the person cancels that
  beginWorking(app, 'opening', 'a recording', 0, 0);
  cancelWork(app);
  await expect.poll(() => app.get(workingSlice).phase).toBe('replaying');
  // a scan takes the worker, and finds nothing
  DirectWorker.held = false;
  expect(await scanInWorker(app, textFile(), () => true)).not.toBeNull();
  endOpening(app);
  await computed(app);

  show(app, other);
  DirectWorker.held = true;
  await expect.poll(() => app.get(workingSlice).phase).toBe('replaying');
  cancelWork(app);
  await expect.poll(() => DirectWorker.made.at(-1)?.told.at(-1)?.kind).toBe('stop');
  endOpening(app);
  await new Promise((resolve) => setTimeout(resolve));
  expect(app.get(workingSlice).phase).toBe('stopped');
});

test('sends all lines again after a reading that another opening has replaced', async () => {
  const app = pageWith(long);
  await expect.poll(() => app.get(workingSlice).phase).toBe('replaying');
  await computed(app);
  void readInWorker(
    app,
    new File([printScript({ ...script, lines: script.lines.slice(0, 500) })], 'a.txt'),
    NOTATION,
    new Map(),
    [],
  );
  await expect.poll(() => DirectWorker.made[0]?.told.at(-1)?.kind).toBe('open');
  expect(await scanInWorker(app, textFile(), () => true)).not.toBeNull();
  told();
  show(app, replaceLine(long, 700, added));
  await new Promise((resolve) => setTimeout(resolve));
  endOpening(app);
  await computed(app);
  expect(told()[0]).toBe('begin 0 0');
});

// The replay worker without a thread: messages are copied as between threads.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReplayJob } from '../../src/app/workers/job.ts';
import type { FromWorker, ToWorker } from '../../src/app/workers/messages.ts';
import { printScript } from '../../src/formats/notation/print.ts';
import { printHeader } from '../../src/formats/permalink/header.ts';
import { packLines, unpackLines } from '../../src/formats/permalink/packedLines.ts';
import { withScript } from '../../src/session/deviceSpec.ts';
import {
  addCheckpoint,
  knownLines,
  machineAfter,
  replay,
  runAt,
  setKnown,
} from '../../src/session/replay.ts';
import type { ScriptLine } from '../../src/session/script.ts';
import { emptySession, type Session } from '../../src/session/session.ts';
import { workload } from '../../src/session/workload.ts';
import { TimelineData } from '../../src/views/timeline/data.ts';
import { TimelineWriter } from '../../src/views/timeline/extract.ts';
import { anyScript } from '../formats/arbitraries.ts';
import { plainMachine } from '../machine/plain.ts';

/** Returns a job with a clock that advances at every reading, and its messages. */
function started() {
  const said: FromWorker[] = [];
  const waiting: (() => void)[] = [];
  let clock = 0;
  const job = new ReplayJob({
    post: (message) => {
      said.push(structuredClone(message));
    },
    later: (go) => waiting.push(go),
    now: () => clock++,
  });
  const tell = (message: ToWorker) => job.receive(structuredClone(message));
  const finish = () => {
    for (let go = waiting.shift(); go !== undefined; go = waiting.shift()) go();
  };
  return { said, waiting, job, tell, finish };
}

const script = workload({ lines: 700, vectors: 40, seed: 2 });
const session = withScript(emptySession('dynamic', 'nvme'), script);

function takeAll(said: readonly FromWorker[], of: Session) {
  const made = replay(of, null, 0);
  const data = new TimelineData();
  for (const message of said) {
    if (message.kind !== 'piece') continue;
    const { piece } = message;
    for (const { line, ...checkpoint } of piece.checkpoints) addCheckpoint(made, line, checkpoint);
    setKnown(made, piece.to);
    data.append(piece.timeline);
  }
  return { made, data };
}

function expectWhole(said: readonly FromWorker[], of: Session): void {
  const { made, data } = takeAll(said, of);
  const short = replay(of, null, Infinity);
  expect([knownLines(made), data.length]).toEqual([of.script.length, of.script.length]);
  for (let line = 0; line <= of.script.length; line += 23)
    expect(plainMachine(machineAfter(made, line))).toEqual(plainMachine(machineAfter(short, line)));
  const writer = new TimelineWriter(1);
  for (const [at, entry] of of.script.entries()) writer.add(entry, runAt(short, at + 1));
  const whole = new TimelineData();
  whole.append(writer.chunk());
  expect([data.events, data.laneIds]).toEqual([whole.events, whole.laneIds]);
  for (let line = 0; line < of.script.length; line++)
    for (const name of ['op', 'errno', 'ret', 'ended'] as const)
      expect(data.lines[name].at(line)).toBe(whole.lines[name].at(line));
}

function run(tell: (message: ToWorker) => void, of: Session, job: number, head = 0, tail = 0, from = 0) {
  tell({ kind: 'begin', job, header: printHeader({ session: of, recording: null }), head, tail });
  const between = of.script.slice(head, of.script.length - tail);
  tell({ kind: 'lines', job, lines: packLines(between.slice(0, 300)) });
  tell({ kind: 'lines', job, lines: packLines(between.slice(300)) });
  tell({ kind: 'run', job, from });
}

test('reads a file and computes its lines without receiving them', async () => {
  const { said, tell, finish } = started();
  const file = new Blob([`raise x\n${printScript(script)}`]);
  tell({ kind: 'open', job: 1, file, format: 'notation', choices: [], travels: [] });
  await expect.poll(() => said.at(-1)?.kind).toBe('opened');
  const lines: ScriptLine[] = [];
  for (const message of said) {
    if (message.kind !== 'read') continue;
    const read = unpackLines(message.lines);
    if (read.ok) lines.push(...read.value);
  }
  // the device line follows an operation here, so it is rejected too
  expect(said.at(-1)).toMatchObject({
    kind: 'opened',
    job: 1,
    texts: 702,
    bad: 1,
    device: expect.stringMatching(/^device nvme2048 /),
  });
  expect(lines).toEqual(script.lines);
  said.length = 0;
  run(tell, session, 2, 700, 0);
  finish();
  expect(said.length).toBeGreaterThan(3);
  expectWhole(said, session);
});

test('after an edit receives only new lines and computes only later ones', () => {
  const { said, tell, finish } = started();
  run(tell, session, 1);
  finish();
  expectWhole(said, session);
  const lines = session.script.toSpliced(400, 2, ...session.script.slice(10, 15));
  const edited = { ...session, script: lines };
  const head = said.slice();
  said.length = 0;
  run(tell, edited, 2, 400, 698 - 400, 380);
  finish();
  expect(said[0]).toMatchObject({ kind: 'piece', job: 2, piece: { timeline: { from: 381 } } });
  const { made } = takeAll(head, session);
  const now = replay(edited, made, 0);
  expect(knownLines(now)).toBe(400);
  for (const message of said) {
    if (message.kind !== 'piece') continue;
    for (const { line, ...checkpoint } of message.piece.checkpoints) addCheckpoint(now, line, checkpoint);
    setKnown(now, message.piece.to);
  }
  const short = replay(edited, null, Infinity);
  for (const line of [0, 380, 401, 512, 640, 703])
    expect(plainMachine(machineAfter(now, line))).toEqual(plainMachine(machineAfter(short, line)));
});

test('a newer job or a stop ends the earlier job', () => {
  const { said, waiting, tell, finish } = started();
  run(tell, session, 1);
  expect(waiting).toHaveLength(1);
  tell({ kind: 'stop' });
  const before = said.length;
  finish();
  expect(said).toHaveLength(before);
});

test('reports messages out of order and damaged lines, and does not throw', () => {
  const { said, tell } = started();
  tell({ kind: 'run', job: 3, from: 0 });
  tell({ kind: 'begin', job: 4, header: '{}', head: 5, tail: 9 });
  tell({ kind: 'run', job: 4, from: 0 });
  tell({ kind: 'begin', job: 5, header: '{}', head: 0, tail: 0 });
  tell({ kind: 'lines', job: 5, lines: new Uint8Array([7, 7]) });
  tell({ kind: 'run', job: 5, from: 0 });
  expect(said.map((message) => (message.kind === 'failed' ? [message.job, message.what] : null))).toEqual([
    [3, 'run of a script that was not sent'],
    [4, 'reference to missing lines'],
    [5, expect.stringContaining('expected the bytes of lines')],
    [5, expect.stringContaining('setup')],
  ]);
});

test('transfers lines unchanged', () => {
  fc.assert(
    fc.property(anyScript, ({ lines }) => {
      expect(unpackLines(packLines(lines))).toEqual({ ok: true, value: lines });
    }),
  );
});

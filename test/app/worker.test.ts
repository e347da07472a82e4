// The worker without a worker: what it is told and what it says goes through a copy, as between threads.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReplayJob } from '../../src/app/workers/job.ts';
import {
  type FromWorker,
  readFromWorker,
  readToWorker,
  type ToWorker,
} from '../../src/app/workers/messages.ts';
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

/** A job with a clock that ticks at every look, and what it says. */
function started() {
  const said: FromWorker[] = [];
  const waiting: (() => void)[] = [];
  let clock = 0;
  const job = new ReplayJob({
    post: (message) => {
      const read = readFromWorker(structuredClone(message));
      if (read === null) throw new Error(`not understood: ${message.kind}`);
      said.push(read);
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

test('a file is read, and its lines are worked out without being sent', async () => {
  const { said, tell, finish } = started();
  const file = new Blob([`raise x\n${printScript(script)}`]);
  tell({ kind: 'open', job: 1, file, format: 'notation', head: [] });
  await expect.poll(() => said.at(-1)?.kind).toBe('opened');
  const lines: ScriptLine[] = [];
  for (const message of said) {
    if (message.kind !== 'read') continue;
    const read = unpackLines(message.lines);
    if (read.ok) lines.push(...read.value);
  }
  // the device stands behind an operation here, so it is refused too
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

test('after an edit only the new lines are sent and only what follows is worked out', () => {
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

test('a newer job or a stop ends the slices of the one before', () => {
  const { said, waiting, tell, finish } = started();
  run(tell, session, 1);
  expect(waiting).toHaveLength(1);
  tell({ kind: 'stop' });
  const before = said.length;
  finish();
  expect(said).toHaveLength(before);
});

test('nonsense is answered and does not throw', () => {
  const { said, job, tell } = started();
  job.receive('hello');
  tell({ kind: 'run', job: 3, from: 0 });
  tell({ kind: 'begin', job: 4, header: '{}', head: 5, tail: 9 });
  tell({ kind: 'run', job: 4, from: 0 });
  tell({ kind: 'begin', job: 5, header: '{}', head: 0, tail: 0 });
  tell({ kind: 'lines', job: 5, lines: new Uint8Array([7, 7]) });
  tell({ kind: 'run', job: 5, from: 0 });
  expect(said.map((message) => (message.kind === 'failed' ? [message.job, message.what] : null))).toEqual([
    [0, 'a message that is none'],
    [3, 'a script that was not sent'],
    [4, 'lines that are not there'],
    [5, expect.stringContaining('expected the bytes of lines')],
    [5, expect.stringContaining('setup')],
  ]);
});

test('what is not a message is none, whatever it is', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(readToWorker(value)).toBeNull();
      expect(readFromWorker(value)).toBeNull();
    }),
  );
  const numbers = (length: number) => new Int32Array(length);
  const piece = {
    to: 2,
    timeline: { from: 1, lines: numbers(16), turns: numbers(6), marks: numbers(4) },
    answers: numbers(2),
    checkpoints: [{ line: 2, machine: new Uint8Array(1), sums: new Uint8Array(1) }],
  };
  const read = (changed: object) =>
    readFromWorker({ kind: 'piece', job: 1, piece: { ...piece, ...changed } });
  expect(read({})).not.toBeNull();
  for (const changed of [
    { to: 3 },
    { answers: numbers(3) },
    { answers: [0, 0] },
    { timeline: { ...piece.timeline, turns: numbers(5) } },
    { timeline: { ...piece.timeline, from: 0 } },
    { checkpoints: [{ line: 9, machine: new Uint8Array(1), sums: new Uint8Array(1) }] },
    { checkpoints: [{ line: 2, machine: 'x', sums: new Uint8Array(1) }] },
  ])
    expect(read(changed)).toBeNull();
});

test('lines come over as they were', () => {
  fc.assert(
    fc.property(anyScript, ({ lines }) => {
      expect(unpackLines(packLines(lines))).toEqual({ ok: true, value: lines });
    }),
  );
});

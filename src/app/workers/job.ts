// The work of the replay worker: it keeps a script, reads texts and computes lines. A newer job ends an older one. It works in
// slices, so that messages are handled in between.

import type { Problem } from '../../base/result.ts';
import { formatById } from '../../formats/imports/registry.ts';
import { packRows } from '../../formats/imports/rows.ts';
import { type ImportPart, ImportRun } from '../../formats/imports/run.ts';
import { printScript } from '../../formats/notation/print.ts';
import { parseHeader } from '../../formats/permalink/header.ts';
import { packLines, unpackLines } from '../../formats/permalink/packedLines.ts';
import type { ObservedStep } from '../../recordings/recording.ts';
import { type Replay, replay } from '../../session/replay.ts';
import type { ScriptLine } from '../../session/script.ts';
import { problemText } from '../../text/problem.ts';
import { Work } from '../../views/work.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { openRecordingFile } from './openRecording.ts';
import { brokenFile, piecesOf } from './pieces.ts';
import { scanFile } from './scanFile.ts';

/** Milliseconds between two parts of a file, at least. */
const PART = 40;
/**
 * Milliseconds of computing between two pieces: a frame, so that the page takes over a piece beside the drawing of a frame.
 */
const SLICE = 16;
const NOTHING: ImportPart = { lines: [], rows: [] };

/** Length of the first slice, which is short because it contains the lines at the cursor. */
const FIRST_SLICE = 12;
/** Number of lines per message. */
const LINES_TOGETHER = 2048;

/** The environment of the job. */
export interface Surroundings {
  readonly post: (message: FromWorker) => void;
  /** Calls back soon, after pending messages. */
  readonly later: (go: () => void) => void;
  /** Returns the time in milliseconds. */
  readonly now: () => number;
}

/** A script whose lines are arriving. */
interface Coming {
  readonly job: number;
  readonly header: string;
  readonly head: number;
  readonly tail: number;
  readonly between: ScriptLine[];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The state of the worker. */
export class ReplayJob {
  readonly #around: Surroundings;
  #lines: readonly ScriptLine[] = [];
  #coming: Coming | null = null;
  #replayed: Replay | null = null;
  /** Identifies the present computation; another value ends the earlier one. */
  #running: object | null = null;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Handles a message. */
  receive(message: ToWorker): void {
    this.#running = null;
    switch (message.kind) {
      case 'scan':
        this.#scan(message).catch((error: unknown) => this.#fail(message.job, messageOf(error)));
        return;
      case 'open':
        this.#open(message).catch((error: unknown) => this.#fail(message.job, messageOf(error)));
        return;
      case 'recording':
        this.#openRecording(message).catch((error: unknown) => this.#fail(message.job, messageOf(error)));
        return;
      case 'begin':
        this.#coming = { ...message, between: [] };
        return;
      case 'lines':
        this.#take(message);
        return;
      case 'run':
        this.#run(message);
        return;
      case 'stop':
        return;
    }
  }

  async #scan({ job, file }: ToWorker & { readonly kind: 'scan' }): Promise<void> {
    const running = {};
    this.#running = running;
    const scanned = await scanFile(file, () => this.#running === running);
    if (scanned === null) return;
    const { found, travels, first } = scanned;
    const recognised = found === null ? null : { format: found.format.id, reason: found.reason };
    this.#around.post({ kind: 'scanned', job, found: recognised, travels, first });
  }

  async #open({ job, file, format, choices, travels }: ToWorker & { readonly kind: 'open' }): Promise<void> {
    const found = formatById(format);
    if (found === undefined) {
      this.#fail(job, `unknown format ${format}`);
      return;
    }
    const running = {};
    this.#running = running;
    const run = new ImportRun(found, new Map(choices), travels);
    const lines: ScriptLine[] = [];
    let last = this.#around.now();
    const send = (part: ImportPart, done: number) => {
      for (const line of part.lines) lines.push(line);
      for (let at = 0; at === 0 || at < part.lines.length; at += LINES_TOGETHER) {
        const packed = packLines(part.lines.slice(at, at + LINES_TOGETHER));
        const rows = packRows(at === 0 ? part.rows : []);
        this.#around.post({ kind: 'read', job, lines: packed, rows, done });
      }
      last = this.#around.now();
    };
    let problem: Problem | null = null;
    try {
      if (run.looks) {
        for await (const { text, done } of piecesOf(file)) {
          if (this.#running !== running) return;
          run.look(text);
          if (this.#around.now() - last > PART) send(NOTHING, done / 2);
        }
      }
      const first = run.looks ? 0.5 : 0;
      for await (const { text, done } of piecesOf(file)) {
        // another job has begun, or the person has cancelled this one
        if (this.#running !== running) return;
        run.push(text);
        if (this.#around.now() - last > PART) send(run.take(), first + done * (1 - first));
      }
    } catch (error) {
      problem = brokenFile(error);
    }
    if (this.#running !== running) return;
    const { device, cursor, assumed, guesses, ...counts } = run.end(problem);
    send(run.take(), 1);
    this.#lines = lines;
    this.#replayed = null;
    const looksAt = cursor === undefined ? {} : { cursor };
    const header = printScript({ device, ...looksAt, lines: [] });
    this.#around.post({ kind: 'opened', job, device: header, assumed, guesses, ...counts });
  }

  async #openRecording({ job, file }: ToWorker & { readonly kind: 'recording' }): Promise<void> {
    const running = {};
    this.#running = running;
    let steps: ObservedStep[] = [];
    const send = (done: number) => {
      this.#around.post({ kind: 'steps', job, steps, done });
      steps = [];
    };
    const read = await openRecordingFile(file, {
      told: (done) => {
        if (this.#running !== running) return false;
        send(done);
        return true;
      },
      watch: (step) => void steps.push(step),
      clock: this.#around,
    });
    if (read === null || this.#running !== running) return;
    if (read.kind === 'damaged') {
      this.#around.post({ kind: 'damaged', job, problems: read.problems });
      return;
    }
    send(1);
    const { recording, compared, mismatches } = read.opened;
    const { header, initial } = recording;
    this.#around.post({ kind: 'compared', job, recording: { header, initial }, compared, mismatches });
  }

  #take({ job, lines }: ToWorker & { readonly kind: 'lines' }): void {
    if (this.#coming?.job !== job) return;
    const read = unpackLines(lines);
    if (!read.ok) {
      this.#fail(job, problemText(read.problems[0]));
      return;
    }
    for (const line of read.value) this.#coming.between.push(line);
  }

  #run({ job, from }: ToWorker & { readonly kind: 'run' }): void {
    const coming = this.#coming;
    if (coming === null || coming.job !== job) {
      this.#fail(job, 'run of a script that was not sent');
      return;
    }
    this.#coming = null;
    const { head, tail, between } = coming;
    if (head + tail > this.#lines.length) {
      this.#fail(job, 'reference to missing lines');
      return;
    }
    const header = parseHeader(coming.header);
    if (!header.ok) {
      this.#fail(job, problemText(header.problems[0]));
      return;
    }
    const whole = between.length === 0 && head === this.#lines.length;
    this.#lines = whole
      ? this.#lines
      : [...this.#lines.slice(0, head), ...between, ...this.#lines.slice(this.#lines.length - tail)];
    const { setup, generation, cursor } = header.value.session;
    // an equal setup keeps its object, so that the replay finds the common prefix
    const same = JSON.stringify(this.#replayed?.setup) === JSON.stringify(setup);
    const session = {
      setup: same && this.#replayed !== null ? this.#replayed.setup : setup,
      generation,
      cursor,
      script: this.#lines,
    };
    this.#replayed = replay(session, this.#replayed, 0);
    const work = new Work(this.#replayed, Math.min(from, this.#lines.length));
    const running = {};
    this.#running = running;
    const slice = (milliseconds: number) => () => {
      if (this.#running !== running) return;
      const end = this.#around.now() + milliseconds;
      const piece = work.next(() => this.#around.now() >= end);
      this.#around.post({ kind: 'piece', job, piece });
      if (!work.done) this.#around.later(slice(SLICE));
    };
    slice(FIRST_SLICE)();
  }

  #fail(job: number, what: string): void {
    this.#around.post({ kind: 'failed', job, what });
  }
}

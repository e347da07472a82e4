// What the worker does, without being one: it holds a script, reads texts and works lines out, and a newer job ends an
// older one. It works in slices, so that it hears what is said to it.

import { problemText } from '../../base/result.ts';
import { ScriptReader } from '../../formats/notation/parse.ts';
import { printScript } from '../../formats/notation/print.ts';
import { parseHeader } from '../../formats/permalink/header.ts';
import { packLines, unpackLines } from '../../formats/permalink/packedLines.ts';
import { type Replay, replay } from '../../session/replay.ts';
import { LINE_BREAK, type ScriptLine } from '../../session/script.ts';
import { Work } from '../../views/work.ts';
import { type FromWorker, readToWorker, type ToWorker } from './messages.ts';

/** Milliseconds of one slice. */
const SLICE = 40;
/** The first slice is short: it has what is at the cursor. */
const FIRST_SLICE = 12;
/** Lines that are sent together: the page reads them in one go. */
const LINES_TOGETHER = 2048;
/** Problems that are told by name. */
const PROBLEMS = 20;

/** What it needs of the place where it lives. */
export interface Surroundings {
  readonly post: (message: FromWorker) => void;
  /** Calls back soon, after whatever was said in the meantime. */
  readonly later: (go: () => void) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

/** A script that is coming. */
interface Coming {
  readonly job: number;
  readonly header: string;
  readonly head: number;
  readonly tail: number;
  readonly between: ScriptLine[];
}

/** The worker's state. */
export class ReplayJob {
  readonly #around: Surroundings;
  #lines: readonly ScriptLine[] = [];
  #coming: Coming | null = null;
  #replayed: Replay | null = null;
  /** What is being worked out; another value ends the slices of the one before. */
  #running: object | null = null;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Takes a message. */
  receive(value: unknown): void {
    const message = readToWorker(value);
    if (message === null) {
      this.#around.post({ kind: 'failed', job: 0, what: 'a message that is none' });
      return;
    }
    this.#running = null;
    switch (message.kind) {
      case 'open':
        this.#open(message);
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

  #open({ job, text }: ToWorker & { readonly kind: 'open' }): void {
    const reader = new ScriptReader();
    const content = new TextDecoder().decode(text);
    let sent = 0;
    let done = 0;
    const send = (to: number) => {
      const lines = packLines(reader.lines.slice(sent, to));
      sent = to;
      this.#around.post({
        kind: 'read',
        job,
        lines,
        done: Math.min(done, content.length),
        total: content.length,
      });
    };
    for (const line of content.split(LINE_BREAK)) {
      reader.add(line);
      done += line.length + 1;
      // the last line may still get a note
      if (reader.lines.length > sent + LINES_TOGETHER) send(sent + LINES_TOGETHER);
    }
    const { script, problems } = reader.end();
    done = content.length;
    send(script.lines.length);
    this.#lines = script.lines;
    this.#replayed = null;
    const device = printScript({ ...script, lines: [] });
    const { length } = script.lines;
    const told = problems.slice(0, PROBLEMS);
    this.#around.post({
      kind: 'opened',
      job,
      device,
      lines: length,
      problems: told,
      problemCount: problems.length,
    });
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
      this.#fail(job, 'a script that was not sent');
      return;
    }
    this.#coming = null;
    const { head, tail, between } = coming;
    if (head + tail > this.#lines.length) {
      this.#fail(job, 'lines that are not there');
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
    // one setup object for one setup: what is in common is then found
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

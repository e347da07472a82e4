// Computes a long script in pieces: in a worker, or in the page where workers are unavailable. Each piece contains the results of
// its lines as numbers and bytes, which can be transferred.

import { encodeMachine } from '../machine/snapshot.ts';
import { BLOCK } from '../session/checkpoints.ts';
import {
  addCheckpoint,
  checkpointAfter,
  knownLines,
  lineCount,
  machineAfter,
  type Replay,
  runAt,
  workOut,
} from '../session/replay.ts';
import { answerNumber } from '../text/answer.ts';
import { addToSums, encodeSums, type Sums, sumsAt } from './sums.ts';
import type { TimelineChunk } from './timeline/data.ts';
import { TimelineWriter } from './timeline/extract.ts';

/** The machine and the sums after a whole number of blocks. */
export interface PieceCheckpoint {
  readonly line: number;
  readonly machine: Uint8Array<ArrayBuffer>;
  readonly sums: Uint8Array<ArrayBuffer>;
}

/** The results of lines `timeline.from` to `to`. */
export interface Piece {
  readonly to: number;
  readonly timeline: TimelineChunk;
  /** One number per line (script/answers.ts). */
  readonly answers: Int32Array;
  readonly checkpoints: readonly PieceCheckpoint[];
}

/** Computes the lines of a long script after the first `from`. */
export class Work {
  readonly #replayed: Replay;
  #line: number;
  #sums: Sums;

  constructor(replayed: Replay, from: number) {
    this.#replayed = replayed;
    this.#line = from;
    workOut(replayed, from);
    this.#sums = sumsAt(replayed, from);
  }

  /** True when every line is computed. */
  get done(): boolean {
    return this.#line >= lineCount(this.#replayed);
  }

  /** The number of computed lines. */
  get line(): number {
    return this.#line;
  }

  /** Computes at least one further line, until `enough` returns true. */
  next(enough: () => boolean): Piece {
    const replayed = this.#replayed;
    const writer = new TimelineWriter(this.#line + 1);
    const answers: number[] = [];
    const checkpoints: PieceCheckpoint[] = [];
    do {
      const entry = replayed.script[this.#line];
      if (entry === undefined) break;
      const line = ++this.#line;
      if (line > knownLines(replayed)) workOut(replayed, line);
      const run = runAt(replayed, line);
      writer.add(entry, run);
      answers.push(answerNumber(entry.line.op, run));
      this.#sums = addToSums(this.#sums, run, line);
      if (line % BLOCK === 0) checkpoints.push(this.#checkpoint(line));
    } while (!enough());
    return { to: this.#line, timeline: writer.chunk(), answers: Int32Array.from(answers), checkpoints };
  }

  #checkpoint(line: number): PieceCheckpoint {
    // the replay may have dropped this one, and the receiver needs all of them
    const kept = checkpointAfter(this.#replayed, line) ?? encodeMachine(machineAfter(this.#replayed, line));
    const sums = encodeSums(this.#sums);
    addCheckpoint(this.#replayed, line, { machine: kept, sums });
    // copies, because the caller transfers them and a transferred buffer is empty
    return { line, machine: kept.slice(), sums: sums.slice() };
  }
}

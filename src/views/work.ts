// Working out a long script piece by piece: what a worker does, and the page itself where there is no worker. Each piece
// holds everything that was found in its lines, as numbers and bytes that can be transferred.

import { BLOCK } from '../session/checkpoints.ts';
import {
  addCheckpoint,
  checkpointAfter,
  knownLines,
  lineCount,
  type Replay,
  runAt,
  workOut,
} from '../session/replay.ts';
import { answerNumber } from './script/answers.ts';
import { addToSums, encodeSums, type Sums, sumsAt } from './sums.ts';
import type { TimelineChunk } from './timeline/data.ts';
import { TimelineWriter } from './timeline/extract.ts';

/** The machine and the sums after a whole number of blocks. */
export interface PieceCheckpoint {
  readonly line: number;
  readonly machine: Uint8Array<ArrayBuffer>;
  readonly sums: Uint8Array<ArrayBuffer>;
}

/** What was found in lines `timeline.from` to `to`. */
export interface Piece {
  readonly to: number;
  readonly timeline: TimelineChunk;
  /** One number a line (script/answers.ts). */
  readonly answers: Int32Array;
  readonly checkpoints: readonly PieceCheckpoint[];
}

/** Works out the lines of a long script behind the first `from`. */
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

  /** Nothing is left. */
  get done(): boolean {
    return this.#line >= lineCount(this.#replayed);
  }

  /** Lines done. */
  get line(): number {
    return this.#line;
  }

  /** The next lines, until `enough` says so; at least one. */
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
      answers.push(answerNumber(run));
      this.#sums = addToSums(this.#sums, run, line);
      if (line % BLOCK === 0) {
        const checkpoint = this.#checkpoint(line);
        if (checkpoint !== null) checkpoints.push(checkpoint);
      }
    } while (!enough());
    return { to: this.#line, timeline: writer.chunk(), answers: Int32Array.from(answers), checkpoints };
  }

  #checkpoint(line: number): PieceCheckpoint | null {
    const kept = checkpointAfter(this.#replayed, line);
    if (kept === null) return null;
    const sums = encodeSums(this.#sums);
    addCheckpoint(this.#replayed, line, { machine: kept, sums });
    // copies: what is sent away is no longer here
    return { line, machine: kept.slice(), sums: sums.slice() };
  }
}

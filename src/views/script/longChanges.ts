// The effect of an edit of a long script on later lines. Not all runs are kept, so results are compared by their numbers
// (answers.ts), kept when the lines were computed; the text of an earlier result is computed on demand.

import { lineCount, type Replay, runAt } from '../../session/replay.ts';
import type { ScriptLine } from '../../session/script.ts';
import { answerText } from '../../text/answer.ts';
import type { ChangedResults, Changes } from './changes.ts';

/** A replay with the number of each result; index 0 is line 1. */
export interface Answered {
  readonly replayed: Replay;
  readonly answers: Int32Array;
}

/** Compares two complete replays. Lines between the common beginning and end are not matched. */
export function longChanges(before: Answered, after: Answered): Changes {
  const [was, is] = [before.replayed.script, after.replayed.script];
  const head = commonHead(was, is);
  const tail = commonTail(was, is, head);
  const shift = is.length - was.length;
  const get = (line: number): number | undefined => {
    if (line >= 1 && line <= head) return line;
    if (line > is.length - tail && line <= is.length) return line - shift;
    // one line replaced by one: skipped or enabled
    return shift === 0 && line === head + 1 && is[head]?.line === was[head]?.line ? line : undefined;
  };
  const changed: number[] = [];
  for (let line = 1; line <= lineCount(after.replayed); line++) {
    const then = get(line);
    if (then === undefined) continue;
    const a = before.answers[then - 1] ?? 0;
    const b = after.answers[line - 1] ?? 0;
    // a line that was skipped or enabled has changed itself; marks are for later lines
    if (a !== b && a !== 0 && b !== 0) changed.push(line);
  }
  return {
    before: before.replayed,
    after: after.replayed,
    matched: { get },
    results: new LaterTold(before.replayed, new Set(changed), get),
  };
}

/** Changed results whose text is computed on demand. */
class LaterTold implements ChangedResults {
  readonly #before: Replay;
  readonly #lines: ReadonlySet<number>;
  readonly #matched: (line: number) => number | undefined;

  constructor(before: Replay, lines: ReadonlySet<number>, matched: (line: number) => number | undefined) {
    this.#before = before;
    this.#lines = lines;
    this.#matched = matched;
  }

  get size(): number {
    return this.#lines.size;
  }

  has(line: number): boolean {
    return this.#lines.has(line);
  }

  get(line: number): string | undefined {
    if (!this.has(line)) return undefined;
    const then = this.#matched(line) ?? 0;
    const op = this.#before.script[then - 1]?.line.op;
    const run = runAt(this.#before, then);
    return run === null || op === undefined ? undefined : answerText(op, run);
  }

  keys(): Iterable<number> {
    return this.#lines;
  }
}

function commonHead(a: readonly ScriptLine[], b: readonly ScriptLine[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length]?.line === b[length]?.line) {
    if (a[length]?.disabled !== b[length]?.disabled) break;
    length++;
  }
  return length;
}

function commonTail(a: readonly ScriptLine[], b: readonly ScriptLine[], head: number): number {
  const most = Math.min(a.length, b.length) - head;
  let length = 0;
  while (length < most && a[a.length - 1 - length]?.line === b[b.length - 1 - length]?.line) length++;
  return length;
}

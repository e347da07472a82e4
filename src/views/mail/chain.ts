// The kernel calls of one line in two kernels as one chain, in the form of ftrace's function_graph tracer: the calls that fail,
// those that only one of the kernels makes, and the functions around them.

import type { LaneRuns } from '../../session/laneRuns.ts';
import { alignTraces } from '../compare/align.ts';
import { type TraceLine, traceLines } from '../trace/lines.ts';

/** One call of one or both kernels. */
interface Row {
  readonly depth: number;
  readonly line: TraceLine;
  /** The only kernel that makes the call, or null. */
  readonly only: number | null;
  /** Its result as a comment, empty without one, and whether both kernels have it. */
  readonly returned: string;
  readonly isEqual: boolean;
  /** Whether the call fails, or belongs to one kernel and does more than to read. */
  readonly told: boolean;
}

/**
 * Returns the chain as lines of at most `width` columns and at most `most` lines. Where it is longer, functions around it are left
 * out first, then its last calls, which are counted. Empty for a line without calls.
 */
export function chainText(
  lanes: readonly [LaneRuns, LaneRuns],
  names: readonly [string, string],
  line: number,
  { width, most }: { readonly width: number; readonly most: number },
): readonly string[] {
  const rows = rowsOf(lanes, names, line);
  // a failure is that of the innermost call, as is a result that differs; the functions around it return it
  const told = rows.flatMap((row, at) => {
    const has = (like: (inner: Row) => boolean) => {
      for (let below = at + 1; (rows[below]?.depth ?? 0) > row.depth; below++)
        if (like(rows[below] ?? row)) return true;
      return false;
    };
    const isInnermost = row.isEqual ? !has(({ told: one }) => one) : !has(({ isEqual }) => !isEqual);
    return row.told && isInnermost ? [at] : [];
  });
  // without a failure and a difference the calls up to the first innermost one are the chain
  const deepest = rows.findIndex(({ depth }, at) => depth >= (rows[at + 1]?.depth ?? 0));
  const chosen = told.length === 0 && deepest >= 0 ? [deepest] : told;
  // the innermost call that returns another result in each kernel stays
  const parting = rows.reduce(
    (depth, row) =>
      row.isEqual ? depth : Math.max(depth === Number.POSITIVE_INFINITY ? 0 : depth, row.depth),
    Number.POSITIVE_INFINITY,
  );
  // each chosen call is a line at least
  for (let count = Math.min(chosen.length, most); count > 0; count--) {
    const kept = withParents(rows, chosen.slice(0, count));
    const left = chosen.length - count;
    const end = left === 0 ? [] : [`/* ${left} more ${left === 1 ? 'call' : 'calls'} */`];
    // every chosen call needs the functions between it and the others, but not those around all of them
    const around = Math.min(commonDepth(rows, chosen.slice(0, count)), parting);
    for (let from = 0; from <= around; from++) {
      const inner = kept.filter((at) => (rows[at]?.depth ?? 0) >= from);
      const text = drawn(rows, inner, names, width);
      if (text.length + end.length <= most) return [...text, ...end];
    }
  }
  return [];
}

/** Calls that only read; their failure means that nothing is there. */
const READS: ReadonlySet<string> = new Set(['pci_irq_vector', 'get_cached_msi_msg']);

function rowsOf(
  lanes: readonly [LaneRuns, LaneRuns],
  names: readonly [string, string],
  line: number,
): readonly Row[] {
  const traces = lanes.map((lane) => lane.framesOf(line));
  const texts = traces.map((frames) => traceLines(frames));
  return alignTraces(lanes, traces).flatMap(({ depth, frames }): readonly Row[] => {
    const own = frames.map((frame, lane) => (frame === null ? undefined : texts[lane]?.[frame]));
    const shown = own.find((one) => one !== undefined);
    if (shown === undefined) return [];
    const only = own[0] === undefined ? 1 : own[1] === undefined ? 0 : null;
    const results = own.map((one) => (one === undefined ? null : one.ret));
    const isEqual = only !== null || results[0] === results[1];
    const returned = isEqual
      ? shown.ret === ''
        ? ''
        : ` /*${shown.ret} */`
      : ` /* ${names.map((name, lane) => `${name}: ${resultWord(results[lane])}`).join(', ')} */`;
    const isRead = READS.has(shown.fn);
    const failed = own.some((one) => one?.failed === true) && !isRead;
    const isOwn = only !== null && !shown.minor && !shown.device && !isRead;
    return [{ depth, line: shown, only, returned, isEqual, told: failed || isOwn || !isEqual }];
  });
}

/** Returns a result without its equals sign; 0 and no result are the same in a trace line. */
function resultWord(ret: string | null | undefined): string {
  return ret === '' || ret == null ? '0' : ret.replace(' = ', '');
}

/** Returns the greatest depth of a function around all of the rows, or of a single row itself. */
function commonDepth(rows: readonly Row[], chosen: readonly number[]): number {
  const paths = chosen.map((at) => withParents(rows, [at]));
  const [first = []] = paths;
  const shared = first.filter((at) => paths.every((path) => path.includes(at)));
  return rows[shared.at(-1) ?? 0]?.depth ?? 0;
}

/** Returns the indexes of the given rows and of the rows around them, in order. */
function withParents(rows: readonly Row[], chosen: readonly number[]): readonly number[] {
  const kept = new Set<number>();
  for (const at of chosen) {
    for (let above = at, depth = Number.POSITIVE_INFINITY; above >= 0; above--) {
      const own = rows[above]?.depth ?? 0;
      if (own >= depth) continue;
      depth = own;
      kept.add(above);
    }
  }
  return [...kept].sort((a, b) => a - b);
}

function drawn(
  rows: readonly Row[],
  kept: readonly number[],
  names: readonly [string, string],
  width: number,
): readonly string[] {
  const text: string[] = [];
  const open: Row[] = [];
  const close = (depth: number) => {
    while (open.length > 0 && (open.at(-1)?.depth ?? 0) >= depth) {
      const last = open.pop();
      if (last !== undefined) text.push(`${indent(open.length)}}${last.returned}`);
    }
  };
  kept.forEach((at, index) => {
    const one = rows[at];
    if (one === undefined) return;
    close(one.depth);
    const hasInside = (rows[kept[index + 1] ?? -1]?.depth ?? 0) > one.depth;
    const mark = one.only === null ? '' : ` /* ${names[one.only]} only */`;
    const end = hasInside ? ` {${mark}` : `;${one.returned}${mark}`;
    text.push(fitted(`${indent(open.length)}${one.line.fn}`, one.line.args, end, width));
    if (hasInside) open.push(one);
  });
  close(0);
  return text;
}

/** Returns a call whose arguments are left out where the line would be too long. */
function fitted(head: string, args: string, end: string, width: number): string {
  const full = `${head}(${args})${end}`;
  if (full.length <= width) return full;
  const short = `${head}(...)${end}`;
  return short.length <= width ? short : `${head}(...)`.slice(0, width);
}

const indent = (depth: number) => '  '.repeat(depth);

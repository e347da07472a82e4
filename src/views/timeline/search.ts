// The search of the timeline. Queries of the columns are answered at once; kernel functions and free text are tested line
// by line, so that the page can search in slices.

import type { Op } from '../../kernel/line.ts';
import type { ScriptLine } from '../../session/script.ts';
import { errnoNumber } from '../../uapi/errno.ts';
import { FUNCTION_WORDS } from '../trace/functions.ts';
import { type Lane, laneId, MARK_KINDS, type TimelineData } from './data.ts';
import { OPERATION_KINDS } from './extract.ts';
import type { Query } from './query.ts';

/** The searched data. */
export interface SearchGround {
  readonly data: TimelineData;
  readonly script: readonly ScriptLine[];
  /** Descriptor of each eventfd object (eventfds.ts). */
  readonly fds: readonly number[];
}

/** Texts of a line beyond the columns, computed on demand. Lines count from 1. */
export interface LineTexts {
  /** Returns the line's short text, as in the script. */
  readonly textOf: (line: number) => string;
  /** Returns the names of the kernel functions that the line called. */
  readonly callsOf: (line: number) => Iterable<string>;
}

/** Returns the matching lines, ascending; null if each line needs a test (`lineTest`). */
export function columnMatches(query: Query, ground: SearchGround): readonly number[] | null {
  const { data } = ground;
  switch (query.kind) {
    case 'errno': {
      const number = errnoNumber(query.errno);
      return linesWhere(data, (at) => data.lines.errno.at(at) === number);
    }
    case 'failed':
      return linesWhere(data, (at) => data.lines.errno.at(at) !== 0);
    case 'op': {
      const number = OPERATION_KINDS.indexOf(query.op);
      return linesWhere(data, (at) => data.lines.op.at(at) === number);
    }
    case 'vector':
      return vectorMatches(data, query.number);
    case 'irq':
      return irqMatches(data, query.number);
    case 'fd':
      return fdMatches(ground, query.number);
    case 'note':
    case 'action': {
      const { kind, text } = query;
      return linesWhere(data, (at) => (ground.script[at]?.[kind] ?? '').toLowerCase().includes(text));
    }
    default:
      return null;
  }
}

/** Returns a test of a line for queries that the columns cannot answer. */
export function lineTest(
  { kind, text }: Extract<Query, { readonly text: string }>,
  { script }: SearchGround,
  { textOf, callsOf }: LineTexts,
): (line: number) => boolean {
  if (kind === 'fn') {
    const exact = Object.hasOwn(FUNCTION_WORDS, text);
    return (line) => {
      for (const fn of callsOf(line)) if (exact ? fn === text : fn.includes(text)) return true;
      return false;
    };
  }
  return (line) => {
    const entry = script[line - 1];
    if (entry === undefined) return false;
    const { note, action } = entry;
    return (
      textOf(line).toLowerCase().includes(text) ||
      (note !== '' && note.toLowerCase().includes(text)) ||
      (action !== '' && action.toLowerCase().includes(text))
    );
  };
}

function linesWhere({ length }: TimelineData, matches: (at: number) => boolean): readonly number[] {
  const found: number[] = [];
  for (let at = 0; at < length; at++) if (matches(at)) found.push(at + 1);
  return found;
}

/** A set of lines, one bit each, so that several lanes of a line are one match. */
class LineSet {
  readonly #has: Uint8Array;

  constructor({ length }: TimelineData) {
    this.#has = new Uint8Array(length + 1);
  }

  add(line: number): void {
    this.#has[line] = 1;
  }

  lines(): readonly number[] {
    const found: number[] = [];
    for (let line = 1; line < this.#has.length; line++) if (this.#has[line] === 1) found.push(line);
    return found;
  }
}

function vectorMatches(data: TimelineData, vector: number): readonly number[] {
  const found = new LineSet(data);
  for (const kind of ['msix', 'msi'] as const) {
    const lane = data.lane(laneId(kind, vector));
    if (lane === undefined) continue;
    for (const { line } of [lane.turns, lane.marks])
      for (let at = 0; at < line.length; at++) found.add(line.at(at));
  }
  return found.lines();
}

const ALLOCATED = MARK_KINDS.indexOf('allocated');
const FREED = MARK_KINDS.indexOf('freed');
const OF_EVENTFD: ReadonlySet<number> = new Set(
  (['delivered', 'loopback', 'attached', 'detached'] as const).map((kind) => MARK_KINDS.indexOf(kind)),
);

/** Collects the events of a lane while it has the irq, from its allocation to its release. */
function irqMatches(data: TimelineData, irq: number): readonly number[] {
  const found = new LineSet(data);
  for (const id of data.laneIds) {
    const lane = data.lane(id);
    if (lane === undefined) continue;
    const { turns, marks } = lane;
    for (let at = 0; at < turns.line.length; at++) {
      if (turns.irq.at(at) !== irq) continue;
      const from = turns.line.at(at);
      const to = at + 1 < turns.line.length ? turns.line.at(at + 1) : data.length;
      found.add(from);
      if (at + 1 < turns.line.length) found.add(to);
      const end = marks.line.upTo(to);
      for (let mark = marks.line.upTo(from); mark < end; mark++) found.add(marks.line.at(mark));
    }
    markMatches(lane, found, (kind, detail) => detail === irq && (kind === ALLOCATED || kind === FREED));
  }
  return found.lines();
}

function markMatches({ marks }: Lane, found: LineSet, matches: (kind: number, detail: number) => boolean) {
  const { values: kinds } = marks.kind;
  const { values: details } = marks.detail;
  const { values: lines } = marks.line;
  for (let at = 0; at < marks.line.length; at++) {
    if (matches(kinds[at] ?? 0, details[at] ?? 0)) found.add(lines[at] ?? 0);
  }
}

/** Collects lines that name the descriptor, and lines with events of an eventfd opened under it. */
function fdMatches({ data, script, fds }: SearchGround, fd: number): readonly number[] {
  const found = new LineSet(data);
  for (let line = 1; line <= data.length; line++) if (names(script[line - 1]?.line.op, fd)) found.add(line);
  const objects = Uint8Array.from(fds, (opened) => (opened === fd ? 1 : 0));
  if (!objects.includes(1)) return found.lines();
  for (const id of data.laneIds) {
    const lane = data.lane(id);
    if (lane === undefined) continue;
    const { line, ev } = lane.turns;
    for (let at = 0; at < line.length; at++) {
      if (objects[ev.at(at)] !== 1) continue;
      // the lines that attach and detach it
      found.add(line.at(at));
      if (at + 1 < line.length) found.add(line.at(at + 1));
    }
    markMatches(lane, found, (kind, detail) => objects[detail] === 1 && OF_EVENTFD.has(kind));
  }
  return found.lines();
}

function names(op: Op | undefined, fd: number): boolean {
  switch (op?.op) {
    case 'eventfd':
    case 'file':
    case 'close':
    case 'read':
    case 'write':
      return op.fd === fd;
    case 'set_irqs':
      return op.data.kind === 'i32' && op.data.values.includes(fd);
    default:
      return false;
  }
}

// Finds and joins lines that a mailer or a terminal wrapped. A line continues the one before it if it begins no record and its first
// word does not fit behind that line. A short line before it, as before a greeting or a message, is proof that it stands alone.

import { type Begins, joined, type Line, mayGrow, type Step } from './line.ts';
import { datedPrefix } from './prefixes.ts';
import { COMMENT, isInner } from './recordBegin.ts';
import type { Travel } from './travel.ts';

type Wrapped = Extract<Travel, { kind: 'wrapped' }>;

/** The widths at which mailers wrap are at most this. */
const MAIL = 100;
/** The widths at which terminals wrap are at most this. */
const WIDEST = 400;
const NARROWEST = 40;
/** Terminals are rarely narrower. */
const TERMINAL = 80;
/** The most spaces at the end of a line that a terminal does not copy. */
const LOST_SPACES = 3;
/** The kind of a line with the prefix of a log. */
const DATED = 'dated';

/** A line with the facts that decide about wraps. */
interface Fact {
  readonly line: Line;
  readonly kind: string | null;
  readonly isBlank: boolean;
}

function kindOf(text: string, begins: Begins): string | null {
  return begins(text) ?? (datedPrefix(text) === null ? null : DATED);
}

/** Two lines of which the second may continue the first, in a record that begins with `head`. */
interface Joint {
  readonly head: Line;
  readonly before: Line;
  readonly next: Line;
}

/** Finds wrapped lines: measured in the way in which the most parts follow a full line. */
export function findWraps(lines: readonly Line[], begins: Begins): Wrapped | null {
  let best: { readonly travel: Wrapped; readonly share: number } | null = null;
  for (const by of ['decoded', 'raw', 'text'] as const) {
    const facts = lines.map(
      (line): Fact => ({
        line: measured(line, by),
        kind: kindOf(line.text, begins),
        isBlank: line.text.trim() === '',
      }),
    );
    const found = findWidth(facts, by);
    if (found !== null && (best === null || found.share > best.share)) best = found;
  }
  return best?.travel ?? null;
}

function measured(line: Line, by: Wrapped['by']): Line {
  return by === 'decoded' ? line : { ...line, width: by === 'raw' ? line.raw : line.text.length };
}

/** Finds how wide the lines are, and the share of the parts that this explains. */
function findWidth(
  facts: readonly Fact[],
  by: Wrapped['by'],
): { readonly travel: Wrapped; readonly share: number } | null {
  const width = widthOf(facts);
  const kinds = kindsOf(facts, width);
  const { loose, records, spaced } = jointsOf(facts, kinds);
  if (loose.length === 0 || records === 0) return null;
  const found = (at: Wrapped['at'], of: number, joints: number) => {
    const travel: Wrapped = { kind: 'wrapped', width: of, at, kinds: [...kinds], by };
    return { travel, share: joints / loose.length };
  };
  const flowed = loose.filter(({ before }) => before.text.endsWith(' ')).length;
  if (flowed >= loose.length * 0.8 && spaced <= records * 0.05) return found('flowed', width, flowed);
  const cut = cutWidth(facts, loose);
  if (cut > 0) return found('width', cut, loose.length);
  // JSON has few spaces, so its lines tell no width, but it tells whether it is whole
  const json = loose.filter(({ head, before }) => isOpenJson(head, before)).length;
  if (json > 0 && json >= loose.length * 0.5) return found('space', Math.max(width, NARROWEST), json);
  if (width < NARROWEST || width > WIDEST) return null;
  const full = loose.filter(({ before, next }) => isFull(before, next, width));
  const isMost = full.length >= loose.length * (width <= MAIL ? 0.5 : 0.9);
  return isMost && isProof(full, records, width) ? found('space', width, full.length) : null;
}

/** Returns the lines that begin no record, and the numbers of records, and of those behind a line with a space at its end. */
function jointsOf(facts: readonly Fact[], kinds: ReadonlySet<string>) {
  const loose: Joint[] = [];
  let records = 0;
  let spaced = 0;
  let head: Line | null = null;
  for (const [at, { line, kind, isBlank }] of facts.entries()) {
    const before = facts[at - 1];
    if (isBlank) head = null;
    else if (kind !== null && kinds.has(kind)) {
      head = kind === COMMENT ? null : line;
      records++;
      if (before !== undefined && !before.isBlank && before.line.text.endsWith(' ')) spaced++;
    } else if (head !== null && before !== undefined) loose.push({ head, before: before.line, next: line });
  }
  return { loose, records, spaced };
}

/**
 * Returns the width at which a terminal cut the lines, or 0: nearly all parts follow a line of the full width, and the breaks are
 * within words.
 */
function cutWidth(facts: readonly Fact[], loose: readonly Joint[]): number {
  const width = facts.reduce((most, { line }) => Math.max(most, line.width), 0);
  if (width < NARROWEST || width > WIDEST) return 0;
  const cut = loose.filter(({ before }) => before.width === width);
  if (cut.length === 0 || cut.length < loose.length * 0.8) return 0;
  const words = wordsOf(facts, loose);
  let within = 0;
  let between = 0;
  for (const { before, next } of cut) {
    const [last, first] = [/\S*$/.exec(before.text)?.[0] ?? '', /^\S*/.exec(next.text)?.[0] ?? ''];
    if (last === '' || first === '') continue;
    if (words.has(last + first)) within++;
    else if (words.has(last) || words.has(first) || /[,;:)\]}]$/.test(last) || /^\w+=/.test(first)) between++;
  }
  // the same record, repeated, has the same width by chance
  const different = new Set(
    cut.map(({ before, next }) => (before.text.slice(-4) + next.text.slice(0, 4)).replace(/\d/g, '0')),
  );
  if (different.size >= 3 || within > between) return width;
  // one line behind the longest record may be of another program
  if (cut.length < 2 && !cut.every(({ before }) => isCut(before.text))) return 0;
  if (width > MAIL) return width;
  return between === 0 && (different.size === 2 || width >= TERMINAL) ? width : 0;
}

/** Returns the words of the lines, without those at a break. */
function wordsOf(facts: readonly Fact[], loose: readonly Joint[]): ReadonlySet<string> {
  const begun = new Set(loose.map(({ before }) => before));
  const parts = new Set(loose.map(({ next }) => next));
  const words = new Set<string>();
  for (const { line } of facts) {
    const all = line.text.trim().split(/\s+/);
    for (const word of all.slice(parts.has(line) ? 1 : 0, begun.has(line) ? -1 : undefined)) words.add(word);
  }
  return words;
}

/** Returns true if a record of JSON does not end with the line. */
function isOpenJson(head: Line, last: Line): boolean {
  return /^\s*\{"/.test(head.text) && !/[}\]]\s*,?\s*$/.test(last.text.slice(-40));
}

/** Returns true if the full lines prove a wrap. A few could be lines of another program behind a long record. */
function isProof(full: readonly Joint[], records: number, width: number): boolean {
  if (width > MAIL) {
    const isPart = full.every(({ before, next }) => isCut(before.text) || /^\s*[^A-Z\s]/.test(next.text));
    return full.length >= Math.max(3, records / 10) && isPart;
  }
  if (full.length >= 3 || (full.length === 2 && width <= 80)) return true;
  return (
    full.length > 0 &&
    full.every(({ before, next }) => isCut(before.text) || /^\s*[([{<=+"&@]|^\s*0x/.test(next.text))
  );
}

/** Returns true if a line does not look whole: it ends with a sign or a name, or opens more brackets than it closes. */
function isCut(text: string): boolean {
  const end = text.trimEnd();
  // lspci ends a flag that is off with a dash
  if (/[,=@(<{:|/]$|(?<!\w)-$|^\S+_\w+$/.test(end)) return true;
  const count = (sign: RegExp) => end.match(sign)?.length ?? 0;
  return count(/[([{]/g) > count(/[)\]}]/g);
}

/** Returns the width: the most characters of a line with two words, except for a few lines that are not wrapped. */
function widthOf(facts: readonly Fact[]): number {
  const widths = facts
    .filter(({ line, isBlank }) => !isBlank && /\S\s+\S/.test(line.text.slice(0, 2 * WIDEST)))
    .map(({ line }) => line.width - trailing(line.text))
    .sort((a, b) => b - a);
  return widths[Math.floor(widths.length * 0.02)] ?? 0;
}

function trailing(text: string): number {
  return text.length - text.trimEnd().length;
}

/** Returns the kinds that begin records. A kind that occurs only where a line is full may be the accidental begin of a part. */
function kindsOf(facts: readonly Fact[], width: number): ReadonlySet<string> {
  const kinds = new Set<string>();
  const isLog = facts.some(({ kind }) => kind === DATED);
  for (const [at, { line, kind }] of facts.entries()) {
    const before = facts[at - 1];
    if (kind === null || kinds.has(kind)) continue;
    const isPart = before !== undefined && !before.isBlank && isFull(before.line, line, width);
    // a part has no white space before it
    if (!isPart || kind === DATED || !(isInner(kind) || isLog) || /^\s/.test(line.text)) kinds.add(kind);
  }
  return kinds;
}

/** Returns true if the first word of the next line does not fit behind the line. */
function isFull(before: Line, next: Line, width: number): boolean {
  // tracers put many spaces between the time and the event, and before a result
  if (/\d\.\d{6,9}:(?:\s+\w+:)?\s*$/.test(before.text.slice(-80)) || /^\s*= [-\d?]/.test(next.text))
    return true;
  const word = /^\s*(\S*)/.exec(next.text)?.[1]?.length ?? 0;
  // two spaces may have been at the break
  return before.width - trailing(before.text) + 2 + word > width;
}

/** Joins wrapped lines. */
export function unwrap({ width, at, kinds, by }: Wrapped, begins: Begins): Step {
  const known = new Set(kinds);
  /** The line so far, and its last part as it was. */
  let open: { readonly line: Line; readonly last: Line } | null = null;
  const together = (first: Line, last: Line, next: Line): Line => {
    if (at === 'width') return joined(first, next, ' '.repeat(Math.max(0, width - last.width)));
    const [head, tail] = [first.text.trimEnd(), next.text.trimStart()];
    return joined({ ...first, text: head }, { ...next, text: tail }, ' ');
  };
  const flush = (put: (line: Line) => void) => {
    if (open !== null) put(open.line);
    open = null;
  };
  const continues = (last: Line, next: Line): boolean => {
    if (at === 'flowed') return last.text.endsWith(' ');
    // spaces at the end of a line may be lost
    return at === 'width' ? last.width >= width - LOST_SPACES : isFull(last, next, width);
  };
  return {
    push(given, put) {
      const line = measured(given, by);
      if (line.text.trim() === '') {
        flush(put);
        put(line);
        return;
      }
      const kind = kindOf(line.text, begins);
      const isRecord = kind !== null && known.has(kind);
      const mayJoin = open !== null && (!isRecord || isOpenJson(open.line, open.last)) && mayGrow(open.line);
      if (open !== null && mayJoin && continues(open.last, line)) {
        open = { line: together(open.line, open.last, line), last: line };
        return;
      }
      flush(put);
      // a comment's next lines may be operations
      if (isRecord && kind !== COMMENT) open = { line, last: line };
      else put(line);
    },
    end: flush,
  };
}

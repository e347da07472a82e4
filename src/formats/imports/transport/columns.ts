// Finds and separates two traces side by side, as `diff -y`, `pr -m` and `paste` print them.

import type { Begins, Line, Step } from './line.ts';
import { COMMENT } from './recordBegin.ts';
import type { Loss, Travel } from './travel.ts';

type Columns = Extract<Travel, { kind: 'columns' }>;

/** The most lines examined, and the most characters of a line. */
const EXAMINED = 300;
const WIDEST = 3000;
/** The most columns at which the right trace may begin that are examined. */
const CANDIDATES = 30;
/** The left column of `pr` and `diff -y` has at least so many characters. */
const LEFT = 12;
/** Number of characters from one tab stop to the next. */
const TAB = 8;
/** The most characters of a line whose tabs are expanded. */
const LONGEST = 20_000;
/** The most characters and lines of the right column that wait for the end of the left one. */
const MOST_TEXT = 32_000_000;
const MOST_LINES = 400_000;

/** Replaces tabs by spaces up to the next tab stop. Very long lines stay as they are. */
function expanded(text: string): string {
  if (!text.includes('\t') || text.length > LONGEST) return text;
  let out = '';
  for (const [at, part] of text.split('\t').entries()) {
    if (at > 0) out = out.padEnd((Math.floor(out.length / TAB) + 1) * TAB);
    out += part;
  }
  return out;
}

/** Finds two columns: records of the same kinds begin on both sides of the same column or of a tab. */
export function findColumns(lines: readonly Line[], begins: Begins): Columns | null {
  const texts = lines
    .filter(({ text }) => text.trim() !== '' && text.length <= WIDEST)
    .slice(0, EXAMINED)
    .map(({ text }) => text);
  if (texts.length < 3) return null;
  const record = (text: string) => {
    const kind = begins(text);
    return kind === COMMENT ? null : kind;
  };
  return columnsAt(texts, begins, record) ?? columnsByTab(texts, record);
}

function columnsAt(texts: readonly string[], begins: Begins, record: Begins): Columns | null {
  const wide = texts.map(expanded);
  /** Number of lines whose right part begins a record or a comment, by column. */
  const counts = new Map<number, number>();
  for (const text of wide) {
    for (const found of text.slice(LEFT).matchAll(/(?<=\s)\S/g)) {
      const at = found.index + LEFT;
      if (begins(text.slice(at)) !== null) counts.set(at, (counts.get(at) ?? 0) + 1);
    }
  }
  const frequent = [...counts].sort(([, a], [, b]) => b - a).slice(0, CANDIDATES);
  const supported = frequent
    .map(([at]) => ({ at, ...supportOf(wide, at, record) }))
    .sort((a, b) => a.at - b.at);
  const most = Math.max(0, ...supported.map(({ both }) => both));
  const crossing = Math.max(2, wide.length * 0.05);
  const best = supported.find(({ both, crossed }) => both >= 3 && both >= most * 0.9 && crossed <= crossing);
  if (best === undefined || best.both < best.right * 0.5 || best.right < wide.length * 0.3) return null;
  return { kind: 'columns', from: best.at, gutter: gutterOf(wide, best.at), side: 'both' };
}

/** Counts the lines with a record on both sides of the column, on the right side, and with text across the column. */
function supportOf(texts: readonly string[], at: number, record: Begins) {
  let both = 0;
  let right = 0;
  let crossed = 0;
  for (const text of texts) {
    if (text.length <= at) continue;
    if (text[at - 1] !== ' ') {
      crossed++;
      continue;
    }
    const kind = record(text.slice(at));
    if (kind === null) continue;
    right++;
    const left = text.slice(0, at);
    // a record may contain another one, such as an event of QEMU in a line of ftrace; there the gap is small
    const leftKind = record(left.trimEnd());
    const gap = leftKind === kind ? /(?:\s\s|\s[|<>]\s?)$/ : /(?:\s\s\s|\s[|<>]\s?)$/;
    if (leftKind !== null && gap.test(left.slice(-4))) both++;
  }
  return { both, right, crossed };
}

/** Returns the column of the signs between the columns: `|` changed, `<` only left, `>` only right. */
function gutterOf(texts: readonly string[], from: number): number | null {
  for (let at = from - 1; at >= Math.max(1, from - TAB - 1); at--) {
    const signs = texts.filter((text) => isGutter(text, at));
    const others = texts.filter((text) => text.length > at && !isGutter(text, at) && text[at] !== ' ');
    if (signs.length > 0 && others.length === 0) return at;
  }
  return null;
}

function isGutter(text: string, at: number): boolean {
  const sign = text[at];
  return (
    (sign === '|' || sign === '<' || sign === '>') && text[at - 1] === ' ' && (text[at + 1] ?? ' ') === ' '
  );
}

function columnsByTab(texts: readonly string[], record: Begins): Columns | null {
  let both = 0;
  let tabs = 0;
  for (const text of texts) {
    const at = tabOf(text, record);
    if (text.trim().includes('\t')) tabs++;
    if (at > 0 && record(text.slice(0, at)) !== null) both++;
  }
  if (both < 3 || both < tabs * 0.5 || both < texts.length * 0.3) return null;
  return { kind: 'columns', from: null, gutter: null, side: 'both' };
}

/** Returns the first tab before a record, or −1. */
function tabOf(text: string, record: Begins): number {
  for (let at = text.indexOf('\t'), tries = 0; at >= 0 && tries < 8; at = text.indexOf('\t', at + 1), tries++)
    if (record(text.slice(at + 1)) !== null) return at;
  return -1;
}

/** Separates the columns, and counts the lines of the right one that are not kept. */
export function splitColumns(
  { from, gutter, side }: Columns,
  begins: Begins,
  lose: (loss: Loss) => void,
): Step {
  let waiting: Line[] = [];
  let size = 0;
  let lost = 0;
  const part = (line: Line, text: string, shift: number): Line => ({
    text,
    lines: line.lines,
    shift: line.shift + shift,
    width: text.length,
    raw: text.length,
  });
  return {
    push(line, put) {
      const { left, right, at } =
        from === null ? byTab(line.text, begins) : byColumn(line.text, from, gutter);
      const leftLine = part(line, left, 0);
      const rightLine = part(line, right, at);
      if (side !== 'both') {
        put(side === 'left' ? leftLine : rightLine);
        return;
      }
      const hasRight = right.trim() !== '';
      const keeps = hasRight && size < MOST_TEXT && waiting.length < MOST_LINES;
      if (keeps) {
        waiting.push(rightLine);
        size += right.length;
      } else if (hasRight) lost++;
      if (left.trim() !== '' || !keeps) put(leftLine);
    },
    end(put) {
      for (const line of waiting) put(line);
      waiting = [];
      if (lost > 0) lose({ kind: 'columnTooLong', lines: lost });
    },
  };
}

interface Parts {
  readonly left: string;
  readonly right: string;
  /** Number of characters before the right part. */
  readonly at: number;
}

function byTab(text: string, begins: Begins): Parts {
  const before = tabOf(text, begins);
  const at = before < 0 && text.startsWith('\t') ? 0 : before;
  if (at < 0) return { left: text.endsWith('\t') ? text.slice(0, -1) : text, right: '', at: text.length };
  return { left: text.slice(0, at), right: text.slice(at + 1), at: at + 1 };
}

function byColumn(text: string, from: number, gutter: number | null): Parts {
  const wide = expanded(text);
  // text across the column belongs to a line that is not in two columns
  if (wide.length > from && wide[from - 1] !== ' ' && (gutter === null || !isGutter(wide, gutter)))
    return { left: text, right: '', at: text.length };
  const leftEnd = gutter !== null && isGutter(wide, gutter) ? gutter : from;
  return { left: wide.slice(0, leftEnd).trimEnd(), right: wide.slice(from), at: from };
}

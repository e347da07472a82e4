// Finds and removes line numbers, as editors, `cat -n`, `nl` and `grep -n` put before lines.

import { type Begins, cutFront, type Line, type Step } from './line.ts';
import type { NumberSign, Travel } from './travel.ts';

type Numbered = Extract<Travel, { kind: 'numbered' }>;

const NUMBER = /^([ \t]{0,10})(\d{1,9})(?:([:|])|(\t)|( )|$)/;

/** A number before a line. */
interface Head {
  readonly value: number;
  readonly sign: NumberSign;
  /** Number of characters up to the end of the number or of its sign. */
  readonly end: number;
  /** Number of spaces after it. */
  readonly gap: number;
}

function headOf(text: string): Head | null {
  const found = NUMBER.exec(text);
  if (found === null) return null;
  const [, before = '', digits = '', mark, tab] = found;
  const sign: NumberSign = mark === ':' || mark === '|' ? mark : tab === undefined ? 'space' : 'tab';
  const end = before.length + digits.length + (sign === 'space' ? 0 : 1);
  return { value: Number(digits), sign, end, gap: spacesAt(text, end) };
}

/** Number of numbers among which the one before is searched. */
const RECENT = 6;

function spacesAt(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at++;
  return at - from;
}

/** Number of lines after which ascending numbers are line numbers, also if each line is a record with its number (a process). */
const SURE = 5;

/** Finds line numbers: they ascend by one, and records follow them. */
export function findNumbers(
  lines: readonly Line[],
  begins: Begins,
  becomes: (text: string) => boolean,
): Numbered | null {
  const heads: { readonly head: Head; readonly text: string }[] = [];
  const seen = new Set<number>();
  let recent: readonly number[] = [];
  let texts = 0;
  let steps = 0;
  for (const { text } of lines) {
    if (text.trim() === '') continue;
    texts++;
    const head = headOf(text);
    if (head === null) continue;
    heads.push({ head, text });
    // the rest of a wrapped line may begin with another number
    if (!seen.has(head.value) && recent.includes(head.value - 1)) steps++;
    seen.add(head.value);
    recent = [...recent.slice(1 - RECENT), head.value];
  }
  const first = heads[0];
  const most = heads.length - 1;
  if (first === undefined || most < 1 || heads.length < texts / 8 || steps < most * 0.6) return null;
  const isSure = steps >= SURE && steps >= most * 0.9;
  const full = heads.filter(({ head, text }) => text.length > head.end + head.gap);
  const gap = Math.min(...full.map(({ head }) => head.gap));
  const column = Math.min(...full.map(({ head }) => head.end + head.gap));
  const records = full.filter(
    ({ head, text }) => (isSure || begins(text) === null) && becomes(text.slice(head.end + gap)),
  );
  if (records.length < 2 || records.length < full.length / 8) return null;
  // numbers at the left are filled up to a column, numbers at the right have the same gap
  const inColumn = full.filter(({ head }) => head.end + head.gap === column).length;
  const withGap = full.filter(({ head }) => head.gap === gap).length;
  return { kind: 'numbered', sign: first.head.sign, column: inColumn > withGap ? column : 0, gap };
}

/** Removes line numbers. A number that does not ascend is part of its line. */
export function unnumber({ sign, column, gap }: Numbered): Step {
  let last = -1;
  return {
    push(line, put) {
      const head = headOf(line.text);
      const isLast = head !== null && line.text.length <= head.end;
      const isNumber =
        head !== null &&
        (head.sign === sign || isLast) &&
        (last < 0 || head.value === last + 1 || isReset(head));
      if (head === null || !isNumber) {
        put(line);
        return;
      }
      last = head.value;
      const most = column > 0 ? Math.max(column, head.end) : head.end + gap;
      put(cutFront(line, Math.min(most, head.end + head.gap)));
    },
    end: () => undefined,
  };
  // the right one of two columns begins again; lines may be left out
  function isReset(head: Head): boolean {
    return head.value === 1 || (sign !== 'space' && head.value > last);
  }
}

// Finds the ways in which a text travelled, from its first lines: the outermost first, until nothing more is found. A way counts only if
// it explains lines that are no records without it, so that signs within a trace are no ways.

import { CHARACTERS, characterStep, isNote } from './characters.ts';
import { findColumns, splitColumns } from './columns.ts';
import { type Begins, indentOf, type Line, lineOf, runStep, type Step } from './line.ts';
import { dedent, isDiffHead, isFence, quoteGap, quoteLength, undiff, unfence, unquote } from './marks.ts';
import { findNumbers, unnumber } from './numbered.ts';
import { isKernel, PREFIX_KINDS, prefixLength, removable, unprefix } from './prefixes.ts';
import { endsSoftly, escapesOf, fromQuotedPrintable } from './quotedPrintable.ts';
import { COMMENT } from './recordBegin.ts';
import type { Loss, Travel } from './travel.ts';
import { findWraps, unwrap } from './wrapped.ts';

/** The most lines examined, and the most characters of each. */
const LINES = 10_000;
const CHARACTERS_OF_LINE = 4000;
/** The most ways; each occurs at most twice. */
const MOST = 12;
/** The most marks and prefixes before a record. */
const DEEPEST = 5;

/** Returns the step that undoes a way of travel. */
export function stepOf(travel: Travel, begins: Begins, lose: (loss: Loss) => void): Step {
  switch (travel.kind) {
    case 'quotedPrintable':
      return fromQuotedPrintable();
    case 'quoted':
      return unquote(travel.gap);
    case 'fenced':
      return unfence();
    case 'indented':
      return dedent(travel.most);
    case 'numbered':
      return unnumber(travel);
    case 'diff':
      return undiff(travel.side);
    case 'columns':
      return splitColumns(travel, begins, lose);
    case 'prefixed':
      return unprefix(travel.by, begins);
    case 'wrapped':
      return unwrap(travel, begins);
    default:
      return characterStep(CHARACTERS.find(({ kind }) => kind === travel.kind)?.plain ?? ((text) => text));
  }
}

/**
 * Returns the ways in which a text travelled, the outermost first; empty for an undamaged text. `lines` are its first lines (10,000
 * of them are examined), `begins` returns the kind of record that begins with a text.
 */
export function travelOf(lines: readonly string[], begins: Begins): readonly Travel[] {
  let now: readonly Line[] = lines
    .slice(0, LINES)
    .map((text, at) => lineOf(text.slice(0, CHARACTERS_OF_LINE), at + 1));
  const found: Travel[] = [];
  while (found.length < MOST) {
    const travel = nextTravel(now, begins, found);
    if (travel === null) break;
    found.push(travel);
    now = runStep(
      stepOf(travel, begins, () => undefined),
      now,
    );
  }
  return found;
}

function nextTravel(lines: readonly Line[], begins: Begins, found: readonly Travel[]): Travel | null {
  const all = new Sample(lines, begins);
  const isNew = (travel: Travel) => found.filter((one) => nameOf(one) === nameOf(travel)).length < 2;
  let waiting: Travel | null = null;
  for (const find of FINDERS) {
    const travel = find(all);
    if (travel === null || !isNew(travel)) continue;
    // encoded lines may have marks of a later way, also behind the breaks of the encoder; then these marks are outside
    if (travel.kind === 'quotedPrintable') waiting = travel;
    else return waiting === null || marksBreaks(travel, all) ? travel : waiting;
  }
  return waiting;
}

function nameOf(travel: Travel): string {
  return travel.kind === 'prefixed' ? `prefixed ${travel.by}` : travel.kind;
}

/** Returns true if a way puts marks before nearly all lines that follow a break of the encoder. */
function marksBreaks(travel: Travel, { lines, texts, begins }: Sample): boolean {
  if (travel.kind === 'wrapped' || travel.kind === 'columns') return false;
  const after = new Set<number>();
  for (const [at, text] of texts.entries()) if (endsSoftly(text)) after.add(at + 1);
  const least = travel.kind === 'indented' ? travel.most : 1;
  let marked = 0;
  for (const [at, { shift }] of runStep(
    stepOf(travel, begins, () => undefined),
    lines,
  ).entries())
    if (after.has(at) && shift >= (lines[at]?.shift ?? 0) + least) marked++;
  return marked >= after.size * 0.9 && (after.size > 0 || travel.kind === 'quoted');
}

/** The examined lines with their kinds. */
class Sample {
  readonly lines: readonly Line[];
  readonly begins: Begins;
  readonly texts: readonly string[];
  /** Number of lines that are records already. */
  readonly records: number;
  readonly #isRecord: readonly boolean[];

  constructor(lines: readonly Line[], begins: Begins) {
    this.lines = lines;
    this.begins = begins;
    this.texts = lines.map(({ text }) => text);
    this.#isRecord = this.texts.map((text) => this.is(text));
    this.records = this.#isRecord.filter((is) => is).length;
  }

  /** Returns true if the text begins a record. */
  is(text: string): boolean {
    const kind = this.begins(text);
    return kind !== null && kind !== COMMENT;
  }

  /** Returns true if the text begins a record below marks and prefixes. */
  hides(text: string, depth = DEEPEST): boolean {
    if (this.is(text)) return true;
    if (depth === 0) return false;
    const indent = indentOf(text);
    if (indent > 0) return this.hides(text.slice(indent), depth - 1);
    if (/^[+-]/.test(text)) return this.hides(text.slice(1), depth - 1);
    const quote = quoteLength(text);
    if (quote > 0) return this.hides(text.slice(quote), depth - 1);
    for (const by of PREFIX_KINDS) {
      const length = prefixLength(by, text);
      if (length === 0) continue;
      // the message behind a time, host and program may be wrapped before its record is known
      return by === 'journal' || by === 'libvirt' || this.hides(text.slice(length), depth - 1);
    }
    const number = /^\d{1,9}[:|\t ]\s{0,4}/.exec(text)?.[0].length ?? 0;
    return number > 0 && this.hides(text.slice(number), depth - 1);
  }

  /** Counts the lines that become records if `length` characters are removed, and are none before. */
  gain(length: (text: string) => number): number {
    return this.texts.filter((text, at) => {
      if (this.#isRecord[at] === true) return false;
      const cut = length(text);
      return cut > 0 && this.hides(text.slice(cut));
    }).length;
  }
}

/** Each finder returns a way, or null. Outer ways come first. */
const FINDERS: readonly ((all: Sample) => Travel | null)[] = [
  ...CHARACTERS.map(
    ({ kind, shows }) =>
      ({ texts }: Sample): Travel | null =>
        texts.some((text) => !isNote(text) && shows(text)) ? { kind } : null,
  ),
  (all) => {
    const { escapes, others } = escapesOf(all.texts);
    return escapes > 0 && escapes >= others * 4 ? { kind: 'quotedPrintable' } : null;
  },
  findQuote,
  ({ texts }) => (texts.some(isFence) ? { kind: 'fenced' } : null),
  findDiff,
  (all) => findNumbers(all.lines, all.begins, (text) => all.begins(text) !== null || all.hides(text)),
  findIndent,
  ({ lines, begins }) => findColumns(lines, begins),
  ({ lines, begins }) => findWraps(lines, begins),
  findPrefix,
];

function findQuote(all: Sample): Travel | null {
  return all.gain((text) => quoteLength(text)) > 0 ? { kind: 'quoted', gap: quoteGap(all.texts) } : null;
}

function findIndent(all: Sample): Travel | null {
  const hidden = all.texts.filter((text) => {
    const indent = indentOf(text);
    return indent > 0 && !all.is(text) && all.hides(text.slice(indent));
  });
  if (hidden.length === 0) return null;
  const most = Math.min(...hidden.map(indentOf));
  // records of some kinds have an indentation of their own
  const others = all.texts.filter((text) => indentOf(text) < most && all.is(text));
  return hidden.length <= others.length ? null : { kind: 'indented', most };
}

function findDiff(all: Sample): Travel | null {
  const full = all.texts.filter((text) => text.trim() !== '');
  const signed = full.filter((text) => /^[+ -]/.test(text) || isDiffHead(text));
  if (signed.length < full.length * 0.9) return null;
  const marked = full.filter((text) => /^[+-]/.test(text) && !isDiffHead(text));
  if (marked.length === 0 || all.gain((text) => (/^[+-]/.test(text) ? 1 : 0)) < marked.length * 0.1)
    return null;
  const hasBoth = marked.some((text) => text.startsWith('+')) && marked.some((text) => text.startsWith('-'));
  return { kind: 'diff', side: hasBoth ? 'right' : 'both' };
}

function findPrefix(all: Sample): Travel | null {
  for (const by of PREFIX_KINDS) {
    const texts = all.texts.filter((text) => removable(by, text, all.begins) > 0);
    const gained = texts.filter((text) => {
      const length = prefixLength(by, text);
      return isKernel(text.slice(0, length)) || all.hides(text.slice(length));
    }).length;
    if (gained > 0 && gained * 2 >= all.records) return { kind: 'prefixed', by };
  }
  return null;
}

// A mail to a mailing list about two kernels: plain text of at most 25 lines of 72 columns, without a heading. The first sentence
// is the claim; then the calls that show it, the kernel's calls in the line that decides, what follows from it and how each was
// checked, and links as footnotes.

import type { Replay } from '../../session/replay.ts';
import { inAscii } from '../ascii.ts';
import { folded } from '../folded.ts';
import { callLines, cut } from './callLine.ts';

/** The longest script of a mail. */
export const MOST_MAILED = 2_000;
/** Columns and lines of a mail. */
const COLUMNS = 72;
const LINES = 25;
/** What stands for left out lines. */
const LEFT_OUT = '[...]';

/** One aspect that a search has compared, for instance of a review. */
export interface CheckedFact {
  /** What was compared, in a few words: `ioctl results`, `MSI`. */
  readonly aspect: string;
  /** `none`: no difference was found; `differs`: one was found; `open`: the search cannot answer it. */
  readonly verdict: 'none' | 'differs' | 'open';
  /** Distinct states that were visited; null where it was no search. */
  readonly states: number | null;
  /** What differs, or why the question is open, in a few words; absent without anything to say. */
  readonly detail?: string;
}

/** A part of a patch that the mail quotes. */
export interface QuotedHunk {
  readonly fn: string;
  /** Lines of the unified diff, each with its sign. */
  readonly lines: readonly string[];
}

/** The parts of a mail (views/mail/parts.ts). */
export interface MailText {
  readonly names: readonly [string, string];
  readonly replays: readonly [Replay, Replay];
  readonly line: number | null;
  readonly claim: string;
  readonly chain: readonly string[];
  /** Statements about both runs, and whether they state a difference. */
  readonly facts: readonly { readonly text: string; readonly differs: boolean }[];
  readonly evidence: string;
  readonly partOf: number | null;
}

/** What a mail can contain beside the comparison. */
export interface MailMore {
  readonly checked?: readonly CheckedFact[];
  readonly hunk?: QuotedHunk | null;
  /** Addresses for the footnotes: the session first. */
  readonly links?: readonly string[];
}

/** One part of the mail: its lines, and how few of them it can be cut to. */
interface Block {
  readonly lines: readonly string[];
  readonly fewest: number;
  /** Which end is left out. */
  readonly from: 'beginning' | 'end';
}

/** Returns the text of the mail. */
export function printMail(mail: MailText, { checked = [], hunk = null, links = [] }: MailMore = {}): string {
  const { names, replays, line, claim, chain, facts, evidence, partOf } = mail;
  const calls = callLines(replays, names, line ?? replays[0].script.length, COLUMNS - 4);
  const shown = links.slice(0, 3);
  const code = (lines: readonly string[]) => lines.map((text) => `    ${text}`);
  const evidenceBlock = paragraph(`${evidence}${scriptNote(partOf, shown.length > 0)}`, 4);
  const blocks: readonly Block[] = [
    paragraph(claim, 4),
    { lines: code(calls), fewest: 3, from: 'beginning' },
    { lines: code(chain), fewest: 4, from: 'end' },
    { lines: quoted(hunk), fewest: 3, from: 'end' },
    { lines: checkedText(facts, checked), fewest: 7, from: 'end' },
    {
      ...evidenceBlock,
      lines: [
        ...evidenceBlock.lines,
        ...shown.map((link, at) => `[${at + 1}] ${link.replaceAll(/\s/g, '')}`),
      ],
      fewest: evidenceBlock.lines.length + shown.length,
    },
  ];
  return `${fitted(blocks.map(plain))
    .map(({ lines }) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function scriptNote(partOf: number | null, hasLink: boolean): string {
  if (!hasLink) return '';
  return partOf === null ? ' Step by step: [1].' : ` From a script of ${partOf} lines [1].`;
}

function paragraph(text: string, most: number): Block {
  const lines = folded(plainText(text), COLUMNS);
  if (lines.length <= most) return { lines, fewest: lines.length, from: 'end' };
  return {
    lines: [...lines.slice(0, most - 1), cut(`${lines[most - 1]} ...`, COLUMNS)],
    fewest: most,
    from: 'end',
  };
}

/** Returns the hunk from its first changed line on, below a line with its place and function. */
function quoted(hunk: QuotedHunk | null): readonly string[] {
  if (hunk === null || hunk.lines.length === 0) return [];
  const place = hunk.lines.find((text) => text.startsWith('@@'))?.match(/^@@.*?@@/)?.[0] ?? '@@';
  const body = hunk.lines.filter((text) => !text.startsWith('@@'));
  const first = Math.max(
    0,
    body.findIndex((text) => /^[+-]/.test(text)),
  );
  return [`> ${place} ${hunk.fn}()`, ...body.slice(first).map((text) => `> ${spaced(text)}`)];
}

/** Returns a text with its tabs as spaces. */
function spaced(text: string): string {
  let made = '';
  for (const sign of text) made += sign === '\t' ? ' '.repeat(8 - (made.length % 8)) : sign;
  return made;
}

/**
 * Returns the facts of the two runs, then those of searches: equal aspects in one statement, differences one by one. A search says
 * more than two equal runs, so these are left out then.
 */
function checkedText(facts: MailText['facts'], checked: readonly CheckedFact[]): readonly string[] {
  const count = ({ states }: CheckedFact) => (states === null ? '' : ` (${states} states)`);
  const of = (verdict: CheckedFact['verdict']) => checked.filter((one) => one.verdict === verdict);
  const list = of('none')
    .map((one) => `${one.aspect}${count(one)}`)
    .join(', ');
  return [
    ...facts.flatMap(({ text, differs }) => (differs || checked.length === 0 ? [text] : [])),
    ...(list === '' ? [] : [`no difference found in: ${list}`]),
    ...of('differs').map((one) => `${one.aspect}: ${one.detail ?? 'differs'}${count(one)}`),
    ...of('open').map(
      (one) => `${one.aspect}: not answered${one.detail === undefined ? '' : `, ${one.detail}`}`,
    ),
  ].flatMap((text) =>
    folded(plainText(text), COLUMNS - 2).map((part, at) => `${at === 0 ? '- ' : '  '}${part}`),
  );
}

/** Returns a block in ASCII, its lines no wider than a mail; a footnote keeps its address. */
function plain({ lines, ...rest }: Block): Block {
  return {
    ...rest,
    lines: lines.map((text) => (/^\[\d+\] /.test(text) ? plainText(text) : cut(plainText(text), COLUMNS))),
  };
}

function plainText(text: string): string {
  return inAscii(text)
    .replaceAll(/[^\x20-\x7e]/gu, '?')
    .trimEnd();
}

/** The blocks that lose lines when all have reached their fewest, each down to a number of lines; 0 leaves it out. */
const LAST_RESORT: readonly (readonly [block: number, down: number])[] = [
  [2, 3],
  [4, 3],
  [1, 2],
  [3, 0],
  [2, 0],
  [1, 0],
  [4, 0],
];

/** Cuts blocks, the one that can lose most first, until the mail has at most so many lines. */
function fitted(blocks: readonly Block[]): readonly Block[] {
  const lengths = blocks.map(({ lines }) => lines.length);
  const total = () => {
    const present = lengths.filter((length) => length > 0);
    return present.reduce((sum, length) => sum + length, 0) + present.length - 1;
  };
  while (total() > LINES) {
    const spare = blocks.map(({ fewest }, at) => (lengths[at] ?? 0) - fewest);
    const most = Math.max(...spare);
    const [at, down] =
      most > 0
        ? [spare.indexOf(most), 1]
        : (LAST_RESORT.find(([block, least]) => (lengths[block] ?? 0) > least) ?? [-1, 0]);
    if (at < 0) break;
    // a single line would only say that something is left out
    lengths[at] = down === 0 ? 0 : (lengths[at] ?? 0) - 1;
  }
  return blocks.map((block, at) => cutBlock(block, lengths[at] ?? 0)).filter(({ lines }) => lines.length > 0);
}

function cutBlock(block: Block, length: number): Block {
  const { lines, from } = block;
  if (length >= lines.length) return block;
  if (length === 0) return { ...block, lines: [] };
  const indent = /^ */.exec(lines[0] ?? '')?.[0] ?? '';
  const mark = `${lines[0]?.startsWith('> ') === true ? '> ' : indent}${LEFT_OUT}`;
  const kept =
    from === 'end'
      ? [...lines.slice(0, length - 1), mark]
      : [mark, ...lines.slice(lines.length - length + 1)];
  return { ...block, lines: kept };
}

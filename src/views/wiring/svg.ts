// The wiring as a standalone picture that looks like the pane: SVG text without style sheet, script or own fonts.

import { escapeXml, round } from '../timeline/svgParts.ts';
import type { EntryCell, Wire, WiringCell, WiringRow } from './row.ts';
import { rowSentence } from './sentence.ts';

/** The colours of the picture, as CSS colours. */
export interface WiringColours {
  readonly ground: string;
  readonly raised: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly edge: string;
  readonly attached: string;
  readonly attachedGround: string;
  readonly cached: string;
  readonly cachedGround: string;
  readonly cachedLine: string;
  readonly failed: string;
  readonly failedGround: string;
  readonly signal: string;
  readonly signalGround: string;
}

/** Arguments of the picture. */
export interface WiringPicture {
  /** Rows from top to bottom. */
  readonly rows: readonly WiringRow[];
  /** The rows are MSI vectors and not entries of an MSI-X table. */
  readonly msi: boolean;
  /** The place in the script, for instance `Wiring after line 5`. */
  readonly title: string;
  /** Describes the picture in a sentence. */
  readonly about: string;
  /** Lines below the rows: capability and driver. */
  readonly foot: readonly string[];
  readonly colours: WiringColours;
}

const WIDTH = 880;
const ROW = 40;
const BOX = 28;
const TOP = 92;
const FOOT_LINE = 16;
/** Left edge and width of each column. */
const EVENTFD = { x: 52, width: 176 };
const CTX = { x: 272, width: 104 };
const IRQ = { x: 420, width: 164 };
const ENTRY = { x: 628, width: 236 };
const WIRES = [
  [EVENTFD.x + EVENTFD.width, CTX.x],
  [CTX.x + CTX.width, IRQ.x],
  [IRQ.x + IRQ.width, ENTRY.x],
] as const;
/** Pixels of a character of the boxes: the width in the widest of these fonts. */
const LETTER = 7.3;
const MONO = 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace';

/** Returns the size of the picture in pixels. */
export function wiringSize({ rows, foot }: Pick<WiringPicture, 'rows' | 'foot'>): {
  readonly width: number;
  readonly height: number;
} {
  return { width: WIDTH, height: TOP + Math.max(1, rows.length) * ROW + 16 + foot.length * FOOT_LINE + 12 };
}

/** Returns the picture as SVG text. */
export function wiringSvg(picture: WiringPicture): string {
  const { rows, title, about, foot, colours } = picture;
  const { width, height } = wiringSize(picture);
  const bottom = TOP + Math.max(1, rows.length) * ROW;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${escapeXml(MONO)}" font-size="12">`,
    `<title>${escapeXml(`${title}. ${about}`)}</title>`,
    `<desc>${escapeXml(rows.map(rowSentence).join('. '))}</desc>`,
    `<defs><pattern id="cached" width="6.2" height="6.2" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="6.2" height="6.2" fill="${paint(colours.cachedGround)}"/><line x1="0" x2="6.2" y1="3" y2="3" stroke="${paint(colours.cachedLine)}" stroke-opacity="0.55" stroke-width="1.2"/></pattern></defs>`,
    `<rect width="${width}" height="${height}" fill="${paint(colours.ground)}"/>`,
    text(16, 22, title, colours.ink, 'font-size="13" font-weight="600"'),
    text(16, 40, about, colours.soft, 'font-size="11"'),
    ...headings(picture),
    rule(TOP, colours),
    ...(rows.length === 0 ? [text(16, TOP + 24, 'No row is in use.', colours.soft)] : []),
    ...rows.map((row, at) => rowText(row, TOP + at * ROW, colours)),
    ...foot.map((words, at) => text(16, bottom + 24 + at * FOOT_LINE, words, colours.soft)),
    '</svg>',
  ].join('\n');
}

const paint = (colour: string) => escapeXml(colour);

function text(x: number, y: number, words: string, colour: string, more = ''): string {
  return `<text x="${round(x)}" y="${round(y)}" fill="${paint(colour)}"${more === '' ? '' : ` ${more}`}>${escapeXml(words)}</text>`;
}

function rule(y: number, { line }: WiringColours): string {
  return `<line x1="8" x2="${WIDTH - 8}" y1="${y}" y2="${y}" stroke="${paint(line)}"/>`;
}

function headings({ msi, colours }: WiringPicture): readonly string[] {
  const all = [
    [EVENTFD.x, 'eventfd', 'counter'],
    [CTX.x, 'vfio ctx', msi ? 'vector' : 'xarray entry'],
    [IRQ.x, 'Linux irq', 'allocated, requested'],
    [ENTRY.x, msi ? 'MSI capability' : 'MSI-X table', 'message, mask bit'],
  ] as const;
  return all.flatMap(([x, name, below]) => [
    text(x, TOP - 24, name, colours.ink, 'font-weight="600"'),
    text(x, TOP - 9, below, colours.soft, 'font-size="11"'),
  ]);
}

function rowText(row: WiringRow, top: number, colours: WiringColours): string {
  const middle = top + ROW / 2;
  const signalled = row.change === 'signalled';
  const parts = [
    text(16, middle + 4, row.label, colours.ink),
    ...row.wires.map((wire, at) => {
      const [from, to] = WIRES[at] ?? [0, 0];
      return wireText(wire, signalled, from, to, middle, colours);
    }),
    cellText(row.eventfd, EVENTFD, middle, colours, { round: true, signalled }),
    cellText(row.ctx, CTX, middle, colours),
    cellText(row.irq, IRQ, middle, colours),
    entryText(row.entry, middle, colours),
    rule(top + ROW, colours),
  ];
  const vector = row.vector === null ? '' : ` data-vector="${row.vector}"`;
  const label = escapeXml(rowSentence(row));
  return `<g class="row" data-state="${row.state}"${vector}><title>${label}</title>${parts.join('')}</g>`;
}

function wireText(
  wire: Wire,
  signalled: boolean,
  from: number,
  to: number,
  y: number,
  colours: WiringColours,
): string {
  if (wire === 'none') return '';
  const colour =
    wire === 'solid'
      ? signalled
        ? colours.signal
        : colours.attached
      : wire === 'dotted'
        ? colours.cached
        : colours.failed;
  const dash = wire === 'solid' ? '' : ` stroke-dasharray="${wire === 'dotted' ? '2 3' : '6 4'}"`;
  const disc =
    signalled && wire === 'solid' ? `<circle cx="${from + 4}" cy="${y}" r="4" fill="${paint(colour)}"/>` : '';
  return `<line class="wire" x1="${from}" x2="${to}" y1="${y}" y2="${y}" stroke="${paint(colour)}" stroke-width="2"${dash}/>${disc}`;
}

interface Place {
  readonly x: number;
  readonly width: number;
}

function cellText(
  cell: WiringCell | null,
  place: Place,
  middle: number,
  colours: WiringColours,
  { round: rounded, signalled }: { readonly round: boolean; readonly signalled: boolean } = {
    round: false,
    signalled: false,
  },
): string {
  if (cell === null) return '';
  const look = lookOf(cell, colours);
  const frame = signalled ? { ...look, fill: colours.signalGround, stroke: colours.signal } : look;
  const word = signalled ? colours.signal : look.word;
  return boxText(cell, place, middle, { ...frame, word }, colours, rounded ? 14 : 4, place.width);
}

function entryText(cell: EntryCell | null, middle: number, colours: WiringColours): string {
  if (cell === null) return '';
  const look = lookOf(cell, colours);
  const frame = cell.pending ? { ...look, stroke: colours.signal, word: colours.signal } : look;
  const masked = cell.masked === true;
  const bit = `<circle class="bit" data-masked="${masked ? 1 : 0}" cx="${ENTRY.x + ENTRY.width - 15}" cy="${middle}" r="4" fill="${paint(masked ? colours.soft : colours.raised)}" stroke="${paint(masked ? colours.soft : colours.attached)}" stroke-width="2"/>`;
  return `${boxText(cell, ENTRY, middle, frame, colours, 4, ENTRY.width - 22)}${bit}`;
}

interface Look {
  readonly fill: string;
  readonly stroke: string;
  readonly dash: string;
  readonly ink: string;
  readonly word: string;
}

function lookOf({ look }: WiringCell, colours: WiringColours): Look {
  const plain = { fill: colours.raised, stroke: colours.edge, dash: '', ink: colours.ink, word: colours.ink };
  switch (look) {
    case 'attached':
      return { ...plain, fill: colours.attachedGround, stroke: colours.attached };
    case 'cached':
      return { ...plain, fill: 'url(#cached)', stroke: colours.cached, word: colours.cached };
    case 'freed':
    case 'failed':
      return {
        ...plain,
        fill: colours.failedGround,
        stroke: colours.failed,
        dash: ' stroke-dasharray="4 3"',
        word: colours.failed,
      };
    case 'empty':
      return { ...plain, stroke: colours.line, ink: colours.soft, word: colours.soft };
    case 'plain':
      return plain;
  }
}

function boxText(
  { text: words, word, look: kind }: WiringCell,
  { x, width }: Place,
  middle: number,
  look: Look,
  colours: WiringColours,
  radius: number,
  room: number,
): string {
  const frame = `<rect x="${x}" y="${middle - BOX / 2}" width="${width}" height="${BOX}" rx="${radius}" fill="${paint(look.fill)}" stroke="${paint(look.stroke)}" stroke-width="1.25"${look.dash}/>`;
  const inner = radius > 4 ? 12 : 9;
  const wide = word.length * LETTER;
  const most = Math.floor((room - 2 * inner - (word === '' ? 0 : wide + 6)) / LETTER);
  const shown = words.length > most ? `${words.slice(0, Math.max(1, most - 1))}…` : words;
  const right = x + room - inner;
  // a word on hatching has a plain background
  const clear =
    kind === 'cached' && word !== ''
      ? `<rect x="${round(right - wide - 3)}" y="${middle - 8}" width="${round(wide + 6)}" height="16" rx="3" fill="${paint(colours.cachedGround)}"/>`
      : '';
  const beside =
    word === '' ? '' : text(right, middle + 4, word, look.word, 'text-anchor="end" font-weight="600"');
  return `${frame}${text(x + inner, middle + 4, shown, look.ink)}${clear}${beside}`;
}

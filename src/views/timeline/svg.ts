// The timeline as a standalone picture: an SVG text without style sheet, script or own fonts. Every
// style is an attribute, so that the picture looks alike in every program and under every content security policy.

import { ticks } from 'd3';
import {
  LANE_STATES,
  laneSubject,
  MARK_KINDS,
  type MarkKind,
  TEARDOWN_CAUSES,
  type TimelineData,
} from './data.ts';
import { MARK_WORDS } from './describe.ts';
import { escapeXml, legend, markShape, type PictureColours, round } from './svgParts.ts';
import { laneName } from './table.ts';

/** Arguments of the picture. */
export interface PictureView {
  /** Line n spans n to n + 1; fractions are allowed. */
  readonly range: { readonly from: number; readonly to: number };
  /** Lanes from top to bottom. */
  readonly lanes: readonly number[];
  /** The current line, or null. */
  readonly cursor: number | null;
  /** Pixels. */
  readonly width: number;
  readonly title: string;
  /** A sentence that describes the picture. */
  readonly about: string;
  readonly colours: PictureColours;
  /** Returns an eventfd object's name. */
  readonly eventfdName: (ev: number) => string;
}

const LANE_HEIGHT = 18;
const BAR = 12;
const LEFT = 84;
const RIGHT = 12;
const TOP = 44;
/** Room for two rows of legend in a narrow picture. */
const LEGEND = 44;
/** With more segments, those on the same pixel are drawn as one. */
const SEGMENTS = 20_000;
const MONO = 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace';

/** Returns the size of the picture in pixels. */
export function pictureSize({ lanes, width }: Pick<PictureView, 'lanes' | 'width'>): {
  readonly width: number;
  readonly height: number;
} {
  return { width: Math.max(width, LEFT + RIGHT + 40), height: TOP + lanes.length * LANE_HEIGHT + 8 + LEGEND };
}

/** A segment of a lane, from its first line to the line after its last. */
export interface PictureSegment {
  readonly lane: number;
  readonly state: string;
  readonly irq: number;
  readonly ev: number;
  readonly pending: boolean;
  readonly from: number;
  readonly to: number;
}

/** Returns the segments in a window of the timeline, lane by lane. Their ends may lie outside. */
function segmentsIn(
  data: TimelineData,
  { lanes, range }: Pick<PictureView, 'lanes' | 'range'>,
): readonly PictureSegment[] {
  return lanes.flatMap((id) => {
    const turns = data.lane(id)?.turns;
    if (turns === undefined) return [];
    const found: PictureSegment[] = [];
    const count = turns.line.length;
    for (
      let at = Math.max(0, turns.line.upTo(range.from) - 1);
      at < count && turns.line.at(at) < range.to;
      at++
    ) {
      const from = turns.line.at(at);
      const to = at + 1 < count ? turns.line.at(at + 1) : data.length + 1;
      const state = LANE_STATES[turns.state.at(at)] ?? 'none';
      const pending = turns.pending.at(at) === 1;
      if (to <= range.from || (state === 'none' && !pending)) continue;
      found.push({ lane: id, state, irq: turns.irq.at(at), ev: turns.ev.at(at), pending, from, to });
    }
    return found;
  });
}

/** Returns the picture as SVG text. */
export function timelineSvg(data: TimelineData, view: PictureView): string {
  const { colours, title, about, range, lanes } = view;
  const { width, height } = pictureSize(view);
  const right = width - RIGHT;
  const x = (line: number) =>
    round(
      Math.min(
        right,
        Math.max(LEFT, LEFT + ((line - range.from) / (range.to - range.from)) * (right - LEFT)),
      ),
    );
  const place: Placing = {
    x,
    y: (row) => TOP + row * LANE_HEIGHT,
    right,
    bottom: TOP + lanes.length * LANE_HEIGHT,
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${escapeXml(MONO)}" font-size="11">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(about)}</desc>`,
    `<defs><pattern id="cached" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="6" height="6" fill="${escapeXml(colours.cachedGround)}"/><line x1="0" x2="6" y1="3" y2="3" stroke="${escapeXml(colours.cachedLine)}" stroke-width="1.5"/></pattern></defs>`,
    `<rect width="${width}" height="${height}" fill="${escapeXml(colours.ground)}"/>`,
    `<text x="12" y="16" fill="${escapeXml(colours.ink)}" font-size="12">${escapeXml(title)}</text>`,
    ...axis(data, view, place),
    ...lanes.map(
      (lane, row) =>
        `<text x="${LEFT - 8}" y="${place.y(row) + BAR - 2}" text-anchor="end" fill="${escapeXml(colours.soft)}">${escapeXml(laneName(lane))}</text>`,
    ),
    ...segments(data, view, place),
    ...rules(data, view, place),
    ...marks(data, view, place),
    ...cursor(view, place),
    ...legend(colours, place.bottom + 22, width),
    '</svg>',
  ].join('\n');
}

interface Placing {
  readonly x: (line: number) => number;
  readonly y: (row: number) => number;
  readonly right: number;
  readonly bottom: number;
}

function axis(
  data: TimelineData,
  { range, colours }: PictureView,
  { x, bottom }: Placing,
): readonly string[] {
  return [...new Set(ticks(range.from, range.to, 10).map(Math.round))]
    .filter((line) => line >= 1 && line <= data.length)
    .map(
      (line) =>
        `<g class="tick"><line x1="${x(line)}" x2="${x(line)}" y1="${TOP - 6}" y2="${bottom}" stroke="${escapeXml(colours.line)}"/><text x="${x(line) + 3}" y="${TOP - 8}" fill="${escapeXml(colours.soft)}">${line}</text></g>`,
    );
}

function segments(data: TimelineData, view: PictureView, { x, y }: Placing): readonly string[] {
  const { lanes, colours, eventfdName } = view;
  const rowOf = new Map(lanes.map((lane, row) => [lane, row]));
  const all = segmentsIn(data, view);
  return (all.length > SEGMENTS ? perPixel(all, x) : all).map((segment) => {
    const { lane, state, irq, ev, pending, from, to } = segment;
    const left = x(from);
    const wide = Math.max(1, round(x(to) - left - 1));
    const top = y(rowOf.get(lane) ?? 0);
    const attached = ev % 2 === 0 ? colours.attached : colours.attachedOdd;
    const fill = state === 'attached' ? attached : state === 'cached' ? 'url(#cached)' : 'none';
    const stroke = state === 'attached' ? attached : state === 'cached' ? colours.cached : colours.soft;
    const words = [
      state === 'none' ? 'pending only' : state,
      ...(irq === 0 ? [] : [`irq ${irq}`]),
      ...(ev < 0 ? [] : [eventfdName(ev)]),
      ...(pending && state !== 'none' ? ['pending'] : []),
    ].join(', ');
    const label = `${laneName(lane)}: ${words}, ${linesWords(from, to)}`;
    const { kind, vector } = laneSubject(lane);
    const bar = `<rect x="${left}" y="${top}" width="${wide}" height="${BAR}" rx="2" fill="${escapeXml(fill)}" stroke="${escapeXml(stroke)}"/>`;
    const below = pending
      ? `<line x1="${left}" x2="${round(left + wide)}" y1="${top + BAR + 2}" y2="${top + BAR + 2}" stroke="${escapeXml(colours.signal)}" stroke-width="2" stroke-dasharray="3 2"/>`
      : '';
    const facts = `data-kind="${kind}" data-vector="${vector}" data-state="${state}" data-irq="${irq}" data-ev="${ev}" data-pending="${pending ? 1 : 0}" data-from="${from}" data-to="${to}"`;
    return `<g class="segment" ${facts}><title>${escapeXml(label)}</title>${bar}${below}</g>`;
  });
}

/** Keeps the last of the segments of a lane that begin on the same pixel; the others are invisible. */
function perPixel(all: readonly PictureSegment[], x: Placing['x']): readonly PictureSegment[] {
  const pixel = ({ lane, from }: PictureSegment) => lane * 2 ** 20 + Math.round(x(from));
  return all.filter((segment, at) => {
    const next = all[at + 1];
    return next === undefined || pixel(next) !== pixel(segment);
  });
}

function linesWords(from: number, to: number): string {
  return to - from <= 1 ? `line ${from}` : `lines ${from} to ${to - 1}`;
}

/** Draws failed lines and calls of pci_free_irq_vectors. */
function rules(
  data: TimelineData,
  { range, colours }: PictureView,
  { x, bottom }: Placing,
): readonly string[] {
  const found: string[] = [];
  for (let line = Math.max(1, Math.ceil(range.from)); line <= data.length && line < range.to; line++) {
    const cause = TEARDOWN_CAUSES[data.lines.teardown.at(line - 1)] ?? 'none';
    const at = `x1="${x(line)}" x2="${x(line)}" y1="${TOP - 4}" y2="${bottom}"`;
    if (data.lines.errno.at(line - 1) !== 0)
      found.push(
        `<line class="failure" data-line="${line}" ${at} stroke="${escapeXml(colours.failed)}" stroke-width="1.25" stroke-dasharray="3 3"/>`,
      );
    if (cause !== 'none')
      found.push(
        `<line class="teardown" data-line="${line}" ${at} stroke="${escapeXml(colours.ink)}" stroke-width="3"><title>line ${line}: pci_free_irq_vectors, ${cause}</title></line>`,
      );
  }
  return found;
}

/** Kinds with a mark of their own; ends of segments show the others. */
const DRAWN: ReadonlySet<MarkKind> = new Set(['delivered', 'loopback', 'pended', 'lost', 'failed', 'freed']);

function marks(
  data: TimelineData,
  { lanes, range, colours }: PictureView,
  { x, y }: Placing,
): readonly string[] {
  const found: string[] = [];
  for (const [row, id] of lanes.entries()) {
    const column = data.lane(id)?.marks;
    if (column === undefined) continue;
    const seen = new Set<string>();
    for (let at = column.line.upTo(range.from - 1); at < column.line.length; at++) {
      const line = column.line.at(at);
      if (line >= range.to) break;
      const kind = MARK_KINDS[column.kind.at(at)] ?? 'raised';
      // equal marks on the same pixel are drawn once
      const spot = `${kind} ${Math.round(x(line))}`;
      if (line < range.from || !DRAWN.has(kind) || seen.has(spot)) continue;
      seen.add(spot);
      const shape = markShape(kind, x(line) + 5, y(row) + BAR / 2, colours);
      found.push(
        `<g class="mark" data-line="${line}" data-kind="${kind}"><title>${escapeXml(laneName(id))}: ${MARK_WORDS[kind]}, line ${line}</title>${shape}</g>`,
      );
    }
  }
  return found;
}

function cursor({ cursor: line, range, colours }: PictureView, { x, bottom }: Placing): readonly string[] {
  if (line === null || line < range.from || line > range.to) return [];
  const at = x(line);
  return [
    `<g class="cursor" data-line="${line}"><title>cursor at line ${line}</title><path d="M${at - 5} ${TOP - 12}h10l-5 6Z" fill="${escapeXml(colours.ink)}"/><line x1="${at}" x2="${at}" y1="${TOP - 6}" y2="${bottom}" stroke="${escapeXml(colours.ink)}" stroke-width="1.5"/></g>`,
  ];
}

// The shapes of the marks, shared by SVG and canvas.

import type { DrawnMark, SegmentItem } from '../../../views/timeline/items.ts';
import { barOf } from '../../../views/timeline/paint.ts';
import type { LaneRow } from '../../../views/timeline/rows.ts';
import { type Axis, markOffset, markRadius } from './geometry.ts';

/** Pixels per character of the segments' text. */
const CHARACTER = 7.3;

/** A rectangle in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Returns the rectangle of a segment; `spare` pixels stay free before the next one. */
export function boxOf(row: LaneRow, from: number, to: number, axis: Axis): Box {
  const { inset, height } = barOf(row.height);
  const x = axis.clamped(from);
  const spare = axis.pitch >= 3 ? 1 : 0;
  return { x, y: row.top + inset, width: Math.max(1, axis.clamped(to) - x - spare), height };
}

/** Returns the part of a segment that shows "pending": the lower third. */
export function pendingBox(box: Box): Box {
  const height = box.height >= 6 ? Math.max(2, box.height / 3) : box.height;
  return { ...box, y: box.y + box.height - height, height };
}

/** Returns the text in a segment: as much of eventfd and irq as fits. */
export function segmentText({ irq, ev, free }: SegmentItem, box: Box, axis: Axis, eventfd: string): string {
  if (box.height < 11) return '';
  const room = Math.floor((Math.min(box.width, axis.x(free) - box.x) - 16) / CHARACTER);
  if (room < 1) return '';
  const texts = [
    ...(ev >= 0 && irq !== 0 ? [`${eventfd} · irq ${irq}`] : []),
    ev >= 0 ? eventfd : `irq ${irq}`,
  ];
  return (irq === 0 && ev < 0 ? [] : texts).find((text) => text.length <= room) ?? '';
}

/** Returns a mark's path around its middle. */
export function markPath(kind: DrawnMark, x: number, y: number, r: number): string {
  const d = r * 1.15;
  switch (kind) {
    case 'delivered':
      return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
    case 'loopback':
      return `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}Z`;
    case 'pended':
      return `M${x} ${y - d}l${d} ${d}-${d} ${d}-${d}-${d}Z`;
    case 'coalesced':
      return `M${x} ${y - d}l${d} ${d}-${d} ${d}-${d}-${d}ZM${x - d / 2} ${y}h${d}`;
    case 'lost':
      return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0ZM${x - r * 0.7} ${y + r * 0.7}l${r * 1.4} ${-r * 1.4}`;
    case 'freed':
      return `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}ZM${x - r} ${y}h${2 * r}`;
    case 'failed':
      return `M${x - r} ${y - r}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`;
  }
}

/** CSS classes of the marks. */
export const MARK_CLASSES: Readonly<Record<DrawnMark, string>> = {
  delivered: 'signal',
  loopback: 'signal',
  pended: 'pending',
  coalesced: 'pending',
  lost: 'lost',
  freed: 'freed',
  failed: 'failed-mark',
};

/** Returns a mark's position and size. */
export function markPlace(row: LaneRow, line: number, axis: Axis) {
  const { inset, height } = barOf(row.height);
  return {
    x: axis.x(line) + markOffset(axis.pitch),
    y: row.top + inset + height / 2,
    r: markRadius(axis.pitch, height),
  };
}

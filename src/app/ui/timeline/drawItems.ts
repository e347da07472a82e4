// Draws items on a canvas, with the shapes and colours of the SVG.

import type { SegmentItem, TimelineItems } from '../../../views/timeline/items.ts';
import { HATCH } from '../../../views/timeline/paint.ts';
import type { Axis } from './geometry.ts';
import { type Box, boxOf, MARK_CLASSES, markPath, markPlace, pendingBox, segmentText } from './shapes.ts';
import type { Palette } from './usePalette.ts';

/** Narrowest segment, in pixels, that has room for text. */
const TEXT = 20;

const hatches = new WeakMap<Palette, CanvasPattern>();

/** Returns the hatching of cached vectors as a repeating pattern. */
function hatchOf(context: CanvasRenderingContext2D, palette: Palette): CanvasPattern | string {
  const known = hatches.get(palette);
  if (known !== undefined) return known;
  const tile = document.createElement('canvas');
  tile.width = HATCH;
  tile.height = HATCH;
  const pen = tile.getContext('2d');
  if (pen === null) return palette.css.cachedGround;
  pen.fillStyle = palette.css.cachedGround;
  pen.fillRect(0, 0, HATCH, HATCH);
  pen.strokeStyle = palette.css.cached;
  pen.lineWidth = 1.2;
  // drawn beyond the tile, so that lines of neighbouring tiles meet
  for (const shift of [-HATCH, 0, HATCH]) {
    pen.beginPath();
    pen.moveTo(shift - 1, HATCH + 1);
    pen.lineTo(shift + HATCH + 1, -1);
    pen.stroke();
  }
  const made = context.createPattern(tile, 'repeat');
  if (made === null) return palette.css.cachedGround;
  hatches.set(palette, made);
  return made;
}

/** Draws items; the context's origin is the top left corner of the rows. */
export function drawItems(
  context: CanvasRenderingContext2D,
  items: TimelineItems,
  axis: Axis,
  palette: Palette,
  eventfdAt: (ev: number, line: number) => string,
): void {
  const { css } = palette;
  const hatch = hatchOf(context, palette);
  context.lineWidth = 1;
  for (const segment of items.segments) {
    const box = boxOf(segment.row, segment.from, segment.to, axis);
    if (segment.state === 'cached') {
      context.fillStyle = hatch;
      context.strokeStyle = css.cachedEdge;
      context.fillRect(box.x, box.y, box.width, box.height);
      if (box.width > 2 && box.height > 2)
        context.strokeRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
    } else {
      context.fillStyle = segment.ev % 2 === 0 ? css.attached : css.attachedOdd;
      context.fillRect(box.x, box.y, box.width, box.height);
    }
    if (segment.irqBefore !== 0 && box.height >= 6) {
      context.fillStyle = css.cachedInk;
      context.beginPath();
      context.moveTo(box.x, box.y);
      context.lineTo(box.x + 6, box.y);
      context.lineTo(box.x, box.y + 6);
      context.fill();
    }
    if (box.width >= TEXT) drawText(context, segment, box, axis, palette, eventfdAt);
  }
  context.fillStyle = css.pending;
  for (const { row, from, to } of items.pending) {
    const { x, y, width, height } = pendingBox(boxOf(row, from, to, axis));
    context.fillRect(x, y, width, height);
  }
  context.fillStyle = css.rule;
  for (const { line, top, bottom } of items.rules) {
    const x = axis.x(line);
    if (x >= axis.left) context.fillRect(x - 1.5, top, 3, bottom - top);
  }
  drawMarks(context, items, axis, palette);
}

function drawText(
  context: CanvasRenderingContext2D,
  segment: SegmentItem,
  box: Box,
  axis: Axis,
  { css }: Palette,
  eventfdAt: (ev: number, line: number) => string,
): void {
  const eventfd = segment.ev < 0 ? '' : eventfdAt(segment.ev, segment.from);
  const text = segmentText(segment, box, axis, eventfd);
  if (text === '') return;
  const [x, y] = [box.x + 12, box.y + box.height / 2 + 0.5];
  context.font = '12px ui-monospace, monospace';
  context.textBaseline = 'middle';
  if (segment.state === 'cached') {
    // the hatching ends beside the letters
    context.strokeStyle = css.cachedGround;
    context.lineWidth = 3;
    context.strokeText(text, x, y);
    context.lineWidth = 1;
  }
  context.fillStyle = segment.state === 'cached' ? css.cachedInk : css.ink;
  context.fillText(text, x, y);
}

function drawMarks(
  context: CanvasRenderingContext2D,
  { marks }: TimelineItems,
  axis: Axis,
  { css }: Palette,
): void {
  const colours = { signal: css.signal, pending: css.pending, lost: css.lost, freed: css.freed };
  // one path for all marks of one kind and size
  const paths = new Map<string, Path2D>();
  for (const { row, kind, line } of marks) {
    const { x, y, r } = markPlace(row, line, axis);
    if (x < axis.left || x > axis.left + axis.width) continue;
    const shape = `${kind} ${r}`;
    const path = paths.get(shape) ?? new Path2D(markPath(kind, 0, 0, r));
    paths.set(shape, path);
    context.translate(x, y);
    const name = MARK_CLASSES[kind];
    context.strokeStyle = name in colours ? colours[nameOf(name)] : css.failed;
    context.lineWidth = r >= 3 ? 1.75 : 1;
    if (name !== 'failed-mark') {
      context.fillStyle = css.ground;
      context.fill(path);
    }
    context.stroke(path);
    context.translate(-x, -y);
  }
}

function nameOf(name: string): 'signal' | 'pending' | 'lost' | 'freed' {
  return name === 'signal' || name === 'pending' || name === 'lost' ? name : 'freed';
}

// The lanes on a canvas: cells for very many items, else the same shapes as in SVG.

import { memo, useLayoutEffect, useRef } from 'react';
import type { TimelineData } from '../../../views/timeline/data.ts';
import type { TimelineItems } from '../../../views/timeline/items.ts';
import { paintCells } from '../../../views/timeline/paint.ts';
import { type ItemView, rasterCells } from '../../../views/timeline/raster.ts';
import type { Grown } from '../../store/grown.ts';
import { drawItems } from './drawItems.ts';
import type { Axis } from './geometry.ts';
import { contextOf, type Palette } from './usePalette.ts';

interface LaneCanvasProps {
  readonly data: Grown<TimelineData>;
  readonly view: ItemView;
  readonly axis: Axis;
  /** Visible height and scroll offset, in pixels. */
  readonly height: number;
  readonly scrolled: number;
  readonly palette: Palette | null;
  /** Items to draw one by one; null for cells. Folded groups are always cells. */
  readonly items: TimelineItems | null;
  readonly eventfdAt: (ev: number, line: number) => string;
}

interface Buffers {
  image: ImageData | null;
  flags: Uint16Array | null;
}

/** Draws the canvas. Lane names and status line describe it to screen readers. */
export const LaneCanvas = memo(function LaneCanvas(props: LaneCanvasProps) {
  const { data, view, axis, height, scrolled, palette, items, eventfdAt } = props;
  const ref = useRef<HTMLCanvasElement>(null);
  const kept = useRef<Buffers>({ image: null, flags: null });
  useLayoutEffect(() => {
    const context = contextOf(ref.current);
    if (context === null || palette === null || height <= 0) return;
    const scale = window.devicePixelRatio;
    const { canvas } = context;
    const columns = Math.max(1, Math.round(axis.width * scale));
    const rows = Math.max(1, Math.round(height * scale));
    if (canvas.width !== columns) canvas.width = columns;
    if (canvas.height !== rows) canvas.height = rows;
    const hasCells = items === null || hasFolded(view);
    if (hasCells) {
      const buffers = kept.current;
      if (buffers.image?.width !== columns || buffers.image.height !== rows)
        buffers.image = context.createImageData(columns, rows);
      const raster = { ...view, columns, scale, foldedOnly: items !== null };
      const cells = rasterCells(data.of, raster, buffers.flags ?? undefined);
      if (buffers.flags === null || buffers.flags.length < cells.flags.length) buffers.flags = cells.flags;
      const place = { width: columns, height: rows, shift: scrolled * scale, scale };
      paintCells(cells, palette.pixels, place, new Uint32Array(buffers.image.data.buffer));
      context.putImageData(buffers.image, 0, 0);
    } else {
      context.clearRect(0, 0, columns, rows);
    }
    if (items === null) return;
    context.save();
    context.scale(scale, scale);
    context.translate(-axis.left, -scrolled);
    drawItems(context, items, axis, palette, eventfdAt);
    context.restore();
  }, [data, view, axis, height, scrolled, palette, items, eventfdAt]);
  return (
    <canvas
      ref={ref}
      className="lane-canvas"
      style={{ left: axis.left, width: axis.width, height }}
      aria-hidden="true"
    />
  );
});

function hasFolded({ layout, first, end }: ItemView): boolean {
  for (let at = first; at < end; at++) {
    const row = layout.rows[at];
    if (row !== undefined && row.lane < 0 && row.lanes.length > 0) return true;
  }
  return false;
}

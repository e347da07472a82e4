// The timeline: lanes from top to bottom, lines of the script from left to right.

import { useEffect, useRef } from 'react';
import { paintCells } from '../../../views/timeline/paint.ts';
import { rasterCells } from '../../../views/timeline/raster.ts';
import { fittingHeight, laneGroups, layRows } from '../../../views/timeline/rows.ts';
import { fitRange } from '../../../views/timeline/viewport.ts';
import { useWidth } from '../../parts/useSize.ts';
import type { TimelineProps } from './props.ts';
import { contextOf, SAMPLE_CLASSES, usePalette } from './usePalette.ts';

const EVERY_LANE = new Set<never>();

/** The timeline. */
export function TimelineView({ data, version, lines, view, room, maxHeight = 176 }: TimelineProps) {
  const [box, width] = useWidth(1200);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [samples, palette] = usePalette();
  const shown = view ?? fitRange(lines);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the data is changed in place, and `version` says so
  useEffect(() => {
    const context = contextOf(canvas.current);
    if (context === null || palette === null) return;
    const groups = laneGroups(data, room ?? { msix: 0, msi: 0 }, false);
    const layout = layRows(groups, EVERY_LANE, fittingHeight(groups, EVERY_LANE, maxHeight, 16));
    const { width: columns, height } = context.canvas;
    const end = layout.rows.length;
    const cells = rasterCells(data, { range: shown, columns, layout, first: 0, end, scale: 1 });
    const image = context.createImageData(columns, height);
    const pixels = new Uint32Array(image.data.buffer);
    paintCells(cells, palette.pixels, { width: columns, height, shift: 0, scale: 1 }, pixels);
    context.putImageData(image, 0, 0);
  }, [data, version, shown, room, palette, maxHeight, width]);
  return (
    <div ref={box} className="timeline-box" role="group" aria-label="Timeline">
      <svg className="samples" aria-hidden="true">
        <g ref={samples}>
          {SAMPLE_CLASSES.map((name) => (
            <rect key={name} className={name} />
          ))}
        </g>
      </svg>
      <canvas ref={canvas} width={Math.floor(width)} height={maxHeight} />
    </div>
  );
}

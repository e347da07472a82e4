// The whole script in small, with the visible part and the cursor.

import { type KeyboardEvent, memo, type PointerEvent, useEffect, useRef } from 'react';
import { grouped } from '../../../base/grouped.ts';
import type { TimelineData } from '../../../views/timeline/data.ts';
import { lineDensity } from '../../../views/timeline/lineMarks.ts';
import { paintCells } from '../../../views/timeline/paint.ts';
import { rasterCells } from '../../../views/timeline/raster.ts';
import { laneGroups, layLanes } from '../../../views/timeline/rows.ts';
import { clampRange, fitRange, panRange, type TimelineRange } from '../../../views/timeline/viewport.ts';
import type { Grown } from '../../store/grown.ts';
import { useMeasured } from '../useSize.ts';
import { MatchTicks } from './MatchTicks.tsx';
import { pointedAt } from './pointedAt.ts';
import { contextOf, type Palette } from './usePalette.ts';

const HEIGHT = 22;
/** Pixels below the lanes for the lines that failed. */
const FAILURES = 3;

interface MinimapProps {
  readonly data: Grown<TimelineData>;
  readonly lines: number;
  readonly view: TimelineRange;
  readonly onView: (view: TimelineRange) => void;
  readonly cursor: number | null;
  readonly brush: TimelineRange | null;
  readonly palette: Palette | null;
  readonly controls: string;
  readonly matches: readonly number[];
  readonly differing: readonly number[];
}

export function Minimap(props: MinimapProps) {
  const { data, lines, view, onView, cursor, brush, palette, controls, matches, differing } = props;
  const [box, measured] = useMeasured(600);
  const width = measured ?? 0;
  // offset of the pointer within the visible part, in lines
  const held = useRef<number | null>(null);
  const whole = fitRange(lines);
  const perLine = width / (whole.to - whole.from);
  const x = (line: number) => (line - whole.from) * perLine;
  const length = view.to - view.from;
  const lineOf = (event: PointerEvent<HTMLElement>) =>
    whole.from + pointedAt(event.currentTarget, event).x / perLine;
  const hold = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = lineOf(event);
    const isInside = at >= view.from && at <= view.to;
    held.current = isInside ? at - view.from : length / 2;
    if (!isInside) onView(clampRange({ from: at - length / 2, to: at + length / 2 }, lines));
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (held.current === null) return;
    const from = lineOf(event) - held.current;
    onView(clampRange({ from, to: from + length }, lines));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = keyedView(event, view, lines);
    if (to === null) return;
    event.preventDefault();
    onView(to);
  };
  const first = Math.max(1, Math.floor(view.from));
  const last = Math.max(first, Math.min(lines, Math.ceil(view.to) - 1));
  return (
    <div
      ref={box}
      className="minimap"
      role="scrollbar"
      tabIndex={0}
      aria-label="Shown part of the script"
      aria-controls={controls}
      aria-orientation="horizontal"
      aria-valuemin={1}
      aria-valuemax={Math.max(1, lines)}
      aria-valuenow={first}
      aria-valuetext={`lines ${grouped(first)} to ${grouped(last)} of ${grouped(lines)}`}
      onKeyDown={onKeyDown}
      onPointerDown={hold}
      onPointerMove={drag}
      onPointerUp={() => {
        held.current = null;
      }}
    >
      {measured !== null && <MinimapCanvas data={data} width={width} palette={palette} lines={lines} />}
      <svg width={width} height={HEIGHT} aria-hidden="true">
        {brush !== null && (
          <rect
            className="brush"
            x={x(brush.from)}
            y={0}
            width={x(brush.to) - x(brush.from)}
            height={HEIGHT}
          />
        )}
        <path
          className="minimap-rest"
          d={`M0 0H${x(view.from)}V${HEIGHT}H0ZM${x(view.to)} 0H${width}V${HEIGHT}H${x(view.to)}Z`}
        />
        <rect
          className="minimap-view"
          x={x(view.from) + 0.5}
          y={0.5}
          width={Math.max(3, length * perLine - 1)}
          height={HEIGHT - 1}
        />
        <MatchTicks matches={matches} x={x} from={whole.from} to={whole.to} y={0} height={6} />
        <MatchTicks
          className="trace-ticks"
          matches={differing}
          x={x}
          from={whole.from}
          to={whole.to}
          y={HEIGHT - 7}
          height={7}
        />
        {cursor !== null && (
          <line
            className="cursor-line"
            x1={x(Math.max(cursor, 0.6))}
            x2={x(Math.max(cursor, 0.6))}
            y1={0}
            y2={HEIGHT}
          />
        )}
      </svg>
    </div>
  );
}

/** Returns the range for a key; null for other keys. */
function keyedView(event: KeyboardEvent, view: TimelineRange, lines: number): TimelineRange | null {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  const { from, to } = fitRange(lines);
  const length = view.to - view.from;
  switch (event.key) {
    case 'ArrowRight':
      return panRange(view, lines, 0.1);
    case 'ArrowLeft':
      return panRange(view, lines, -0.1);
    case 'PageDown':
      return panRange(view, lines, 0.9);
    case 'PageUp':
      return panRange(view, lines, -0.9);
    case 'Home':
      return { from, to: from + length };
    case 'End':
      return { from: to - length, to };
    default:
      return null;
  }
}

interface MinimapCanvasProps {
  readonly data: Grown<TimelineData>;
  readonly width: number;
  readonly lines: number;
  readonly palette: Palette | null;
}

/** Renders again only when the data has changed. */
const MinimapCanvas = memo(function MinimapCanvas({ data, width, lines, palette }: MinimapCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  // after the frame with the lanes, which a person looks at first
  useEffect(() => {
    const context = contextOf(ref.current);
    if (context === null || palette === null) return;
    const columns = Math.max(1, Math.round(width));
    context.canvas.width = columns;
    context.canvas.height = HEIGHT;
    const layout = layLanes(laneGroups(data.of, { msix: 0, msi: 0 }, false), HEIGHT - FAILURES);
    const range = fitRange(lines);
    const end = layout.rows.length;
    const cells = rasterCells(data.of, { range, columns, layout, first: 0, end, scale: 1 });
    const image = context.createImageData(columns, HEIGHT);
    const pixels = new Uint32Array(image.data.buffer);
    paintCells(cells, palette.pixels, { width: columns, height: HEIGHT, shift: 0, scale: 1 }, pixels);
    const { failed } = lineDensity(data.of, range, columns);
    for (let y = HEIGHT - FAILURES + 1; y < HEIGHT; y++) {
      for (let column = 0; column < columns; column++) {
        if ((failed[column] ?? 0) > 0) pixels[y * columns + column] = palette.pixels.failed;
      }
    }
    context.putImageData(image, 0, 0);
  }, [data, width, lines, palette]);
  return <canvas ref={ref} style={{ width, height: HEIGHT }} aria-hidden="true" />;
});

// The lanes: only visible ones are drawn, on a stage that stays in place while its box
// scrolls.

import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { TimelineData } from '../../../views/timeline/data.ts';
import { itemsOf } from '../../../views/timeline/items.ts';
import { lineMark } from '../../../views/timeline/lineMarks.ts';
import { itemsIn } from '../../../views/timeline/raster.ts';
import {
  fittingHeight,
  type LaneGroup,
  type LaneGroupList,
  type LaneLook,
  type LaneRow,
  layRows,
  type RowLayout,
  rowAt,
} from '../../../views/timeline/rows.ts';
import type { TimelineRange } from '../../../views/timeline/viewport.ts';
import type { Grown } from '../../store/grown.ts';
import { CursorLine, cursorX } from './CursorHandle.tsx';
import { type Axis, GUTTER } from './geometry.ts';
import { ItemLayer } from './ItemLayer.tsx';
import { LaneBands } from './LaneBands.tsx';
import { LaneCanvas } from './LaneCanvas.tsx';
import { LaneNames } from './LaneNames.tsx';
import { BrushMark, FailureLines } from './Overlay.tsx';
import { pointedAt } from './pointedAt.ts';
import type { TimelineProps } from './props.ts';
import type { Told } from './Status.tsx';
import { lanesOfRow, toldAt } from './told.ts';
import type { Palette } from './usePalette.ts';

/** Most items drawn as SVG elements, and most items drawn as shapes on the canvas. */
const SVG_ITEMS = 200;
const CANVAS_ITEMS = 8000;
/** Most items drawn as SVG elements while a person zooms or pans: a change of each element takes longer than a frame. */
const MOVING_ITEMS = 60;
/** Milliseconds after which the lines in view count as still. */
const STILL = 120;
/** Lowest lane, in pixels, that has room for shapes. */
const SHAPES = 3;
/** Highest lane, in pixels, when lanes fill the room. */
const MOST_HEIGHT = 16;

const byNumber = (ev: number) => `eventfd ${ev}`;

interface LaneStageProps {
  readonly id: string;
  readonly props: TimelineProps;
  readonly data: Grown<TimelineData>;
  readonly label: string;
  /** Pixels that unfolded kernel calls use of the lanes' room. */
  readonly taken: number;
  /** Pixels for the lanes without those calls. */
  readonly room: number;
  readonly axis: Axis;
  readonly width: number;
  readonly groups: readonly LaneGroupList[];
  readonly look: LaneLook;
  readonly onLook: (look: LaneLook) => void;
  readonly palette: Palette | null;
  /** The marked range. */
  readonly range: TimelineRange | null;
  readonly onTold: (told: Told | null) => void;
  readonly onScrolls: (scrolls: boolean) => void;
}

export function LaneStage(stage: LaneStageProps) {
  const {
    id,
    props,
    data,
    label,
    taken,
    axis,
    width,
    groups,
    look,
    onLook,
    palette,
    range,
    onTold,
    onScrolls,
  } = stage;
  const { cursor, eventfdAt = byNumber, maxHeight } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [scrolled, setScrolled] = useState(0);
  const room = Math.max(64, stage.room - taken);
  const layout = useMemo(() => {
    const height =
      look.height === 'fit' ? fittingHeight(groups, look.folded, room, MOST_HEIGHT) : look.height;
    return layRows(groups, look.folded, height);
  }, [groups, look, room]);
  const height = Math.min(room, Math.max(20, Math.ceil(layout.height)));
  const top = Math.max(0, Math.min(scrolled, layout.height - height));
  const first = Math.max(0, rowAt(layout, top));
  const end = endRow(layout, top + height);
  const scrolls = layout.height > height + 1;
  useEffect(() => onScrolls(scrolls), [onScrolls, scrolls]);

  const isStill = useStill(axis.range);
  const view = useMemo(() => ({ range: axis.range, layout, first, end }), [axis.range, layout, first, end]);
  const { items, inSvg } = useMemo(() => {
    const count = layout.laneHeight < SHAPES ? CANVAS_ITEMS + 1 : itemsIn(data.of, view, CANVAS_ITEMS);
    return {
      items: count > CANVAS_ITEMS ? null : itemsOf(data.of, view),
      inSvg: count <= (isStill ? SVG_ITEMS : MOVING_ITEMS),
    };
  }, [data, view, layout, isStill]);
  const visible = useMemo(() => layout.rows.slice(first, end), [layout, first, end]);
  const hasFolded = visible.some((row) => row.lane < 0 && row.lanes.length > 0);

  const [focused, setFocused] = useState(false);
  const [activeKey, setActiveKey] = useState<{ readonly group: LaneGroup; readonly lane: number } | null>(
    null,
  );
  const activeAt =
    activeKey === null
      ? -1
      : layout.rows.findIndex((row) => row.lane === activeKey.lane && row.group === activeKey.group);
  const active = layout.rows[activeAt < 0 ? 0 : activeAt] ?? null;
  const tellKeyed = (row: LaneRow | null, line = cursor ?? 1) =>
    onTold(row === null ? null : { from: line, to: line, lanes: lanesOfRow(row, groups), keyed: true });
  const choose = (row: LaneRow | undefined) => {
    if (row === undefined) return;
    setActiveKey({ group: row.group, lane: row.lane });
    tellKeyed(row);
    const box = scroller.current;
    if (box === null) return;
    if (row.top < box.scrollTop) box.scrollTop = row.top;
    else if (row.top + row.height > box.scrollTop + height) box.scrollTop = row.top + row.height - height;
  };
  // the cursor moved while the lanes have the focus: the same lane is described at the new line
  const tell = useRef((line: number) => tellKeyed(active, line));
  tell.current = (line) => tellKeyed(active, line);
  const place = useMemo(() => ({ line: cursor ?? 1, data }), [cursor, data]);
  useEffect(() => {
    if (focused) tell.current(place.line);
  }, [place, focused]);
  const fold = (group: LaneGroup) => {
    const folded = new Set(look.folded);
    if (!folded.delete(group)) folded.add(group);
    setActiveKey({ group, lane: -1 });
    onLook({ ...look, folded });
  };

  const [pointedY, setPointedY] = useState<number | null>(null);
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const place = pointedAt(event.currentTarget, event);
    const { x } = place;
    const y = place.y + top;
    setPointedY(y);
    if (x < GUTTER) onTold(null);
    else onTold(toldAt(axis, layout, x, y, data.of.length, groups));
  };
  const counts = useMemo(() => new Map(groups.map(({ group, lanes }) => [group, lanes.length])), [groups]);
  const at = cursor === null ? null : cursorX(cursor, axis);
  return (
    <div
      ref={scroller}
      className="timeline-scroll"
      style={{ maxHeight: taken > 0 || maxHeight !== undefined ? room : undefined }}
      tabIndex={0}
      role="group"
      aria-label={label}
      onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}
    >
      <div style={{ height: Math.max(20, Math.ceil(layout.height)) }}>
        <div
          className="timeline-stage"
          style={{ height }}
          onPointerMove={onPointerMove}
          onPointerLeave={() => setPointedY(null)}
        >
          {(!inSvg || hasFolded || items === null) && (
            <LaneCanvas
              data={data}
              view={view}
              axis={axis}
              height={height}
              scrolled={top}
              palette={palette}
              items={inSvg && items !== null ? NO_ITEMS : items}
              eventfdAt={eventfdAt}
            />
          )}
          <svg
            className={items === null || !inSvg ? 'lanes dense' : 'lanes'}
            width={width}
            height={height}
            role="group"
            aria-label="Lanes by vector"
          >
            <g transform={`translate(0 ${-top})`}>
              <LaneBands
                rows={visible}
                width={width}
                layout={layout}
                pointedAt={items === null ? pointedY : null}
              />
              <FailureLines props={props} axis={axis} top={top} height={height} />
              {inSvg && items !== null && (
                <ItemLayer
                  items={items}
                  axis={axis}
                  eventfdAt={eventfdAt}
                  markAt={(line) => lineMark(data.of, line)}
                />
              )}
            </g>
            {range !== null && <BrushMark range={range} axis={axis} height={height} />}
            {at !== null && <CursorLine x={at} height={height} />}
          </svg>
          <LaneNames
            id={`${id}lane`}
            rows={visible}
            scrolled={top}
            height={height}
            counts={counts}
            folded={look.folded}
            active={active}
            focused={focused}
            toldBy={`${id}told`}
            onMove={(by) =>
              choose(layout.rows[Math.max(0, Math.min(layout.rows.length - 1, Math.max(0, activeAt) + by))])
            }
            onFold={fold}
            onChoose={choose}
            onFocus={(has) => {
              setFocused(has);
              if (!has) onTold(null);
            }}
          />
        </div>
      </div>
    </div>
  );
}

/** Returns false for a moment after each change of the lines in view. */
function useStill({ from, to }: TimelineRange): boolean {
  const [seen, setSeen] = useState({ from, to });
  const isStill = seen.from === from && seen.to === to;
  useEffect(() => {
    if (isStill) return;
    const timer = setTimeout(() => setSeen({ from, to }), STILL);
    return () => clearTimeout(timer);
  }, [isStill, from, to]);
  return isStill;
}

const NO_ITEMS = { segments: [], pending: [], marks: [], rules: [] };

function endRow(layout: RowLayout, bottom: number): number {
  const at = rowAt(layout, Math.min(bottom, layout.height - 1e-9));
  return at < 0 ? layout.rows.length : at + 1;
}

// The timeline: lanes from top to bottom, lines of the script from left to right. Few items are drawn in SVG, more as
// shapes on a canvas, and very many as cells. It uses no store, so that other views and pages
// can show it.

import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { type LaneLook, laneCount, laneGroups } from '../../../views/timeline/rows.ts';
import {
  clampRange,
  fitRange,
  revealLine,
  sameRange,
  type TimelineRange,
  zoomAround,
} from '../../../views/timeline/viewport.ts';
import { useGrown } from '../../store/grown.ts';
import { useMeasured } from '../useSize.ts';
import { axisOf } from './geometry.ts';
import { Head } from './Head.tsx';
import { headLayout } from './headLayout.ts';
import { LaneStage } from './LaneStage.tsx';
import { Minimap } from './Minimap.tsx';
import type { TimelineProps } from './props.ts';
import { Samples } from './Samples.tsx';
import { Status, type Told } from './Status.tsx';
import { Tools } from './Tools.tsx';
import { useBrush } from './useBrush.ts';
import { useControlled } from './useControlled.ts';
import { type Palette, usePalette } from './usePalette.ts';
import { useRoom } from './useRoom.ts';
import { useZoom } from './useZoom.ts';
import './marks.css';
import './timeline.css';
import { type Pointed, pointedAt } from './pointedAt.ts';

const FIRST_LOOK: LaneLook = { folded: new Set(), all: false, height: 16 };
const NO_MATCHES: readonly number[] = [];
const NO_ROOM = { msix: 0, msi: 0 };

/** Draws the timeline once its width, room and colours are known. */
export function TimelineView(props: TimelineProps) {
  const id = useId();
  const [box, width] = useMeasured(1200);
  const room = useRoom(box, props.maxHeight);
  const [samples, palette] = usePalette();
  return (
    <div ref={box} className="timeline-box" id={`${id}box`}>
      <Samples samples={samples} />
      {width !== null && room !== null && (
        <Timeline id={id} props={props} width={width} room={room} palette={palette} />
      )}
    </div>
  );
}

/** Measurements that the timeline gets beside its props. */
interface Placed {
  readonly id: string;
  readonly props: TimelineProps;
  readonly width: number;
  readonly room: number;
  readonly palette: Palette | null;
}

function Timeline({ id, props, width, room: lanesRoom, palette }: Placed) {
  const { data, version, lines, cursor, onCursor, room = NO_ROOM, label = 'Timeline', bare = false } = props;
  const plot = useRef<HTMLDivElement>(null);
  // null shows everything, also when the script grows
  const [kept, setKept] = useState<TimelineRange | null>(null);
  const [brush, setBrush] = useControlled<TimelineRange | null>(props.brush, props.onBrush, null);
  const [look, setLook] = useControlled(props.look, props.onLook, FIRST_LOOK);
  const [marks, setMarks] = useState(false);
  const [told, setTold] = useState<Told | null>(null);
  // only the wheel reads it: a change renders nothing
  const scrolls = useRef(false);
  const onScrolls = useCallback((now: boolean) => {
    scrolls.current = now;
  }, []);

  const given = props.view ?? kept;
  const [from, to] = given === null ? [null, null] : [given.from, given.to];
  const view = useMemo(
    () => (from === null || to === null ? fitRange(lines) : clampRange({ from, to }, lines)),
    [from, to, lines],
  );
  const { onView } = props;
  const setView = useCallback(
    (range: TimelineRange) => {
      const made = clampRange(range, lines);
      setKept(sameRange(made, fitRange(lines)) ? null : made);
      onView?.(made);
    },
    [lines, onView],
  );
  const axis = useMemo(() => axisOf(view, width), [view, width]);
  const head = headLayout(props, axis);
  const grown = useGrown(data, version);
  const groups = useMemo(() => laneGroups(grown.of, room, look.all), [grown, room, look.all]);
  const all = useMemo(() => laneCount(grown.of, room), [grown, room]);
  const used = groups.reduce((sum, group) => sum + group.lanes.length, 0);

  const shown = useRef({ view, lines, setView });
  shown.current = { view, lines, setView };
  useEffect(() => {
    if (cursor === null || cursor === 0) return;
    const now = shown.current;
    const revealed = revealLine(now.view, now.lines, cursor);
    if (!sameRange(revealed, now.view)) now.setView(revealed);
  }, [cursor]);

  useZoom(plot, { lines, view, onView: setView, left: axis.left, width: axis.width, scrolls, marks });
  const placeAt = (event: Pointed) =>
    axis.lineAt(plot.current === null ? event.clientX : pointedAt(plot.current, event).x);
  const brushing = useBrush({ lines, always: marks, placeAt, onBrush: setBrush });
  const range = brushing.drawn ?? brush;
  const zoomBy = (factor: number) => {
    setView(zoomAround(view, lines, factor, cursor));
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: cursor handle and arrow keys do it by keys */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
      <div
        ref={plot}
        className={marks ? 'timeline-plot marking' : 'timeline-plot'}
        onPointerDown={brushing.onPointerDown}
        onPointerMove={brushing.onPointerMove}
        onPointerUp={brushing.onPointerUp}
        onPointerLeave={() => setTold(null)}
        onClick={(event) => {
          if (brushing.eatsClick()) return;
          if (event.target instanceof Element && event.target.closest('[data-own-pointer]') !== null) return;
          const line = Math.floor(placeAt(event));
          if (pointedAt(event.currentTarget, event).x >= axis.left - 4)
            onCursor(Math.max(0, Math.min(lines, line)));
        }}
      >
        <Head props={props} axis={axis} layout={head} width={width} onTold={setTold} />
        <LaneStage
          id={id}
          props={props}
          data={grown}
          label={label}
          taken={head.callHeight}
          room={lanesRoom}
          axis={axis}
          width={width}
          groups={groups}
          look={look}
          onLook={setLook}
          palette={palette}
          range={range}
          onTold={setTold}
          onScrolls={onScrolls}
        />
      </div>
      {!bare && (
        <div className="timeline-below cluster middle">
          <Minimap
            data={grown}
            lines={lines}
            view={view}
            onView={setView}
            cursor={cursor}
            brush={range}
            palette={palette}
            controls={`${id}box`}
            matches={props.matches ?? NO_MATCHES}
            differing={props.differing ?? NO_MATCHES}
          />
          <Tools
            onZoom={zoomBy}
            onFit={() => setView(fitRange(lines))}
            isFit={sameRange(view, fitRange(lines))}
            marks={marks}
            onMarks={setMarks}
            hasBrush={brush !== null}
            onShowBrush={() => {
              if (brush !== null) setView(brush);
              setBrush(null);
            }}
            onClearBrush={() => setBrush(null)}
            look={look}
            onLook={setLook}
            lanes={all}
            used={used}
          />
        </div>
      )}
      <Status
        id={`${id}told`}
        props={props}
        data={grown}
        told={told}
        brush={range}
        groups={groups}
        hidden={bare}
      />
    </>
  );
}

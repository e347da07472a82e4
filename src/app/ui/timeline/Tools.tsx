// The timeline's own buttons: zoom, range, lanes.

import { grouped } from '../../../base/grouped.ts';
import type { LaneLook } from '../../../views/timeline/rows.ts';

interface ToolsProps {
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
  readonly isFit: boolean;
  /** Every drag marks a range. */
  readonly marks: boolean;
  readonly onMarks: (marks: boolean) => void;
  readonly hasBrush: boolean;
  readonly onShowBrush: () => void;
  readonly onClearBrush: () => void;
  readonly look: LaneLook;
  readonly onLook: (look: LaneLook) => void;
  /** Number of lanes of the device, and of lanes in use. */
  readonly lanes: number;
  readonly used: number;
}

const LOWEST = 0;
const HIGHEST = 32;

export function Tools(props: ToolsProps) {
  const { look, onLook, lanes, used, marks, hasBrush } = props;
  const height = look.height === 'fit' ? LOWEST : Math.max(1, Math.round(look.height));
  return (
    <div className="timeline-tools cluster middle gap-4" role="group" aria-label="Timeline view">
      <button type="button" aria-label="Zoom out" title="Zoom out (−)" onClick={() => props.onZoom(0.5)}>
        −
      </button>
      <button type="button" aria-label="Zoom in" title="Zoom in (+)" onClick={() => props.onZoom(2)}>
        +
      </button>
      <button type="button" title="Show the whole script (0)" disabled={props.isFit} onClick={props.onFit}>
        Fit
      </button>
      <button
        type="button"
        aria-pressed={marks}
        title="On: each drag marks a range of lines. Off: hold Shift and drag"
        onClick={() => props.onMarks(!marks)}
      >
        Range
      </button>
      {hasBrush && (
        <>
          <button type="button" onClick={props.onShowBrush}>
            Zoom to range
          </button>
          <button type="button" aria-label="Clear range" title="Clear range" onClick={props.onClearBrush}>
            ×
          </button>
        </>
      )}
      {(lanes > used || look.all) && (
        <button
          type="button"
          aria-pressed={look.all}
          title={look.all ? 'Show the lanes in use' : 'Show every lane that the device has'}
          onClick={() => onLook({ ...look, all: !look.all })}
        >
          All {grouped(lanes)} lanes
        </button>
      )}
      <label className="lane-height bar gap-6 soft">
        Lane height
        <input
          type="range"
          min={LOWEST}
          max={HIGHEST}
          step={1}
          value={height}
          aria-valuetext={look.height === 'fit' ? 'all lanes fit' : `${height} pixels`}
          onChange={({ target }) => {
            const chosen = Number(target.value);
            onLook({ ...look, height: chosen <= LOWEST ? 'fit' : chosen });
          }}
        />
      </label>
    </div>
  );
}

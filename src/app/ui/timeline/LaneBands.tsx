// The background of the lanes: highlights the vector that is pointed at anywhere on the page.

import { tokens } from '../../../views/linked/things.ts';
import { laneThings } from '../../../views/timeline/items.ts';
import { type LaneRow, type RowLayout, rowAt } from '../../../views/timeline/rows.ts';

/** Lower lanes have no background of their own; an overlay marks the lane under the pointer. */
const LOWEST = 5;

interface LaneBandsProps {
  readonly rows: readonly LaneRow[];
  readonly width: number;
  readonly layout: RowLayout;
  /** The pointer's y in layout pixels, while cells are shown. */
  readonly pointedAt: number | null;
}

export function LaneBands({ rows, width, layout, pointedAt }: LaneBandsProps) {
  const pointed = pointedAt === null ? undefined : layout.rows[rowAt(layout, pointedAt)];
  return (
    <>
      {layout.laneHeight >= LOWEST &&
        rows.map((row) =>
          row.lane < 0 ? null : (
            <g key={row.lane} className="lane" data-link={tokens(laneThings(row.lane))}>
              <rect x={0} y={row.top} width={width} height={row.height} />
            </g>
          ),
        )}
      {layout.laneHeight < LOWEST && pointed !== undefined && pointed.lane >= 0 && (
        <g key={pointed.lane} className="lane pointed-lane" data-link={tokens(laneThings(pointed.lane))}>
          <rect
            x={0}
            y={Math.floor(pointed.top) - 1}
            width={width}
            height={Math.max(3, Math.ceil(pointed.height) + 2)}
          />
        </g>
      )}
    </>
  );
}

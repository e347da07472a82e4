// The status line below the timeline: exact counts for the place under the pointer, else for the marked range, else for
// the place that the keys have reached.

import { useEffect, useMemo } from 'react';
import type { TimelineData } from '../../../views/timeline/data.ts';
import { describe, describedText } from '../../../views/timeline/describe.ts';
import type { LaneGroupList } from '../../../views/timeline/rows.ts';
import type { TimelineRange } from '../../../views/timeline/viewport.ts';
import type { Grown } from '../../store/grown.ts';
import type { TimelineProps } from './props.ts';

/** A place of the timeline. */
export interface Told {
  /** First and last line. */
  readonly from: number;
  readonly to: number;
  readonly lanes: readonly number[];
  /** Reached by keys, so a screen reader announces it. */
  readonly keyed: boolean;
}

interface StatusProps {
  readonly id: string;
  readonly props: TimelineProps;
  readonly data: Grown<TimelineData>;
  readonly told: Told | null;
  readonly brush: TimelineRange | null;
  readonly groups: readonly LaneGroupList[];
  readonly hidden: boolean;
}

export function Status({ id, props, data, told, brush, groups, hidden }: StatusProps) {
  const { cursor } = props;
  const place = useMemo(
    () =>
      told ??
      (brush === null
        ? { from: cursor ?? 0, to: cursor ?? 0, lanes: [], keyed: false }
        : { from: brush.from, to: brush.to - 1, lanes: groups.flatMap(({ lanes }) => lanes), keyed: false }),
    [told, brush, cursor, groups],
  );
  const { lineText, onTold } = props;
  // counting a long range takes time, so a change of the view does not repeat it
  const words = useMemo(() => {
    if (place.to < 1 && place.lanes.length === 0)
      return 'Point at the timeline, or move over its lanes with the arrow keys, to read its events.';
    return place.lanes.length === 0 && place.from === place.to && lineText !== undefined
      ? lineText(place.from)
      : describedText(describe(data.of, place, place.lanes));
  }, [data, place, lineText]);
  useEffect(() => {
    if (place.keyed) onTold?.(words);
  }, [place.keyed, words, onTold]);
  return (
    <p id={id} className={hidden ? 'hidden' : 'timeline-told soft anywhere'}>
      {words}
    </p>
  );
}

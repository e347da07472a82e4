// What the place under the pointer stands for, or else the marked range, or else the place that the keys have reached: exact
// counts, in one line below the timeline.

import { useMemo } from 'react';
import { describe, describedText } from '../../../views/timeline/describe.ts';
import type { LaneGroupList } from '../../../views/timeline/rows.ts';
import type { TimelineRange } from '../../../views/timeline/viewport.ts';
import type { TimelineProps } from './props.ts';

/** A place of the timeline. */
export interface Told {
  /** First and last line. */
  readonly from: number;
  readonly to: number;
  readonly lanes: readonly number[];
  /** Reached by keys: a screen reader is told. */
  readonly keyed: boolean;
}

/** What the line needs. */
interface StatusProps {
  readonly id: string;
  readonly props: TimelineProps;
  readonly told: Told | null;
  readonly brush: TimelineRange | null;
  readonly groups: readonly LaneGroupList[];
  readonly hidden: boolean;
}

/** The line. */
export function Status({ id, props, told, brush, groups, hidden }: StatusProps) {
  const { data, version, cursor } = props;
  const place = useMemo(
    () =>
      told ??
      (brush === null
        ? { from: cursor ?? 0, to: cursor ?? 0, lanes: [], keyed: false }
        : { from: brush.from, to: brush.to - 1, lanes: groups.flatMap(({ lanes }) => lanes), keyed: false }),
    [told, brush, cursor, groups],
  );
  const { lineText } = props;
  // what is told of a long range is counted once, and not with every step of the view
  // biome-ignore lint/correctness/useExhaustiveDependencies: the data is changed in place, and `version` says so
  const words = useMemo(() => {
    if (place.to < 1 && place.lanes.length === 0)
      return 'Point at the timeline, or go through its lanes by keys, to read what stands there.';
    return place.lanes.length === 0 && place.from === place.to && lineText !== undefined
      ? lineText(place.from)
      : describedText(describe(data, place, place.lanes));
  }, [data, version, place, lineText]);
  return (
    <p id={id} className={hidden ? 'hidden' : 'timeline-told'} aria-live={place.keyed ? 'polite' : 'off'}>
      {words}
    </p>
  );
}

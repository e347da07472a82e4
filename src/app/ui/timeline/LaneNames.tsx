// The names of lanes and groups: a tree for the arrow keys. The status line below the timeline describes the active lane
// at the cursor.

import type { KeyboardEvent } from 'react';
import { grouped } from '../../../base/grouped.ts';
import { tokens } from '../../../views/linked/things.ts';
import { laneThings } from '../../../views/timeline/items.ts';
import {
  GROUP_NAMES,
  type LaneGroup,
  type LaneRow,
  laneName,
  laneWords,
} from '../../../views/timeline/rows.ts';
import { GUTTER } from './geometry.ts';

interface LaneNamesProps {
  readonly id: string;
  /** Visible rows, and their scroll offset in pixels. */
  readonly rows: readonly LaneRow[];
  readonly scrolled: number;
  readonly height: number;
  readonly counts: ReadonlyMap<LaneGroup, number>;
  readonly folded: ReadonlySet<LaneGroup>;
  readonly active: LaneRow | null;
  readonly focused: boolean;
  readonly toldBy: string;
  /** Moves by a number of rows. */
  readonly onMove: (by: number) => void;
  readonly onFold: (group: LaneGroup) => void;
  readonly onChoose: (row: LaneRow) => void;
  readonly onFocus: (focused: boolean) => void;
}

/** Height of a name in pixels. */
const NAME = 13;

const KEYS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

export function LaneNames(props: LaneNamesProps) {
  const { id, rows, scrolled, height, counts, folded, active, focused, toldBy } = props;
  const lowest = rows.find(({ lane }) => lane >= 0)?.height ?? NAME;
  const every = Math.max(1, Math.ceil(NAME / lowest));
  const named = rows.filter(
    (row, at) =>
      row.lane < 0 || row === active || (at % every === every >> 1 && row.top + row.height / 2 > scrolled),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const by = KEYS[event.key];
    if (by !== undefined) props.onMove(by);
    else if ((event.key === 'Enter' || event.key === ' ') && active !== null && active.lane < 0)
      props.onFold(active.group);
    else return;
    event.preventDefault();
  };
  return (
    <div
      className="lane-names soft"
      style={{ width: GUTTER, height }}
      role="tree"
      tabIndex={0}
      aria-label="Lanes"
      aria-activedescendant={active !== null && named.includes(active) ? rowId(id, active) : undefined}
      aria-describedby={toldBy}
      data-own-pointer=""
      onKeyDown={onKeyDown}
      onFocus={() => props.onFocus(true)}
      onBlur={() => props.onFocus(false)}
    >
      {named.map((row) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
        <div
          key={rowId(id, row)}
          id={rowId(id, row)}
          role="treeitem"
          aria-level={row.lane < 0 ? 1 : 2}
          aria-expanded={row.lane < 0 ? !folded.has(row.group) : undefined}
          aria-label={row.lane < 0 ? GROUP_NAMES[row.group] : laneWords(row.lane)}
          className={`${row.lane < 0 ? 'lane-heading bar' : 'lane-name bar'}${row === active && focused ? ' active' : ''}`}
          style={{
            top: row.top - scrolled + (row.height - Math.max(NAME, row.height)) / 2,
            height: Math.max(NAME, row.height),
          }}
          data-link={row.lane < 0 ? undefined : tokens(laneThings(row.lane))}
          onClick={() => (row.lane < 0 ? props.onFold(row.group) : props.onChoose(row))}
        >
          {row.lane < 0 ? (
            <>
              <span className={folded.has(row.group) ? 'fold folded' : 'fold'} aria-hidden="true" />
              {GROUP_NAMES[row.group]} <small>{grouped(counts.get(row.group) ?? 0)}</small>
            </>
          ) : (
            laneName(row.lane)
          )}
        </div>
      ))}
    </div>
  );
}

function rowId(id: string, row: LaneRow): string {
  return `${id}-${row.lane < 0 ? row.group : row.lane}`;
}

// The sizes of the lab's panes. A boundary sizes one pane; the pane on its other side takes the rest of the room.

/** The boundaries: two widths of columns, the height of the script's part of its column, and the height of the timeline's lanes. */
export const BOUNDARIES = ['script', 'calls', 'lines', 'timeline'] as const;

/** A boundary between two panes, named by the pane that it sizes. */
export type Boundary = (typeof BOUNDARIES)[number];

/** Pixels by boundary. Null: the default of the style sheet. 0: the pane is collapsed. */
export type Sizes = Readonly<Record<Boundary, number | null>>;

/** No pane has a size of its own. */
export const DEFAULTS: Sizes = { script: null, calls: null, lines: null, timeline: null };

/** The least pixels of a pane that is not collapsed; panes.css has the same. */
export const LEAST: Readonly<Record<Boundary, number>> = { script: 240, calls: 260, lines: 96, timeline: 98 };

/** The pixels of a sized pane and of the pane that takes the rest, with the least that each may have. */
export interface Split {
  readonly size: number;
  readonly least: number;
  readonly rest: number;
  readonly leastRest: number;
}

/** Returns the largest size: the other pane keeps its least, or what it has if that is less. */
export function largest({ size, least, rest, leastRest }: Split): number {
  return Math.max(least, size + Math.max(0, rest - leastRest));
}

/** Returns the split with the pane at another size, within the limits; below half of its least the pane collapses. */
export function resized(split: Split, to: number): Split {
  const { size, least, rest } = split;
  const whole = Math.round(to);
  const made = whole < least / 2 ? 0 : Math.min(largest(split), Math.max(least, whole));
  // a collapsed pane opens only as far as the other one has room
  const given = made - size > rest ? size : made;
  return { ...split, size: given, rest: rest + size - given };
}

/** Pixels of one arrow key, and with Shift. */
const STEP = 16;
const LEAP = 64;

/** Returns the size for a key on a separator, or null for other keys. `grows` is the arrow that makes the pane larger. */
export function keyedSize(
  split: Split,
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  [grows, shrinks]: readonly [string, string],
): number | null {
  const step = shiftKey ? LEAP : STEP;
  if (key === 'Home') return split.least;
  if (key === 'End') return largest(split);
  if (key === grows) return Math.max(split.least, split.size + step);
  if (key === shrinks) return split.size === 0 ? 0 : Math.max(split.least, split.size - step);
  return null;
}

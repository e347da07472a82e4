// Props of the timeline. It uses no store: the lab, Compare and the bench pass their own data.

import type { Frame } from '../../../kernel/frame.ts';
import type { TimelineData } from '../../../views/timeline/data.ts';
import type { LaneLook, LaneRoom } from '../../../views/timeline/rows.ts';
import type { TimelineRange } from '../../../views/timeline/viewport.ts';

/** Props of the timeline. Only the first five are required. */
export interface TimelineProps {
  readonly data: TimelineData;
  /** Changes whenever `data` is changed in place. */
  readonly version: number;
  /** Number of lines of the script; lines that `data` lacks are drawn empty. */
  readonly lines: number;
  /** The current line, 0 for the start, or null for no cursor. */
  readonly cursor: number | null;
  readonly onCursor: (line: number) => void;
  /** Visible range. Without it the timeline keeps its own and begins with the whole script. */
  readonly view?: TimelineRange | undefined;
  readonly onView?: ((view: TimelineRange) => void) | undefined;
  /** Marked range. Without it the timeline keeps its own. */
  readonly brush?: TimelineRange | null | undefined;
  readonly onBrush?: ((range: TimelineRange | null) => void) | undefined;
  /** Shown lanes. Without it the timeline keeps its own choice. */
  readonly look?: LaneLook | undefined;
  readonly onLook?: ((look: LaneLook) => void) | undefined;
  /** Vectors of the device; by default those in `data`. */
  readonly room?: LaneRoom | undefined;
  /** The kernel step at the cursor. */
  readonly step?: number | null | undefined;
  readonly onStep?: ((line: number, step: number) => void) | undefined;
  /** Returns the kernel calls of a magnified line. */
  readonly framesAt?: ((line: number) => readonly Frame[]) | undefined;
  /** Returns a line's operation in a few words; by default the kind of operation. */
  readonly wordAt?: ((line: number) => string) | undefined;
  /** Called with the words of a place that keys have reached, for the page's live region. */
  readonly onTold?: ((words: string) => void) | undefined;
  /** A line in a sentence. */
  readonly lineText?: ((line: number) => string) | undefined;
  /** Returns the action of the guest or client before the line, or ''. */
  readonly actionAt?: ((line: number) => string) | undefined;
  /** An eventfd object's name at a line. */
  readonly eventfdAt?: ((ev: number, line: number) => string) | undefined;
  /** Matches of a search, ascending; axis and minimap have ticks there. */
  readonly matches?: readonly number[] | undefined;
  /** Lines whose result differs from the trace, ascending; axis and minimap have ticks there. */
  readonly differing?: readonly number[] | undefined;
  /** Accessible name of this timeline. */
  readonly label?: string | undefined;
  /** Height of the lanes in pixels before they scroll; by default that of the style sheet. */
  readonly maxHeight?: number | undefined;
  /** Leaves out minimap, buttons and status line, for timelines that share them. */
  readonly bare?: boolean | undefined;
}

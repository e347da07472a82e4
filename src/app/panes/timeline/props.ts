// What the timeline is given. It knows of no store: the lab, the comparison and the bench each give it what they have.

import type { Frame } from '../../../kernel/frame.ts';
import type { TimelineData } from '../../../views/timeline/data.ts';
import type { LaneGroup, LaneRoom } from '../../../views/timeline/rows.ts';
import type { TimelineRange } from '../../../views/timeline/viewport.ts';

/** Which lanes are shown, and how high. */
export interface LaneLook {
  readonly folded: ReadonlySet<LaneGroup>;
  /** Every lane that the device has, and not only those in use. */
  readonly all: boolean;
  /** Pixels a lane, or as many as let all lanes fit. */
  readonly height: number | 'fit';
}

/** Props of the timeline. Only the first five have to be given. */
export interface TimelineProps {
  readonly data: TimelineData;
  /** `data` is changed in place; this number says that it was. */
  readonly version: number;
  /** Lines of the script; those that `data` does not have yet are empty. */
  readonly lines: number;
  /** The line that is looked at, 0 for the start, or null for no cursor. */
  readonly cursor: number | null;
  readonly onCursor: (line: number) => void;
  /** What is shown of the axis. Without it the timeline keeps it for itself and begins with everything. */
  readonly view?: TimelineRange | undefined;
  readonly onView?: ((view: TimelineRange) => void) | undefined;
  /** A range of lines that is marked. Without it the timeline keeps it for itself. */
  readonly brush?: TimelineRange | null | undefined;
  readonly onBrush?: ((range: TimelineRange | null) => void) | undefined;
  /** Which lanes are shown. Without it the timeline keeps it for itself. */
  readonly look?: LaneLook | undefined;
  readonly onLook?: ((look: LaneLook) => void) | undefined;
  /** Vectors that the device has; by default those that the data has. */
  readonly room?: LaneRoom | undefined;
  /** The kernel step at the cursor. */
  readonly step?: number | null | undefined;
  readonly onStep?: ((line: number, step: number) => void) | undefined;
  /** The kernel calls of a line, for a line that is magnified. */
  readonly framesAt?: ((line: number) => readonly Frame[]) | undefined;
  /** A line's operation in a few words; by default the kind of operation. */
  readonly wordAt?: ((line: number) => string) | undefined;
  /** A line in a sentence. */
  readonly lineText?: ((line: number) => string) | undefined;
  /** What the guest or client did with the line, or '' for none. */
  readonly actionAt?: ((line: number) => string) | undefined;
  /** An eventfd object's name at a line. */
  readonly eventfdAt?: ((ev: number, line: number) => string) | undefined;
  /** What names this timeline among others. */
  readonly label?: string | undefined;
  /** Pixels that the lanes may take before they scroll; by default the style sheet says. */
  readonly maxHeight?: number | undefined;
  /** Leaves out minimap, buttons and status line, where several timelines share them. */
  readonly bare?: boolean | undefined;
}

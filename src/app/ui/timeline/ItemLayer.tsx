// Segments, marks and rules in SVG, each with its own description.

import { memo } from 'react';
import { tokens } from '../../../views/linked/things.ts';
import {
  laneThings,
  type MarkItem,
  markWords,
  type RuleItem,
  type SegmentItem,
  segmentWords,
  type TimelineItems,
} from '../../../views/timeline/items.ts';
import { type LineMark, ruleWords } from '../../../views/timeline/lineMarks.ts';
import type { Axis } from './geometry.ts';
import { boxOf, MARK_CLASSES, markPath, markPlace, pendingBox, segmentText } from './shapes.ts';

interface ItemLayerProps {
  readonly items: TimelineItems;
  readonly axis: Axis;
  readonly eventfdAt: (ev: number, line: number) => string;
  readonly markAt: (line: number) => LineMark;
}

export const ItemLayer = memo(function ItemLayer({ items, axis, eventfdAt, markAt }: ItemLayerProps) {
  return (
    <>
      {items.segments.map((segment) => (
        <Segment
          key={`${segment.row.lane}-${segment.from}`}
          segment={segment}
          axis={axis}
          eventfd={segment.ev < 0 ? '' : eventfdAt(segment.ev, segment.from)}
        />
      ))}
      {items.pending.map(({ row, from, to }) => (
        <rect
          key={`${row.lane}-${from}`}
          className="pending-span"
          {...pendingBox(boxOf(row, from, to, axis))}
          aria-hidden="true"
        />
      ))}
      {items.rules.map((rule) => (
        <Rule key={`${rule.line}-${rule.top}`} rule={rule} axis={axis} label={ruleWords(markAt(rule.line))} />
      ))}
      {items.marks.map((mark) => (
        <Mark
          key={`${mark.kind}-${mark.row.lane}-${mark.line}-${mark.detail}`}
          mark={mark}
          axis={axis}
          eventfd={mark.detail < 0 ? '' : eventfdAt(mark.detail, mark.line)}
        />
      ))}
    </>
  );
});

interface SegmentProps {
  readonly segment: SegmentItem;
  readonly axis: Axis;
  readonly eventfd: string;
}

function Segment({ segment, axis, eventfd }: SegmentProps) {
  const { row, state, irq, ev, irqBefore } = segment;
  const box = boxOf(row, segment.from, segment.to, axis);
  const label = segmentWords(segment, eventfd);
  const text = segmentText(segment, box, axis, eventfd);
  const look = state === 'cached' ? 'cached' : ev % 2 === 0 ? 'attached' : 'attached odd';
  return (
    <g role="img" aria-label={label} data-link={tokens(laneThings(row.lane, irq, ev))}>
      <title>{label}</title>
      <rect
        className={`segment ${look}`}
        fill={state === 'cached' ? 'url(#hatch)' : undefined}
        {...box}
        rx={box.width > 6 && box.height > 6 ? 2 : 0}
      />
      {irqBefore !== 0 && box.height >= 6 && (
        <path className="renumbered" d={`M${box.x} ${box.y}h6l-6 6Z`} aria-hidden="true" />
      )}
      {text !== '' && (
        <text
          className={`segment-text ${state}`}
          x={box.x + 12}
          y={box.y + box.height / 2}
          dy="0.35em"
          aria-hidden="true"
        >
          {text}
        </text>
      )}
    </g>
  );
}

interface RuleProps {
  readonly rule: RuleItem;
  readonly axis: Axis;
  readonly label: string;
}

/** Draws calls of pci_free_irq_vectors through the lanes that they ended. */
function Rule({ rule: { line, top, bottom }, axis, label }: RuleProps) {
  const x = axis.x(line);
  if (x < axis.left) return null;
  return (
    <line role="img" aria-label={label} className="teardown" x1={x} x2={x} y1={top} y2={bottom}>
      <title>{label}</title>
    </line>
  );
}

interface MarkProps {
  readonly mark: MarkItem;
  readonly axis: Axis;
  readonly eventfd: string;
}

function Mark({ mark, axis, eventfd }: MarkProps) {
  const { x, y, r } = markPlace(mark.row, mark.line, axis);
  if (x < axis.left) return null;
  const label = markWords(mark, eventfd);
  return (
    <g role="img" aria-label={label} className="point" data-link={tokens(laneThings(mark.row.lane))}>
      <title>{label}</title>
      <path className={MARK_CLASSES[mark.kind]} d={markPath(mark.kind, x, y, r)} />
    </g>
  );
}

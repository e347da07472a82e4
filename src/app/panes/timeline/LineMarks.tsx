// What stands above the lanes: the operation of each line, and a dashed rule through the lanes where it failed.

import type { LineMark } from '../../../views/timeline/marks.ts';
import { MARGIN, type TimelineScales } from '../../../views/timeline/scales.ts';

/** Width of a character of the small monospace, in pixels. */
const CHARACTER = 6.1;

/** In columns for fewer characters only the current line has its word. */
const ROOM_FOR_WORDS = 6;

/** What the marks need. */
interface LineMarksProps {
  readonly marks: readonly LineMark[];
  readonly scales: TimelineScales;
  readonly current: number;
}

/** Words and rules of the lines. */
export function LineMarks({ marks, scales, current }: LineMarksProps) {
  const room = Math.floor((scales.x(2) - scales.x(1) - 6) / CHARACTER);
  return marks.map((mark) => {
    const x = scales.x(mark.line);
    const failed = mark.errno !== null;
    const label = `line ${mark.line}: ${mark.label}${failed ? ` = -${mark.errno}` : ''}`;
    return (
      <g key={mark.line} role="img" aria-label={label} className={markClass(mark, current)}>
        <title>{label}</title>
        <line className={failed ? 'failure' : 'grid'} x1={x} x2={x} y1={MARGIN.top - 4} y2={scales.height} />
        {(room >= ROOM_FOR_WORDS || mark.line === current) && (
          <text x={x + 5} y={13}>
            {clipped(failed ? `-${mark.errno}` : mark.word, Math.max(room, ROOM_FOR_WORDS))}
          </text>
        )}
      </g>
    );
  });
}

function markClass(mark: LineMark, current: number): string {
  return [
    'line-mark',
    ...(mark.errno === null ? [] : ['failed']),
    ...(mark.skipped ? ['skipped'] : []),
    ...(mark.line === current ? ['current'] : []),
  ].join(' ');
}

function clipped(text: string, room: number): string {
  if (text.length <= room) return text;
  const [word = ''] = text.split(' ');
  return word.length <= room ? word : `${text.slice(0, Math.max(1, room - 1))}…`;
}

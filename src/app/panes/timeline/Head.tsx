// What stands above the lanes: actions of the guest or client, the axis, the operation of each line, and inside a line
// that is magnified its kernel calls. Where lines are too narrow for words, the share of those that failed.

import { type LineMark, lineMarks } from '../../../views/timeline/lineMarks.ts';
import { CallRows } from './CallRows.tsx';
import { CursorHandle } from './CursorHandle.tsx';
import { Density } from './Density.tsx';
import { type Axis, GUTTER } from './geometry.ts';
import type { HeadLayout } from './headLayout.ts';
import { MatchTicks } from './MatchTicks.tsx';
import type { TimelineProps } from './props.ts';
import type { Told } from './Status.tsx';
import { linesAt } from './told.ts';

/** Width of a character of the small monospace, in pixels. */
const CHARACTER = 6.1;
/** In columns for fewer characters only the current line has its word. */
const ROOM_FOR_WORDS = 6;

/** What the head needs. */
interface HeadProps {
  readonly props: TimelineProps;
  readonly axis: Axis;
  readonly layout: HeadLayout;
  readonly width: number;
  /** What the place under the pointer stands for, where lines have no marks of their own. */
  readonly onTold: (told: Told | null) => void;
}

/** The head, with the cursor's handle. */
export function Head({ props, axis, layout, width, onTold }: HeadProps) {
  const { data, version, cursor } = props;
  return (
    <svg
      className="timeline-head"
      width={width}
      height={layout.height}
      role="group"
      aria-label="Operations"
      onPointerMove={
        layout.words
          ? undefined
          : ({ currentTarget, clientX }) => {
              const x = clientX - currentTarget.getBoundingClientRect().left;
              const lines = x < axis.left ? null : linesAt(axis, x, data.length);
              onTold(lines === null ? null : { ...lines, lanes: [], keyed: false });
            }
      }
    >
      <line className="grid" x1={GUTTER} x2={width} y1={layout.height - 0.5} y2={layout.height - 0.5} />
      <g className="ticks" aria-hidden="true">
        {axis.ticks.map((line) =>
          line > props.lines || axis.x(line) > width - 36 ? null : (
            <text key={line} x={axis.x(line) + 4} y={layout.axis + 10}>
              {line.toLocaleString('en')}
            </text>
          ),
        )}
      </g>
      {layout.actions !== null && props.actionAt !== undefined && (
        <Actions actionAt={props.actionAt} axis={axis} y={layout.actions} lines={data.length} />
      )}
      {layout.words ? (
        <Words props={props} axis={axis} layout={layout} />
      ) : (
        <Density data={data} version={version} axis={axis} y={layout.operations} />
      )}
      {layout.calls !== null && (
        <CallRows props={props} axis={axis} y={layout.calls} outermost={layout.outermost} />
      )}
      {props.matches !== undefined && (
        <MatchTicks
          matches={props.matches}
          x={axis.clamped}
          from={axis.range.from}
          to={axis.range.to}
          y={layout.axis}
          height={4}
        />
      )}
      {cursor !== null && <CursorHandle props={props} axis={axis} height={layout.height} />}
    </svg>
  );
}

interface WordsProps {
  readonly props: TimelineProps;
  readonly axis: Axis;
  readonly layout: HeadLayout;
}

function Words({ props, axis, layout }: WordsProps) {
  const { data, cursor, wordAt, lineText } = props;
  return lineMarks(data, axis.range).map((mark) => {
    const { line, errno, faults, raises, cause } = mark;
    const x = axis.clamped(line);
    // of a line that is cut off at an edge, what can be seen
    const room = Math.floor((axis.clamped(line + 1) - x - 8) / CHARACTER);
    const label = lineText?.(line) ?? markLabel(mark);
    const word =
      errno === null ? (wordAt?.(line) ?? mark.op) : failedWord(wordAt?.(line) ?? mark.op, errno, room);
    const isShown = room >= ROOM_FOR_WORDS || (line === cursor && axis.pitch > 20 && x > GUTTER);
    return (
      <g key={line} role="img" aria-label={label} className={markClass(mark, cursor)}>
        <title>{label}</title>
        <rect className="hit" x={x} y={layout.operations} width={axis.pitch} height={15} />
        {axis.pitch >= 5 && x > GUTTER && (
          <line className="grid" x1={x} x2={x} y1={layout.axis} y2={layout.height} />
        )}
        {errno !== null && !isShown && (
          <rect
            className="failed-tick"
            x={x}
            y={layout.operations + 3}
            width={Math.max(1.5, Math.min(5, axis.pitch - 1))}
            height={9}
          />
        )}
        {isShown && (
          <text x={x + 4} y={layout.operations + 11}>
            {clipped(word, Math.max(room, ROOM_FOR_WORDS))}
          </text>
        )}
        {cause !== null && axis.pitch - 8 > cause.length * CHARACTER && (
          <text className="cause" x={x + axis.pitch - 4} y={layout.axis + 10} textAnchor="end">
            {cause}
          </text>
        )}
        {raises > 0 && (
          <path
            className="fires"
            d={`M${x + (faults > 0 ? 9 : 1)} ${layout.operations - 2}h5l-2 3h3l-5 5 1-4h-3Z`}
          />
        )}
        {faults > 0 && <path className="fault" d={`M${x + 1} ${layout.operations - 1}h6l-3 5Z`} />}
      </g>
    );
  });
}

function markLabel({ line, op, errno, skipped, faults, raises, cause }: LineMark): string {
  return [
    `line ${line}: ${op}${errno === null ? '' : ` = -${errno}`}`,
    ...(skipped ? ['left out'] : []),
    ...(faults > 0 ? [`${faults} injected`] : []),
    ...(raises > 0 ? ['the device fires inside'] : []),
    ...(cause === null ? [] : [`pci_free_irq_vectors (${cause})`]),
  ].join(', ');
}

function failedWord(word: string, errno: string, room: number): string {
  const whole = `${word} -${errno}`;
  return whole.length <= room ? whole : `-${errno}`;
}

function markClass(mark: LineMark, current: number | null): string {
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

interface ActionsProps {
  readonly actionAt: (line: number) => string;
  readonly axis: Axis;
  readonly y: number;
  readonly lines: number;
}

/** Actions of the guest or client: each over the lines that it led to. */
function Actions({ actionAt, axis, y, lines }: ActionsProps) {
  return actionSpans(actionAt, axis, lines).map(({ text, from, to }, place, all) => {
    // the words may go on above the lines that follow, up to the next action
    const next = all[place + 1];
    const x = axis.clamped(from);
    const width = Math.max(1, axis.clamped(to) - x - 1);
    const room = (next === undefined ? axis.clamped(axis.range.to) : axis.clamped(next.from)) - x - 1;
    const inside = text.length * CHARACTER < width - 6;
    const label = `${text}, line ${from}${to - 1 > from ? ` to ${to - 1}` : ''}`;
    return (
      <g key={from} role="img" aria-label={label} className="action">
        <title>{label}</title>
        <rect x={x} y={y + 1} width={inside ? width : Math.min(width, 4)} height={12} rx={2} />
        {room > 5 * CHARACTER && (
          <text x={inside ? x + 4 : x + 8} y={y + 10}>
            {text.length * CHARACTER < room - 10
              ? text
              : `${text.slice(0, Math.floor((room - 12) / CHARACTER) - 1)}…`}
          </text>
        )}
      </g>
    );
  });
}

/** At most so many lines are asked for their actions in a picture; where more are shown there is no room for words. */
const MOST_LINES = 4000;

function actionSpans(actionAt: (line: number) => string, { range }: Axis, lines: number) {
  const spans: { readonly text: string; readonly from: number; to: number }[] = [];
  const first = Math.max(1, Math.floor(range.from));
  const last = Math.min(lines, Math.ceil(range.to) - 1);
  const every = Math.max(1, Math.ceil((last - first + 1) / MOST_LINES));
  for (let line = first; line <= last; line += every) {
    const text = actionAt(line);
    const open = spans.at(-1);
    if (open !== undefined && open.text === text && open.to === line) open.to = line + every;
    else if (text !== '') spans.push({ text, from: line, to: line + every });
  }
  return spans;
}

// The head above the lanes: actions of the guest or client, the axis, the operation of each line, and the kernel calls
// of a magnified line. Lines too narrow for words are drawn as the share of failed lines.

import { grouped } from '../../../base/grouped.ts';
import { axisWord, failedAxisWord } from '../../../views/timeline/axisWords.ts';
import { type LineMark, lineMarks } from '../../../views/timeline/lineMarks.ts';
import { CallRows } from './CallRows.tsx';
import { CursorHandle } from './CursorHandle.tsx';
import { Density } from './Density.tsx';
import { type Axis, GUTTER, RIGHT } from './geometry.ts';
import type { HeadLayout } from './headLayout.ts';
import { MatchTicks } from './MatchTicks.tsx';
import { pointedAt } from './pointedAt.ts';
import type { TimelineProps } from './props.ts';
import type { Told } from './Status.tsx';
import { linesAt } from './told.ts';

/** Pixels per character of the small monospace font. */
const CHARACTER = 7.3;
/** Widest tick of a failed line without a word, in pixels. */
const TICK = 5;
/** Characters that the word of the current line may take. */
const WHOLE = 24;

interface HeadProps {
  readonly props: TimelineProps;
  readonly axis: Axis;
  readonly layout: HeadLayout;
  readonly width: number;
  /** Called with the lines under the pointer while lines have no marks of their own. */
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
          : (event) => {
              const { x } = pointedAt(event.currentTarget, event);
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
              {grouped(line)}
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
      {props.differing !== undefined && (
        <MatchTicks
          className="trace-ticks"
          matches={props.differing}
          x={axis.clamped}
          from={axis.range.from}
          to={axis.range.to}
          y={layout.axis}
          height={7}
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
  const marks = lineMarks(data, axis.range);
  /** Returns how many characters fit into the visible part of a line. */
  const roomOf = (line: number) => Math.floor((axis.clamped(line + 1) - axis.clamped(line) - 8) / CHARACTER);
  const wordOf = ({ line, op, errno }: LineMark, room: number) => {
    const word = wordAt?.(line) ?? op;
    return errno === null ? axisWord(word, room) : failedAxisWord(word, errno, room);
  };
  // the current line always has its word; words of neighbours below it are left out
  const current =
    axis.pitch > 20 ? marks.find(({ line }) => line === cursor && axis.x(line) >= GUTTER) : undefined;
  const edge = axis.left + axis.width + RIGHT;
  const begin = current === undefined ? 0 : axis.x(current.line) + 4;
  const toEdge = Math.floor((edge - begin) / CHARACTER);
  const whole = current === undefined ? null : (wordOf(current, toEdge) ?? wordOf(current, WHOLE));
  const placed = Math.max(GUTTER, Math.min(begin, edge - (whole?.length ?? 0) * CHARACTER));
  const isCovered = (x: number, width: number) =>
    whole !== null && x < placed + whole.length * CHARACTER && x + width > placed;
  return marks.map((mark) => {
    const { line, errno, faults, raises, cause } = mark;
    const x = axis.clamped(line);
    const label = lineText?.(line) ?? markLabel(mark);
    const own = mark === current ? whole : wordOf(mark, roomOf(line));
    const word = mark !== current && own !== null && isCovered(x + 4, own.length * CHARACTER) ? null : own;
    const isShown = word !== null;
    // the cause shares its row with the number of the line
    const causeRoom = (axis.pitch - 8) / CHARACTER - `${line} `.length;
    return (
      <g key={line} role="img" aria-label={label} className={markClass(mark, cursor)}>
        <title>{label}</title>
        <rect className="hit" x={x} y={layout.operations} width={axis.pitch} height={15} />
        {axis.pitch >= 5 && x > GUTTER && (
          <line
            className="grid"
            x1={x}
            x2={x}
            y1={layout.axis}
            y2={isCovered(x, 1) ? layout.operations : layout.height}
          />
        )}
        {errno !== null && !isShown && !isCovered(x, TICK) && (
          <rect
            className="failed-tick"
            x={x}
            y={layout.operations + 3}
            width={Math.max(1.5, Math.min(TICK, axis.pitch - 1))}
            height={9}
          />
        )}
        {isShown && (
          <text x={mark === current ? placed : x + 4} y={layout.operations + 11}>
            {word}
          </text>
        )}
        {cause !== null && causeRoom > cause.length && (
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
    ...(skipped ? ['skipped'] : []),
    ...(faults > 0 ? [`${faults} injected`] : []),
    ...(raises > 0 ? ['the device raises an interrupt inside the line'] : []),
    ...(cause === null ? [] : [`pci_free_irq_vectors (${cause})`]),
  ].join(', ');
}

function markClass(mark: LineMark, current: number | null): string {
  return [
    'line-mark',
    ...(mark.errno === null ? [] : ['failed']),
    ...(mark.skipped ? ['skipped'] : []),
    ...(mark.line === current ? ['current'] : []),
  ].join(' ');
}

interface ActionsProps {
  readonly actionAt: (line: number) => string;
  readonly axis: Axis;
  readonly y: number;
  readonly lines: number;
}

/** Draws actions of the guest or client, each over the lines that it led to. */
function Actions({ actionAt, axis, y, lines }: ActionsProps) {
  return actionSpans(actionAt, axis, lines).map(({ text, from, to }, place, all) => {
    // the text may extend over later lines, up to the next action
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

/** Most lines that are read for actions; a picture with more lines has no room for text. */
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

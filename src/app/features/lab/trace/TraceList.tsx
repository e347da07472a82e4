// The tree of kernel calls as a list of rows; only the visible rows are drawn.

import { useEffect, useId } from 'react';
import { tokens } from '../../../../views/linked/things.ts';
import type { TraceLine } from '../../../../views/trace/lines.ts';
import { LinkedWords } from '../../../ui/Linked.tsx';
import { hasSelectedText } from '../../../ui/selectedText.ts';
import { useWindow } from '../../../ui/useWindow.ts';

const ROW_HEIGHT = 24;

/** The calls, the current one, and the effect of a click. */
interface TraceListProps {
  readonly lines: readonly TraceLine[];
  readonly current: { readonly frame: number; readonly returning: boolean } | null;
  readonly onStep: (frame: number) => void;
}

/** The calls; the current one is marked and scrolled into view. */
export function TraceList({ lines, current, onStep }: TraceListProps) {
  const id = useId();
  const { ref, onScroll, first, end, reveal } = useWindow(lines.length, ROW_HEIGHT);
  const place = current === null ? -1 : lines.findIndex(({ frame }) => frame === current.frame);
  const failure = lines.findLastIndex(({ failed, depth }) => failed && depth > 0);
  useEffect(() => {
    if (place >= 0) reveal(place);
    else if (failure >= 0) reveal(Math.min(failure + 3, lines.length - 1));
  }, [place, failure, lines.length, reveal]);
  return (
    <div
      ref={ref}
      className="trace-list"
      role="tree"
      aria-label="Kernel calls"
      aria-activedescendant={place >= first && place < end ? `${id}-${place}` : undefined}
      tabIndex={0}
      onScroll={onScroll}
    >
      <div role="presentation" style={{ height: lines.length * ROW_HEIGHT }}>
        {lines.slice(first, end).map((line, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: page-wide keys step through the calls
          <div
            key={line.frame}
            id={`${id}-${first + at}`}
            role="treeitem"
            aria-level={line.depth + 1}
            aria-setsize={lines.length}
            aria-posinset={first + at + 1}
            aria-selected={line.frame === current?.frame}
            tabIndex={-1}
            className={traceClass(line, current)}
            data-link={tokens(line.things)}
            style={{
              top: (first + at) * ROW_HEIGHT,
              paddingInlineStart: `calc(8px + ${Math.min(line.depth, 9)} * var(--indent))`,
              minWidth: wholeWidth(line),
            }}
            title={`${line.fn}(${line.args})${line.ret}`}
            onClick={() => hasSelectedText() || onStep(line.frame)}
          >
            <span className="fn">{line.fn}</span>
            <span className="args">
              (<LinkedWords words={line.words} />)
            </span>
            <span className="ret">{line.ret}</span>
            {line.context !== 'process' && <span className="context">{line.context}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Room in which a call's name and result are whole; where the pane is narrower, the list scrolls sideways. */
function wholeWidth({ fn, ret, depth, device, context }: TraceLine): string {
  const characters = fn.length + (device ? 0 : ret.length) + 4;
  return `calc(${characters}ch + ${Math.min(depth, 9)} * var(--indent) + ${context === 'process' ? 12 : 92}px)`;
}

function traceClass(line: TraceLine, current: TraceListProps['current']): string {
  return [
    'trace-row',
    ...(line.failed ? ['failed'] : []),
    ...(line.minor ? ['minor'] : []),
    ...(line.device ? ['device'] : []),
    ...(line.frame === current?.frame && current.returning ? ['returning'] : []),
  ].join(' ');
}

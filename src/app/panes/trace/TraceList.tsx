// The tree of kernel calls as a list of rows; only those that can be seen are drawn.

import { useEffect, useId } from 'react';
import { tokens } from '../../../views/linked/things.ts';
import type { TraceLine } from '../../../views/trace/lines.ts';
import { LinkedWords } from '../../parts/Linked.tsx';
import { useWindow } from '../../parts/useWindow.ts';

const ROW_HEIGHT = 22;

/** What the list of calls needs. */
interface TraceListProps {
  readonly lines: readonly TraceLine[];
  readonly current: { readonly frame: number; readonly returning: boolean } | null;
  readonly onStep: (frame: number) => void;
}

/** The calls; the current one is marked and kept in sight. */
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
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the whole page step through the calls
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
            style={{ top: (first + at) * ROW_HEIGHT, paddingInlineStart: 8 + Math.min(line.depth, 9) * 12 }}
            title={`${line.fn}(${line.args})${line.ret}`}
            onClick={() => onStep(line.frame)}
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

function traceClass(line: TraceLine, current: TraceListProps['current']): string {
  return [
    'trace-row',
    ...(line.failed ? ['failed'] : []),
    ...(line.minor ? ['minor'] : []),
    ...(line.device ? ['device'] : []),
    ...(line.frame === current?.frame && current.returning ? ['returning'] : []),
  ].join(' ');
}

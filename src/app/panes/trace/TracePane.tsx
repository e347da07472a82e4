// The kernel's calls of the line that is looked at, with what they mean.

import { useEffect, useMemo, useState } from 'react';
import { framesOf } from '../../../session/replay.ts';
import { kernelSteps } from '../../../session/steps.ts';
import { type TraceLine, traceLines } from '../../../views/trace/lines.ts';
import { whyLine, whyStep } from '../../../views/trace/why.ts';
import { useWindow } from '../../parts/useWindow.ts';
import { lookAt, pointAt, useLab, useOpened, useSession } from '../../state/lab.ts';
import { useReplay } from '../../state/useMoment.ts';
import { RecordingPanel } from '../recording/RecordingPanel.tsx';
import { WhyBox } from './WhyBox.tsx';
import './trace.css';

const ROW_HEIGHT = 22;

/** The call trace and its explanation. */
export function TracePane() {
  const session = useSession();
  const replayed = useReplay();
  const opened = useOpened();
  const [folded, setFolded] = useState(true);
  const { cursor, script } = session;
  const frames = framesOf(replayed, cursor.line);
  const steps = kernelSteps(frames);
  const step = cursor.step === null ? null : (steps[cursor.step] ?? null);
  const lines = useMemo(() => {
    const all = traceLines(frames);
    return folded ? all.filter(({ minor, frame }) => !minor || frame === step?.frame) : all;
  }, [frames, folded, step]);
  const run = replayed.runs[cursor.line - 1] ?? null;
  const entry = script[cursor.line - 1];
  const frame = step === null ? undefined : frames[step.frame];
  const why =
    frame !== undefined && step !== null
      ? whyStep(frame, step)
      : run !== null && entry !== undefined
        ? whyLine(entry, run, replayed.generation)
        : null;
  return (
    <section className="pane trace" aria-labelledby="trace-heading">
      <div className="pane-head">
        <h2 id="trace-heading">Kernel calls{cursor.line > 0 ? ` · line ${cursor.line}` : ''}</h2>
        {frames.length > 0 && (
          <label className="check" title="Locks, names and contexts">
            <input type="checkbox" checked={!folded} onChange={(event) => setFolded(!event.target.checked)} />
            minor calls
          </label>
        )}
      </div>
      {opened !== null && <RecordingPanel opened={opened.opened} asRecorded={opened.asRecorded} />}
      {frames.length === 0 ? (
        <p className="nothing">
          {cursor.line === 0 ? 'Nothing has been called yet.' : 'This line calls nothing of vfio-pci.'}
        </p>
      ) : (
        <TraceList
          lines={lines}
          current={step === null ? null : { frame: step.frame, returning: step.at === 'return' }}
          onStep={(at) => lookAt({ line: cursor.line, step: steps.findIndex((one) => one.frame === at) })}
        />
      )}
      {why !== null && <WhyBox why={why} />}
    </section>
  );
}

/** What the list of calls needs. */
interface TraceListProps {
  readonly lines: readonly TraceLine[];
  readonly current: { readonly frame: number; readonly returning: boolean } | null;
  readonly onStep: (frame: number) => void;
}

function TraceList({ lines, current, onStep }: TraceListProps) {
  const pointed = useLab((state) => state.pointed);
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
      tabIndex={0}
      onScroll={onScroll}
      onPointerLeave={() => pointAt(null)}
    >
      <div role="presentation" style={{ height: lines.length * ROW_HEIGHT }}>
        {lines.slice(first, end).map((line, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the whole page step through the calls
          <div
            key={line.frame}
            role="treeitem"
            aria-level={line.depth + 1}
            aria-selected={line.frame === current?.frame}
            tabIndex={-1}
            className={traceClass(line, pointed, current)}
            style={{ top: (first + at) * ROW_HEIGHT, paddingInlineStart: 8 + Math.min(line.depth, 9) * 12 }}
            title={`${line.fn}(${line.args})${line.ret}`}
            onClick={() => onStep(line.frame)}
            onPointerEnter={() => pointAt(line.vector)}
          >
            <span className="fn">{line.fn}</span>
            <span className="args">({line.args})</span>
            <span className="ret">{line.ret}</span>
            {line.context !== 'process' && <span className="context">{line.context}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}

function traceClass(line: TraceLine, pointed: number | null, current: TraceListProps['current']): string {
  return [
    'trace-row',
    ...(line.failed ? ['failed'] : []),
    ...(line.minor ? ['minor'] : []),
    ...(line.vector !== null && line.vector === pointed ? ['pointed'] : []),
    ...(line.frame === current?.frame && current.returning ? ['returning'] : []),
  ].join(' ');
}

// The kernel's calls of the line that is looked at, with what they mean.

import { lazy, Suspense, useMemo, useState } from 'react';
import { framesOf, isKnown, runAt } from '../../../session/replay.ts';
import { kernelSteps } from '../../../session/steps.ts';
import { traceLines } from '../../../views/trace/lines.ts';
import { whyLine } from '../../../views/trace/why.ts';
import { lookAt, useOpened, useSession } from '../../state/lab.ts';
import { useReplay } from '../../state/useMoment.ts';
import { TraceList } from './TraceList.tsx';
import { WhyBox } from './WhyBox.tsx';
import './trace.css';

const RecordingPanel = lazy(async () => ({
  default: (await import('../recording/RecordingPanel.tsx')).RecordingPanel,
}));
// the generations' sources come with it, and most visits do not open them
const SourceView = lazy(() => import('./SourceView.tsx').then((made) => ({ default: made.SourceView })));

// what every function is for comes with it
const StepWhy = lazy(async () => ({ default: (await import('./StepWhy.tsx')).StepWhy }));

/** The call trace and its explanation. */
export function TracePane() {
  const session = useSession();
  const replayed = useReplay();
  const opened = useOpened();
  const [folded, setFolded] = useState(true);
  const [source, setSource] = useState(false);
  const { cursor, script } = session;
  const frames = framesOf(replayed, cursor.line);
  const steps = kernelSteps(frames);
  const run = runAt(replayed, cursor.line);
  const step = cursor.step === null ? null : (steps[cursor.step] ?? null);
  const lines = useMemo(() => {
    const all = traceLines(frames, run);
    return folded ? all.filter(({ minor, frame }) => !minor || frame === step?.frame) : all;
  }, [frames, run, folded, step]);
  const entry = script[cursor.line - 1];
  const frame = step === null ? undefined : frames[step.frame];
  return (
    <section className="pane trace" aria-labelledby="trace-heading">
      <div className="pane-head">
        <h2 id="trace-heading">Kernel calls{cursor.line > 0 ? ` · line ${cursor.line}` : ''}</h2>
        {frames.length > 0 && (
          <label className="check" title="Locks, names and contexts">
            <input type="checkbox" checked={!folded} onChange={(event) => setFolded(!event.target.checked)} />
            <span>
              minor<span className="hidden"> calls</span>
            </span>
          </label>
        )}
        <button
          type="button"
          aria-pressed={source}
          title="The model's source of this kernel"
          onClick={() => setSource(!source)}
        >
          Source
        </button>
      </div>
      {opened !== null && (
        <Suspense fallback={null}>
          <RecordingPanel opened={opened.opened} asRecorded={opened.asRecorded} />
        </Suspense>
      )}
      {frames.length === 0 ? (
        <p className="nothing">{nothingText(cursor.line, isKnown(replayed, cursor.line))}</p>
      ) : (
        <TraceList
          lines={lines}
          current={step === null ? null : { frame: step.frame, returning: step.at === 'return' }}
          onStep={(at) => lookAt({ line: cursor.line, step: steps.findIndex((one) => one.frame === at) })}
        />
      )}
      {source && (
        <Suspense fallback={null}>
          <SourceView generation={replayed.generation.id} frames={frames} at={step?.frame ?? null} />
        </Suspense>
      )}
      {frame !== undefined && step !== null ? (
        <Suspense fallback={null}>
          <StepWhy frame={frame} step={step} run={run} />
        </Suspense>
      ) : (
        run !== null && entry !== undefined && <WhyBox why={whyLine(entry, run, replayed.generation)} />
      )}
    </section>
  );
}

function nothingText(line: number, known: boolean): string {
  if (!known) return 'This line is not worked out yet.';
  return line === 0 ? 'Nothing has been called yet.' : 'This line calls nothing of vfio-pci.';
}

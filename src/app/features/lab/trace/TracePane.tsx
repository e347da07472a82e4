// The kernel calls of the current line, with an explanation.

import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { framesOf, isKnown, runAt } from '../../../../session/replay.ts';
import { kernelSteps } from '../../../../session/steps.ts';
import { outText } from '../../../../text/out.ts';
import { noCallsText } from '../../../../views/trace/lines.ts';
import { whyLine } from '../../../../views/trace/why.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { lookAt, useSession } from '../../../store/lab.ts';
import { useReplay } from '../../../store/useMoment.ts';
import { foldedSlice, listedCalls } from './calls.ts';
import { TraceList } from './TraceList.tsx';
import { WhyBox } from './WhyBox.tsx';
import './trace.css';

// loads the model's source and an instrumented model, which most visits do not open
const SourceView = lazy(() => import('./SourceView.tsx').then((made) => ({ default: made.SourceView })));

// loads the explanations of all functions
const StepWhy = lazy(async () => ({ default: (await import('./StepWhy.tsx')).StepWhy }));

/** The call trace and its explanation; `children` stand above the calls. */
export function TracePane({ children }: { readonly children?: ReactNode }) {
  const app = useApp();
  const session = useSession();
  const replayed = useReplay();
  const { folded } = useSlice(foldedSlice);
  const [source, setSource] = useState(false);
  const { cursor, script } = session;
  const frames = framesOf(replayed, cursor.line);
  const steps = kernelSteps(frames);
  const run = runAt(replayed, cursor.line);
  const step = cursor.step === null ? null : (steps[cursor.step] ?? null);
  const lines = useMemo(() => listedCalls(frames, run, folded, step), [frames, run, folded, step]);
  const entry = script[cursor.line - 1];
  const frame = step === null ? undefined : frames[step.frame];
  const values = run === null || entry === undefined ? '' : outText(entry.line.op, run.out);
  return (
    <section className="pane trace" aria-labelledby="trace-heading">
      <div className="pane-head">
        <h2 id="trace-heading">
          Kernel calls{cursor.line > 0 && ' · '}
          {cursor.line > 0 && <span className="trace-line">line {cursor.line}</span>}
        </h2>
        {frames.length > 0 && (
          <>
            <label className="check" title="Show calls for locks, names and contexts">
              <input
                type="checkbox"
                checked={!folded}
                onChange={(event) => app.set(foldedSlice, { folded: !event.target.checked })}
              />
              <span>
                minor<span className="hidden"> calls</span>
              </span>
            </label>
            <button
              type="button"
              title="Copy calls as text"
              aria-label="Copy calls as text"
              onClick={() => void import('./copyCalls.ts').then(({ copyCalls }) => copyCalls(app))}
            >
              Copy
            </button>
          </>
        )}
        <button
          type="button"
          aria-pressed={source}
          title="The model’s TypeScript at the selected call, with the lines that ran"
          onClick={() => setSource(!source)}
        >
          Model source
        </button>
      </div>
      {values !== '' && <p className="trace-values">returned {values}</p>}
      {children}
      {frames.length === 0 ? (
        <p className="nothing">{nothingText(cursor.line, isKnown(replayed, cursor.line))}</p>
      ) : (
        <TraceList
          lines={lines}
          current={step === null ? null : { frame: step.frame, returning: step.at === 'return' }}
          onStep={(at) =>
            lookAt(app, { line: cursor.line, step: steps.findIndex((one) => one.frame === at) })
          }
        />
      )}
      {source && run !== null && entry !== undefined && (
        <Suspense fallback={null}>
          <SourceView
            generation={replayed.generation.id}
            line={entry.line}
            run={run}
            frames={frames}
            at={step?.frame ?? null}
          />
        </Suspense>
      )}
      {frame !== undefined && step !== null ? (
        <Suspense fallback={null}>
          <StepWhy frame={frame} step={step} run={run} frames={frames} />
        </Suspense>
      ) : (
        run !== null && entry !== undefined && <WhyBox why={whyLine(entry, run, replayed.generation)} />
      )}
    </section>
  );
}

function nothingText(line: number, known: boolean): string {
  if (!known) return 'Still computing this line…';
  return noCallsText(line);
}

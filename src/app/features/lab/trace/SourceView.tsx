// The model's source at the selected call, with the lines that ran in it. The kernel's own line is linked above it.

import { useEffect, useMemo, useRef } from 'react';
import type { Frame, Run } from '../../../../kernel/frame.ts';
import type { GenerationId } from '../../../../kernel/generations/generation.ts';
import type { Line } from '../../../../kernel/line.ts';
import { firstFrame, framePlace } from '../../../../views/trace/source.ts';
import { symbolPlace } from '../../../../views/trace/sources.ts';
import { modelFiles } from '../../../ui/modelFiles.ts';
import { KernelSource } from '../../../ui/Source.tsx';
import { useRelease } from '../../../ui/useRelease.ts';
import { executedLines } from './instrumented.ts';
import './source.css';

/** The run of the line, its calls, and the index of the selected one. */
interface SourceViewProps {
  readonly generation: GenerationId;
  readonly line: Line;
  readonly run: Run;
  readonly frames: readonly Frame[];
  readonly at: number | null;
}

/** The source with line numbers, opened at the function of the selected call. */
export function SourceView({ generation, line, run, frames, at }: SourceViewProps) {
  const release = useRelease();
  const ref = useRef<HTMLOListElement>(null);
  const files = useMemo(() => modelFiles(generation), [generation]);
  const hits = useMemo(() => executedLines(generation, run, line, frames), [generation, run, line, frames]);
  const wanted = at ?? firstFrame(frames, run.check);
  const found = wanted === null ? null : framePlace(files, frames, wanted);
  const from = found?.place.from ?? null;
  const path = found?.place.path ?? null;
  // another file can have its function at the same line
  const start = useMemo(() => ({ path, from }), [path, from]);
  useEffect(() => {
    const list = ref.current;
    const top = start.from === null ? null : list?.children.item(start.from - 1);
    if (list !== null && top instanceof HTMLElement) list.scrollTop = top.offsetTop - top.clientHeight;
  }, [start]);
  const frame = wanted === null ? undefined : frames[wanted];
  if (found === null || frame === undefined) {
    return (
      <section className="source-view" aria-label="Model source">
        <p>The model has no source for this call.</p>
      </section>
    );
  }
  const { place } = found;
  const ran = hits?.get(found.frame) ?? new Set<string>();
  const own = [...ran].filter((one) => one.startsWith(`${place.path}:`));
  const last = own.at(-1);
  const kernel = symbolPlace(frame.fn, release);
  return (
    <section className="source-view" aria-label="Model source">
      <h3>Model source</h3>
      {kernel !== null && (
        <p>
          Kernel: <KernelSource place={kernel} name={frame.fn} />
        </p>
      )}
      <p>
        Model: <b>{place.path.replace('src/kernel/', '')}</b>
        {place.fn === frame.fn ? '' : `, ${place.fn}`}
        {hits === null ? '' : '; marked lines ran'}
      </p>
      <ol ref={ref} className="trace-source" tabIndex={0} aria-label={`${place.path}, ${place.fn}`}>
        {files
          .find((file) => file.path === place.path)
          ?.lines.map((text, index) => (
            <SourceLine
              // biome-ignore lint/suspicious/noArrayIndexKey: a line of a file has no other name than its number
              key={`${place.path} ${index + 1}`}
              number={index + 1}
              text={text}
              isInside={index + 1 >= place.from && index + 1 <= place.to}
              isFirst={index + 1 === place.from}
              hasRun={own.includes(`${place.path}:${index + 1}`)}
              isLast={last === `${place.path}:${index + 1}`}
            />
          ))}
      </ol>
    </section>
  );
}

interface SourceLineProps {
  readonly number: number;
  readonly text: string;
  /** The line belongs to the function of the call. */
  readonly isInside: boolean;
  readonly isFirst: boolean;
  /** A statement that begins in the line ran. */
  readonly hasRun: boolean;
  /** It was the last one of the call. */
  readonly isLast: boolean;
}

function SourceLine({ number, text, isInside, isFirst, hasRun, isLast }: SourceLineProps) {
  const classes = [...(isInside ? ['inside'] : []), ...(hasRun ? ['ran'] : []), ...(isLast ? ['last'] : [])];
  return (
    <li className={classes.join(' ')}>
      <span className="line-number">{number}</span>
      <code aria-current={isFirst ? 'step' : undefined}>{text}</code>
      {hasRun && <span className="hidden">{isLast ? ' (ran last)' : ' (ran)'}</span>}
    </li>
  );
}

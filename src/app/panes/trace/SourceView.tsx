// The running generation's own source, the executing function marked. The files are fetched when one is opened.

import { useEffect, useMemo, useRef, useState } from 'react';
import type { Frame } from '../../../kernel/frame.ts';
import type { GenerationId } from '../../../kernel/generations/generation.ts';
import { sourcePlace } from '../../../views/trace/source.ts';
import './source.css';

const SOURCES: Readonly<Record<GenerationId, () => Promise<{ readonly default: string }>>> = {
  static: () => import('../../../kernel/generations/static.ts?raw'),
  v2: () => import('../../../kernel/generations/v2.ts?raw'),
  v3: () => import('../../../kernel/generations/v3.ts?raw'),
  dynamic: () => import('../../../kernel/generations/dynamic.ts?raw'),
};

/** What the view needs: the calls of the line, and the one that is executing. */
interface SourceViewProps {
  readonly generation: GenerationId;
  readonly frames: readonly Frame[];
  readonly at: number | null;
}

/** The source with line numbers. */
export function SourceView({ generation, frames, at }: SourceViewProps) {
  const lines = useSource(generation);
  const ref = useRef<HTMLOListElement>(null);
  const place = useMemo(
    () => (at === null || lines.length === 0 ? null : sourcePlace(lines, frames, at)),
    [lines, frames, at],
  );
  const target = place === null ? null : (place.calls[0] ?? place.from);
  useEffect(() => {
    const list = ref.current;
    const line = target === null ? null : list?.children.item(target - 1);
    if (list === null || !(line instanceof HTMLElement)) return;
    list.scrollTop = line.offsetTop - list.clientHeight / 3;
  }, [target]);
  const callees = place === null ? '' : place.calls.length > 0 ? ', in a call from it' : '';
  return (
    <section className="source-view" aria-label="Source">
      <p>
        <b>generations/{generation}.ts</b>{' '}
        {place === null ? 'no call is being looked at' : `${place.fn}${callees}`}
      </p>
      <ol ref={ref} tabIndex={0} aria-label={`generations/${generation}.ts`}>
        {lines.map((text, index) => {
          const line = index + 1;
          const inside = place !== null && line >= place.from && line <= place.to;
          const calling = place?.calls.includes(line) === true;
          return (
            <li key={line} className={calling ? 'inside calling' : inside ? 'inside' : undefined}>
              <span className="line-number">{line}</span>
              <code aria-current={calling || line === place?.from ? 'step' : undefined}>{text}</code>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function useSource(generation: GenerationId): readonly string[] {
  const [lines, setLines] = useState<readonly string[]>([]);
  useEffect(() => {
    let wanted = true;
    void SOURCES[generation]().then(({ default: text }) => {
      if (wanted) setLines(text.trimEnd().split('\n'));
    });
    return () => {
      wanted = false;
    };
  }, [generation]);
  return lines;
}

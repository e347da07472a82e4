// Why it is so, and where that is known from.

import { useEffect, useRef } from 'react';
import type { LessonStep } from '../../../lessons/lesson.ts';

/** The explanation of a step. */
export function Explained({ step: { explain, source } }: { readonly step: LessonStep }) {
  const end = useRef<HTMLDivElement>(null);
  // where the panel is low it comes below what is seen, and it is what was waited for
  useEffect(() => {
    // braces: newer browsers return a promise, which an effect must not
    end.current?.scrollIntoView?.({ block: 'nearest' });
  }, []);
  return (
    <div ref={end}>
      {explain !== '' && <p className="lesson-explain">{explain}</p>}
      {source !== '' && <p className="lesson-source">Source: {source}</p>}
    </div>
  );
}

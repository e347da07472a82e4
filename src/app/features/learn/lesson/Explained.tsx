// The explanation of a step, with its source.

import { type ReactNode, useRef } from 'react';
import type { LessonStep } from '../../../../lessons/lesson.ts';
import { Source } from '../../../ui/Source.tsx';
import { useRelease } from '../../../ui/useRelease.ts';
import { useTakeLostFocus } from './useTakeLostFocus.ts';

/** The result, the explanation and its source. */
export function Explained({
  step: { explain, source },
  children,
}: {
  readonly step: LessonStep;
  /** The result of the step, shown before the explanation. */
  readonly children?: ReactNode;
}) {
  const ref = useRef<HTMLDivElement>(null);
  const release = useRelease();
  useTakeLostFocus(ref);
  return (
    <div ref={ref} tabIndex={-1} className="lesson-explained stack gap-6">
      {children}
      {explain !== '' && <p>{explain}</p>}
      {source !== '' && (
        <p className="lesson-source small">
          Source: <Source text={source} release={release} />
        </p>
      )}
    </div>
  );
}

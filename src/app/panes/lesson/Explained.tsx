// Why it is so, and where that is known from.

import type { LessonStep } from '../../../lessons/lesson.ts';

/** The explanation of a step. */
export function Explained({ step: { explain, source } }: { readonly step: LessonStep }) {
  return (
    <>
      {explain !== '' && <p className="lesson-explain">{explain}</p>}
      {source !== '' && <p className="lesson-source">Source: {source}</p>}
    </>
  );
}

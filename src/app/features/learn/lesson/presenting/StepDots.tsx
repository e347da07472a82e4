// The steps of a presented lesson as dots.

import type { Taking } from '../../../../../lessons/taking.ts';

/** One dot per step: filled for a step with its answer shown, wide for the present one. */
export function StepDots({ taking, isEnd }: { readonly taking: Taking; readonly isEnd: boolean }) {
  const { lesson, marks, at } = taking;
  const text = isEnd ? 'End of the lesson' : `Step ${at + 1} of ${lesson.steps.length}`;
  return (
    <span className="presenting-dots cluster middle" role="img" aria-label={text}>
      {lesson.steps.map((step, own) => (
        <i
          key={step.ask}
          data-now={!isEnd && own === at ? true : undefined}
          data-done={marks[own]?.revealed === true ? true : undefined}
        />
      ))}
    </span>
  );
}

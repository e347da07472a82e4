// The card of a lesson in the list.

import { LEVELS } from '../../../formats/lesson/levels.ts';
import type { StepProgress } from '../../../formats/lesson/progress.ts';
import { LESSONS } from '../../../lessons/index.ts';
import type { Lesson } from '../../../lessons/lesson.ts';
import { firstLeft, isBegun, isFinished, scoreParts } from '../../../lessons/score.ts';
import { useApp } from '../../store/appContext.ts';
import { showWorksheet } from './class/worksheetLink.ts';
import { openLesson } from './learning.ts';

interface LessonCardProps {
  readonly lesson: Lesson;
  readonly made: readonly StepProgress[] | undefined;
  /** True for the lesson that the person takes next. */
  readonly isNext: boolean;
}

/** A lesson with its goal, its effort, the lessons before it and the progress in it. */
export function LessonCard({ lesson, made = [], isNext }: LessonCardProps) {
  const app = useApp();
  const { id, title, about, minutes, requires, steps } = lesson;
  const level = LEVELS.find((one) => one.id === lesson.level)?.word;
  const finished = isFinished(lesson, made);
  const left = firstLeft(lesson, made);
  const begun = !finished && isBegun(made);
  const step = `step ${left + 1} of ${steps.length}`;
  const action = finished ? 'Repeat' : begun ? `Continue: ${step}` : 'Start';
  return (
    <li
      className="lessons-item tracks gap-6 framed"
      data-done={finished || undefined}
      data-next={isNext || undefined}
    >
      <div className="stack gap-4">
        {isNext && <p className="lessons-next">Next for you</p>}
        <h3 id={cardOf(id)} tabIndex={-1}>
          <span className="lessons-number">{LESSONS.indexOf(lesson) + 1}.</span> {title}
        </h3>
        <p>{about}</p>
        <p className="aside">
          {steps.length} steps · {minutes} min · {level}
          {requires.length > 0 && ' · after: '}
          {requires.map((one, at) => (
            <span key={one}>
              {at > 0 && ', '}
              <Required id={one} />
            </span>
          ))}
        </p>
        {(finished || begun) && <p className="aside">{scoreParts(lesson, made).join(' · ')}</p>}
      </div>
      <button
        type="button"
        className={isNext || begun ? 'primary' : undefined}
        aria-label={`${action}${begun ? ',' : ''} ${title}`}
        onClick={() => openLesson(app, lesson, false, begun ? left : 0)}
      >
        {action}
      </button>
      <button
        type="button"
        aria-label={`Worksheet of ${title}`}
        onClick={() => void showWorksheet(app, { lesson })}
      >
        Worksheet
      </button>
    </li>
  );
}

const cardOf = (id: string) => `lesson-card-${id}`;

/** The title of a lesson to take before; it leads to that lesson's card. */
function Required({ id }: { readonly id: string }) {
  const lesson = LESSONS.find((one) => one.id === id);
  if (lesson === undefined) return null;
  return (
    <button
      type="button"
      className="lessons-required"
      onClick={() => {
        const heading = document.getElementById(cardOf(id));
        heading?.focus({ preventScroll: true });
        heading?.closest('li')?.scrollIntoView?.({ block: 'nearest' });
      }}
    >
      {lesson.title}
    </button>
  );
}

// The end of a lesson in its panel: the conclusions, the score, and the ways on.

import { nextInCourse } from '../../../../lessons/course.ts';
import { isFinished, lessonAfter, scoreParts } from '../../../../lessons/score.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import type { OpenLesson } from '../../../store/lesson.ts';
import { progressSlice } from '../../../store/progress.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';
import { goStep, openLesson, toCourse } from '../learning.ts';
import { comeIntoView } from './comeIntoView.ts';

/** The card after the last step. */
export function LessonEnd({ open }: { readonly open: OpenLesson }) {
  const app = useApp();
  const { progress } = useSlice(progressSlice);
  const { course } = open;
  const { lesson } = open.taking;
  const { about, learned = about === '' ? [] : [about] } = lesson;
  const following = course === null ? lessonAfter(lesson, progress) : nextInCourse(course, progress, lesson);
  const made = progress[open.key];
  const score = scoreParts(lesson, made);
  const finished = isFinished(lesson, made);
  return (
    <>
      <header className="lesson-head cluster rigid middle">
        <h2 ref={comeIntoView} tabIndex={-1}>
          {lesson.title} <span className="lesson-at">{finished ? 'Finished' : 'End'}</span>
        </h2>
      </header>
      <div className="lesson-body tracks rigid gap-6">
        {learned.length > 0 && (
          <div>
            <h3>{finished ? 'What you know now' : 'What this lesson teaches'}</h3>
            <ul className="lesson-learned">
              {learned.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </div>
        )}
        {score.length > 0 && (
          <div>
            <h3>Your score</h3>
            <ul className="lesson-learned">
              {score.map((part) => (
                <li key={part}>{part}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
      <footer className="lesson-foot cluster gap-6 line-above">
        {following !== null && (
          <button
            type="button"
            className="primary"
            onClick={() => openLesson(app, following, false, 0, course)}
          >
            Next lesson: {following.title}
          </button>
        )}
        <button
          type="button"
          className={following === null ? 'primary' : undefined}
          onClick={() => void toCourse(app)}
        >
          {course === null ? 'All lessons' : `Back to the course ${course.title}`}
        </button>
        <button type="button" onClick={() => goStep(app, false)}>
          Back to the last step
        </button>
        <CommandButton id="lesson.link">Copy lesson link</CommandButton>
        <CommandButton id="lesson.leave">Close lesson</CommandButton>
      </footer>
    </>
  );
}

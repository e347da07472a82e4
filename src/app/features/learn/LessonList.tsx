// The list of lessons by sequence, with the progress of each.

import { LESSONS } from '../../../lessons/index.ts';
import { type Lesson, SEQUENCES } from '../../../lessons/lesson.ts';
import { firstUnfinished, isFinished } from '../../../lessons/score.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { addCommands } from '../../store/commands.ts';
import { lessonSlice } from '../../store/lesson.ts';
import { progressSlice } from '../../store/progress.ts';
import { openView } from '../../store/view.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { LessonCard } from './LessonCard.tsx';
import { backToLesson } from './learning.ts';
import { LIST_COMMANDS } from './listCommands.ts';

/** The list of lessons. */
export function LessonList() {
  const app = useApp();
  addCommands(app, LIST_COMMANDS);
  const { open } = useSlice(lessonSlice);
  const { progress } = useSlice(progressSlice);
  const finished = LESSONS.filter((lesson) => isFinished(lesson, progress[lesson.id])).length;
  const next = firstUnfinished(progress);
  return (
    <div className="lessons">
      <header className="lessons-head cluster middle apart">
        <p>
          Short tours in the lab: predict a result, or reach a goal. {finished} of {LESSONS.length} done.
        </p>
        <div className="cluster gap-6">
          <CommandButton id="lesson.make">Make a lesson from here</CommandButton>
          <CommandButton id="lesson.file">Open a file…</CommandButton>
          <CommandButton id="progress.export">Export progress</CommandButton>
        </div>
      </header>
      {open !== null && (
        <p className="lessons-open cluster middle apart">
          Open: {open.taking.lesson.title}, step {open.taking.at + 1}.{' '}
          <button
            type="button"
            className="primary"
            onClick={() => {
              backToLesson(app);
              openView(app, 'lab');
            }}
          >
            Continue
          </button>
        </p>
      )}
      {SEQUENCES.map(({ id, title }) => {
        const own = LESSONS.filter(({ sequence }) => sequence === id);
        return (
          <section key={id} aria-label={title} className="lessons-sequence">
            <h2>
              {title} <span className="lessons-minutes">{minutesOf(own)} min</span>
            </h2>
            <ol>
              {own.map((lesson) => (
                <LessonCard
                  key={lesson.id}
                  lesson={lesson}
                  made={progress[lesson.id]}
                  isNext={lesson === next}
                />
              ))}
            </ol>
          </section>
        );
      })}
    </div>
  );
}

function minutesOf(lessons: readonly Lesson[]): number {
  return lessons.reduce((sum, { minutes }) => sum + minutes, 0);
}

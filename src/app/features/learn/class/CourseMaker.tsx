// The editor of a course: its title, its lessons in order, and the link and the file to hand out.

import { useId } from 'react';
import { MOST_LESSONS } from '../../../../formats/course/file.ts';
import { courseMinutes } from '../../../../lessons/course.ts';
import { printCourse } from '../../../../lessons/courseFile.ts';
import { counted } from '../../../../text/numbers.ts';
import { saveFile } from '../../../services/files.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { useCopied } from '../../../ui/useCopied.ts';
import { copyAddress } from '../lessonFiles.ts';
import { ChosenLessons } from './ChosenLessons.tsx';
import { changeDraft, draftSlice, isComplete, keepDraft, startCourse } from './courseDraft.ts';
import { courseFragment, showCourse } from './courseLink.ts';
import { LessonPicker } from './LessonPicker.tsx';

export function CourseMaker() {
  const app = useApp();
  const { draft } = useSlice(draftSlice);
  const { title, about, assignment, lessons } = draft;
  const missing = useId();
  const [copied, setCopied] = useCopied();
  const ready = isComplete(draft);
  return (
    <article className="course" aria-label="Make a course">
      <header className="cluster middle apart gap-8">
        <h2 className="course-title">Make a course</h2>
        <button
          type="button"
          disabled={lessons.length === 0 && title === ''}
          onClick={() => startCourse(app)}
        >
          New course
        </button>
      </header>
      <p className="soft">
        A course is a list of lessons in your order. Learners open its link or file, and the page keeps their
        progress in the course in their browser.
      </p>
      <div className="course-fields tracks gap-6">
        <label>
          Title
          <input
            type="text"
            maxLength={200}
            value={title}
            onChange={({ target }) => changeDraft(app, { title: target.value })}
          />
        </label>
        <label>
          One sentence about it
          <input
            type="text"
            maxLength={1000}
            value={about}
            onChange={({ target }) => changeDraft(app, { about: target.value })}
          />
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={assignment}
            onChange={({ target }) => changeDraft(app, { assignment: target.checked })}
          />
          Assignment: the lessons have no “Show solution”
        </label>
      </div>
      <div className="cluster middle gap-6">
        <button
          type="button"
          className="primary"
          disabled={!ready}
          aria-describedby={missing}
          onClick={() =>
            void courseFragment(keepDraft(app))
              .then((own) => copyAddress(app, own, 'the course'))
              .then((done) => done && setCopied())
          }
        >
          {copied ? 'Copied' : 'Copy course link'}
        </button>
        <button
          type="button"
          disabled={!ready}
          onClick={() => {
            const course = keepDraft(app);
            saveFile(`irqscope-course-${course.id}.json`, printCourse(course));
          }}
        >
          Save as file
        </button>
        <button type="button" disabled={!ready} onClick={() => void showCourse(app, keepDraft(app))}>
          Open the course
        </button>
        <span id={missing} className="aside">
          {ready
            ? 'Link, file and page also put the course into “My lessons”.'
            : missingText(title, lessons.length)}
        </span>
      </div>
      <div className="course-columns tracks gap-12">
        <section aria-label="Lessons of the course">
          <h3>
            In the course{' '}
            <span className="aside">
              {counted(lessons.length, 'lesson')}, about {counted(courseMinutes(draft), 'minute')}
            </span>
          </h3>
          <ChosenLessons lessons={lessons} onChange={(now) => changeDraft(app, { lessons: now })} />
        </section>
        <LessonPicker
          chosen={lessons}
          full={lessons.length >= MOST_LESSONS}
          onAdd={(lesson) => changeDraft(app, { lessons: [...lessons, lesson] })}
        />
      </div>
    </article>
  );
}

function missingText(title: string, lessons: number): string {
  const parts = [
    ...(title.trim() === '' ? ['a title'] : []),
    ...(lessons === 0 ? ['at least one lesson'] : []),
  ];
  return `The course needs ${parts.join(' and ')}.`;
}

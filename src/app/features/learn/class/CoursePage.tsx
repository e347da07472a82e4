// The page of a course: its lessons in order with the person's progress, and the next one.

import { useEffect, useRef, useState } from 'react';
import { LEVELS } from '../../../../formats/lesson/levels.ts';
import {
  type Course,
  courseMinutes,
  courseProgress,
  minutesOf,
  progressKey,
} from '../../../../lessons/course.ts';
import { printCourse } from '../../../../lessons/courseFile.ts';
import type { LessonBody } from '../../../../lessons/lesson.ts';
import { firstLeft, isFinished, isBegun as isLessonBegun, scoreParts } from '../../../../lessons/score.ts';
import { counted } from '../../../../text/numbers.ts';
import { saveFile } from '../../../services/files.ts';
import type { App } from '../../../store/app.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { progressSlice } from '../../../store/progress.ts';
import { setOwnFragment } from '../../../store/view.ts';
import { openLesson } from '../learning.ts';
import { copyAddress } from '../lessonFiles.ts';
import type { LinkFault } from '../packed.ts';
import { showResultsOf } from './collected.ts';
import { editCourse } from './courseDraft.ts';
import { courseFragment, readCourseFragment } from './courseLink.ts';
import { LinkProblem } from './LinkProblem.tsx';
import { keepCourse } from './own.ts';
import { showWorksheet } from './worksheetLink.ts';

type Read = { readonly ok: true; readonly value: Course } | LinkFault;

/** `said`: the text after `#course=`. */
export function CoursePage({ said }: { readonly said: string }) {
  const app = useApp();
  const [read, setRead] = useState<Read | null>(null);
  useEffect(() => {
    let wanted = true;
    void readCourseFragment(said).then((made) => {
      if (!wanted) return;
      if (made.ok) keepCourse(app, made.value, 'link');
      setRead(made);
    });
    return () => {
      wanted = false;
    };
  }, [app, said]);
  if (read === null) return <p className="nothing">Opening…</p>;
  return read.ok ? <OpenCourse course={read.value} /> : <LinkProblem fault={read} />;
}

function OpenCourse({ course }: { readonly course: Course }) {
  const app = useApp();
  const { progress } = useSlice(progressSlice);
  const { count, next } = courseProgress(course, progress);
  const { lessons, title, about, assignment } = course;
  const go = useRef<HTMLButtonElement>(null);
  // the page follows the end of a lesson, whose button had the focus; the main element may have it meanwhile
  useEffect(() => {
    if (document.activeElement?.matches('body, main') === true) go.current?.focus();
  }, []);
  const isBegun = lessons.some((lesson) => isLessonBegun(progress[progressKey(lesson, course)]));
  return (
    <article className="course" aria-label={`Course: ${title}`}>
      <h2 className="course-title">{title}</h2>
      {about !== '' && <p>{about}</p>}
      <p className="soft">
        {counted(lessons.length, 'lesson')}, about {counted(courseMinutes(course), 'minute')}. {count} of{' '}
        {lessons.length} finished.
        {assignment && ' This course is an assignment: its lessons offer no solution.'}
      </p>
      <div className="cluster middle gap-8">
        {next === null ? (
          <p>
            <b>You have finished the course.</b>
          </p>
        ) : (
          <button ref={go} type="button" className="primary" onClick={() => takeLesson(app, course, next)}>
            {isBegun ? 'Continue' : 'Start'}: {next.title}
          </button>
        )}
        <button type="button" onClick={() => showResultsOf(app, { course })}>
          Save results…
        </button>
      </div>
      <ol className="course-lessons" aria-label="Lessons of the course">
        {lessons.map((lesson) => (
          <CourseItem key={lesson.id} course={course} lesson={lesson} />
        ))}
      </ol>
      <CourseTools course={course} />
    </article>
  );
}

/** Opens a lesson of the course at its first step that is left. */
function takeLesson(app: App, course: Course, lesson: LessonBody): void {
  const made = app.get(progressSlice).progress[progressKey(lesson, course)];
  openLesson(app, lesson, false, isFinished(lesson, made) ? 0 : firstLeft(lesson, made), course);
}

function CourseTools({ course }: { readonly course: Course }) {
  const app = useApp();
  return (
    <div className="cluster gap-6" role="group" aria-label="For teachers">
      <button
        type="button"
        onClick={() => void courseFragment(course).then((own) => copyAddress(app, own, 'the course'))}
      >
        Copy course link
      </button>
      <button
        type="button"
        onClick={() => saveFile(`irqscope-course-${course.id}.json`, printCourse(course))}
      >
        Save as file
      </button>
      <button type="button" onClick={() => void showWorksheet(app, { course })}>
        Worksheets
      </button>
      <button
        type="button"
        onClick={() => {
          editCourse(app, course);
          setOwnFragment(app, 'learn=course');
        }}
      >
        Edit this course
      </button>
    </div>
  );
}

interface CourseItemProps {
  readonly course: Course;
  readonly lesson: LessonBody;
}

function CourseItem({ course, lesson }: CourseItemProps) {
  const app = useApp();
  const { progress } = useSlice(progressSlice);
  const made = progress[progressKey(lesson, course)];
  const finished = isFinished(lesson, made);
  const begun = !finished && isLessonBegun(made);
  const level = LEVELS.find(({ id }) => id === lesson.level);
  const facts = [
    `about ${counted(minutesOf(lesson), 'minute')}`,
    ...(level === undefined ? [] : [level.word]),
    ...(finished || begun ? scoreParts(lesson, made) : [counted(lesson.steps.length, 'step')]),
  ];
  const action = finished ? 'Repeat' : begun ? 'Continue' : 'Start';
  return (
    <li className="course-item framed" data-done={finished || undefined}>
      <div>
        <h3>{lesson.title}</h3>
        <p>{lesson.about}</p>
        <p className="aside">{facts.join(' · ')}</p>
      </div>
      <button
        type="button"
        aria-label={`${action} ${lesson.title}`}
        onClick={() => takeLesson(app, course, lesson)}
      >
        {action}
      </button>
    </li>
  );
}

// The page of a course: its lessons in order with the person's progress, and the next one.

import { useEffect, useRef, useState } from 'react';
import { LEVELS } from '../../../../formats/lesson/levels.ts';
import {
  type Course,
  courseMinutes,
  courseProgress,
  lessonAfter,
  minutesOf,
} from '../../../../lessons/course.ts';
import { printCourse } from '../../../../lessons/courseFile.ts';
import { counted } from '../../../../text/numbers.ts';
import { saveFile } from '../../../services/files.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { setOwnFragment } from '../../../store/view.ts';
import { openLesson } from '../learning.ts';
import { copyAddress } from '../lessonFiles.ts';
import type { LinkFault } from '../packed.ts';
import { progressSlice } from '../progress.ts';
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
  const { finished, next } = courseProgress(course, progress);
  const { lessons, title, about, assignment } = course;
  const go = useRef<HTMLButtonElement>(null);
  // the page follows the end of a lesson, whose button had the focus
  useEffect(() => {
    if (document.activeElement === document.body) go.current?.focus();
  }, []);
  const start = (at: number) => {
    const lesson = lessons[at];
    if (lesson !== undefined) openLesson(app, lesson, false, 0, course);
  };
  return (
    <article className="course" aria-label={`Course: ${title}`}>
      <h2 className="course-title">{title}</h2>
      {about !== '' && <p>{about}</p>}
      <p className="soft" role="status">
        {counted(lessons.length, 'lesson')}, about {counted(courseMinutes(course), 'minute')}. {finished} of{' '}
        {lessons.length} done.
        {assignment && ' This course is an assignment: its lessons offer no solution.'}
      </p>
      <div className="cluster middle gap-8">
        {next === null ? (
          <p>
            <b>You have finished the course.</b>
          </p>
        ) : (
          <button ref={go} type="button" className="primary" onClick={() => start(next)}>
            {finished === 0 && isUntouched(course, progress) ? 'Start' : 'Continue'}: {lessons[next]?.title}
          </button>
        )}
        <button type="button" onClick={() => showResultsOf(app, { course })}>
          Save results…
        </button>
      </div>
      <ol className="course-lessons" aria-label="Lessons of the course">
        {lessons.map((lesson, at) => (
          <CourseItem key={lesson.id} course={course} at={at} onStart={() => start(at)} />
        ))}
      </ol>
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
    </article>
  );
}

type ProgressOf = Parameters<typeof courseProgress>[1];

function isUntouched(course: Course, progress: ProgressOf): boolean {
  return courseProgress(course, progress).done.every((count) => count === 0);
}

interface CourseItemProps {
  readonly course: Course;
  readonly at: number;
  readonly onStart: () => void;
}

function CourseItem({ course, at, onStart }: CourseItemProps) {
  const { progress } = useSlice(progressSlice);
  const lesson = course.lessons[at];
  if (lesson === undefined) return null;
  const done = courseProgress(course, progress).done[at] ?? 0;
  const count = lesson.steps.length;
  const isDone = done === count;
  const level = LEVELS.find(({ id }) => id === lesson.level);
  const facts = [
    `about ${counted(minutesOf(lesson), 'minute')}`,
    ...(level === undefined ? [] : [level.word]),
    done === 0 ? counted(count, 'step') : `${done} of ${counted(count, 'step')} done`,
  ];
  const isNext = lessonAfter(course, progress, at - 1) === at;
  return (
    <li className="course-item framed" data-done={isDone || undefined}>
      <div>
        <h3>{lesson.title}</h3>
        <p>{lesson.about}</p>
        <p className="aside">{facts.join(' · ')}</p>
      </div>
      <button
        type="button"
        className={isNext ? 'primary' : undefined}
        aria-label={`${isDone ? 'Repeat' : 'Start'} ${lesson.title}`}
        onClick={onStart}
      >
        {isDone ? 'Repeat' : 'Start'}
      </button>
    </li>
  );
}

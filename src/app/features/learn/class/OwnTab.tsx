// The tab "My lessons": the lessons and courses that the person made or opened.

import { useEffect, useRef } from 'react';
import { courseMinutes, minutesOf } from '../../../../lessons/course.ts';
import { nameOf, type OwnItem, titleOf } from '../../../../lessons/own.ts';
import { counted } from '../../../../text/numbers.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { setOwnFragment } from '../../../store/view.ts';
import { openLesson } from '../learning.ts';
import { copyAddress } from '../lessonFiles.ts';
import { editCourse } from './courseDraft.ts';
import { showCourse } from './courseLink.ts';
import { ownSlice, removeItem, saveItem, undoRemove } from './own.ts';
import { showWorksheet, subjectFragment } from './worksheetLink.ts';
import './class.css';

const FROM: Readonly<Record<OwnItem['from'], string>> = {
  made: 'made here',
  link: 'opened from a link',
  file: 'opened from a file',
};

export function OwnTab() {
  const app = useApp();
  const { items, removed } = useSlice(ownSlice);
  const undo = useRef<HTMLButtonElement>(null);
  // the button that had the focus is gone with its row
  useEffect(() => {
    if (removed !== null) undo.current?.focus();
  }, [removed]);
  return (
    <article className="course" aria-label="My lessons">
      <h2 className="course-title">My lessons</h2>
      <p className="soft">
        Lessons and courses that you made, or opened from a link or a file. Only this browser keeps them.
      </p>
      {removed !== null && (
        <p className="cluster middle gap-8">
          Removed: {titleOf(removed.item)}.
          <button ref={undo} type="button" onClick={() => undoRemove(app)}>
            Undo
          </button>
        </p>
      )}
      {items.length === 0 ? (
        <p className="nothing">
          There is none yet. “Make a lesson from here” in the lesson list makes a lesson, the tab “Course” a
          course.
        </p>
      ) : (
        <ul className="course-lessons" aria-label="My lessons and courses">
          {items.map((item) => (
            <OwnRow key={nameOf(item)} item={item} />
          ))}
        </ul>
      )}
    </article>
  );
}

function OwnRow({ item }: { readonly item: OwnItem }) {
  const app = useApp();
  const title = titleOf(item);
  const subject = item.kind === 'lesson' ? { lesson: item.lesson } : { course: item.course };
  const facts = [
    item.kind === 'lesson'
      ? `Lesson, ${counted(item.lesson.steps.length, 'step')}, about ${counted(minutesOf(item.lesson), 'minute')}`
      : `Course, ${counted(item.course.lessons.length, 'lesson')}, about ${counted(courseMinutes(item.course), 'minute')}`,
    `${FROM[item.from]} on ${item.date}`,
  ];
  const open = () => {
    if (item.kind === 'lesson') openLesson(app, item.lesson);
    else void showCourse(app, item.course);
  };
  return (
    <li className="course-item framed" aria-label={title}>
      <div>
        <h3>{title}</h3>
        <p>{item.kind === 'lesson' ? item.lesson.about : item.course.about}</p>
        <p className="aside">{facts.join(' · ')}</p>
      </div>
      <div className="cluster gap-6">
        <button type="button" className="primary" onClick={open}>
          Open
        </button>
        {item.kind === 'course' && (
          <button
            type="button"
            onClick={() => {
              editCourse(app, item.course);
              setOwnFragment(app, 'learn=course');
            }}
          >
            Edit
          </button>
        )}
        <button
          type="button"
          onClick={() =>
            void subjectFragment(subject).then((own) => copyAddress(app, own, `the ${item.kind}`))
          }
        >
          Copy link
        </button>
        <button type="button" onClick={() => saveItem(item)}>
          Save as file
        </button>
        <button type="button" onClick={() => void showWorksheet(app, subject)}>
          Worksheet
        </button>
        <button type="button" onClick={() => removeItem(app, item)}>
          Remove
        </button>
      </div>
    </li>
  );
}

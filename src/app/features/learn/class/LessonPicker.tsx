// The lessons that a course can have: the built-in ones and the person's own, with a search.

import { useId, useState } from 'react';
import { minutesOf } from '../../../../lessons/course.ts';
import { LESSONS } from '../../../../lessons/index.ts';
import type { LessonBody } from '../../../../lessons/lesson.ts';
import { counted } from '../../../../text/numbers.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { announce } from '../../../ui/useAnnounced.ts';
import { ownSlice } from './own.ts';

interface LessonPickerProps {
  readonly chosen: readonly LessonBody[];
  /** The course has as many lessons as it can have. */
  readonly full: boolean;
  readonly onAdd: (lesson: LessonBody) => void;
}

export function LessonPicker({ chosen, full, onAdd }: LessonPickerProps) {
  const app = useApp();
  const id = useId();
  const { items } = useSlice(ownSlice);
  const [sought, setSought] = useState('');
  const own = items.flatMap((item) => (item.kind === 'lesson' ? [item.lesson] : []));
  const all = [...LESSONS, ...own];
  // a course has each id once
  const known = all.filter(({ id: one }, at) => all.findIndex((other) => other.id === one) === at);
  const found = known.filter((lesson) => hasWords(lesson, sought));
  return (
    <section aria-labelledby={id} className="stack gap-6">
      <h3 id={id}>Lessons to add</h3>
      <label>
        Search <input type="search" value={sought} onChange={({ target }) => setSought(target.value)} />
      </label>
      <p className="aside" role="status">
        {counted(found.length, 'lesson')}
      </p>
      <ul className="course-found scroll" aria-label="Found lessons">
        {found.map((lesson) => {
          const isChosen = chosen.some((other) => other.id === lesson.id);
          return (
            <li key={lesson.id} className="course-row framed">
              <span className="grow">
                {lesson.title} <span className="aside">{counted(minutesOf(lesson), 'minute')}</span>
                <br />
                <span className="aside">{lesson.about}</span>
              </span>
              <button
                type="button"
                // a disabled button would lose the focus
                aria-disabled={isChosen || full || undefined}
                aria-label={isChosen ? `${lesson.title} is in the course` : `Add ${lesson.title}`}
                onClick={() => {
                  if (isChosen || full) return;
                  onAdd(lesson);
                  announce(app, `Added to the course: ${lesson.title}.`);
                }}
              >
                {isChosen ? 'Added' : 'Add'}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Returns whether the title, goal or id of a lesson contains each word. */
function hasWords({ id, title, about }: LessonBody, sought: string): boolean {
  const text = `${id} ${title} ${about}`.toLowerCase();
  return sought
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

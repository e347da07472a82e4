// The lessons of a course in the making, which buttons and Alt with an arrow key move.

import { type KeyboardEvent, useEffect, useRef } from 'react';
import { minutesOf, moved } from '../../../../lessons/course.ts';
import type { LessonBody } from '../../../../lessons/lesson.ts';
import { counted } from '../../../../text/numbers.ts';
import { useApp } from '../../../store/appContext.ts';
import { announce } from '../../../ui/useAnnounced.ts';

interface ChosenLessonsProps {
  readonly lessons: readonly LessonBody[];
  readonly onChange: (lessons: readonly LessonBody[]) => void;
}

/** The buttons of a lesson. */
type Button = 'up' | 'down' | 'remove';

export function ChosenLessons({ lessons, onChange }: ChosenLessonsProps) {
  const app = useApp();
  const list = useRef<HTMLOListElement>(null);
  // the button that gets the focus after the list has changed
  const wanted = useRef<{ readonly at: number; readonly button: Button } | null>(null);
  useEffect(() => {
    const { current } = wanted;
    wanted.current = null;
    if (current === null || lessons.length === 0) return;
    const item = list.current?.children[Math.min(current.at, lessons.length - 1)];
    const found = item?.querySelector<HTMLButtonElement>(`[data-button="${current.button}"]:enabled`);
    (found ?? item?.querySelector<HTMLButtonElement>('button:enabled'))?.focus();
  }, [lessons]);
  const move = (from: number, to: number, button: Button) => {
    const lesson = lessons[from];
    if (lesson === undefined || to < 0 || to >= lessons.length) return;
    wanted.current = { at: to, button };
    onChange(moved(lessons, from, to));
    announce(app, `${lesson.title} is now lesson ${to + 1} of ${lessons.length}.`);
  };
  const remove = (at: number) => {
    wanted.current = { at, button: 'remove' };
    onChange(lessons.toSpliced(at, 1));
    announce(app, `Removed from the course: ${lessons[at]?.title ?? ''}.`);
  };
  const onKey = (event: KeyboardEvent, at: number) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    const up = event.key === 'ArrowUp';
    move(at, up ? at - 1 : at + 1, up ? 'up' : 'down');
  };
  if (lessons.length === 0) return <p className="nothing">No lesson yet. Add one from the list.</p>;
  return (
    <ol ref={list} className="course-chosen" aria-label="Chosen lessons">
      {lessons.map((lesson, at) => (
        // the keys belong to the buttons inside
        <li key={lesson.id} className="course-row framed" onKeyDown={(event) => onKey(event, at)}>
          <span className="grow">
            {at + 1}. {lesson.title} <span className="aside">{counted(minutesOf(lesson), 'minute')}</span>
          </span>
          <button
            type="button"
            data-button="up"
            disabled={at === 0}
            aria-label={`Move ${lesson.title} up`}
            title="Up (Alt ↑)"
            onClick={() => move(at, at - 1, 'up')}
          >
            ↑
          </button>
          <button
            type="button"
            data-button="down"
            disabled={at === lessons.length - 1}
            aria-label={`Move ${lesson.title} down`}
            title="Down (Alt ↓)"
            onClick={() => move(at, at + 1, 'down')}
          >
            ↓
          </button>
          <button
            type="button"
            data-button="remove"
            aria-label={`Remove ${lesson.title}`}
            onClick={() => remove(at)}
          >
            Remove
          </button>
        </li>
      ))}
    </ol>
  );
}

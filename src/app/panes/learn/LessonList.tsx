// The lessons by sequence.

import { LESSONS } from '../../../lessons/index.ts';
import { SEQUENCES } from '../../../lessons/lesson.ts';

/** The list. */
export function LessonList() {
  return (
    <div className="lessons">
      {SEQUENCES.map(({ id, title }) => (
        <section key={id} aria-label={title}>
          <h2>{title}</h2>
          <ol>
            {LESSONS.filter(({ sequence }) => sequence === id).map((lesson) => (
              <li key={lesson.id}>
                <h3>{lesson.title}</h3>
                <p>{lesson.about}</p>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
